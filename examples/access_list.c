/* SPDX-License-Identifier: ISC */
/*
 * access_list.c - tells those whom it lets in their address:
 * access_list PORT PREFIX...
 *
 * "access_list 7777 10.0.0.0/8 fe80::/10 !10.9.0.0/16 ::1/128": the last prefix
 * that an address has decides, and without any nobody comes in. A prefix of
 * IPv4 has clients over IPv4, on this socket of both families too.
 */
#include <errno.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

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
	fputs("usage: access_list PORT PREFIX...\n", stderr);
	return 2;
}

int main(int argc, char *argv[])
{
	int port = argc > 2 ? atoi(argv[1]) : -1;
	char ip[16];
	uint32_t scope_id;
	uint16_t bound;
	int l, s;

	if (port < 0 || port > 65535 || argc - 2 > RULES)
		return usage();
	for (; count < argc - 2; count++)
		if (!read_rule(argv[count + 2], &rules[count]))
			return usage();
	l = socket_listener6(NULL, (uint16_t)port, 0, 0, SOCKET_CLOEXEC);
	if (l == -1 || socket_local6(l, NULL, &bound, NULL) == -1) {
		fprintf(stderr, "access_list: %s\n", socket_error(errno));
		return 1;
	}
	printf("port %u\n", (unsigned)bound);
	fflush(stdout);
	for (;;) {
		s = socket_accept6_flags(l, ip, NULL, &scope_id,
					 SOCKET_NONBLOCK | SOCKET_CLOEXEC);
		if (s != -1)
			serve(s, ip, scope_id);
	}
}
