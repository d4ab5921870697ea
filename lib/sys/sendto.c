/* SPDX-License-Identifier: ISC */
/* sendto.c - for systems without MSG_NOSIGNAL. */
#include "sys.h"

#if HAVE_SO_NOSIGPIPE

/* macOS has a socket option; the socket need not be one of ours. */
ssize_t sys_sendto(int s, const void *buf, size_t len, int flags,
		   const struct sockaddr *sa, socklen_t salen)
{
	sys_setsockopt(s, SOL_SOCKET, SO_NOSIGPIPE, 1);
	return sendto(s, buf, len, flags, sa, salen);
}

#else

# include <signal.h>
# include <time.h>

/*
 * SIGPIPE is sent to the thread that wrote (POSIX, write(2)): held back here,
 * then taken, unless one was pending already, which is not ours. Taken
 * without waiting: another thread may have been faster.
 */
ssize_t sys_sendto(int s, const void *buf, size_t len, int flags,
		   const struct sockaddr *sa, socklen_t salen)
{
	sigset_t pipe_only, before, pending;
	ssize_t n;
	int error;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	sigpending(&pending);
	n = sendto(s, buf, len, flags, sa, salen);
	error = errno;
	if (n == -1 && error == EPIPE && !sigismember(&pending, SIGPIPE))
		sigtimedwait(&pipe_only, NULL, &(const struct timespec){0});
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return n;
}

#endif
