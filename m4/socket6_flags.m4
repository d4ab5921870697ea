# SPDX-License-Identifier: ISC
# SOCKET6_CC_FLAG(VARIABLE, FLAG)
# -------------------------------
# Adds FLAG to VARIABLE if the compiler takes it without a word.
AC_DEFUN([SOCKET6_CC_FLAG], [
  AS_VAR_PUSHDEF([cached], [socket6_cv_cc_$2])
  AC_CACHE_CHECK([whether $CC takes $2], [cached], [
    socket6_saved=$CFLAGS
    CFLAGS="$CFLAGS -Werror $2"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM], [AS_VAR_SET([cached], [yes])],
      [AS_VAR_SET([cached], [no])])
    CFLAGS=$socket6_saved])
  AS_VAR_IF([cached], [yes], [AS_VAR_APPEND([$1], [" $2"])])
  AS_VAR_POPDEF([cached])
])

# SOCKET6_LD_FLAG(VARIABLE, FLAG)
# -------------------------------
# Adds FLAG to VARIABLE if a program links with it.
AC_DEFUN([SOCKET6_LD_FLAG], [
  AS_VAR_PUSHDEF([cached], [socket6_cv_ld_$2])
  AC_CACHE_CHECK([whether the linker takes $2], [cached], [
    socket6_saved=$LDFLAGS
    LDFLAGS="$LDFLAGS $2"
    AC_LINK_IFELSE([AC_LANG_PROGRAM], [AS_VAR_SET([cached], [yes])],
      [AS_VAR_SET([cached], [no])])
    LDFLAGS=$socket6_saved])
  AS_VAR_IF([cached], [yes], [AS_VAR_APPEND([$1], [" $2"])])
  AS_VAR_POPDEF([cached])
])
