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
  dnl A thread of a look-up may outlive the last use of the library.
  SOCKET6_LD_FLAG([SOCKET6_LDFLAGS], [-Wl,-z,nodelete])
  # The library calls its own functions in a program that has libowfat's of
  # these names too. Data is not bound: programs have their copy of noipv6.
  SOCKET6_LD_FLAG([SOCKET6_LDFLAGS], [-Wl,-Bsymbolic-functions])
  SOCKET6_EXPORTS
  AC_SUBST([SOCKET6_CFLAGS])
  AC_SUBST([SOCKET6_LDFLAGS])
])

# SOCKET6_EXPORTS
# ---------------
# How the linker learns that the map's symbols are exported and no other: by a
# module definition file (a DLL), by the map as it is, or by a list (macOS).
AC_DEFUN([SOCKET6_EXPORTS], [
  SOCKET6_LD_EXPORTS([module_definition], [EXPORTS main],
    [-shared conftest.def])
  AS_IF([test "$socket6_cv_ld_module_definition" = yes],
    [socket6_cv_ld_version_script=no])
  SOCKET6_LD_EXPORTS([version_script], [ONE { global: main; local: *; };],
    [-shared -Wl,--version-script=conftest.def])
  SOCKET6_LD_EXPORTS([export_list], [_main],
    [-Wl,-exported_symbols_list,conftest.def])
])

# SOCKET6_LD_EXPORTS(WAY, TEXT, FLAGS)
# ------------------------------------
# Whether the linker takes FLAGS, by which it reads TEXT in conftest.def.
AC_DEFUN([SOCKET6_LD_EXPORTS], [
  AC_CACHE_CHECK([whether the linker takes a ]m4_translit([$1], [_], [ ]),
    [socket6_cv_ld_$1], [
    AS_ECHO(["$2"]) >conftest.def
    socket6_saved=$LDFLAGS
    LDFLAGS="$LDFLAGS $3"
    AC_LINK_IFELSE([AC_LANG_PROGRAM], [socket6_cv_ld_$1=yes],
      [socket6_cv_ld_$1=no])
    LDFLAGS=$socket6_saved
    rm -f conftest.def])
  AM_CONDITIONAL(m4_toupper([$1]), [test "$socket6_cv_ld_$1" = yes])
  AS_IF([test "$socket6_cv_ld_$1" = yes],
    [SOCKET6_SUMMARY([exported symbols],
      [lib/libsocket6.map, by a ]m4_translit([$1], [_], [ ]))])
])
