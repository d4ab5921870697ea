/* SPDX-License-Identifier: ISC */
/* remember.c - a history in a file. */
#include "remember.h"

#include "config.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <socket6.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NETWORKS = 256,
	SIZE = SOCKET_HISTORY_FMT(NETWORKS),
	LINKS = 40, /* as Linux follows: path_resolution(7) */
};

/* An empty file, as mktemp(1) creates it, is an empty history. */
static int load(const char *file, FILE *in, struct socket_history *history)
{
	char buf[SIZE];
	size_t n = fread(buf, 1, sizeof buf, in);

	if (ferror(in))
		return complain(BAD_INPUT, errno, "%s: %s", file,
				error_words(errno));
	if (n > 0 && socket_history_load(history, buf, n) == -1)
		return complain(BAD_INPUT, EINVAL, "%s: not a socket6 history",
				file);
	return 0;
}

/* rename(2) must not replace anything but a regular file. */
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
		return complain(FAILED, errno, "%s", socket_error(errno));
	if (is_other(file))
		return complain(BAD_INPUT, EINVAL, "%s: not a regular file",
				file);
	in = fopen(file, "r");
	if (!in)
		return errno == ENOENT ? 0
				       : complain(BAD_INPUT, errno, "%s: %s",
						  file, error_words(errno));
	status = load(file, in, *history);
	fclose(in);
	return status;
}

/* Replaces path by the target of the link, which may be relative to it. */
static int follow(char path[PATH_MAX])
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof target);
	char *name = strrchr(path, '/');
	size_t directory = n > 0 && target[0] != '/' && name
				   ? (size_t)(name + 1 - path)
				   : 0;

	if (n == -1)
		return -1;
	if (directory + (size_t)n >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(path + directory, target, (size_t)n);
	path[directory + (size_t)n] = '\0';
	return 0;
}

/* Where the file is, or will be created, after every link: links are kept. */
static int find_place(const char *file, char path[PATH_MAX])
{
	int links = 0;

	errno = ENAMETOOLONG;
	if (snprintf(path, PATH_MAX, "%s", file) >= PATH_MAX)
		return -1;
	while (follow(path) == 0)
		if (++links > LINKS) {
			errno = ELOOP;
			return -1;
		}
	return errno == EINVAL || errno == ENOENT ? 0 : -1;
}

static int write_whole(int fd, const char *buf, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, buf, len);

		if (n == -1)
			return -1;
		buf += n;
		len -= (size_t)n;
	}
	return 0;
}

/* A new file that only the owner can read: it shows where one has been. */
static int replace(const char *file, char *fresh, const char *buf, size_t len)
{
	int fd = mkstemp(fresh), error;

	if (fd == -1)
		return -1;
	error = write_whole(fd, buf, len) == -1 ? errno : 0;
	if (close(fd) == -1 && !error)
		error = errno;
	if (!error && rename(fresh, file) == 0)
		return 0;
	error = error ? error : errno;
	unlink(fresh);
	errno = error;
	return -1;
}

/* Blocks signals meanwhile, which would leave the new file behind. */
static int replace_whole(const char *file, const char *buf, size_t len)
{
	char fresh[PATH_MAX];
	sigset_t all, before;
	int result;

	errno = ENAMETOOLONG;
	if (snprintf(fresh, sizeof fresh, "%s.XXXXXX", file) >=
	    (int)sizeof fresh)
		return -1;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	result = replace(file, fresh, buf, len);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return result;
}

int note_down(const char *file, const struct socket_history *history)
{
	char buf[SIZE], path[PATH_MAX];
	size_t len = socket_history_save(history, buf, sizeof buf);

	if (find_place(file, path) == 0 && replace_whole(path, buf, len) == 0)
		return 0;
	return complain(FAILED, errno, "%s: %s", file, error_words(errno));
}
