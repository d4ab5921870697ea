# SPDX-License-Identifier: ISC
# SOCKET6_WINSOCK
# ---------------
# Windows has Winsock in place of POSIX's socket headers (Cygwin has both, and
# POSIX's are taken). The probes after this one then ask lib/sys/winsock.h;
# what lib/sys/winsock/ supplies of it is not linked with them: the answer is
# here.
AC_DEFUN([SOCKET6_WINSOCK], [
  AC_CACHE_CHECK([for POSIX sockets], [socket6_cv_posix_sockets], [
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <sys/socket.h>]],
      [[return socket(AF_INET, SOCK_STREAM, 0);]])],
      [socket6_cv_posix_sockets=yes], [socket6_cv_posix_sockets=no])])
  AS_IF([test "$socket6_cv_posix_sockets" = no], [
    LIBS="-liphlpapi -lws2_32 $LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <winsock2.h>
#include <iphlpapi.h>]], [[return closesocket(0) + (int)if_nametoindex("lo");]])],
      [], [AC_MSG_ERROR([this system has neither POSIX sockets nor Winsock])])
    AC_DEFINE([HAVE_WINSOCK], [1], [Define to 1 for Winsock.])
    : "${socket6_cv_sock_nonblock=yes}" "${socket6_cv_accept4=yes}"
    : "${socket6_cv_if_indextoname=yes}"
    SOCKET6_SUMMARY([POSIX sockets], [replacement: lib/sys/winsock/])],
    [SOCKET6_SUMMARY([POSIX sockets], [system])])
  AM_CONDITIONAL([WINSOCK], [test "$socket6_cv_posix_sockets" = no])
])
