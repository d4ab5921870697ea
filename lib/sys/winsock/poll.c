/* SPDX-License-Identifier: ISC */
/* poll.c - poll by select. */
#include "own.h"

enum { READABLE, WRITABLE, EXCEPTIONAL, SETS };

static void put_sets(const struct pollfd *fds, nfds_t count, fd_set sets[SETS])
{
	for (int i = 0; i < SETS; i++)
		FD_ZERO(&sets[i]);
	for (nfds_t i = 0; i < count; i++) {
		if (fds[i].fd < 0)
			continue;
		if (fds[i].events & POLLIN)
			FD_SET((SOCKET)fds[i].fd, &sets[READABLE]);
		if (fds[i].events & POLLOUT)
			FD_SET((SOCKET)fds[i].fd, &sets[WRITABLE]);
		FD_SET((SOCKET)fds[i].fd, &sets[EXCEPTIONAL]);
	}
}

/* A socket is exceptional if its connection failed, or has urgent data. */
static short events_of(int s, fd_set sets[SETS])
{
	short events = 0;

	if (s < 0)
		return 0;
	if (FD_ISSET((SOCKET)s, &sets[READABLE]))
		events |= POLLIN;
	if (FD_ISSET((SOCKET)s, &sets[WRITABLE]))
		events |= POLLOUT;
	if (FD_ISSET((SOCKET)s, &sets[EXCEPTIONAL]))
		events |= ws_has_peer(s) ? POLLPRI
					 : POLLOUT | POLLERR | POLLHUP;
	return events;
}

/* Before Windows 10 version 2004, WSAPoll reports no failed connection. */
static int wait_for(struct pollfd *fds, nfds_t count, int milliseconds)
{
	struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
	fd_set sets[SETS];
	int ready = 0;

	put_sets(fds, count, sets);
	if (select(0, &sets[READABLE], &sets[WRITABLE], &sets[EXCEPTIONAL],
		   milliseconds < 0 ? NULL : &time) == SOCKET_ERROR)
		return ws_failed(fds[0].fd);
	for (nfds_t i = 0; i < count; i++) {
		fds[i].revents = events_of(fds[i].fd, sets) &
				 (short)(fds[i].events | POLLERR | POLLHUP);
		ready += fds[i].revents != 0;
	}
	return ready;
}

/* select does not report a stream socket that has not begun to connect. */
static int is_idle(int s)
{
	return ws_type(s) == SOCK_STREAM && !ws_has_peer(s) &&
	       !ws_is_listening(s) && !ws_is_connecting(s);
}

/* Linux reports POLLHUP for idle sockets. Returns how many there are. */
static int hang_up_idle(struct pollfd *fds, nfds_t count)
{
	int idle = 0;

	for (nfds_t i = 0; i < count; i++)
		if (is_idle(fds[i].fd)) {
			fds[i].revents = POLLOUT | POLLHUP;
			idle++;
		}
	return idle;
}

int socket6_ws_poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
	int ready;

	if (count == 0) {
		Sleep(milliseconds < 0 ? INFINITE : (DWORD)milliseconds);
		return 0;
	}
	if (count > FD_SETSIZE)
		return sys_fail(EINVAL);
	ready = wait_for(fds, count, 0);
	if (ready == 0)
		ready = hang_up_idle(fds, count);
	if (ready == 0 && milliseconds != 0)
		ready = wait_for(fds, count, milliseconds);
	return ready;
}
