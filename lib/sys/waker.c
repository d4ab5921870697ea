/* SPDX-License-Identifier: ISC */
/* waker.c - a descriptor that becomes readable when somebody says so. */
#include "sys.h"

#include "thread.h"

#if HAVE_KQUEUE

# include <sys/event.h>
# include <sys/time.h>

int sys_waker(void)
{
	int fd = kqueue();

	return fd != -1 && sys_set_closeonexec(fd) == -1 ? sys_discard(fd) : fd;
}

static void change(int waker, int filter, int flags, unsigned int fflags,
		   int64_t data)
{
	struct kevent event;

	EV_SET(&event, 1, filter, (unsigned short)flags, fflags, (int)data,
	       NULL);
	kevent(waker, &event, 1, NULL, 0, NULL);
}

/* A timer is a millisecond late; OpenBSD may have nothing else. */
static void wake_now(int waker)
{
# ifdef EVFILT_USER
	change(waker, EVFILT_USER, EV_ADD, 0, 0);
	change(waker, EVFILT_USER, 0, NOTE_TRIGGER, 0);
# else
	change(waker, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0, 1);
# endif
}

/* To delete a timer takes back also what has expired. */
static void calm(int waker)
{
	change(waker, EVFILT_TIMER, EV_DELETE, 0, 0);
# ifdef EVFILT_USER
	change(waker, EVFILT_USER, EV_DELETE, 0, 0);
# endif
}

void sys_wake(int waker, int64_t after)
{
	int error = errno;

	calm(waker);
	if (after == 0)
		wake_now(waker);
	else if (after > 0)
		change(waker, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0,
		       after / 1000 + 1);
	errno = error;
}

#elif HAVE_TIMERFD

# include <sys/eventfd.h> /* wherever there are timers */
# include <sys/timerfd.h>

int sys_waker(void)
{
	return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}

/* A timer's interrupt takes as long as all else together. */
int sys_awake(void)
{
	return eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC);
}

/* A time of 0 disarms it, so now is a nanosecond away. */
void sys_wake(int waker, int64_t after)
{
	struct itimerspec t = {.it_value = {0}};
	int error = errno;

	if (after >= 0) {
		t.it_value.tv_sec = (time_t)(after / 1000000);
		t.it_value.tv_nsec = (long)(after % 1000000 * 1000 + 1);
	}
	timerfd_settime(waker, 0, &t, NULL);
	errno = error;
}

#else

/* A datagram socket whose peer is itself, on the loopback interface. */
static int connect_to_itself(int s)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	socklen_t len = sizeof in;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(s, (struct sockaddr *)&in, len) == -1 ||
	    getsockname(s, (struct sockaddr *)&in, &len) == -1)
		return -1;
	return connect(s, (struct sockaddr *)&in, len);
}

int sys_waker(void)
{
	int s = sys_socket(AF_INET, SOCK_DGRAM, 0, SYS_MODES);

	return s != -1 && connect_to_itself(s) == -1 ? sys_discard(s) : s;
}

/* One datagram is in it, or none. */
void sys_wake(int waker, int64_t after)
{
	int error = errno;
	char byte = 0;

	while (recv(waker, &byte, 1, 0) != -1)
		;
	if (after == 0)
		sys_sendto(waker, &byte, 1, 0, NULL, 0);
	errno = error;
}

#endif

#if HAVE_KQUEUE || !HAVE_TIMERFD

int sys_awake(void)
{
	int fd = sys_waker();

	if (fd != -1)
		sys_wake(fd, 0);
	return fd;
}

#endif
