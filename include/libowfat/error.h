/* SPDX-License-Identifier: ISC */
/* libowfat/error.h - djb's names for errno values. */
#ifndef SOCKET_6_LIBOWFAT_ERROR_H
#define SOCKET_6_LIBOWFAT_ERROR_H

/*
 * A source whose include path has this folder still needs the system's error()
 * from <error.h>. Only #include_next reaches that, and the pragma keeps
 * -Wpedantic from complaining about it.
 */
#ifdef __GNUC__
# pragma GCC system_header
/* dietlibc has no <error.h>, and its compiler would find glibc's. */
# if defined __has_include_next && !defined __dietlibc__
#  if __has_include_next(<error.h>)
#   include_next <error.h>
#  endif
# endif
#endif

#include <errno.h>

#define error_intr	  EINTR
#define error_nomem	  ENOMEM
#define error_noent	  ENOENT
#define error_txtbsy	  ETXTBSY
#define error_io	  EIO
#define error_exist	  EEXIST
#define error_timeout	  ETIMEDOUT
#define error_inprogress  EINPROGRESS
#define error_wouldblock  EAGAIN /* Windows has another EWOULDBLOCK, unused */
#define error_again	  EAGAIN
#define error_pipe	  EPIPE
#define error_perm	  EPERM
#define error_acces	  EACCES
#define error_nodevice	  ENXIO
#define error_proto	  EPROTO
#define error_isdir	  EISDIR
#define error_connrefused ECONNREFUSED

#endif
