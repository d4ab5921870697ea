/* SPDX-License-Identifier: ISC */
/* sendto.c - for systems without MSG_NOSIGNAL. */
#include "message.h"

#if HAVE_SO_NOSIGPIPE

struct held {
	int none;
};

/* macOS has a socket option; the socket need not be one of ours. */
static void hold(struct held *held, int s)
{
	held->none = sys_setsockopt(s, SOL_SOCKET, SO_NOSIGPIPE, 1);
}

static ssize_t release(const struct held *held, ssize_t n)
{
	(void)held;
	return n;
}

#else

# include <signal.h>
# include <time.h>

struct held {
	sigset_t pipe_only, before, pending;
};

/*
 * SIGPIPE is sent to the thread that wrote (POSIX, write(2)): held back here,
 * then taken, unless one was pending already, which is not ours.
 */
static void hold(struct held *held, int s)
{
	(void)s;
	sigemptyset(&held->pipe_only);
	sigaddset(&held->pipe_only, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &held->pipe_only, &held->before);
	sigpending(&held->pending);
}

/* Taken without waiting: another thread may have been faster. Gives n. */
static ssize_t release(const struct held *held, ssize_t n)
{
	int error = errno;

	if (n == -1 && error == EPIPE && !sigismember(&held->pending, SIGPIPE))
		sigtimedwait(&held->pipe_only, NULL,
			     &(const struct timespec){0});
	pthread_sigmask(SIG_SETMASK, &held->before, NULL);
	errno = error;
	return n;
}

#endif

ssize_t sys_sendto(int s, const void *buf, size_t len, int flags,
		   const struct sockaddr *sa, socklen_t salen)
{
	struct held held;

	hold(&held, s);
	return release(&held, sendto(s, buf, len, flags, sa, salen));
}

ssize_t sys_sendmsg(int s, const struct msghdr *m)
{
	struct held held;

	hold(&held, s);
	return release(&held, sendmsg(s, m, 0));
}
