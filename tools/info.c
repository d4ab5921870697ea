/* SPDX-License-Identifier: ISC */
/* info.c - socket6 info: what the library finds on this system. */
#include "config.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>
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
	/* Of a name this errno says that its service is unknown. */
	if (error == EPROTONOSUPPORT)
		error = EOPNOTSUPP;
	printf("  %-23s %s%s", f->name, error ? "no: " : "yes",
	       error ? socket_error(error) : "");
	if (o->verbose)
		printf(" (%s)", f->function);
	putchar('\n');
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
	struct socket_addr6 to = {.scope_id = 0}, a;
	char text[IP6IF_FMT + 1] = "";
	const char *from;
	int error;

	scan_ip6(peer, to.ip);
	error = source_of(&to, &a);
	from = address_or_words(&a, error, text);
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

/* The words for the bits that are set, each after a blank; without the first. */
static const char *words_of(unsigned int flags, const char *const *words,
			    size_t n, char *text)
{
	text[0] = text[1] = '\0';
	for (size_t i = 0; i < n; i++)
		if (flags >> i & 1) {
			strcat(text, " ");
			strcat(text, words[i]);
		}
	return text + 1;
}

/* In the order of the bits SOCKET_IF_ and SOCKET_IFADDR_. */
static const char *const interface_words[] = {"up", "running", "loopback",
					      "multicast", "pointopoint"};
static const char *const address_words[] = {"tentative", "deprecated",
					    "temporary"};
enum { INTERFACE_WORDS = 5, ADDRESS_WORDS = 3, WORDS_FMT = 64 };

/* The namespace's administrator may have chosen any name. */
static void tell_interface(const struct options *o, struct socket_interface6 *i)
{
	char text[WORDS_FMT];
	const char *flags = words_of(i->flags, interface_words, INTERFACE_WORDS,
				     text);

	if (o->json) {
		json_begin(stdout, "interface");
		json_number(stdout, "index", i->ifindex);
		json_text(stdout, "name", i->name);
		json_number(stdout, "mtu", i->mtu);
		json_text(stdout, "flags", flags);
		json_end(stdout);
	} else {
		tame(i->name);
		printf("  %5u  %-16s %-*u%s\n", (unsigned)i->ifindex, i->name,
		       *flags ? 7 : 0, (unsigned)i->mtu, flags);
	}
}

static void tell_address(const struct options *o,
			 const struct socket_ifaddr6 *a)
{
	char words[WORDS_FMT], text[SOCKET_PREFIX_FMT + 1];
	const char *flags = words_of(a->flags, address_words, ADDRESS_WORDS,
				     words);
	int is_ip4 = ip6_isv4mapped(a->ip) && a->prefix >= 96;
	char name[256]; /* no interface's name is longer */

	if (!socket_getifname_r(a->ifindex, name, sizeof name))
		name[0] = '\0';
	text[fmt_ip6prefix(text, a->ip, a->prefix)] = '\0';
	if (o->json) {
		text[strcspn(text, "/")] = '\0';
		json_begin(stdout, "address");
		json_number(stdout, "index", a->ifindex);
		json_text(stdout, "name", name);
		json_text(stdout, "address", text);
		json_family(stdout, is_ip4 ? 4 : 6);
		json_number(stdout, "prefix", a->prefix - (is_ip4 ? 96 : 0));
		json_text(stdout, "flags", flags);
		json_end(stdout);
	} else {
		tame(name);
		printf("  %5u  %-16s %s%s%s\n", (unsigned)a->ifindex, name,
		       text, *flags ? " " : "", flags);
	}
}

static int ask_interfaces(void *out, size_t max)
{
	return socket_interfaces(out, max);
}

static int ask_addresses(void *out, size_t max)
{
	return socket_ifaddrs(out, max);
}

/* All entries, each of size bytes, to be freed: how many, or -1 with errno. */
static int all_of(int (*ask)(void *, size_t), size_t size, void **out)
{
	size_t room = 64;
	int n;

	for (;;) {
		*out = calloc(room, size);
		n = *out ? ask(*out, room) : -1;
		if (n == -1 || (size_t)n <= room)
			return n;
		free(*out);
		room = (size_t)n + 16; /* more may come meanwhile */
	}
}

static int tell_interfaces(const struct options *o)
{
	struct socket_interface6 *all;
	void *out;
	int n = all_of(ask_interfaces, sizeof *all, &out);

	if (n == -1)
		complain(FAILED, errno, "interfaces: %s", socket_error(errno));
	all = out;
	for (int i = 0; i < n; i++)
		tell_interface(o, &all[i]);
	free(out);
	return n == -1 ? FAILED : DONE;
}

static int tell_addresses(const struct options *o)
{
	const struct socket_ifaddr6 *all;
	void *out;
	int n = all_of(ask_addresses, sizeof *all, &out);

	if (n == -1)
		complain(FAILED, errno, "addresses: %s", socket_error(errno));
	all = out;
	for (int i = 0; i < n; i++)
		tell_address(o, &all[i]);
	free(out);
	return n == -1 ? FAILED : DONE;
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

	(void)words; /* o->target has it */
	if (n > 0)
		return destinations(o);
	if (o->family)
		return complain(BAD_INPUT, EINVAL, "-%d needs HOST", o->family);
	head(o, PACKAGE_STRING " on this system");
	for (size_t i = 0; i < sizeof facilities / sizeof *facilities; i++)
		tell_facility(o, &facilities[i]);
	head(o, "\nSource address by destination");
	tell_route(o, "to IPv6", "2001:db8::1");
	tell_route(o, "to IPv4", "192.0.2.1");
	head(o, "\nInterfaces: index, name, MTU, state");
	status = tell_interfaces(o);
	head(o, "\nAddresses: interface, address, state");
	if (tell_addresses(o) != DONE)
		status = FAILED;
	head(o, "\nKernel settings");
	for (size_t i = 0; i < sizeof sysctls / sizeof *sysctls; i++)
		tell_sysctl(o, sysctls[i].name, sysctls[i].words);
	return status;
}
