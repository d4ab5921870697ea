/* SPDX-License-Identifier: ISC */
/*
 * platform_mount.h - mounts of a process's own: mount(2) as Linux has it.
 *
 * Elsewhere it compiles, and fails when it runs, as in platform.h.
 */
#ifndef SOCKET6_PLATFORM_MOUNT_H
#define SOCKET6_PLATFORM_MOUNT_H

#include "platform.h"

#ifdef __linux__
# include <sys/mount.h>
#else
# define CLONE_NEWNS  0
# define CLONE_NEWUTS 0
# define MS_BIND      0
# define MS_REC	      0
# define MS_PRIVATE   0
# define MS_MOVE      0
# define mount(source, target, type, flags, data)                              \
  ((void)(source), (void)(target), (void)(type), (void)(flags), (void)(data),  \
   unshare(0))
#endif

#endif
