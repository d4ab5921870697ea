/* SPDX-License-Identifier: ISC */
/*
 * old_kernel.c - runs a program under a kernel that refuses something.
 *
 * usage: old_kernel KERNEL PROGRAM [ARGUMENT...]
 *
 * The program and its children find KERNEL in the environment as
 * SOCKET6_KERNEL.
 */
#include "config.h"

#include <errno.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FAMILY(family)                                                         \
 {                                                                             \
  0, SCMP_CMP_EQ, family, 0                                                    \
 }
#define TYPE(bit)                                                              \
 {                                                                             \
  1, SCMP_CMP_MASKED_EQ, bit, bit                                              \
 }
#define LEVEL(level)                                                           \
 {                                                                             \
  1, SCMP_CMP_EQ, level, 0                                                     \
 }
#define OPTION(option)                                                         \
 {                                                                             \
  2, SCMP_CMP_EQ, option, 0                                                    \
 }

/*
 * What is refused, and how. Modes only of the families that the library
 * creates: the C library and ip(8) of an old kernel would be old as well.
 */
static const struct refusal {
	const char *kernel;
	int error;
	int call;
	unsigned int conditions;
	struct scmp_arg_cmp condition[2];
} refusals[] = {
	/* Linux before 2.6.27 */
	{"sock_nonblock",
	 EINVAL,
	 SCMP_SYS(socket),
	 2,
	 {FAMILY(AF_INET), TYPE(SOCK_NONBLOCK)}},
	{"sock_nonblock",
	 EINVAL,
	 SCMP_SYS(socket),
	 2,
	 {FAMILY(AF_INET), TYPE(SOCK_CLOEXEC)}},
	{"sock_nonblock",
	 EINVAL,
	 SCMP_SYS(socket),
	 2,
	 {FAMILY(AF_INET6), TYPE(SOCK_NONBLOCK)}},
	{"sock_nonblock",
	 EINVAL,
	 SCMP_SYS(socket),
	 2,
	 {FAMILY(AF_INET6), TYPE(SOCK_CLOEXEC)}},
	/* Linux before 2.6.28 */
	{"accept4", ENOSYS, SCMP_SYS(accept4), 0, {{0}}},
	/* before 2.6.33; sendmmsg, of 3.0, is what glibc asks names with */
	{"accept4", ENOSYS, SCMP_SYS(recvmmsg), 0, {{0}}},
	/* any without IPv6 */
	{"af_inet6", EAFNOSUPPORT, SCMP_SYS(socket), 1, {FAMILY(AF_INET6)}},
	/* OpenBSD refuses to clear it */
	{"v6only",
	 EINVAL,
	 SCMP_SYS(setsockopt),
	 2,
	 {LEVEL(IPPROTO_IPV6), OPTION(IPV6_V6ONLY)}},
};

enum { REFUSALS = sizeof refusals / sizeof refusals[0] };

static void fail(const char *what, int error)
{
	fprintf(stderr, "old_kernel: %s: %s\n", what, strerror(error));
	exit(2);
}

/* How many refusals the kernel has. */
static int add_refusals(scmp_filter_ctx filter, const char *kernel)
{
	int count = 0;

	for (int i = 0; i < REFUSALS; i++) {
		const struct refusal *r = &refusals[i];
		int error;

		if (strcmp(r->kernel, kernel) != 0)
			continue;
		error = seccomp_rule_add_array(
			filter, SCMP_ACT_ERRNO((unsigned int)r->error), r->call,
			r->conditions, r->condition);
		if (error)
			fail("seccomp_rule_add", -error);
		count++;
	}
	return count;
}

int main(int argc, char *argv[])
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int error;

	if (!filter)
		fail("seccomp_init", ENOMEM);
	if (argc < 3 || add_refusals(filter, argv[1]) == 0) {
		fprintf(stderr, "usage: old_kernel sock_nonblock|accept4|"
				"af_inet6|v6only PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	error = seccomp_load(filter);
	if (error)
		fail("seccomp_load", -error);
	setenv("SOCKET6_KERNEL", argv[1], 1);
	execvp(argv[2], argv + 2);
	fail(argv[2], errno);
}
