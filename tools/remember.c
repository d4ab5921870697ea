/* SPDX-License-Identifier: ISC */
/* remember.c - a history in a file. */
#include "remember.h"

#include "config.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <limits.h>
#include <socket6.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NETWORKS = 256, SIZE = SOCKET_HISTORY_FMT(NETWORKS) };

static int load(const char *file, FILE *in, struct socket_history *history)
{
	char buf[SIZE];
	size_t n = fread(buf, 1, sizeof buf, in);

	if (ferror(in))
		return complain(BAD_INPUT, errno, "%s: %s", file,
				error_words(errno));
	if (socket_history_load(history, buf, n) == -1)
		return complain(BAD_INPUT, EINVAL, "%s: no history of socket6",
				file);
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
		return complain(FAILED, errno, "%s", error_words(errno));
	if (is_other(file))
		return complain(BAD_INPUT, EINVAL, "%s: not a file", file);
	in = fopen(file, "r");
	if (!in)
		return errno == ENOENT ? 0
				       : complain(BAD_INPUT, errno, "%s: %s",
						  file, error_words(errno));
	status = load(file, in, *history);
	fclose(in);
	return status;
}

/* A new file of the owner's alone: it says where one has been. */
static int write_new(char *file, const char *buf, size_t len)
{
	int fd = mkstemp(file);
	FILE *out = fd == -1 ? NULL : fdopen(fd, "w");
	size_t n;

	if (!out)
		return -1;
	n = fwrite(buf, 1, len, out);
	if (fclose(out) == 0 && n == len)
		return 0;
	unlink(file);
	return -1;
}

int note_down(const char *file, const struct socket_history *history)
{
	char buf[SIZE], fresh[PATH_MAX];
	size_t len = socket_history_save(history, buf, sizeof buf);
	int n = snprintf(fresh, sizeof fresh, "%s.XXXXXX", file);

	errno = ENAMETOOLONG;
	if (n < (int)sizeof fresh && write_new(fresh, buf, len) == 0) {
		if (rename(fresh, file) == 0)
			return 0;
		unlink(fresh);
	}
	return complain(FAILED, errno, "%s: %s", file, error_words(errno));
}
