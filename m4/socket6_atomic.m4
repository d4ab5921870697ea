# SPDX-License-Identifier: ISC
# SOCKET6_ATOMIC
# --------------
# GCC 4.7, clang: atomic access to a plain int.
AC_DEFUN([SOCKET6_ATOMIC], [
  SOCKET6_PROBE([atomic], [atomic builtins], [],
    [static int n; __atomic_store_n(&n, 1, __ATOMIC_RELAXED);
     return __atomic_load_n(&n, __ATOMIC_RELAXED);],
    [volatile])
])
