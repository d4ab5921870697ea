/* SPDX-License-Identifier: ISC */
/* info.c - socket6 info: what the library finds on this system. */
#include "config.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <net/if.h>
#include <socket6.h>
#include <string.h>

/*
 * Asks the system through the library, with a new TCP socket. Returns 0 or
 * more, or -1 with errno.
 */
struct facility {
	const char *name, *function;
	int (*ask)(int s);
};

static int ask_ipv6(int s)
{
	(void)s;
	s = socket_tcp6_flags(SOCKET_V6ONLY | SOCKET_CLOEXEC);
	return s == -1 ? -1 : socket_close(s);
}

static int ask_dual_stack(int s)
{
	int v6only = socket_v6only(s, -1);

	errno = v6only == 1 ? EAFNOSUPPORT : errno;
	return v6only == 0 ? 0 : -1;
}

static int ask_sctp(int s)
{
	(void)s;
	s = socket_sctp6();
	return s == -1 ? -1 : socket_close(s);
}

static int ask_reuseport(int s)
{
	return socket_bind6_reuseport(s, V6any, 0, 0);
}

static int ask_noport(int s)
{
	return socket_bind6_noport(s, V6any, 0);
}

static int ask_usertimeout(int s)
{
	return socket_usertimeout(s, 1000);
}

static int ask_keepalive(int s)
{
	return socket_keepalive(s, 60, 10, 5);
}

static int ask_quickack(int s)
{
	return socket_quickack(s, 1);
}

static int ask_tclass(int s)
{
	return socket_tclass6(s, 0);
}

static int ask_device(int s)
{
	return socket_bindtodevice(s, SOCKET_ANY_INTERFACE);
}

static const struct facility facilities[] = {
	{"IPv6", "socket_tcp6", ask_ipv6},
	{"dual-stack sockets", "socket_tcp6", ask_dual_stack},
	{"SCTP", "socket_sctp6", ask_sctp},
	{"TCP Fast Open", "socket_fastopen", socket_fastopen},
	{"shared ports", "socket_bind6_reuseport", ask_reuseport},
	{"port chosen at connect", "socket_bind6_noport", ask_noport},
	{"user timeout", "socket_usertimeout", ask_usertimeout},
	{"timed keepalive", "socket_keepalive", ask_keepalive},
	{"quick acknowledgement", "socket_quickack", ask_quickack},
	{"traffic class", "socket_tclass6", ask_tclass},
	{"bind to an interface", "socket_bindtodevice", ask_device},
};

/* Linux's settings that affect sockets, below /proc/sys. */
static const struct {
	const char *name, *words;
} sysctls[] = {
	{"net.ipv6.conf.all.disable_ipv6", "1: no IPv6 addresses"},
	{"net.ipv6.bindv6only", "1: IPv6-only by default"},
	{"net.ipv4.ip_local_port_range", "local ports for connecting"},
	{"net.ipv4.ip_unprivileged_port_start", "ports below need privilege"},
	{"net.ipv4.tcp_fastopen", "1: connect, 2: listen, 3: both"},
	{"net.ipv4.tcp_syn_retries", "6: gives up in two minutes"},
	{"net.core.somaxconn", "maximum backlog"},
	{"net.mptcp.enabled", "1: Multipath TCP"},
};

static int errno_of(const struct facility *f)
{
	int s = socket_tcp6_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	int error = s == -1 || f->ask(s) == -1 ? errno : 0;

	socket_close(s);
	return error;
}

static void tell_facility(const struct options *o, const struct facility *f)
{
	int error = errno_of(f);

	if (o->json) {
		json_begin(stdout, "facility");
		json_text(stdout, "name", f->name);
		json_text(stdout, "function", f->function);
		json_error(stdout, error);
		json_end(stdout);
		return;
	}
	printf("  %-23s %s%s", f->name, error ? "no: " : "yes",
	       error ? socket_error(error) : "");
	if (o->verbose)
		printf(" (%s)", f->function);
	putchar('\n');
}

/*
 * The address from which this host would send there. A UDP connect chooses it,
 * and sends nothing. Returns 0, or an errno.
 */
static int source_of(const char *peer, uint32_t index, struct socket_addr6 *a)
{
	int s = socket_udp6_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	char ip[16];
	int error = 0;

	memset(a, 0, sizeof *a);
	scan_ip6(peer, ip);
	if (s == -1 || socket_connect6(s, ip, 9, index) == -1 ||
	    socket_local6(s, a->ip, NULL, &a->scope_id) == -1)
		error = errno;
	socket_close(s);
	return error;
}

static const char *address_or_words(const struct socket_addr6 *a, int error,
				    char *text)
{
	if (error)
		return socket_error(error);
	text[fmt_ip6ifc(text, a->ip, a->scope_id)] = '\0';
	return text;
}

/* To documentation addresses (RFC 3849, RFC 5737), which no host has. */
static void tell_route(const struct options *o, const char *name,
		       const char *peer)
{
	struct socket_addr6 a;
	char text[IP6IF_FMT + 1] = "";
	int error = source_of(peer, 0, &a);
	const char *from = address_or_words(&a, error, text);

	if (o->json) {
		json_begin(stdout, "route");
		json_text(stdout, "name", name);
		json_text(stdout, "from", error ? NULL : from);
		json_error(stdout, error);
		json_end(stdout);
	} else {
		tame(text);
		printf("  %-23s %s%s\n", name, error ? "no: " : "from ", from);
	}
}

/* The interface's link-local address, if it would send from that. */
static const char *link_local(uint32_t index, char *text)
{
	struct socket_addr6 a;
	int error = source_of("ff02::1", index, &a);

	if (error || memcmp(a.ip, "\xfe\x80", 2) != 0)
		return NULL;
	return address_or_words(&a, 0, text);
}

/* The namespace's administrator may have chosen any name. */
static void tell_interface(const struct options *o, uint32_t index, char *name)
{
	char text[IP6IF_FMT + 1] = "";
	const char *address = link_local(index, text);

	if (o->json) {
		json_begin(stdout, "interface");
		json_number(stdout, "index", index);
		json_text(stdout, "name", name);
		json_text(stdout, "link_local", address);
		json_end(stdout);
	} else {
		tame(name);
		tame(text);
		printf("  %5u  %-16s %s\n", (unsigned)index, name,
		       address ? address : "-");
	}
}

static int tell_interfaces(const struct options *o)
{
	struct if_nameindex *all = if_nameindex();

	if (!all)
		return complain(FAILED, errno, "interfaces: %s",
				socket_error(errno));
	for (struct if_nameindex *i = all; i->if_index; i++)
		tell_interface(o, i->if_index, i->if_name);
	if_freenameindex(all);
	return DONE;
}

/* Opens the file of a sysctl: its dots become slashes. */
static FILE *open_sysctl(const char *name)
{
	char path[80];

	snprintf(path, sizeof path, "/proc/sys/%s", name);
	for (char *dot = path + sizeof "/proc/sys"; *dot; dot++)
		if (*dot == '.')
			*dot = '/';
	return fopen(path, "r");
}

/* Its value, numbers separated by a blank; null if there is none. */
static const char *read_sysctl(const char *name, char *value, int size)
{
	FILE *in = open_sysctl(name);
	const char *line;

	if (!in)
		return NULL;
	line = fgets(value, size, in);
	fclose(in);
	if (!line)
		return NULL;
	value[strcspn(value, "\n")] = '\0';
	for (char *tab = value; (tab = strchr(tab, '\t'));)
		*tab = ' ';
	return value;
}

static void tell_sysctl(const struct options *o, const char *name,
			const char *words)
{
	char buf[64];
	const char *value = read_sysctl(name, buf, sizeof buf);

	if (o->json) {
		json_begin(stdout, "sysctl");
		json_text(stdout, "name", name);
		json_text(stdout, "value", value);
		json_end(stdout);
	} else {
		printf("  %-35s %-11s %s\n", name, value ? value : "-", words);
	}
}

static void head(const struct options *o, const char *title)
{
	if (!o->json)
		puts(title);
}

int info(const struct options *o, char *const *words, int n)
{
	int status;

	(void)words;
	(void)n;
	head(o, PACKAGE_STRING " on this system");
	for (size_t i = 0; i < sizeof facilities / sizeof *facilities; i++)
		tell_facility(o, &facilities[i]);
	head(o, "\nSource address by destination");
	tell_route(o, "to IPv6", "2001:db8::1");
	tell_route(o, "to IPv4", "192.0.2.1");
	head(o, "\nInterfaces: index, name, link-local address");
	status = tell_interfaces(o);
	head(o, "\nKernel settings");
	for (size_t i = 0; i < sizeof sysctls / sizeof *sysctls; i++)
		tell_sysctl(o, sysctls[i].name, sysctls[i].words);
	return status;
}
