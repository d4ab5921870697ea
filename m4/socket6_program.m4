# SPDX-License-Identifier: ISC
# SOCKET6_PROGRAM
# ---------------
# What socket6(1) takes of POSIX.1-2008 and of terminals beyond what the
# library does. dietlibc lacks a part, Windows nearly all of it.
AC_DEFUN([SOCKET6_PROGRAM], [
  SOCKET6_PROBE([program], [POSIX for the program socket6],
    [POSIX.1-2008], [none, it is left out], [
struct winsize size;
struct itimerval timer = {{0, 0}, {0, 0}};
char *text;
size_t n;
FILE *file = open_memstream(&text, &n);
struct if_nameindex *all = if_nameindex();
if_freenameindex(all);
poll(0, 0, 0);
setitimer(ITIMER_REAL, &timer, 0);
return getline(&text, &n, file) == -1 || !nl_langinfo(CODESET) ||
  ioctl(isatty(0), TIOCGWINSZ, &size) ||
  getopt_long(0, 0, "", 0, 0);
], [
#include <getopt.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>
])
  AM_CONDITIONAL([PROGRAM], [test "$socket6_cv_program" = yes])
  SOCKET6_COMPLETION([bash], [bash-completion/completions])
  SOCKET6_COMPLETION([zsh], [zsh/site-functions])
  SOCKET6_COMPLETION([fish], [fish/vendor_completions.d])
])

# SOCKET6_COMPLETION(SHELL, DIRECTORY)
# ------------------------------------
# Where the shell's completion is installed: it looks there below each data
# directory (XDG_DATA_DIRS; zsh below its own), so it is never out of --prefix
# unless it is said to be.
AC_DEFUN([SOCKET6_COMPLETION], [
  AC_ARG_WITH([$1-completion-dir],
    [AS_HELP_STRING([--with-$1-completion-dir=DIR],
      [completion for $1 @<:@DATADIR/$2@:>@; no: none])],
    [], [with_$1_completion_dir=yes])
  AS_IF([test "$with_$1_completion_dir" = yes],
    [with_$1_completion_dir='${datadir}/$2'])
  AM_CONDITIONAL(m4_toupper([$1])[_COMPLETION],
    [test "$socket6_cv_program" = yes &&
     test "$with_$1_completion_dir" != no])
  AC_SUBST([$1completiondir], [$with_$1_completion_dir])
])
