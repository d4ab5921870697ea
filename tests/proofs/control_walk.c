/* SPDX-License-Identifier: ISC */
/*
 * control_walk.c - sys_next_control of any control messages of up to SIZE bytes
 * in all, which end their object, from any one that it can have returned: reads
 * nothing outside, and returns null or one at least a header further on, whose
 * length is at least a header's and ends inside. So a walk ends. control_step.c
 * has what is done with each.
 */
#include "datagram/control.h"
#include "prove.h"

static int is_inside(const char *room, size_t at)
{
	const struct cmsghdr *c = (const void *)(room + at);

	return at <= SIZE - sizeof *c && c->cmsg_len >= sizeof *c &&
	       c->cmsg_len <= SIZE - at;
}

int main(void)
{
	char room[SIZE];
	size_t start, at, next;
	struct msghdr m;
	const struct cmsghdr *c = NULL;

	ASSUME(start <= SIZE);
	m.msg_control = room + start;
	m.msg_controllen = SIZE - start;
	next = start;
	if (nondet_int()) {
		ASSUME(at >= start && at < SIZE && is_inside(room, at));
		c = (const void *)(room + at);
		next = at + sizeof *c;
	}
	c = sys_next_control(&m, c);
	MUST(!c || (size_t)((const char *)c - room) >= next);
	MUST(!c || is_inside(room, (size_t)((const char *)c - room)));
}
