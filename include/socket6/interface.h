/* SPDX-License-Identifier: ISC */
/* socket6/interface.h - interfaces by name and index. socket_getifname(3) */
#ifndef SOCKET_6_INTERFACE_H
#define SOCKET_6_INTERFACE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The name of the interface with this index (RFC 3493 section 4), "[unknown]"
 * if there is none. It stands in the calling thread's own buffer until that
 * thread's next call.
 */
const char *socket_getifname(uint32_t index);

/*
 * The same in buf, which has size bytes; returns buf, or a null pointer with
 * errno ENXIO (no such interface), ERANGE (size is too small), or why the
 * system cannot be asked, as EMFILE. 16 bytes are enough on Linux, IF_NAMESIZE
 * of <net/if.h> everywhere.
 */
const char *socket_getifname_r(uint32_t index, char *buf, size_t size);

/*
 * The index of the interface with this name, 0 if there is none, or if the
 * system cannot be asked.
 */
uint32_t socket_getifidx(const char *name);

#ifdef __cplusplus
}
#endif

#endif
