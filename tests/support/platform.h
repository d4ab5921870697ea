/* SPDX-License-Identifier: ISC */
/*
 * platform.h - what the tests need and only some systems have.
 *
 * Included after config.h. configure knows what the library uses (HAVE in
 * suite.h); this file, and no other, knows what else the tests use. What is
 * missing gets a form here that compiles, and fails when it runs.
 */
#ifndef SOCKET6_PLATFORM_H
#define SOCKET6_PLATFORM_H

#include <limits.h>

#ifdef _WIN32
# include "platform_windows.h"
#else
# include <arpa/inet.h>
# include <fcntl.h>
# include <net/if.h>
# include <netdb.h>
# include <netinet/in.h>
# include <netinet/tcp.h>
# include <poll.h>
# include <sched.h>
# include <stdio.h>
# include <stdlib.h>
# include <string.h>
# include <sys/ioctl.h>
# include <sys/mman.h>
# include <sys/resource.h>
# include <sys/socket.h>
# include <sys/types.h>
# include <sys/un.h>
# include <sys/wait.h>
# include <unistd.h>

/* fcntl, clocks, signals and threads as POSIX has them. */
# define HAVE_POSIX	   1
# define HAVE_MSG_DONTWAIT 1
# define HAVE_MSG_TRUNC	   1
# define HAVE_SIGPIPE	   1
# define HAVE_FCNTL	   1
# define HAVE_GETTIMEOFDAY 1
# define HAVE_UNIX_SOCKETS 1
# define HAVE_RECVMSG	   1
# define HAVE_FREEADDRINFO 1

# define LO "lo" /* loopback's interface */

/* macOS; a test that names it is skipped there. */
# ifndef SOCK_NONBLOCK
#  define SOCK_NONBLOCK 0
#  define SOCK_CLOEXEC	0
# endif

/* A port whose connections have ended is in use for a while. */
# define PORTS_LINGER 1

/* The errno of a write after one that reported a reset. */
# define AFTER_RESET  EPIPE

/* A test that shares its process with others closes what they left. */
static inline void close_sockets(void)
{
}

/*
 * Closes what the process that started a suite has left open: a test names its
 * descriptors to a shell, and dash knows none above 9.
 */
static inline void close_inherited(void)
{
	for (int fd = 3; fd <= 9; fd++)
		close(fd);
}

enum { DESCRIPTORS = 256, NEXT_DESCRIPTOR = 1 };

static inline int is_open(int fd)
{
	return fcntl(fd, F_GETFD) != -1;
}

/* A descriptor of something that is no socket. */
static inline int any_descriptor(const char *what)
{
	int ends[2];

	if (strcmp(what, "pipe") == 0)
		return pipe(ends) == 0 ? ends[1] : -1;
	if (strcmp(what, "file") == 0)
		return fileno(tmpfile());
	return open("/", O_RDONLY);
}

/* The end of a page that none follows, or null. */
static inline char *end_of_memory(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *p = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED || mprotect(p + page, page, 0) != 0)
		return NULL;
	return p + page;
}

/* Memory that a test shares with the process that runs it, or null. */
static inline void *shared_memory(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

/* Windows would end each line with a carriage return, as no TAP does. */
static inline void plain_output(void)
{
}

/* Makes a file for a suite's results, whose name ends in XXXXXX before. */
static inline void name_file(char *path)
{
	close(mkstemp(path));
}
# define RESULTS      "/tmp/socket6-tap-XXXXXX"
#endif

/* Linux's own numbers, where the C library's headers are older. */
#ifdef __linux__
# include <string.h>
# include <sys/utsname.h>
# ifndef TCP_FASTOPEN_CONNECT
#  define TCP_FASTOPEN_CONNECT 30
# endif
# ifndef IPV6_V6ONLY
#  define IPV6_V6ONLY 26
# endif
#endif

#include "sys/eai.h"

/* The bytes of this thread's stack, or 0 where nobody knows. */
#if defined __linux__ && HAVE_PTHREAD_SETNAME_NP
# include <pthread.h>
static inline size_t stack_of_thread(void)
{
	pthread_attr_t attr;
	size_t bytes = 0;

	if (pthread_getattr_np(pthread_self(), &attr) == 0) {
		pthread_attr_getstacksize(&attr, &bytes);
		pthread_attr_destroy(&attr);
	}
	return bytes;
}
#else
static inline size_t stack_of_thread(void)
{
	return 0;
}
#endif

/* Options that are asked for: no system has the number -1. */
#ifndef SO_PROTOCOL
# ifdef SO_PROTOTYPE
#  define SO_PROTOCOL SO_PROTOTYPE /* illumos */
# else
#  define SO_PROTOCOL (-1)
# endif
#endif

#ifndef IP_FREEBIND
# define IP_FREEBIND (-1)
#endif

#ifndef TCP_FASTOPEN_CONNECT
# define TCP_FASTOPEN_CONNECT (-1)
#endif

#ifndef TCP_FASTOPEN
# define TCP_FASTOPEN (-1)
#endif

#ifndef IP_MTU_DISCOVER
# define IP_MTU_DISCOVER (-1)
#endif

#ifndef TCP_DEFER_ACCEPT
# define TCP_DEFER_ACCEPT (-1)
#endif

/*
 * gVisor answers for Linux, over a TCP/IP stack of its own. The version is
 * always this one.
 */
static inline int on_gvisor(void)
{
#ifdef __linux__
	struct utsname name;

	return uname(&name) == 0 &&
	       strcmp(name.version, "#1 SMP Sun Jan 10 15:06:54 PST 2016") == 0;
#else
	return 0;
#endif
}

/* Whether an ICMP error ends an attempt to connect by IPv4, once told. */
static inline int icmp_ends_attempts(void)
{
#ifdef __linux__
	struct utsname name;
	int major = 0, minor = 0;

	return uname(&name) == 0 &&
	       sscanf(name.release, "%d.%d", &major, &minor) == 2 &&
	       major * 100 + minor < 607;
#else
	return 0;
#endif
}

/* Wine answers for Windows, over Linux. */
static inline int on_wine(void)
{
#ifdef _WIN32
	return GetProcAddress(GetModuleHandleA("ntdll"), "wine_get_version") !=
	       NULL;
#else
	return 0;
#endif
}

/* Leaves a test of what wine does otherwise than Windows. */
#define wine_differs(how)                                                      \
 do {                                                                          \
  if (on_wine())                                                               \
   skip("wine %s", how);                                                       \
 } while (0)

static inline int on_windows(void)
{
#ifdef _WIN32
	return 1;
#else
	return 0;
#endif
}

/* Whether the data of s went, and was taken, with its SYN; -1 for unknown. */
static inline int data_went_in_syn(int s)
{
#ifdef __linux__
	/* struct tcp_info, of which headers have more and less. */
	enum { TCPI_OPTIONS = 5, SYN_DATA = 32 };
	unsigned char info[64] = {0};
	socklen_t len = sizeof info;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, info, &len) == -1)
		return -1;
	return (info[TCPI_OPTIONS] & SYN_DATA) != 0;
#else
	(void)s;
	return -1;
#endif
}

/* int in musl and POSIX, long in dietlibc, unsigned long in glibc and BSD. */
typedef __typeof__(_Generic(&ioctl, int (*)(int, int, ...) : 0,
			    int (*)(int, long, ...) : 0L,
			    default : 0UL)) ioctl_request;

/* Networks of a test's own: namespaces(7), and packet(7). */
#ifdef __linux__
# include <errno.h>
# include <netpacket/packet.h>
# include <sched.h>
# include <stddef.h>
# include <stdint.h>

/* As "ethtool -K NAME tx on" does: linux/ethtool.h, and struct ifreq. */
static inline int set_tx_checksums(int s, const char *name, int on)
{
	enum { ETHTOOL = 0x8946, SET_TX_CHECKSUMS = 0x17 };
	struct {
		unsigned int command, on;
	} checksums = {SET_TX_CHECKSUMS, (unsigned int)on};
	struct {
		char name[16];
		void *data;
		char rest[24];
	} request = {.data = &checksums};

	strncpy(request.name, name, sizeof request.name - 1);
	return ioctl(s, ETHTOOL, &request);
}

/* The flags of an interface, read or written: struct ifreq, netdevice(7). */
enum { GET_FLAGS = 0x8913, SET_FLAGS = 0x8914 };

static inline int do_flags(int s, ioctl_request what, const char *name,
			   short *flags)
{
	struct {
		char name[16];
		short flags;
		char rest[22];
	} request = {.flags = *flags};
	int r;

	strncpy(request.name, name, sizeof request.name - 1);
	r = ioctl(s, what, &request);
	*flags = request.flags;
	return r;
}

/* Whether an interface can carry something: SIOCGIFFLAGS, IFF_RUNNING. */
static inline int has_carrier(int s, const char *name)
{
	enum { RUNNING = 0x40 };
	short flags = 0;

	return do_flags(s, GET_FLAGS, name, &flags) == 0 &&
	       (flags & RUNNING) != 0;
}

/* As "ip link set NAME up" does: SIOCSIFFLAGS, IFF_UP. */
static inline int set_up(int s, const char *name)
{
	enum { UP = 0x01 };
	short flags = 0;

	if (do_flags(s, GET_FLAGS, name, &flags) == -1)
		return -1;
	flags |= UP;
	return do_flags(s, SET_FLAGS, name, &flags);
}

/*
 * As "ip addr add IP/PREFIX dev NAME nodad" does: RTM_NEWADDR of rtnetlink(7),
 * with one attribute, IFA_LOCAL, and IFA_F_NODAD; the kernel answers with an
 * error, which is 0 for success.
 */
static inline int new_address(const char *name, int family, const void *ip,
			      int prefix)
{
	enum { NEW_ADDRESS = 20, LOCAL = 2, NODAD = 2 };
	enum { REQUEST = 0x01, ACK = 0x04, EXCLUSIVE = 0x200, CREATE = 0x400 };
	struct {
		uint32_t len;
		uint16_t type, flags;
		uint32_t sequence, port;
		unsigned char family, prefix, address_flags, scope;
		uint32_t index;
		uint16_t attribute_len, attribute;
		unsigned char ip[16];
	} request = {.type = NEW_ADDRESS,
		     .flags = REQUEST | ACK | EXCLUSIVE | CREATE,
		     .family = (unsigned char)family,
		     .prefix = (unsigned char)prefix,
		     .address_flags = family == AF_INET6 ? NODAD : 0,
		     .index = if_nametoindex(name),
		     .attribute = LOCAL};
	size_t header = offsetof(__typeof__(request), attribute_len);
	struct {
		uint32_t header[4];
		int32_t error;
		char request[sizeof request];
	} answer = {.error = -EIO};
	int s = socket(AF_NETLINK, SOCK_RAW, 0);

	request.attribute_len = family == AF_INET6 ? 4 + 16 : 4 + 4;
	request.len = (uint32_t)header + request.attribute_len;
	memcpy(request.ip, ip, request.attribute_len - 4u);
	if (write(s, &request, request.len) == (ssize_t)request.len &&
	    read(s, &answer, sizeof answer) == -1)
		answer.error = -errno;
	close(s);
	errno = -answer.error;
	return answer.error == 0 ? 0 : -1;
}

/* The status of "ip -batch -" with these lines; no shell begins it. */
static inline int run_ip(const char *lines)
{
	ssize_t len = (ssize_t)strlen(lines);
	int ends[2], status = -1;
	pid_t pid;

	/* A pipe takes more than a test has to say. */
	if (pipe(ends) == -1 || write(ends[1], lines, strlen(lines)) != len)
		return -1;
	close(ends[1]);
	pid = fork();
	if (pid == 0) {
		dup2(ends[0], STDIN_FILENO);
		execlp("ip", "ip", "-batch", "-", (char *)NULL);
		_exit(127);
	}
	close(ends[0]);
	return pid != -1 && waitpid(pid, &status, 0) == pid ? status : -1;
}
#else
# include <errno.h>
# define CLONE_NEWUSER 0
# define CLONE_NEWNET  0
# ifndef AF_PACKET
#  define AF_PACKET (-1)
# endif

struct sockaddr_ll {
	int sll_family, sll_protocol, sll_ifindex;
};

static inline int unshare(int what)
{
	(void)what;
	errno = ENOSYS;
	return -1;
}

static inline int setns(int fd, int what)
{
	(void)fd;
	return unshare(what);
}

static inline int set_tx_checksums(int s, const char *name, int on)
{
	(void)s, (void)name, (void)on;
	return unshare(0);
}

static inline int has_carrier(int s, const char *name)
{
	(void)s, (void)name;
	return 0;
}

static inline int set_up(int s, const char *name)
{
	return set_tx_checksums(s, name, 0);
}

static inline int new_address(const char *name, int family, const void *ip,
			      int prefix)
{
	(void)family, (void)ip, (void)prefix;
	return set_up(-1, name);
}

static inline int run_ip(const char *lines)
{
	(void)lines;
	return unshare(0);
}
#endif

/* GCC's and clang's builtins. Where there are none (tcc), threads may race. */
#ifdef __ATOMIC_RELAXED
# define relaxed_load(p)     __atomic_load_n((p), __ATOMIC_RELAXED)
# define relaxed_store(p, v) __atomic_store_n((p), (v), __ATOMIC_RELAXED)
# define relaxed_count(p)    __atomic_add_fetch((p), 1, __ATOMIC_RELAXED)
# define relaxed_uncount(p)  __atomic_sub_fetch((p), 1, __ATOMIC_RELAXED)
#else
# define relaxed_load(p)     (*(p))
# define relaxed_store(p, v) (*(p) = (v))
# define relaxed_count(p)    (++*(p))
# define relaxed_uncount(p)  (--*(p))
#endif

#endif
