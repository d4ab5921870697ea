/* SPDX-License-Identifier: ISC */
/* command.c - the program that has a connection: UCSPI. */
#include "command.h"

#include "config.h"
#include "header.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ; /* POSIX leaves that to the program */

/* ---- its environment ---- */

/*
 * All that tcp-environ(5) of ucspi-tcp-ipv6 lists. What is not set must not be
 * inherited: it would tell of somebody else.
 */
static const char *const names[] = {
	"PROTO",	  "TCPREMOTEIP",   "TCP6REMOTEIP",   "TCPREMOTEPORT",
	"TCP6REMOTEPORT", "TCPLOCALIP",	   "TCP6LOCALIP",    "TCPLOCALPORT",
	"TCP6LOCALPORT",  "TCPREMOTEHOST", "TCP6REMOTEHOST", "TCPLOCALHOST",
	"TCP6LOCALHOST",  "TCPREMOTEINFO", "TCP6REMOTEINFO", "TCP6INTERFACE",
};
enum { NAMES = sizeof names / sizeof *names };

static int is_ours(const char *variable)
{
	for (size_t i = 0; i < NAMES; i++) {
		size_t n = strlen(names[i]);

		if (strncmp(variable, names[i], n) == 0 && variable[n] == '=')
			return 1;
	}
	return 0;
}

struct added {
	char texts[NAMES][128];
	size_t n;
};

static void add(struct added *to, const char *name, const char *value)
{
	snprintf(to->texts[to->n++], sizeof *to->texts, "%s=%s", name, value);
}

/* The address and port of one end, each in both forms. */
static void add_end(struct added *to, const char *end,
		    const struct socket_addr6 *a)
{
	char name[32], ip[2][IP6_FMT + 1], port[8];

	ip[0][fmt_ip6ifc(ip[0], a->ip, 0)] = '\0';
	ip[1][fmt_ip6(ip[1], a->ip)] = '\0';
	snprintf(port, sizeof port, "%d", a->port);
	for (int i = 0; i < 2; i++) {
		snprintf(name, sizeof name, "TCP%s%sIP", i ? "6" : "", end);
		add(to, name, ip[i]);
		snprintf(name, sizeof name, "TCP%s%sPORT", i ? "6" : "", end);
		add(to, name, port);
	}
}

static void add_all(struct added *to, const struct ends *ends)
{
	uint32_t ifindex = ends->peer.scope_id;
	char name[64];

	to->n = 0;
	add(to, "PROTO", ip6_isv4mapped(ends->peer.ip) ? "TCP" : "TCP6");
	add_end(to, "REMOTE", &ends->peer);
	add_end(to, "LOCAL", &ends->local);
	if (ifindex && socket_getifname_r(ifindex, name, sizeof name))
		add(to, "TCP6INTERFACE", name);
}

char **command_environment(char *const *old, const struct ends *ends)
{
	static struct added added;
	size_t n = 0, kept = 0;
	char **fresh;

	while (old[n])
		n++;
	fresh = malloc((n + NAMES + 1) * sizeof *fresh);
	if (!fresh)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (!is_ours(old[i]))
			fresh[kept++] = old[i];
	add_all(&added, ends);
	for (size_t i = 0; i < added.n; i++)
		fresh[kept++] = added.texts[i];
	fresh[kept] = NULL;
	return fresh;
}

/* ---- its signals ---- */

static struct {
	struct sigaction pipe, child;
	sigset_t mask;
} at_start;

void command_note_signals(void)
{
	sigaction(SIGPIPE, NULL, &at_start.pipe);
	sigaction(SIGCHLD, NULL, &at_start.child);
	sigprocmask(SIG_SETMASK, NULL, &at_start.mask);
}

/* Others are as they were, or have a handler, which does not outlive exec. */
static void restore_signals(void)
{
	sigaction(SIGPIPE, &at_start.pipe, NULL);
	sigaction(SIGCHLD, &at_start.child, NULL);
	sigprocmask(SIG_SETMASK, &at_start.mask, NULL);
}

/* ---- the program ---- */

/* With the number that it has already, exec would close it. */
static int put_at(int s, int fd)
{
	if (s == fd)
		return fcntl(fd, F_SETFD, 0);
	return dup2(s, fd);
}

/*
 * A look-up may still ask for the environment in a thread of its own: so this
 * one is replaced, and not changed.
 */
static int run(char *const *command, const struct ends *ends)
{
	char **fresh = command_environment(environ, ends);

	if (!fresh)
		return -1;
	environ = fresh;
	restore_signals();
	execvp(*command, command);
	return -1;
}

static int refuse(char *const *command, int error)
{
	return complain(NOT_RUN, error, "unable to run %s: %s", *command,
			error_words(error));
}

int command_become(char *const *command, int s, int in, int out,
		   const struct ends *ends)
{
	if (ndelay_off(s) == 0 && put_at(s, in) != -1 && put_at(in, out) != -1)
		run(command, ends);
	return refuse(command, errno);
}

/*
 * In a child. Standard output is kept at the socket's number: a complaint in
 * JSON is for it, and not for the peer.
 */
static int be_child(char *const *command, int s, const struct ends *ends)
{
	int error, kept = -1;

	if (ndelay_off(s) == 0 && dup2(s, STDIN_FILENO) != -1 &&
	    (kept = dup2(STDOUT_FILENO, s)) != -1 &&
	    fcntl(kept, F_SETFD, FD_CLOEXEC) != -1 &&
	    dup2(STDIN_FILENO, STDOUT_FILENO) != -1)
		run(command, ends);
	error = errno;
	if (kept != -1)
		dup2(kept, STDOUT_FILENO);
	return refuse(command, error);
}

/* ---- many of them ---- */

/* A byte for each that has ended, unless there is no room: then some are. */
static int wake[2] = {-1, -1};

static void note_end(int sig)
{
	int error = errno;
	ssize_t n = write(wake[1], "", 1);

	(void)sig, (void)n;
	errno = error;
}

static void wait_for_ends(void)
{
	struct sigaction action = {.sa_handler = note_end,
				   .sa_flags = SA_RESTART | SA_NOCLDSTOP};
	sigset_t child;

	sigemptyset(&action.sa_mask);
	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_UNBLOCK, &child, NULL);
}

int children_begin(struct children *c)
{
	*c = (struct children){.ended = -1};
	if (pipe(wake) == -1)
		return -1;
	for (int i = 0; i < 2; i++) {
		fcntl(wake[i], F_SETFD, FD_CLOEXEC);
		ndelay_on(wake[i]);
	}
	wait_for_ends();
	return c->ended = wake[0];
}

static int make_room(struct children *c)
{
	int room = c->room ? 2 * c->room : 64;
	pid_t *pids;

	if (c->n < c->room)
		return 0;
	pids = realloc(c->pids, (size_t)room * sizeof *pids);
	if (!pids)
		return -1;
	c->pids = pids;
	c->room = room;
	return 0;
}

pid_t children_add(struct children *c, char *const *command, int s,
		   const struct ends *ends)
{
	pid_t pid = make_room(c) == 0 ? fork() : -1;

	if (pid == 0)
		_exit(be_child(command, s, ends));
	if (pid != -1)
		c->pids[c->n++] = pid;
	return pid;
}

static int forget(struct children *c, pid_t pid)
{
	for (int i = 0; i < c->n; i++)
		if (c->pids[i] == pid) {
			c->pids[i] = c->pids[--c->n];
			return 1;
		}
	return 0;
}

/* A process has also those children that its shell had before exec. */
pid_t children_take(struct children *c, int *how)
{
	char bytes[256];
	pid_t pid;

	while (read(c->ended, bytes, sizeof bytes) > 0)
		;
	while ((pid = waitpid(-1, how, WNOHANG)) > 0)
		if (forget(c, pid))
			return pid;
	return 0;
}

void children_leave(struct children *c)
{
	signal(SIGCHLD, SIG_DFL);
	close(wake[0]);
	close(wake[1]);
	free(c->pids);
}
