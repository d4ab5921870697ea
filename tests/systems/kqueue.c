/* SPDX-License-Identifier: ISC */
/*
 * kqueue.c - kqueue(2) as FreeBSD's manual page has it, over epoll.
 *
 * For quirks.sh: changes alone, for nobody reads events from it. A timer and an
 * event of the user's have descriptors of their own, whose numbers no test
 * counts. A child of fork has no kqueue of its parent's.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/event.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { KQUEUES = 16384, FIRST_PART = 300 };
enum part { TIMER, USER, PARTS };

/* Of each that was opened: 0 for no such part, as it is no number of one. */
static struct {
	int is_known, parts[PARTS];
} kqueues[KQUEUES];

static int fail(int error)
{
	errno = error;
	return -1;
}

static int drop(int kq, enum part part)
{
	if (kqueues[kq].parts[part] == 0)
		return fail(ENOENT);
	close(kqueues[kq].parts[part]);
	kqueues[kq].parts[part] = 0;
	return 0;
}

static int watch(int kq, int fd, uint32_t events)
{
	struct epoll_event event = {.events = events};

	if (epoll_ctl(kq, EPOLL_CTL_ADD, fd, &event) == 0 || errno == EEXIST)
		return 0;
	return -1;
}

static int put(int kq, enum part part, int fd)
{
	if (fd == -1)
		return -1;
	drop(kq, part);
	kqueues[kq].parts[part] = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_PART);
	close(fd);
	return watch(kq, kqueues[kq].parts[part], EPOLLIN);
}

static int put_timer(int kq, intptr_t milliseconds)
{
	struct itimerspec t = {.it_value = {milliseconds / 1000,
					    milliseconds % 1000 * 1000000}};
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);

	if (milliseconds == 0)
		t.it_value.tv_nsec = 1;
	timerfd_settime(fd, 0, &t, NULL);
	return put(kq, TIMER, fd);
}

static int trigger(int kq)
{
	if (kqueues[kq].parts[USER] == 0)
		return fail(ENOENT);
	return eventfd_write(kqueues[kq].parts[USER], 1);
}

static int change(int kq, const struct kevent *c)
{
	int is_delete = c->flags & EV_DELETE;
	int fd = (int)c->ident;

	switch (c->filter) {
	case EVFILT_TIMER:
		return is_delete ? drop(kq, TIMER) : put_timer(kq, c->data);
	case EVFILT_USER:
		if (is_delete)
			return drop(kq, USER);
		if (c->flags & EV_ADD && kqueues[kq].parts[USER] == 0 &&
		    put(kq, USER, eventfd(0, EFD_CLOEXEC)) == -1)
			return -1;
		return c->fflags & NOTE_TRIGGER ? trigger(kq) : 0;
	case EVFILT_READ:
	case EVFILT_WRITE:
		if (is_delete)
			return epoll_ctl(kq, EPOLL_CTL_DEL, fd, NULL);
		return watch(kq, fd,
			     c->filter == EVFILT_READ ? EPOLLIN : EPOLLOUT);
	default:
		return fail(EINVAL);
	}
}

static int is_kqueue(int fd)
{
	char path[32], what[32] = "";

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return readlink(path, what, sizeof what - 1) > 0 &&
	       strcmp(what, "anon_inode:[eventpoll]") == 0;
}

static void begin_child(void)
{
	for (int kq = 0; kq < KQUEUES; kq++)
		if (kqueues[kq].is_known && is_kqueue(kq))
			close(kq);
}

int kqueue(void)
{
	static int is_prepared;
	int kq = epoll_create1(0);

	if (!is_prepared++)
		pthread_atfork(NULL, NULL, begin_child);
	if (kq == -1)
		return -1;
	if (kq >= KQUEUES) {
		close(kq);
		return fail(EMFILE);
	}
	for (int part = 0; part < PARTS; part++)
		drop(kq, (enum part)part);
	kqueues[kq].is_known = 1;
	return kq;
}

/* The first change that fails is the error, as there is no room for events. */
int kevent(int kq, const struct kevent *changes, int n, struct kevent *events,
	   int room, const struct timespec *patience)
{
	(void)events, (void)patience;
	if (room > 0)
		return fail(ENOSYS);
	if (kq < 0 || kq >= KQUEUES || !is_kqueue(kq))
		return fail(EBADF);
	for (int i = 0; i < n; i++)
		if (change(kq, &changes[i]) == -1)
			return -1;
	return 0;
}
