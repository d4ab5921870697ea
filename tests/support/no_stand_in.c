/* SPDX-License-Identifier: ISC */
/* no_stand_in.c - skips a test that asks for a stand-in: there is none. */
#include "stand_in.h"
#include "suite.h"

struct arguments last_call;

struct stand_ins *no_stand_in(void)
{
	leave_test("no stand-ins: a DLL calls what it was linked to");
	return NULL;
}

void forget_stand_ins(void)
{
}

void count_calls(void)
{
	no_stand_in();
}

int calls(enum call call)
{
	(void)call;
	no_stand_in();
	return 0;
}

int all_calls(void)
{
	no_stand_in();
	return 0;
}

void fail_call(enum call call, int nth, int error)
{
	(void)call, (void)nth, (void)error;
	no_stand_in();
}

int is_to_fail(enum call call)
{
	(void)call;
	no_stand_in();
	return 0;
}

void fail_option(int level, int option, int error)
{
	(void)level, (void)option, (void)error;
	no_stand_in();
}

void ignore_option(int level, int option)
{
	(void)level, (void)option;
	no_stand_in();
}

int option_was_set(int level, int option)
{
	(void)level, (void)option;
	no_stand_in();
	return 0;
}
