/* SPDX-License-Identifier: ISC */
/* stand_in.c - interfaces, services and a clock, in place of the system's. */
#include "fuzz.h"

#include "public.h"
#include "sys/sys.h"

#include <string.h>

const struct fuzz_interface fuzz_interfaces[] = {
	{"lo", 1},
	{"eth0", 2},
	{"7", 3},
	{"wlan-0._~+x", 4},
	{"15bytes-is-long", 5},
	{"veth0@if5", 6},
	{"00", 7},
	{"\xc3\xa9", 8},
	{"a b", 9},
	{"4294967295", 10},
	{NULL, 0},
};

int fuzz_lookup_error, fuzz_lookups;
int noipv6;

uint32_t socket_getifidx(const char *name)
{
	fuzz_lookups++;
	errno = fuzz_lookup_error;
	if (!fuzz_lookup_error)
		for (const struct fuzz_interface *i = fuzz_interfaces; i->name;
		     i++)
			if (strcmp(i->name, name) == 0)
				return i->index;
	return 0;
}

const char *socket_getifname_r(uint32_t index, char *buf, size_t size)
{
	fuzz_lookups++;
	errno = fuzz_lookup_error ? fuzz_lookup_error : ENXIO;
	if (!fuzz_lookup_error)
		for (const struct fuzz_interface *i = fuzz_interfaces; i->name;
		     i++)
			if (i->index == index && strlen(i->name) < size)
				return strcpy(buf, i->name);
	return NULL;
}

int sys_no_interface(int none)
{
	return errno == 0 || errno == ENXIO ? none : errno;
}

int sys_no_socket(void)
{
	return 0;
}

int64_t sys_microseconds(void)
{
	return 1000000000;
}

/* getaddrinfo, as lib/ask.c has it here: of services it knows http alone. */
int fuzz_getaddrinfo(const char *host, const char *service,
		     const struct addrinfo *hints, struct addrinfo **found);
void fuzz_freeaddrinfo(struct addrinfo *found);

int fuzz_getaddrinfo(const char *host, const char *service,
		     const struct addrinfo *hints, struct addrinfo **found)
{
	static struct sockaddr_in http;
	static struct addrinfo one;

	(void)host;
	if (!service || strcmp(service, "http") != 0)
		return EAI_SERVICE;
	http.sin_family = AF_INET;
	http.sin_port = htons(80);
	one = *hints;
	one.ai_addr = (struct sockaddr *)&http;
	one.ai_addrlen = sizeof http;
	*found = &one;
	return 0;
}

void fuzz_freeaddrinfo(struct addrinfo *found)
{
	(void)found;
}

/* Its words are not what is tested. */
const char *socket_error(int error)
{
	return error ? "an error" : "no error";
}
