# SPDX-License-Identifier: ISC
# SOCKET6_OPTIONS
# ---------------
# A misspelt option ends configure: a warning at its start is easily missed.
# Distributions that pass the same options to every package pass
# --disable-option-checking beside them.
AC_DEFUN([SOCKET6_OPTIONS], [
  AS_IF([test -n "$ac_unrecognized_opts" &&
    test "x$enable_option_checking" != xno],
    [AC_MSG_ERROR([unknown option: $ac_unrecognized_opts
$as_me: ./configure --help lists the options; --disable-option-checking ignores others])])
])
