/* SPDX-License-Identifier: ISC */
/*
 * delay.c - a line that takes its time.
 *
 *	delay MILLISECONDS COMMAND...
 *
 * Runs the command where there are two new TUN devices, near and far: a packet
 * that is sent into one comes out of the other so many milliseconds later. One
 * of them may be moved to another network namespace. The exit status is the
 * command's, or 77 where there is no TUN device.
 *
 * netem would serve as well, in kernels that have it.
 */
#define _GNU_SOURCE
#include "common.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

enum { SKIP = 77, SECOND = 1000000000 /* nanoseconds */ };

/* Less than PIPE_BUF, so that a pipe takes and gives it whole. */
struct packet {
	struct timespec due;
	ssize_t len;
	char bytes[2000];
};

static long delay; /* nanoseconds */

/* What does not fit waits in the device, which drops what is too much. */
static void take(int device, int queue)
{
	struct packet p;

	while ((p.len = read(device, p.bytes, sizeof p.bytes)) > 0) {
		clock_gettime(CLOCK_MONOTONIC, &p.due);
		p.due.tv_nsec += delay;
		p.due.tv_sec += p.due.tv_nsec / SECOND;
		p.due.tv_nsec %= SECOND;
		must((int)write(queue, &p, sizeof p), "write");
	}
}

/* What cannot be written, for the device is down, is lost as on any line. */
static void deliver(int queue, int device)
{
	struct packet p;
	ssize_t n = 0;

	while (n != -1 || errno == EIO) {
		must((int)read(queue, &p, sizeof p), "read");
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &p.due, NULL);
		n = write(device, p.bytes, (size_t)p.len);
	}
}

/* A process for it, which ends when the command has. */
static void start(void (*carry)(int from, int to), int from, int to)
{
	if (must(fork(), "fork"))
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	carry(from, to);
	exit(1);
}

/* One direction. */
static void join(int from, int to)
{
	int queue[2];

	must(pipe2(queue, O_CLOEXEC), "pipe");
	start(take, from, queue[1]);
	start(deliver, queue[0], to);
}

static int open_device(const char *name)
{
	struct ifreq r = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	strcpy(r.ifr_name, name);
	if (fd != -1 && ioctl(fd, TUNSETIFF, &r) == 0)
		return fd;
	perror("bench: no TUN device");
	exit(SKIP);
}

int main(int argc, char **argv)
{
	int near, far;

	if (argc < 3)
		return 2;
	delay = atol(argv[1]) * 1000000;
	near = open_device("near");
	far = open_device("far");
	join(near, far);
	join(far, near);
	return must(execvp(argv[2], argv + 2), argv[2]);
}
