/* SPDX-License-Identifier: ISC */
/* eai.h - getaddrinfo's errors, and an errno for one, where they lack. */
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
#ifndef ENOTRECOVERABLE
# define ENOTRECOVERABLE EIO /* POSIX.1-2008 has it */
#endif

#endif
