/* SPDX-License-Identifier: ISC */
/* thread.c - threads, and the one lock that they share. */
#include "sys.h"

#include "thread.h"

/* Modules of the C library's resolver are hungry; it is address space alone. */
enum { STACK_BYTES = 1 << 20 };

#if HAVE_WINSOCK

# include <process.h>

static SRWLOCK lock = SRWLOCK_INIT;

static void run(void *task)
{
	((struct sys_task *)task)->run(task);
}

/* A thread may outlive the last use of a DLL: that stays loaded. */
static void stay_loaded(void)
{
	HMODULE module;

	GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_PIN |
				   GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
			   (const char *)&lock, &module);
}

int sys_thread(struct sys_task *task)
{
	stay_loaded();
	return _beginthread(run, STACK_BYTES, task) == (uintptr_t)-1
		       ? sys_fail(EAGAIN)
		       : 0;
}

void sys_lock(void (*in_child)(void))
{
	(void)in_child;
	AcquireSRWLockExclusive(&lock);
}

void sys_unlock(void)
{
	ReleaseSRWLockExclusive(&lock);
}

int sys_process(void)
{
	return 0;
}

#elif HAVE_THREADS

# include <pthread.h>
# include <signal.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t renewal = PTHREAD_MUTEX_INITIALIZER;
static int owner; /* the process that the lock belongs to, once it is used */

static void *run(void *task)
{
# if HAVE_PTHREAD_SETNAME_NP
	pthread_setname_np(pthread_self(), "socket6");
# endif
	((struct sys_task *)task)->run(task);
	return NULL;
}

/* The new thread has the signal mask of the one that creates it. */
static int create(const pthread_attr_t *attr, struct sys_task *task)
{
	sigset_t all, before;
	pthread_t thread;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, attr, run, task);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

int sys_thread(struct sys_task *task)
{
	pthread_attr_t attr;
	int error = pthread_attr_init(&attr);

	if (error == 0) {
		pthread_attr_setstacksize(&attr, STACK_BYTES);
		pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
		error = create(&attr, task);
		pthread_attr_destroy(&attr);
	}
	return error ? sys_fail(EAGAIN) : 0;
}

/* A child of fork(2) may have copied the lock while it was held. */
static void renew(int process, void (*in_child)(void))
{
	static const pthread_mutex_t new = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&renewal);
	if (owner != 0 && owner != process) {
		lock = new;
		in_child();
	}
	sys_store(&owner, process);
	pthread_mutex_unlock(&renewal);
}

/*
 * Not by pthread_atfork(3): with glibc it has to be linked into the library,
 * for which tcc 0.9.27 makes relocations of code.
 */
void sys_lock(void (*in_child)(void))
{
	int process = getpid();

	if (sys_load(&owner) != process)
		renew(process, in_child);
	pthread_mutex_lock(&lock);
}

void sys_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

int sys_process(void)
{
	return getpid();
}

#else

int sys_thread(struct sys_task *task)
{
	task->run(task);
	return 0;
}

void sys_lock(void (*in_child)(void))
{
	(void)in_child;
}

void sys_unlock(void)
{
}

int sys_process(void)
{
	return getpid();
}

#endif
