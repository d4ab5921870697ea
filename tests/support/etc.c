/* SPDX-License-Identifier: ISC */
/*
 * etc.c - an /etc of a process's own, by which names are looked up.
 *
 * A tmpfs over /etc: the files for names are in it, and all else is a link to
 * what was there. Thus it matters neither which of the files the system has,
 * nor whose links they are, and none of them is written to.
 */
/* A directory's entries may have numbers of 64 bits (EOVERFLOW, readdir(3)). */
#define _FILE_OFFSET_BITS 64

#include "config.h"

#include "etc.h"
#include "platform_mount.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What was there, and where it is all built. */
#define BEFORE "/etc/.before"
#define BUILT  "/tmp"

/* A file of these lines, instead of a link. */
static int put_file(const char *path, const char *lines, const char *more)
{
	FILE *file;

	unlink(path);
	file = fopen(path, "w");
	if (!file)
		return -1;
	fprintf(file, "%s%s\n", lines, more ? more : "");
	return fclose(file);
}

static int put_files(const struct etc *etc)
{
	if (put_file("/etc/resolv.conf", "nameserver 127.0.0.1\noptions ",
		     etc->options) == -1 ||
	    put_file("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n",
		     etc->hosts) == -1 ||
	    put_file("/etc/nsswitch.conf",
		     "hosts: files dns\nservices: files\nprotocols: files\n",
		     NULL) == -1 ||
	    put_file("/etc/host.conf", "multi on\n", NULL) == -1)
		return -1;
	/* For a process that has read another one before. */
	return put_file("/etc/gai.conf", "reload yes\n", etc->gai_conf);
}

/* A link is copied, for it may be relative; all else gets one. */
static int link_entry(const char *name)
{
	char from[512], to[512], text[512];
	ssize_t n;

	snprintf(from, sizeof from, "/etc/%s", name);
	snprintf(to, sizeof to, BUILT "/%s", name);
	n = readlink(from, text, sizeof text - 1);
	if (n == -1)
		snprintf(text, sizeof text, BEFORE "/%s", name);
	else
		text[n] = 0;
	return symlink(text, to);
}

/* Null at the end, or with errno. */
static const char *next_name(DIR *dir)
{
	const struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(dir);
	} while (entry && (strcmp(entry->d_name, ".") == 0 ||
			   strcmp(entry->d_name, "..") == 0));
	return entry ? entry->d_name : NULL;
}

static int link_all(void)
{
	DIR *dir = opendir("/etc");
	const char *name;
	int r = 0;

	if (!dir)
		return -1;
	while (r == 0 && (name = next_name(dir)))
		r = link_entry(name);
	if (errno)
		r = -1;
	closedir(dir);
	return r;
}

/* A bind of /etc that is already covered would bring the cover along. */
static int cover_etc(void)
{
	if (mount("etc", BUILT, "tmpfs", 0, "mode=755") == -1 ||
	    mkdir(BUILT "/.before", 0755) == -1 ||
	    mount("/etc", BUILT "/.before", "none", MS_BIND | MS_REC, NULL) ==
		    -1 ||
	    link_all() == -1)
		return -1;
	return mount(BUILT, "/etc", "none", MS_MOVE, NULL);
}

/* A cache, if there is one, would answer by the machine's own files. */
static int cover_cache(const char *directory)
{
	if (mount("none", directory, "tmpfs", 0, NULL) == 0 || errno == ENOENT)
		return 0;
	return -1;
}

/* Nothing that is mounted here is seen elsewhere. gVisor has no such mounts. */
static int enter(void)
{
	if (unshare(CLONE_NEWNS | CLONE_NEWUTS) == -1)
		return -1;
	return mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL);
}

/* A C library would look names up in the domain of the host's name, too. */
static int prepare(void)
{
	static const char host[] = "host";

	if (sethostname(host, sizeof host - 1) == -1 ||
	    cover_cache("/run/nscd") == -1 ||
	    cover_cache("/var/run/nscd") == -1)
		return -1;
	return cover_etc();
}

static void clear_environment(void)
{
	static const char *const names[] = {"RES_OPTIONS", "LOCALDOMAIN",
					    "HOSTALIASES", "RESOLV_MULTI"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unsetenv(names[i]);
}

int etc_enter(const struct etc *etc)
{
	static int entered;

	if (!entered && enter() == -1)
		return ETC_NONE;
	if (!entered && prepare() == -1)
		return -1;
	entered = 1;
	clear_environment();
	return put_files(etc);
}
