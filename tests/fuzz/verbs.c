/* SPDX-License-Identifier: ISC */
/*
 * verbs.c - the program socket6 without its network: its verbs but text look at
 * the options that they are given, and do nothing.
 */
#include "verbs.h"

#include "fuzz.h"

#include "../../tools/command.h"
#include "../../tools/socket6.h"
#include "../../tools/udp.h"
#include "name/name.h"

/* What it has said is its own, and a process says it once. */
#include "../../tools/tell.c"

struct streams streams;

void verbs_forget(void)
{
	memset(&told, 0, sizeof told);
}

void command_note_signals(void)
{
}

/* As its verbs rely on it. */
static int look_at(const struct options *o, char *const *words, int n)
{
	require(o->family == 0 || o->family == 4 || o->family == 6);
	require(o->delay == 0 || (o->delay >= 10 && o->delay <= 2000));
	require(o->interval == 0 ||
		(o->interval >= LEAST_INTERVAL && o->interval <= 2000000000));
	require(o->milliseconds == -1 ||
		(o->milliseconds > 0 && o->milliseconds <= 2000000000));
	require(o->silence >= 0 && o->silence <= 2000000000);
	require(o->count >= 0 && o->count <= 999999999);
	require(!o->command || *o->command);
	require(!(o->udp && o->command) && !(o->all && o->data));
	require(o->told == stdout || o->told == stderr);
	for (int i = 0; i < n; i++)
		require(words[i]);
	return DONE;
}

int dial(const struct options *o, char *const *words, int n)
{
	require(n == 1 || n == 2);
	return look_at(o, words, n);
}

int dial_udp(const struct options *o, char *const *words, int n)
{
	require(o->udp);
	return dial(o, words, n);
}

int ping(const struct options *o, char *const *words, int n)
{
	return dial(o, words, n);
}

int mtu(const struct options *o, char *const *words, int n)
{
	return dial(o, words, n);
}

int listen_at(const struct options *o, char *const *words, int n)
{
	require(!o->count || o->command);
	return look_at(o, words, n);
}

int listen_udp(const struct options *o, char *const *words, int n)
{
	require(o->udp && !o->proxy && !o->keep);
	return look_at(o, words, n);
}

int info(const struct options *o, char *const *words, int n)
{
	require(n <= 1);
	return look_at(o, words, n);
}

int read_target(struct target *target)
{
	require(target->host);
	return DONE;
}

/* The real one reads the name, and then asks. */
int socket_resolve6(const char *host, const char *service, int flags,
		    struct socket_addr6 *out, size_t max)
{
	struct name name;

	(void)out, (void)max;
	if (socket6_name_read(&name, host, service, flags) == -1)
		return -1;
	errno = ENOENT;
	return name.host[0] ? -1 : 1;
}
