/* SPDX-License-Identifier: ISC */
/* settings.c - the options of a dial. */
#include "dial.h"

enum { FLAGS = SOCKET_NONBLOCK | SOCKET_CLOEXEC | SOCKET_MPTCP };

/*
 * Stores a time given in milliseconds. least: the smallest value allowed, or
 * -1 if a negative one means none.
 */
static int set_time(int64_t *microseconds, int value, int least, int most)
{
	if (value > most || (least >= 0 && value < least))
		return sys_fail(EINVAL);
	*microseconds = value < 0 ? -1 : (int64_t)value * 1000;
	return 0;
}

static int set_flags(struct socket_dial *d, int flags)
{
	if (flags & ~FLAGS)
		return sys_fail(EINVAL);
	d->flags = flags;
	return 0;
}

static int set_switch(int *is_on, int value)
{
	*is_on = value != 0;
	return 0;
}

static int set_tclass(struct socket_dial *d, int value)
{
	if (value < -1 || value > 255)
		return sys_fail(EINVAL);
	if (SYS_HAS_IPV6 && IPV6_TCLASS == SYS_NO_OPTION)
		return sys_fail(ENOPROTOOPT);
	d->tclass = value;
	return 0;
}

/*
 * -1 is SOCKET_ANY_INTERFACE. An index of 0 comes from a name that no interface
 * has.
 */
static int set_interface(struct socket_dial *d, int index)
{
	if (index < -1)
		return sys_fail(EINVAL);
	if (!SYS_BINDS_INTERFACES)
		return sys_fail(ENOPROTOOPT);
	if (index == 0)
		return sys_fail(ENODEV);
	d->interface = (uint32_t)index;
	return 0;
}

static int set_mark(struct socket_dial *d, int mark)
{
	if (SO_MARK == SYS_NO_OPTION)
		return sys_fail(ENOPROTOOPT);
	d->marks = 1;
	d->mark = mark;
	return 0;
}

static int set_most(struct socket_dial *d, int most)
{
	if (most < 0)
		return sys_fail(EINVAL);
	d->engine.most = (size_t)most;
	return 0;
}

static int set(struct socket_dial *d, int option, int value)
{
	struct dial_engine *e = &d->engine;

	switch (option) {
	case SOCKET_DIAL_ATTEMPT_DELAY:
		return set_time(&e->attempt_delay, value, 10, 2000);
	case SOCKET_DIAL_RESOLUTION_DELAY:
		return set_time(&e->resolution_delay, value, 0, 2000);
	case SOCKET_DIAL_LAST_WAIT:
		return set_time(&e->last_wait, value, -1, INT_MAX);
	case SOCKET_DIAL_DEADLINE:
		return set_time(&e->deadline, value, -1, INT_MAX);
	case SOCKET_DIAL_FLAGS:
		return set_flags(d, value);
	case SOCKET_DIAL_NODELAY:
		return set_switch(&d->nodelay, value);
	case SOCKET_DIAL_MORE:
		return set_switch(&d->more, value);
	case SOCKET_DIAL_CONFIRM:
		return set_switch(&d->confirm, value);
	case SOCKET_DIAL_TCLASS:
		return set_tclass(d, value);
	case SOCKET_DIAL_INTERFACE:
		return set_interface(d, value);
	case SOCKET_DIAL_MARK:
		return set_mark(d, value);
	case SOCKET_DIAL_MOST:
		return set_most(d, value);
	}
	return sys_fail(EINVAL);
}

int socket_dial_set(struct socket_dial *d, int option, int value)
{
	int r;

	if (!d)
		return sys_fail(EINVAL);
	r = set(d, option, value);
	socket6_dial_rearm(d);
	return r;
}
