# SPDX-License-Identifier: ISC
# SOCKET6_THREAD_LOCAL
# --------------------
# C11, section 6.7.1.
AC_DEFUN([SOCKET6_THREAD_LOCAL], [
  SOCKET6_PROBE([thread_local], [_Thread_local], [],
    [static _Thread_local int one; return one;],
    [lib/sys/thread_buffer.c, pthread_getspecific])
  AS_IF([test "$socket6_cv_thread_local" = no],
    [AC_SEARCH_LIBS([pthread_once], [pthread])])
])
