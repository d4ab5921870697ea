# SPDX-License-Identifier: ISC
# SOCKET6_STAND_INS
# -----------------
# How tests/stand_in.c comes between the library and the C library. A shared
# library finds its functions in the program; to a static one the linker leads
# the calls, if it can.
AC_DEFUN([SOCKET6_STAND_INS], [
  SOCKET6_LD_FLAG([socket6_wrap], [-Wl,--wrap=socket6_none])
  AS_IF([test "$enable_shared" = no && test -n "$socket6_wrap"], [
    m4_foreach_w([call], [accept accept4 bind clock_gettime close connect fcntl
      getpeername getsockname getsockopt gettimeofday if_indextoname
      if_nametoindex ioctl listen poll pthread_setspecific pthread_sigmask recv
      recvfrom sendto setsockopt socket],
      [AS_VAR_APPEND([STAND_IN_LDFLAGS], [" -Wl,--wrap=call"])
])
    STAND_IN_CPPFLAGS=-DSTAND_IN_BY_WRAP])
  # macOS leads a shared library's calls to the library that it was linked to.
  AS_IF([test "$socket6_cv_ld_export_list" = yes], [STAND_IN_LDFLAGS=-static])
  AM_CONDITIONAL([WRAP], [test -n "$STAND_IN_CPPFLAGS"])
  AC_SUBST([STAND_IN_CPPFLAGS])
  AC_SUBST([STAND_IN_LDFLAGS])
])
