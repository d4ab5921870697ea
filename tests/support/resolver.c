/* SPDX-License-Identifier: ISC */
/* resolver.c - a getaddrinfo that answers when the test says so. */
/* A directory's entries may have numbers of 64 bits, see etc.c. */
#define _FILE_OFFSET_BITS 64

#include "config.h"

#include "fixture.h"
#include "resolver.h"
#include "stand_in.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

/* What each is answered once it may be: an error, or addresses. */
static struct {
	int may_be, error;
	struct addrinfo found[2];
	struct sockaddr_storage addrs[2];
} answers[QUESTIONS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int asked[QUESTIONS], running, most_running, signals_blocked;
static size_t stack_bytes;

/* Built without IPv6, the library has a family of its own for it. */
static int question_of(int family)
{
	return family == AF_UNSPEC ? BOTH : family == AF_INET ? V4 : V6;
}

/* Every thread of a look-up comes here, with its signals blocked. */
static int answer_when_told(const char *host, const char *service,
			    const struct addrinfo *hints,
			    struct addrinfo **found)
{
	int i = question_of(hints->ai_family);
	size_t stack = stack_of_thread();
	sigset_t blocked;

	(void)host, (void)service;
	sigemptyset(&blocked);
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	pthread_mutex_lock(&lock);
	stack_bytes = stack;
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

/* The caller has waited for the question. */
size_t stack_of_question(void)
{
	return stack_bytes;
}

/* An answer is freed before its question ends; those asked for have one. */
static void count_question(enum call call)
{
	if (call != CALL_GETADDRINFO && call != CALL_FREEADDRINFO)
		return;
	pthread_mutex_lock(&lock);
	running += call == CALL_GETADDRINFO ? 1 : -1;
	if (running > most_running)
		most_running = running;
	pthread_mutex_unlock(&lock);
}

void ask_the_system(void)
{
	stand_in.before = count_question;
}

/* Whether that thread is of a look-up. One that ends meanwhile is not. */
static int is_of_question(const char *thread)
{
	char path[64], name[32] = "";
	FILE *file;

	snprintf(path, sizeof path, THREADS_OF_PROCESS "/%.16s/comm", thread);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (!fgets(name, sizeof name, file))
		name[0] = 0;
	fclose(file);
	return strcmp(name, "socket6\n") == 0;
}

int threads_of_questions(void)
{
	DIR *dir = opendir(THREADS_OF_PROCESS);
	const struct dirent *entry;
	int count = 0;

	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)))
		count += is_of_question(entry->d_name);
	closedir(dir);
	return count;
}
