# SPDX-License-Identifier: ISC
# SOCKET6_TLS_MODEL
# -----------------
# GCC, clang. Without it the dynamic loader becomes a dependency.
AC_DEFUN([SOCKET6_TLS_MODEL], [
  SOCKET6_PROBE([tls_model], [initial-exec thread-local storage], [],
    [static _Thread_local int one __attribute__((tls_model("initial-exec")));
     return one;],
    [the compiler's model])
])
