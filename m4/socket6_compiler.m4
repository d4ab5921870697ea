# SPDX-License-Identifier: ISC
# SOCKET6_PROG_CC
# ---------------
# AC_PROG_CC, which does not say what to do where there is none.
AC_DEFUN([SOCKET6_PROG_CC], [
  AC_CHECK_TOOLS([CC], [gcc cc clang])
  AS_IF([test -z "$CC"],
    [AC_MSG_ERROR([no C compiler: install gcc, or name one: ./configure CC=...])])
  AC_PROG_CC
])

# SOCKET6_COMPILER
# ----------------
# How the library is compiled and linked: warnings, hidden visibility, tables
# that are read-only once the program runs, and the symbol versions.
AC_DEFUN([SOCKET6_COMPILER], [
  m4_foreach_w([flag], [-Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla],
    [SOCKET6_CC_FLAG([SOCKET6_CFLAGS], flag)])
  SOCKET6_CC_FLAG([SOCKET6_CFLAGS], [-fvisibility=hidden])
  dnl Everything is bound at the start: a lazy stub would only be in the way.
  SOCKET6_CC_FLAG([SOCKET6_CFLAGS], [-fno-plt])
  SOCKET6_LD_FLAG([SOCKET6_LDFLAGS], [-Wl,-z,relro])
  SOCKET6_LD_FLAG([SOCKET6_LDFLAGS], [-Wl,-z,now])
  # The library calls its own functions in a program that has libowfat's of
  # these names too. Data is not bound: programs have their copy of noipv6.
  SOCKET6_LD_FLAG([SOCKET6_LDFLAGS], [-Wl,-Bsymbolic-functions])
  SOCKET6_VERSION_SCRIPT
  SOCKET6_EXPORT_LIST
  AC_SUBST([SOCKET6_CFLAGS])
  AC_SUBST([SOCKET6_LDFLAGS])
])

# SOCKET6_VERSION_SCRIPT
# ----------------------
AC_DEFUN([SOCKET6_VERSION_SCRIPT], [
  AC_CACHE_CHECK([for a linker with version scripts],
    [socket6_cv_version_script], [
    echo 'ONE { global: main; local: *; };' >conftest.map
    socket6_saved=$LDFLAGS
    LDFLAGS="$LDFLAGS -shared -Wl,--version-script=conftest.map"
    AC_LINK_IFELSE([AC_LANG_PROGRAM], [socket6_cv_version_script=yes],
      [socket6_cv_version_script=no])
    LDFLAGS=$socket6_saved
    rm -f conftest.map])
  AM_CONDITIONAL([VERSION_SCRIPT], [test "$socket6_cv_version_script" = yes])
  AS_IF([test "$socket6_cv_version_script" = yes],
    [SOCKET6_SUMMARY([symbol versions], [lib/libsocket6.map])],
    [SOCKET6_SUMMARY([symbol versions], [none: the linker has none])])
])

# SOCKET6_EXPORT_LIST
# -------------------
# What macOS has instead: a list of names, which takes the place of the map.
AC_DEFUN([SOCKET6_EXPORT_LIST], [
  AC_CACHE_CHECK([for a linker with a list of exports],
    [socket6_cv_ld_export_list], [
    echo _main >conftest.exports
    socket6_saved=$LDFLAGS
    LDFLAGS="$LDFLAGS -Wl,-exported_symbols_list,conftest.exports"
    AC_LINK_IFELSE([AC_LANG_PROGRAM], [socket6_cv_ld_export_list=yes],
      [socket6_cv_ld_export_list=no])
    LDFLAGS=$socket6_saved
    rm -f conftest.exports])
  AM_CONDITIONAL([EXPORT_LIST], [test "$socket6_cv_ld_export_list" = yes])
  AS_IF([test "$socket6_cv_ld_export_list" = yes],
    [SOCKET6_SUMMARY([list of exports], [made from lib/libsocket6.map])])
])
