/* SPDX-License-Identifier: ISC */
/*
 * delay.c - two hosts, and a line between them that takes its time.
 *
 *	delay MILLISECONDS FAR NEAR
 *
 * FAR and NEAR are commands for the shell. Each runs in a network namespace
 * of its own, whose TUN device, far or near, is the only way out: a packet
 * comes out of the other one so many milliseconds later. NEAR begins when FAR
 * has written something, and FAR is ended when NEAR has. The exit status is
 * NEAR's, or 77 where there is no TUN device or no namespace.
 *
 * netem would serve as well, in kernels that have it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BYTES = 2048, PACKETS = 512, SKIP = 77 };

struct packet {
	int64_t due; /* nanoseconds of now() */
	size_t len;
	char bytes[BYTES];
};

/* One direction: what is on its way, the oldest first. */
struct queue {
	int from, to;
	size_t first, count;
	struct packet packets[PACKETS];
};

static struct queue out, back;
static int64_t delay;
static volatile sig_atomic_t ended;

static void die(const char *what, int status)
{
	fprintf(stderr, "delay: %s: %s\n", what, strerror(errno));
	exit(status);
}

static int must(int r, const char *what)
{
	if (r == -1)
		die(what, SKIP);
	return r;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void take(struct queue *q)
{
	struct packet *p = &q->packets[(q->first + q->count) % PACKETS];
	ssize_t n = read(q->from, p->bytes, BYTES);

	if (n <= 0)
		return;
	p->due = now() + delay;
	p->len = (size_t)n;
	q->count++;
}

/* What cannot be written, for the device is down, is lost as on any line. */
static void deliver(struct queue *q)
{
	ssize_t n = 0;

	while (q->count && n != -1) {
		struct packet *p = &q->packets[q->first];

		if (p->due > now())
			break;
		n = write(q->to, p->bytes, p->len);
		q->first = (q->first + 1) % PACKETS;
		q->count--;
	}
}

static int64_t first_due(const struct queue *q)
{
	return q->count ? q->packets[q->first].due : INT64_MAX;
}

/* What does not fit waits in the device, which drops what is too much. */
static struct pollfd readable(const struct queue *q)
{
	return (struct pollfd){.fd = q->from,
			       .events = q->count < PACKETS ? POLLIN : 0};
}

/* Until a packet comes or is due, or a child ends. */
static void await(struct pollfd fds[2])
{
	int64_t due = first_due(&out), left;
	struct timespec t;
	sigset_t none;

	if (first_due(&back) < due)
		due = first_due(&back);
	left = due - now();
	if (left < 0)
		left = 0;
	t.tv_sec = (time_t)(left / 1000000000);
	t.tv_nsec = (long)(left % 1000000000);
	sigemptyset(&none);
	ppoll(fds, 2, due == INT64_MAX ? NULL : &t, &none);
}

static void carry(void)
{
	while (!ended) {
		struct pollfd fds[2] = {readable(&out), readable(&back)};

		await(fds);
		if (fds[0].revents & POLLIN)
			take(&out);
		if (fds[1].revents & POLLIN)
			take(&back);
		deliver(&out);
		deliver(&back);
	}
}

static void end(int signal)
{
	(void)signal;
	ended = 1;
}

/* A child has ended, or somebody wants this to: heard of in ppoll alone. */
static void hear_of_the_end(void)
{
	static const int signals[] = {SIGCHLD, SIGHUP, SIGINT, SIGTERM};
	struct sigaction action = {.sa_handler = end};
	sigset_t set;

	sigemptyset(&set);
	for (int i = 0; i < 4; i++) {
		sigaddset(&set, signals[i]);
		sigaction(signals[i], &action, NULL);
	}
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Where it is allowed, this and its children go before a machine's business. */
static void hurry(void)
{
	struct sched_param param = {.sched_priority = 1};

	if (sched_setscheduler(0, SCHED_FIFO, &param) == -1)
		fprintf(stderr, "delay: not in real time: %s\n",
			strerror(errno));
}

/* Moves to a new namespace; its way out. */
static int open_end(const char *name)
{
	struct ifreq r = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	int fd;

	must(unshare(CLONE_NEWNET), "no network namespace");
	fd = must(open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK),
		  "/dev/net/tun");
	strcpy(r.ifr_name, name);
	must(ioctl(fd, TUNSETIFF, &r), "no TUN device");
	return fd;
}

/* In a process group of its own, so that all that it starts can be ended. */
static pid_t start(const char *command, int output)
{
	pid_t pid = must(fork(), "fork");
	sigset_t none;

	if (pid)
		return pid;
	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(output, STDOUT_FILENO);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	die("/bin/sh", 1);
	return -1;
}

/* FAR, once it has said that it is ready. */
static pid_t start_far(const char *command)
{
	int pipes[2];
	char byte;
	pid_t pid;

	must(pipe2(pipes, O_CLOEXEC), "pipe");
	pid = start(command, pipes[1]);
	close(pipes[1]);
	if (read(pipes[0], &byte, 1) != 1) {
		fputs("delay: FAR has not begun\n", stderr);
		exit(1);
	}
	return pid;
}

int main(int argc, char **argv)
{
	int near, status = 1;
	pid_t far_pid, near_pid;

	if (argc != 4)
		return 2;
	delay = atoi(argv[1]) * (int64_t)1000000;
	out.from = back.to = open_end("near");
	near = must(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), "ns/net");
	out.to = back.from = open_end("far");
	hear_of_the_end();
	hurry();
	far_pid = start_far(argv[2]);
	must(setns(near, CLONE_NEWNET), "setns");
	near_pid = start(argv[3], STDOUT_FILENO);
	carry();
	if (waitpid(near_pid, &status, WNOHANG) == 0)
		fputs("delay: ended before NEAR has\n", stderr);
	kill(-near_pid, SIGTERM);
	kill(-far_pid, SIGTERM);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
