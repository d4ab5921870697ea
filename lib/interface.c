/* SPDX-License-Identifier: ISC */
/* interface.c - interfaces by name and index. */
#include "public.h"
#include "sys/sys.h"

#include <string.h>

const char *socket_getifname(uint32_t index)
{
	struct sys_thread_buffer *own = sys_thread_buffer();

	return own && if_indextoname(index, own->name) ? own->name
						       : "[unknown]";
}

const char *socket_getifname_r(uint32_t index, char *buf, size_t size)
{
	char name[IF_NAMESIZE];
	size_t len;

	if (!if_indextoname(index, name)) {
		errno = sys_no_interface(ENXIO);
		return NULL;
	}
	len = strlen(name) + 1;
	if (len > size) {
		errno = ERANGE;
		return NULL;
	}
	return memcpy(buf, name, len);
}

uint32_t socket_getifidx(const char *name)
{
	return sys_nametoindex(name);
}
