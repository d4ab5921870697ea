/* SPDX-License-Identifier: ISC */
/* programs.c - runs programs of ours, and reads what they say. */
#include "config.h"

#include "platform.h"
#include "programs.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

char said[65536];

static FILE *begin(const char *before, const char *format, va_list args)
{
	char command[512];
	size_t n = (size_t)snprintf(command, sizeof command, "%s%s ", before,
				    executor());
	FILE *out;

	if (on_windows())
		leave_test("the examples wait by poll(2)");
	vsnprintf(command + n, sizeof command - n, format, args);
	out = popen(command, "r");
	ck_assert_ptr_nonnull(out);
	return out;
}

int end(FILE *out)
{
	int status;

	said[fread(said, 1, sizeof said - 1, out)] = '\0';
	status = pclose(out);
	return WEXITSTATUS(status);
}

int said_by(const char *format, ...)
{
	va_list args;
	FILE *out;

	va_start(args, format);
	out = begin("", format, args);
	va_end(args);
	return end(out);
}

struct server server;

uint16_t said_port(void)
{
	char line[32] = "";

	ck_assert_ptr_nonnull(fgets(line, sizeof line, server.out));
	ck_assert_msg(strncmp(line, "port ", 5) == 0, "says: %s", line);
	return (uint16_t)atoi(line + 5);
}

int end_server(void)
{
	kill(server.pid, SIGTERM);
	return end(server.out);
}

/* The shell says which process it becomes. */
FILE *begin_process(int *pid, const char *format, ...)
{
	char line[16];
	va_list args;
	FILE *out;

	va_start(args, format);
	out = begin("echo $$; exec ", format, args);
	va_end(args);
	/* By the line: dietlibc's scanf waits for a byte behind it. */
	ck_assert_ptr_nonnull(fgets(line, sizeof line, out));
	*pid = atoi(line);
	return out;
}
