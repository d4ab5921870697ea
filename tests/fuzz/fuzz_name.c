/* SPDX-License-Identifier: ISC */
/*
 * fuzz_name.c - what a host and a service mean. The first byte is the flags,
 * and whether there is a service; that is as far as a NUL, then comes the host.
 */
#include "fuzz.h"
#include "reference.h"

#include "name/name.h"

#include <errno.h>
#include <string.h>

static int is_known(int error)
{
	return error == EINVAL || error == ENOENT || error == ENODEV ||
	       error == ENAMETOOLONG || error == EPROTONOSUPPORT ||
	       error == EMFILE;
}

/* The name is the host's first bytes; a resolver is never asked for others. */
static void check_name(const struct name *name, const char *host,
		       const char *service)
{
	size_t len = strlen(name->host);
	uint16_t port;

	require(len < HOST_SIZE && strncmp(host, name->host, len) == 0);
	require(len < HOST_SIZE - 1 || name->host[len - 1] == '.');
	for (size_t i = 0; i < len; i++)
		require(name->host[i] > ' ' && name->host[i] < 127 &&
			!strchr(":%[]/*", name->host[i]));
	if (service) {
		require(host[len] == '\0');
		return;
	}
	require(host[len] == ':');
	port = name->addr.port;
	require(strspn(host + len + 1, "0123456789") == strlen(host + len + 1));
	require(port || strcmp(host + len + 1, "0") == 0);
}

/* An address is read as it is written, unless an interface has such a name. */
static void check_address(const struct name *name)
{
	const struct socket_addr6 *a = &name->addr;
	struct name again;
	char text[IP6IF_FMT];
	size_t len = fmt_ip6if(text, a->ip, a->scope_id);

	text[len] = '\0';
	require(socket6_name_read(&again, text, "0", 0) == 0);
	require(!again.host[0] && memcmp(again.addr.ip, a->ip, 16) == 0 &&
		again.addr.scope_id == a->scope_id);
}

/* What is a whole address is never a name to ask a server for. */
static void check_no_address(const struct name *name)
{
	char ip[16];
	size_t len = reference_scan_ip6(name->host, ip);

	require(len == 0 || name->host[len] != '\0');
}

static void check(const char *host, const char *service, int flags)
{
	struct name name;
	int r;

	errno = 0;
	r = socket6_name_read(&name, host, service, flags);
	require(r == 0 || (r == -1 && is_known(errno)));
	if (r == -1)
		return;
	require(host || flags & SOCKET_LOOKUP_PASSIVE);
	if (name.host[0]) {
		check_name(&name, host, service);
		check_no_address(&name);
	} else if (!fuzz_lookup_error) {
		check_address(&name);
	}
}

FUZZ(name)
{
	struct input in = {data, size};
	unsigned int choice = fuzz_byte(&in);
	int flags = (int)fuzz_byte(&in);
	char *service = NULL, *host;

	fuzz_lookup_error = choice & 2 ? EMFILE : 0;
	if (choice & 1) {
		size_t len;

		service = fuzz_text(in.at, in.left);
		len = strlen(service) + 1;
		len = len < in.left ? len : in.left;
		in.at += len;
		in.left -= len;
	}
	host = choice & 4 ? NULL : fuzz_text(in.at, in.left);
	check(host, service, flags);
	if (host)
		fuzz_free(host);
	if (service)
		fuzz_free(service);
}
