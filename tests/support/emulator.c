/* SPDX-License-Identifier: ISC */
/* emulator.c - what an emulator does otherwise than the system. */
#include "emulator.h"
#include "platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *executor(void)
{
	const char *command = getenv("EXECUTE");

	return command ? command : "";
}

static int emulated(void)
{
	return strstr(executor(), "qemu-") != NULL;
}

static int is_big_endian(void)
{
	return emulated() && *(const unsigned char *)&(const int){1} == 0;
}

static int has_64_bits(void)
{
	return emulated() && sizeof(long) == 8;
}

static int has_32_bits(void)
{
	return emulated() && sizeof(long) == 4;
}

static int has_own_errors(void)
{
	return emulated() && ECONNREFUSED != 111;
}

/*
 * What qemu-user 7.2 makes of a call (its linux-user/syscall.c), wine 8, and
 * gVisor of December 2022, which ignores what it does not have.
 */
static const struct fault {
	const char *name, *what;
	int (*where)(void);
} faults[] = {
	{"SO_MARK", "is ENOPROTOOPT", emulated},
	{"SO_TIMESTAMPNS", "is ENOPROTOOPT", emulated},
	{"SO_RXQ_OVFL", "is ENOPROTOOPT", emulated},
	{"IPV6_DONTFRAG", "is ENOPROTOOPT", emulated},
	{"IP_MTU", "is ENOPROTOOPT", emulated},
	{"SIOCETHTOOL", "is ENOSYS", emulated},
	/* It takes the message with an error for one of its own size. */
	{"SO_EE_OFFENDER", "is lost", has_32_bits},
	{"UDP_SEGMENT", "is not swapped", is_big_endian},
	{"UDP_GRO", "is not swapped", is_big_endian},
	{"IP_PKTINFO", "is not swapped", is_big_endian},
	{"IPV6_RECVPKTINFO", "is not swapped", is_big_endian},
	{"IP_BIND_ADDRESS_NO_PORT", "is ENOPROTOOPT", emulated},
	{"IP_MULTICAST_IF", "is ENOPROTOOPT", emulated},
	{"IPV6_MULTICAST_IF", "is ENOPROTOOPT", emulated},
	{"IPV6_MULTICAST_ALL", "is ENOPROTOOPT", emulated},
	{"MCAST_JOIN_SOURCE_GROUP", "is ENOPROTOOPT", emulated},
	{"TCP_INFO", "is cut to an int", emulated},
	{"TCP_CONGESTION", "is cut to an int", emulated},
	{"SO_ERROR", "is numbered as on x86", has_own_errors},
	{"a received IPV6_TCLASS", "is not swapped", is_big_endian},
	/* It takes the index for a long, and the struct for another. */
	{"struct ip_mreqn", "has no index", has_64_bits},
	{"IPV6_TCLASS", "is ENOPROTOOPT", on_wine},
	{"MCAST_JOIN_SOURCE_GROUP", "is ENOPROTOOPT", on_wine},
	{"IP_FREEBIND", "is ignored", on_gvisor},
	{"SO_MARK", "is ignored", on_gvisor},
	{"TCP_MAXSEG", "is always 536", on_gvisor},
	{"SO_TIMESTAMPNS", "is ignored", on_gvisor},
	{"SO_RXQ_OVFL", "is ignored", on_gvisor},
	{"UDP_GRO", "is ignored", on_gvisor},
	{"a sent IP_PKTINFO", "is ignored", on_gvisor},
	{"a sent IPV6_TCLASS", "is ignored", on_gvisor},
};

static const char *stands_between(void)
{
	if (on_gvisor())
		return "gVisor";
	return on_wine() ? "wine" : "qemu-user";
}

const char *lost(const char *name)
{
	static char why[80];

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		const struct fault *f = &faults[i];

		if (strcmp(f->name, name) != 0 || !f->where())
			continue;
		snprintf(why, sizeof why, "%s: %s %s", stands_between(), name,
			 f->what);
		return why;
	}
	return NULL;
}

int is_slow(void)
{
	return emulated() || getenv("CK_TIMEOUT_MULTIPLIER");
}

int tries(int many)
{
	return is_slow() ? many / 10 : many;
}

/* qemu-user swaps 16 of its 32 bits. */
uint32_t told_scope(uint32_t scope_id)
{
	return is_big_endian() ? scope_id << 16 : scope_id;
}

/* qemu-user passes on the number that x86 and most others have for it. */
int mended_error(int error)
{
	static const int errors[][2] = {
		{104, ECONNRESET},
		{110, ETIMEDOUT},
		{111, ECONNREFUSED},
		{113, EHOSTUNREACH},
	};

	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (emulated() && error == errors[i][0])
			return errors[i][1];
	return error;
}
