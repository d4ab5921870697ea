/* SPDX-License-Identifier: ISC */
/* eai.h - getaddrinfo's errors that some systems do not have. */
#ifndef SOCKET6_LIB_SYS_EAI_H
#define SOCKET6_LIB_SYS_EAI_H

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

#endif
