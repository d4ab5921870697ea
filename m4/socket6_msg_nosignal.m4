# SPDX-License-Identifier: ISC
# SOCKET6_MSG_NOSIGNAL
# --------------------
# POSIX.1-2008.
AC_DEFUN([SOCKET6_MSG_NOSIGNAL], [
  SOCKET6_PROBE_NAME([msg_nosignal], [MSG_NOSIGNAL], [lib/sys/sendto.c])
  AS_IF([test "$socket6_cv_msg_nosignal" = no], [
    AC_LIBOBJ([sendto])
    AC_SEARCH_LIBS([pthread_sigmask], [pthread])])
])
