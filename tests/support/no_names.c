/* SPDX-License-Identifier: ISC */
/* no_names.c - names.h where there is no process of the tests' own: Windows. */
#include "config.h"

#include "names.h"

const char *names_enter(const struct names *names)
{
	(void)names;
	return "no name server";
}

void names_beside(const struct names *names)
{
	(void)names;
}

long names_mark(void)
{
	return 0;
}

int names_asked(long mark, const char *type)
{
	(void)mark, (void)type;
	return 0;
}

int names_asked_for(long mark, const char *name, const char *type)
{
	(void)mark, (void)name, (void)type;
	return 0;
}

long long names_asked_at(long mark, const char *type)
{
	(void)mark, (void)type;
	ck_abort_msg("no name server");
	return 0;
}

const char *names_asked_by(long mark, const char *type)
{
	(void)mark, (void)type;
	return "";
}

void names_await(long mark, const char *type, int count)
{
	(void)mark, (void)type, (void)count;
}
