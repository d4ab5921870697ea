/* SPDX-License-Identifier: ISC */
/* eai.h - getaddrinfo's errors, and errnos, where the system lacks them. */
#ifndef SOCKET6_LIB_SYS_EAI_H
#define SOCKET6_LIB_SYS_EAI_H

#include <errno.h>
#include <limits.h>

#ifndef EAI_NODATA
# define EAI_NODATA EAI_NONAME
#endif
#ifndef EAI_ADDRFAMILY
# define EAI_ADDRFAMILY EAI_NONAME
#endif
#ifndef EAI_OVERFLOW
# define EAI_OVERFLOW EAI_NONAME
#endif
#ifndef EAI_SYSTEM
# define EAI_SYSTEM INT_MIN
#endif
/* A missing errno is one that the system says in its place. */
#ifndef EHOSTDOWN
# define EHOSTDOWN EHOSTUNREACH
#endif
#ifndef ESOCKTNOSUPPORT
# define ESOCKTNOSUPPORT EPROTONOSUPPORT
#endif
#ifndef ENOTRECOVERABLE
# define ENOTRECOVERABLE EIO /* POSIX.1-2008 has it */
#endif

#endif
