/* SPDX-License-Identifier: ISC */
/*
 * fuzz_program.c - the options and the standard input of socket6(1), without
 * its network. An argument is a line; after an empty line comes the input.
 */
#include "fuzz.h"

#include "verbs.h"

#include "../../tools/socket6.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARGUMENTS = 6, ROOM = 1 << 16 };

/* What it reads and writes are files, in place of the descriptors 0 to 2. */
static struct {
	int file[3], kept[3];
} io;

static int new_file(void)
{
	FILE *f = tmpfile();

	require(f);
	return fileno(f);
}

/* What a sanitizer says is not the program's: sanitizer/common_interface_defs.h */
#if defined __SANITIZE_ADDRESS__ || (defined __clang__ && defined __linux__)
__attribute__((weak)) void __sanitizer_set_report_fd(void *fd);

static void set_report_fd(int fd)
{
	if (__sanitizer_set_report_fd)
		__sanitizer_set_report_fd((void *)(intptr_t)fd);
}
#else
static void set_report_fd(int fd)
{
	(void)fd;
}
#endif

static void make_files(void)
{
	if (io.file[0])
		return;
	for (int fd = 0; fd < 3; fd++) {
		io.file[fd] = new_file();
		io.kept[fd] = dup(fd);
		if (io.kept[fd] == -1)
			io.kept[fd] = dup(io.file[fd]);
	}
	fuzz_errors = io.kept[2];
	set_report_fd(fuzz_errors);
}

static void redirect(const void *input, size_t len)
{
	fflush(stdout);
	for (int fd = 0; fd < 3; fd++) {
		require(ftruncate(io.file[fd], 0) == 0);
		require(lseek(io.file[fd], 0, SEEK_SET) == 0);
	}
	require(pwrite(io.file[0], input, len, 0) == (ssize_t)len);
	for (int fd = 0; fd < 3; fd++)
		require(dup2(io.file[fd], fd) == fd);
	rewind(stdin);
}

static void restore(void)
{
	fflush(stdout);
	for (int fd = 0; fd < 3; fd++)
		dup2(io.kept[fd], fd);
	clearerr(stdin);
}

/* ---- a run ---- */

struct run {
	int argc;
	char *argv[ARGUMENTS + 2];
	int status;
	char out[ROOM], err[ROOM];
};

static void read_arguments(struct run *r, struct input *in)
{
	static char name[] = "socket6";

	r->argc = 1;
	r->argv[0] = name;
	while (r->argc <= ARGUMENTS && in->left > 0) {
		const uint8_t *end = memchr(in->at, '\n', in->left);
		size_t len = end ? (size_t)(end - in->at) : in->left;

		if (len > 0)
			r->argv[r->argc++] = fuzz_text(in->at, len);
		len += end != NULL;
		in->left -= len;
		in->at += len;
		if (len < 2)
			break;
	}
	r->argv[r->argc] = NULL;
}

static void fetch(int fd, char *to)
{
	ssize_t n = pread(fd, to, ROOM - 1, 0);

	require(n >= 0);
	to[n] = '\0';
}

/* getopt puts the arguments in another order. */
static void run(struct run *r, const void *input, size_t len)
{
	char *argv[ARGUMENTS + 2];

	memcpy(argv, r->argv, sizeof argv);
	optind = 0;
	verbs_forget();
	redirect(input, len);
	r->status = socket6_main(r->argc, argv);
	restore();
	fetch(io.file[1], r->out);
	fetch(io.file[2], r->err);
}

/* ---- what holds ---- */

static int is_given(const struct run *r, const char *argument)
{
	for (int i = 1; i < r->argc; i++)
		if (strcmp(r->argv[i], argument) == 0)
			return 1;
	return 0;
}

/* A complaint is one line, and nothing in it is a command to a terminal. */
static void check_complaints(const struct run *r)
{
	const char *line = r->err;

	require((r->status == DONE) == (*line == '\0') ||
		strlen(r->err) == ROOM - 1);
	for (; *line; line = strchr(line, '\n') + 1) {
		require(strncmp(line, "socket6: ", 9) == 0 || *line == '{');
		if (!strchr(line, '\n'))
			return;
	}
	for (const char *c = r->err; *c; c++)
		require(*c == '\n' || ((unsigned char)*c >= ' ' && *c != 0x7f));
}

static void check_json(const char *line)
{
	for (; *line; line = strchr(line, '\n') + 1) {
		const char *end = strchr(line, '\n');

		if (!end)
			return;
		require(*line == '{' && end[-1] == '}');
		for (; line < end; line++)
			require((unsigned char)*line >= ' ');
	}
}

/* What text has written it writes again when it reads that. */
static void check_again(const struct run *r)
{
	static char text[] = "text";
	static struct run again;
	size_t len = strlen(r->out);

	again.argc = 2;
	again.argv[0] = r->argv[0];
	again.argv[1] = text;
	again.argv[2] = NULL;
	run(&again, r->out, len);
	require(again.status == DONE && strcmp(again.out, r->out) == 0);
}

FUZZ(program)
{
	static struct run r;
	struct input in = {data, size};

	fuzz_lookup_error = 0;
	make_files();
	read_arguments(&r, &in);
	run(&r, in.at, in.left);
	require(r.status >= DONE && r.status <= BAD_INPUT);
	check_complaints(&r);
	if (r.argc == 2 && strcmp(r.argv[1], "text") == 0)
		check_again(&r);
	if (r.argc == 3 && strcmp(r.argv[1], "text") == 0 && is_given(&r, "-j"))
		check_json(r.out);
	for (int i = 1; i < r.argc; i++)
		fuzz_free(r.argv[i]);
}
