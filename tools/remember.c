/* SPDX-License-Identifier: ISC */
/* remember.c - a history in a file. */
#include "remember.h"

#include "config.h"
#include "socket6.h"

#include <errno.h>
#include <limits.h>
#include <socket6.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NETWORKS = 256, SIZE = SOCKET_HISTORY_FMT(NETWORKS) };

static int load(const char *file, FILE *in, struct socket_history *history)
{
	char buf[SIZE];
	size_t n = fread(buf, 1, sizeof buf, in);

	if (ferror(in))
		return complain(BAD_INPUT, "%s: %s", file, error_words(errno));
	if (socket_history_load(history, buf, n) == -1)
		return complain(BAD_INPUT, "%s: no history of socket6", file);
	return 0;
}

/* Anything but a file must not be renamed over. */
static int is_other(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 && !S_ISREG(st.st_mode);
}

int remember(const char *file, struct socket_history **history)
{
	FILE *in;
	int status;

	*history = socket_history_new(NETWORKS);
	if (!*history)
		return complain(FAILED, "%s", error_words(errno));
	if (is_other(file))
		return complain(BAD_INPUT, "%s: not a file", file);
	in = fopen(file, "r");
	if (!in)
		return errno == ENOENT ? 0
				       : complain(BAD_INPUT, "%s: %s", file,
						  error_words(errno));
	status = load(file, in, *history);
	fclose(in);
	return status;
}

static int write_to(const char *file, const char *buf, size_t len)
{
	FILE *out = fopen(file, "w");
	size_t n;

	if (!out)
		return -1;
	n = fwrite(buf, 1, len, out);
	return fclose(out) == 0 && n == len ? 0 : -1;
}

int note_down(const char *file, const struct socket_history *history)
{
	char buf[SIZE], fresh[PATH_MAX];
	size_t len = socket_history_save(history, buf, sizeof buf);
	int n = snprintf(fresh, sizeof fresh, "%s.%ld", file, (long)getpid());

	if (n >= (int)sizeof fresh)
		return complain(FAILED, "%s: %s", file,
				error_words(ENAMETOOLONG));
	if (write_to(fresh, buf, len) == 0 && rename(fresh, file) == 0)
		return 0;
	complain(FAILED, "%s: %s", file, error_words(errno));
	unlink(fresh);
	return FAILED;
}
