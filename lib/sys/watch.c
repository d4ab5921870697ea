/* SPDX-License-Identifier: ISC */
/* watch.c - one descriptor to watch instead of many: epoll, kqueue, or none. */
#include "watch.h"
#include "sys.h"
#include "thread.h"

#if HAVE_KQUEUE

# include <sys/event.h>
# include <sys/time.h>

/* A waker is a kqueue with a timer, and can have other filters too. */
int sys_watch_open(struct sys_watch *w)
{
	w->timer = -1;
	w->process = sys_process();
	w->fd = sys_waker();
	return w->fd == -1 ? -1 : 0;
}

static int change(const struct sys_watch *w, int s, int what, int flags)
{
	struct kevent event;

	EV_SET(&event, s, what == SOCKET_READABLE ? EVFILT_READ : EVFILT_WRITE,
	       flags, 0, 0, NULL);
	return kevent(w->fd, &event, 1, NULL, 0, NULL);
}

int sys_watch_add(const struct sys_watch *w, int s, int what)
{
	return change(w, s, what, EV_ADD);
}

void sys_watch_remove(const struct sys_watch *w, int s, int what)
{
	int error = errno;

	change(w, s, what, EV_DELETE);
	errno = error;
}

void sys_watch_until(const struct sys_watch *w, int64_t after)
{
	sys_wake(w->fd, after);
}

#elif HAVE_EPOLL && HAVE_TIMERFD

# include <sys/epoll.h>

int sys_watch_add(const struct sys_watch *w, int s, int what)
{
	struct epoll_event event = {
		.events = what == SOCKET_READABLE ? EPOLLIN : EPOLLOUT};

	return epoll_ctl(w->fd, EPOLL_CTL_ADD, s, &event);
}

/* Linux before 2.6.9 wants an event. */
void sys_watch_remove(const struct sys_watch *w, int s, int what)
{
	struct epoll_event event = {.events = 0};
	int error = errno;

	(void)what;
	epoll_ctl(w->fd, EPOLL_CTL_DEL, s, &event);
	errno = error;
}

int sys_watch_open(struct sys_watch *w)
{
	w->fd = epoll_create1(EPOLL_CLOEXEC);
	if (w->fd == -1)
		return -1;
	w->timer = sys_waker();
	if (w->timer != -1 && sys_watch_add(w, w->timer, SOCKET_READABLE) == 0)
		return 0;
	sys_watch_close(w);
	return -1;
}

void sys_watch_until(const struct sys_watch *w, int64_t after)
{
	sys_wake(w->timer, after);
}

#else

int sys_watch_open(struct sys_watch *w)
{
	(void)w;
	return sys_fail(ENOTSUP);
}

int sys_watch_add(const struct sys_watch *w, int s, int what)
{
	(void)w, (void)s, (void)what;
	return 0;
}

void sys_watch_remove(const struct sys_watch *w, int s, int what)
{
	(void)w, (void)s, (void)what;
}

void sys_watch_until(const struct sys_watch *w, int64_t after)
{
	(void)w, (void)after;
}

#endif

void sys_watch_close(struct sys_watch *w)
{
	int error = errno;

	if (w->timer != -1)
		close(w->timer);
	if (w->fd != -1 && (SYS_FORKS_WAKERS || w->process == sys_process()))
		close(w->fd);
	*w = SYS_NO_WATCH;
	errno = error;
}
