/* SPDX-License-Identifier: ISC */
/* thread.h - threads for calls that block, a lock, and how they wake a loop. */
#ifndef SOCKET6_LIB_SYS_THREAD_H
#define SOCKET6_LIB_SYS_THREAD_H

/* To the linker these are the library's. */
#define sys_awake   socket6_awake
#define sys_lock    socket6_lock
#define sys_process socket6_process
#define sys_thread  socket6_thread
#define sys_unlock  socket6_unlock
#define sys_wake    socket6_wake
#define sys_waker   socket6_waker

/* What a thread does; it stays the caller's. */
struct sys_task {
	void (*run)(struct sys_task *task);
};

/*
 * Runs the task in a new thread of the caller's namespaces, capabilities and
 * filters, with all signals blocked. 0, or -1 with EAGAIN. On a system without
 * threads it runs at once, and the call blocks.
 */
int sys_thread(struct sys_task *task);

/*
 * One lock, for what these threads share. A child of fork finds it free, and
 * calls in_child when it first takes it: it has none of the threads.
 */
void sys_lock(void (*in_child)(void));
void sys_unlock(void);

/* Which process this is. */
int sys_process(void);

/*
 * Returns a new descriptor to watch for readability, or -1; close(2) closes it.
 * Nobody reads from it: only sys_wake changes whether it is readable.
 */
int sys_waker(void);

/* The same of one that is readable for good, without sys_wake. */
int sys_awake(void);

/*
 * Makes a waker readable after this many microseconds: 0 at once, below 0
 * never. Until then it is not readable. Keeps errno.
 */
void sys_wake(int waker, int64_t after);

/* Whether there are threads. */
#if HAVE_THREADS || HAVE_WINSOCK
# define SYS_HAS_THREADS 1
#else
# define SYS_HAS_THREADS 0
#endif

/*
 * Whether a child of fork has a copy of a waker, to close. Of a kqueue it has
 * none (kqueue(2)), and the number may be that of another descriptor.
 */
#if HAVE_KQUEUE
# define SYS_FORKS_WAKERS 0
#else
# define SYS_FORKS_WAKERS 1
#endif

/*
 * Whether a waker can be readable later: else that is never. Without threads
 * nothing is left to wait for.
 */
#if HAVE_TIMERFD || HAVE_KQUEUE || !SYS_HAS_THREADS
# define SYS_WAKES_LATER 1
#else
# define SYS_WAKES_LATER 0
#endif

#endif
