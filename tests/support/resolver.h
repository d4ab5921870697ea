/* SPDX-License-Identifier: ISC */
/*
 * resolver.h - a getaddrinfo that answers when the test says so.
 *
 * Every look-up of a name comes here once one of these is called. Each question
 * is answered, or fails, once the test lets it; before that it blocks.
 */
#ifndef SOCKET6_RESOLVER_H
#define SOCKET6_RESOLVER_H

#include "fixture.h"
#include "platform.h"
#include "suite.h"

/* The questions, by the family that is asked for. */
enum { BOTH, V6, V4, QUESTIONS };

/*
 * What a question is answered: one address or two, or an error of EAI_; one
 * that is let without it: EAI_NONAME.
 */
void answer(int question, const char *first, const char *second);
void answer_with(int question, int error);

/* From now on the question is answered. */
void let(int question);

/* Waits until the question has been asked so many times in all. */
void await_asked(int question, int times);

/* How often it was asked; how many were blocked at a time, at most. */
int times_asked(int question);
int most_at_once(void);

/* Of the thread that asked the last question: whether all signals were blocked,
 * and its stack's bytes, or 0 where nobody knows. */
int were_signals_blocked(void);
size_t stack_of_question(void);

/* The questions go to the system, and most_at_once counts them. */
void ask_the_system(void);

/* How many threads of look-ups there are, by their name. */
int threads_of_questions(void);

#define need_thread_names()                                                    \
 do {                                                                          \
  need_threads();                                                              \
  need(HAVE_PTHREAD_SETNAME_NP);                                               \
  if (access(THREADS_OF_PROCESS, R_OK) == -1)                                  \
   skip("no " THREADS_OF_PROCESS);                                             \
 } while (0)
#define THREADS_OF_PROCESS "/proc/self/task"

#define need_threads()                                                         \
 do {                                                                          \
  need(HAVE_THREADS);                                                          \
  need(HAVE_FREEADDRINFO);                                                     \
 } while (0)

/* For a look-up for both families that asks again by itself. */
#define need_timers()                                                          \
 do {                                                                          \
  need_threads();                                                              \
  need_ipv6();                                                                 \
  if (!HAVE(HAVE_TIMERFD) && !HAVE(HAVE_KQUEUE))                               \
   skip("no TIMERFD, no KQUEUE");                                              \
 } while (0)

#endif
