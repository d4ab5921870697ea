/* SPDX-License-Identifier: ISC */
/*
 * access_list.c - tells those whom it lets in their address:
 * access_list ADDRESS:PORT PREFIX...
 *
 * "access_list [::]:7777 10.0.0.0/8 fe80::/10 !10.9.0.0/16": the last prefix
 * that an address has decides, and without any nobody comes in. A prefix of IPv4
 * has clients over IPv4, on this socket of both families too.
 */
#include <errno.h>
#include <socket6.h>
#include <stdio.h>

enum { RULES = 64 };

static struct rule {
	char net[16];
	unsigned int bits;
	int lets_in;
} rules[RULES];
static int count;

static int read_rule(const char *text, struct rule *r)
{
	size_t n;

	r->lets_in = *text != '!';
	text += !r->lets_in;
	n = scan_ip6prefix(text, r->net, &r->bits);
	return n > 0 && text[n] == '\0';
}

static int may_come_in(const char ip[16])
{
	int may = 0;

	for (int i = 0; i < count; i++)
		if (socket_match6(ip, rules[i].net, rules[i].bits))
			may = rules[i].lets_in;
	return may;
}

/* Who may not is told nothing. */
static void serve(int s, const char ip[16], uint32_t scope_id)
{
	char text[IP6IF_FMT + 1];
	size_t len = fmt_ip6if(text, ip, scope_id);

	text[len++] = '\n';
	if (may_come_in(ip))
		socket_write(s, text, len);
	else
		fprintf(stderr, "refused: %.*s", (int)len, text);
	socket_close(s);
}

static int usage(void)
{
	fputs("usage: access_list ADDRESS:PORT PREFIX...\n", stderr);
	return 2;
}

/* A listener at the address and port that are this text; -1 with errno. */
static int listen_at(const char *text, int flags)
{
	struct socket_addr6 a;
	size_t n = scan_ip6ifport(text, a.ip, &a.port, &a.scope_id);
	int l;

	errno = EINVAL;
	if (n == 0 || text[n] != '\0')
		return -1;
	l = socket_listener6(a.ip, a.port, a.scope_id, 0, flags);
	if (l != -1 && socket_local6(l, NULL, &a.port, NULL) == 0) {
		printf("port %u\n", (unsigned)a.port);
		fflush(stdout);
	}
	return l;
}

int main(int argc, char *argv[])
{
	char ip[16];
	uint32_t scope_id;
	int l, s;

	if (argc < 3 || argc - 2 > RULES)
		return usage();
	for (; count < argc - 2; count++)
		if (!read_rule(argv[count + 2], &rules[count]))
			return usage();
	l = listen_at(argv[1], SOCKET_CLOEXEC);
	if (l == -1) {
		fprintf(stderr, "access_list: %s: %s\n", argv[1],
			socket_error(errno));
		return 1;
	}
	for (;;) {
		s = socket_accept6_flags(l, ip, NULL, &scope_id,
					 SOCKET_NONBLOCK | SOCKET_CLOEXEC);
		if (s != -1)
			serve(s, ip, scope_id);
	}
}
