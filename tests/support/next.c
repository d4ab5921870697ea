/* SPDX-License-Identifier: ISC */
/* next.c - finds the C library's own function behind a stand-in. */
#include "config.h"

#include "stand_in.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * By the name under which the program exports the stand-in, for a header may
 * rename a call: with 64-bit time glibc's clock_gettime is __clock_gettime64.
 */
void *next_function(void (*ours)(void))
{
	void *function = NULL;
	Dl_info info;

	if (dladdr((void *)(uintptr_t)ours, &info) && info.dli_sname)
		function = dlsym(RTLD_NEXT, info.dli_sname);
	if (!function) {
		fprintf(stderr, "nothing behind a stand-in\n");
		abort();
	}
	return function;
}
