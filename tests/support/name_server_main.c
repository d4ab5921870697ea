/* SPDX-License-Identifier: ISC */
/*
 * name_server_main.c - the tests' name server as a program; names say how they
 * are answered, see name_server.c.
 *
 * Prints "ready PORT" once it answers, and then what it is asked. Ends with the
 * process that has started it, or by a signal.
 *
 * With a command it has an /etc of its own (etc.h), so that the command's
 * lookups come here, and ends with the command and its exit status:
 *
 *	unshare --net --map-root-user sh -c 'ip link set lo up
 *		name_server -o log -r timeout:1 getent ahosts aaaa-never.test'
 */
#include "config.h"

#include "etc.h"
#include "name_server.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"usage: name_server [OPTION]... [COMMAND [ARGUMENT]...]\n"
	"\n"
	"  -a ADDRESS  what names have; once for each family (127.0.0.1, ::1)\n"
	"  -n PREFIX   of NAT64, for ipv4only.arpa: 64:ff9b::/96\n"
	"  -m NAME     whose modes ipv4only.arpa has: aaaa-400ms.test\n"
	"  -l ADDRESS  listens there (127.0.0.1)\n"
	"  -p PORT     listens there (53); 0: any\n"
	"  -o FILE     logs there (standard output)\n"
	"of COMMAND's /etc:\n"
	"  -r OPTIONS  of resolv.conf: 'timeout:1 attempts:1'\n"
	"  -t LINES    of hosts\n"
	"  -g LINES    of gai.conf\n";

struct settings {
	struct name_server ns;
	struct etc etc;
	const char *address;
	uint16_t port;
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void refuse(void)
{
	fputs(usage, stderr);
	exit(2);
}

static uint16_t port_of(const char *text)
{
	char *end;
	long port = strtol(text, &end, 10);

	if (!*text || *end || port < 0 || port > 65535)
		refuse();
	return (uint16_t)port;
}

static int open_log(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

	if (fd == -1)
		die(path);
	return fd;
}

static void take(struct settings *s, int option, const char *text)
{
	switch (option) {
	case 'a':
		if (name_server_address(&s->ns, text) == -1)
			refuse();
		return;
	case 'n':
		if (name_server_nat64(&s->ns, text) == -1)
			refuse();
		return;
	case 'm':
		if (name_server_ipv4only(&s->ns, text) == -1)
			refuse();
		return;
	case 'l':
		s->address = text;
		return;
	case 'p':
		s->port = port_of(text);
		return;
	case 'o':
		s->ns.log = open_log(text);
		return;
	case 'r':
		s->etc.options = text;
		return;
	case 't':
		s->etc.hosts = text;
		return;
	case 'g':
		s->etc.gai_conf = text;
		return;
	default:
		refuse();
	}
}

/* The command is this process: the server ends when it does. */
static void run_command(const struct settings *settings, const int s[],
			char **command)
{
	pid_t parent = getpid(), child;

	if (etc_enter(&settings->etc) != 0)
		die("/etc");
	child = fork();
	if (child == 0) {
		name_server_run(&settings->ns, s, parent);
		_exit(0);
	}
	if (child == -1)
		die("fork");
	close(s[UDP]);
	close(s[TCP]);
	execvp(command[0], command);
	die(command[0]);
}

int main(int argc, char **argv)
{
	struct settings settings = {.address = "127.0.0.1", .port = 53};
	pid_t parent = getppid();
	int s[TRANSPORTS], option;

	name_server_init(&settings.ns);
	settings.ns.log = STDOUT_FILENO;
	/* POSIX: the options end where the command begins. */
	while ((option = getopt(argc, argv, "+a:n:m:l:p:o:r:t:g:")) != -1)
		take(&settings, option, optarg);
	if (name_server_open(settings.address, &settings.port, s) == -1)
		die(settings.address);
	if (argv[optind])
		run_command(&settings, s, argv + optind);
	printf("ready %d\n", settings.port);
	fflush(stdout);
	name_server_run(&settings.ns, s, parent);
	return 0;
}
