/* SPDX-License-Identifier: ISC */
/*
 * platform_windows.h - platform.h's part for Windows.
 *
 * Sockets go by the library's own winsock.h, which gives them POSIX's names.
 * A test that needs what Windows lacks is skipped.
 */
#ifndef SOCKET6_PLATFORM_WINDOWS_H
#define SOCKET6_PLATFORM_WINDOWS_H

#include "suite.h"
#include "sys/winsock.h"

#include <fcntl.h>
#include <io.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* Queries of Winsock itself, which no stand-in sees. */
int would_block(int s);
void close_sockets(void);
int is_open(int s);
const char *loopback_name(void);

/* A suite inherits nothing but its streams. */
static inline void close_inherited(void)
{
}

/* Sockets are numbered by fours. */
enum { DESCRIPTORS = 4096, NEXT_DESCRIPTOR = 4 };

/* What a bare number means: no system call has it. */
#define F_GETFD	      1
#define F_DUPFD	      3
#define F_SETFD	      2
#define F_GETFL	      3
#define F_SETFL	      4
#define FD_CLOEXEC    1
#define O_NONBLOCK    0x40000000
#define SIGALRM	      14
#define SIGPIPE	      13
#define SIG_BLOCK     0
#define ITIMER_REAL   0
#define RLIMIT_NPROC  6
#define RLIMIT_NOFILE 7
#define WEXITSTATUS   (int)
#define popen	      _popen
#define pclose	      _pclose

typedef _sigset_t sigset_t;
typedef unsigned long rlim_t;
struct rlimit {
	rlim_t rlim_cur, rlim_max;
};

struct sockaddr_un {
	unsigned short sun_family;
	char sun_path[108];
};

struct itimerval {
	struct timeval it_interval, it_value;
};

struct sigaction {
	void (*sa_handler)(int);
};

static inline int sigaction(int number, const struct sigaction *action,
			    void *old)
{
	(void)number, (void)action, (void)old;
	leave_test("no signals that interrupt");
	return -1;
}

static inline int sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

static inline int sigaddset(sigset_t *set, int number)
{
	*set |= 1u << number;
	return 0;
}

static inline int sigismember(const sigset_t *set, int number)
{
	return (*set >> number) & 1;
}

/* Nothing forks. */
static inline pid_t no_fork(void)
{
	errno = ENOSYS;
	return -1;
}
#define fork no_fork

/* Nor has a process what its parent left in the environment. */
static inline int setenv(const char *name, const char *value, int overwrite)
{
	(void)name, (void)value, (void)overwrite;
	return -1;
}

static inline int unsetenv(const char *name)
{
	(void)name;
	return -1;
}

static inline pid_t waitpid(pid_t child, int *status, int options)
{
	(void)child, (void)status, (void)options;
	errno = ECHILD;
	return -1;
}

static inline int kill(pid_t child, int number)
{
	(void)child, (void)number;
	errno = ESRCH;
	return -1;
}

static inline int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	(void)how, (void)set, (void)old;
	leave_test("no SIGPIPE");
	return -1;
}

static inline int sigpending(sigset_t *set)
{
	return sigprocmask(SIG_BLOCK, NULL, set);
}

static inline int setitimer(int which, const struct itimerval *timer, void *old)
{
	(void)which, (void)timer, (void)old;
	leave_test("no signals that interrupt");
	return -1;
}

static inline int setrlimit(int resource, const struct rlimit *limit)
{
	(void)resource, (void)limit;
	leave_test("no limit of sockets");
	return -1;
}

static inline int getrlimit(int resource, struct rlimit *limit)
{
	return setrlimit(resource, limit);
}

static inline int socketpair(int family, int type, int protocol, int ends[2])
{
	(void)family, (void)type, (void)protocol;
	ends[0] = ends[1] = -1;
	leave_test("no socketpair");
	return -1;
}

#define PORTS_LINGER 0
#define AFTER_RESET  ECONNRESET

#define LO loopback_name()

/* Declared for its type alone. */
int ioctl(int fd, unsigned long request, ...);

static inline int getuid(void)
{
	return 0;
}

static inline int getgid(void)
{
	return 0;
}

static inline int setuid(int id)
{
	(void)id;
	return 0;
}

/* As much of fcntl as tests ask. */
static inline int fcntl(int s, int command, ...)
{
	DWORD flags = 0;

	if (s < 0 || !GetHandleInformation((HANDLE)(intptr_t)s, &flags)) {
		errno = EBADF;
		return -1;
	}
	if (command == F_GETFD)
		return flags & HANDLE_FLAG_INHERIT ? 0 : FD_CLOEXEC;
	if (command == F_GETFL)
		return would_block(s) ? O_NONBLOCK : 0;
	leave_test("no flags of descriptors");
	return -1;
}

static inline ssize_t write_(int fd, const void *bytes, size_t len)
{
	return write(fd, bytes, (unsigned int)len);
}
#define write write_

/* Standard input is no handle here: any socket will do for it. */
static inline int duplicate_(int s)
{
	if (s != 0)
		leave_test("no dup");
	return socket(AF_INET, SOCK_DGRAM, 0);
}
#define dup duplicate_

static inline int any_descriptor(const char *what)
{
	(void)what;
	leave_test("wine takes other handles for sockets");
	return -1;
}

static inline int page_size_(void)
{
	SYSTEM_INFO info;

	GetSystemInfo(&info);
	return (int)info.dwPageSize;
}

/* The end of a page that none follows. */
static inline char *end_of_memory(void)
{
	int page = page_size_();
	DWORD before;
	char *p = VirtualAlloc(NULL, 2 * (SIZE_T)page, MEM_COMMIT | MEM_RESERVE,
			       PAGE_READWRITE);

	if (!p ||
	    !VirtualProtect(p + page, (SIZE_T)page, PAGE_NOACCESS, &before))
		return NULL;
	return p + page;
}

/*
 * Where a suite's results go: Windows has no /tmp. _mktemp() names by process
 * number alone, which two of wine's have where a server ends as another starts.
 */
static inline void name_file(char *path)
{
	_close(mkstemp(path));
}
#define RESULTS "socket6-tap-XXXXXX"

static inline void plain_output(void)
{
	_setmode(1, _O_BINARY);
}

/* No test leaves one of Winsock's numbers in errno. */
static inline void says_posix_errors(void)
{
	ck_assert_int_lt(errno, WSABASEERR);
}

/* Check has no fork here: a suite has one process, see fresh. */
static inline TCase *fresh_case(const char *name)
{
	TCase *tcase = tcase_create(name);

	tcase_add_checked_fixture(tcase, fresh, says_posix_errors);
	return tcase;
}
#undef tcase_create
#define tcase_create fresh_case

static inline void *shared_memory(size_t size)
{
	return calloc(1, size);
}

#endif
