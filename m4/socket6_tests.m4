# SPDX-License-Identifier: ISC
# SOCKET6_TESTS
# -------------
# What `make check` uses. The library builds without any of it.
AC_DEFUN([SOCKET6_TESTS], [
  PKG_CHECK_MODULES([CHECK], [check >= 0.15], [have_check=yes],
    [have_check=no
     CHECK_CFLAGS='-I$(top_srcdir)/tests/support/harness'])
  AM_CONDITIONAL([HAVE_CHECK], [test "$have_check" = yes])
  AS_IF([test "$have_check" = yes],
    [SOCKET6_SUMMARY([tests], [make check, by Check])],
    [SOCKET6_SUMMARY([tests], [make check, by tests/support/harness])])
  SOCKET6_TEST_LIBS
  SOCKET6_STAND_INS
  PKG_CHECK_MODULES([SECCOMP], [libseccomp], [have_seccomp=yes],
    [have_seccomp=no])
  AM_CONDITIONAL([HAVE_SECCOMP], [test "$have_seccomp" = yes])
  AS_IF([test "$have_seccomp" = yes],
    [SOCKET6_SUMMARY([older kernels], [make check-kernels])],
    [SOCKET6_SUMMARY([older kernels],
      [none: install libseccomp, Debian's package is libseccomp-dev])])
])

# SOCKET6_TEST_LIBS
# -----------------
# Threads and the dynamic loader; the library uses neither.
AC_DEFUN([SOCKET6_TEST_LIBS], [
  socket6_saved=$LIBS
  LIBS=
  AC_SEARCH_LIBS([pthread_create], [pthread])
  AC_SEARCH_LIBS([dladdr], [dl])
  TEST_LIBS=$LIBS
  LIBS=$socket6_saved
  AC_SUBST([TEST_LIBS])
])
