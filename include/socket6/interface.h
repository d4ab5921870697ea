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
 * Returns the name of the interface with this index (RFC 3493 section 4), or
 * "[unknown]", in a buffer of the calling thread until that thread's next call.
 */
const char *socket_getifname(uint32_t index);

/*
 * The same in buf, which has size bytes; returns buf, or a null pointer with
 * errno ENXIO (no such interface), ERANGE (size is too small), or an error of
 * the look-up, such as EMFILE. IF_NAMESIZE bytes (<net/if.h>) are enough, on
 * Linux 16.
 */
const char *socket_getifname_r(uint32_t index, char *buf, size_t size);

/*
 * Returns the index of the interface with this name, 0 if there is none or the
 * look-up fails.
 */
uint32_t socket_getifidx(const char *name);

#ifdef __cplusplus
}
#endif

#endif
