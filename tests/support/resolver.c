/* SPDX-License-Identifier: ISC */
/* resolver.c - a getaddrinfo that answers when the test says so. */
#include "config.h"

#include "fixture.h"
#include "resolver.h"
#include "stand_in.h"

#include <pthread.h>
#include <signal.h>

static const int families[QUESTIONS] = {AF_UNSPEC, AF_INET6, AF_INET};

/* What each is answered once it may be: an error, or addresses. */
static struct {
	int may_be, error;
	struct addrinfo found[2];
	struct sockaddr_storage addrs[2];
} answers[QUESTIONS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int asked[QUESTIONS], running, most_running, signals_blocked;

static int question_of(int family)
{
	int i = 0;

	while (families[i] != family)
		i++;
	return i;
}

/* Every thread of a look-up comes here, with its signals blocked. */
static int answer_when_told(const char *host, const char *service,
			    const struct addrinfo *hints,
			    struct addrinfo **found)
{
	int i = question_of(hints->ai_family);
	sigset_t blocked;

	(void)host, (void)service;
	sigemptyset(&blocked);
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	pthread_mutex_lock(&lock);
	signals_blocked = sigismember(&blocked, SIGTERM) &&
			  sigismember(&blocked, SIGALRM);
	asked[i]++;
	if (++running > most_running)
		most_running = running;
	pthread_cond_broadcast(&changed);
	while (!answers[i].may_be)
		pthread_cond_wait(&changed, &lock);
	running--;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	*found = answers[i].found;
	if (answers[i].error)
		return answers[i].error;
	return answers[i].found[0].ai_addr ? 0 : EAI_NONAME;
}

void let(int question)
{
	pthread_mutex_lock(&lock);
	answers[question].may_be = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

void await_asked(int question, int times)
{
	pthread_mutex_lock(&lock);
	while (asked[question] < times)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static void put(struct addrinfo *a, struct sockaddr_storage *addr,
		const char *ip)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)addr;
	struct sockaddr_in *in = (struct sockaddr_in *)addr;

	a->ai_addr = (struct sockaddr *)addr;
	a->ai_addrlen = strchr(ip, ':') ? sizeof *in6 : sizeof *in;
	a->ai_addr->sa_family = strchr(ip, ':') ? AF_INET6 : AF_INET;
	if (strchr(ip, ':'))
		memcpy(&in6->sin6_addr, ip6(ip), 16);
	else
		memcpy(&in->sin_addr, ip4(ip), 4);
}

void answer(int question, const char *first, const char *second)
{
	struct addrinfo *found = answers[question].found;

	put(&found[0], &answers[question].addrs[0], first);
	found[0].ai_next = second ? &found[1] : NULL;
	if (second)
		put(&found[1], &answers[question].addrs[1], second);
	stand_in.getaddrinfo = answer_when_told;
}

void answer_with(int question, int error)
{
	answers[question].error = error;
	stand_in.getaddrinfo = answer_when_told;
}

static int locked(const int *value)
{
	int copy;

	pthread_mutex_lock(&lock);
	copy = *value;
	pthread_mutex_unlock(&lock);
	return copy;
}

int times_asked(int question)
{
	return locked(&asked[question]);
}

int most_at_once(void)
{
	return locked(&most_running);
}

int were_signals_blocked(void)
{
	return locked(&signals_blocked);
}
