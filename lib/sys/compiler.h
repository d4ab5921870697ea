/* SPDX-License-Identifier: ISC */
/* compiler.h - what compilers and threads differ in. */
#ifndef SOCKET6_LIB_SYS_COMPILER_H
#define SOCKET6_LIB_SYS_COMPILER_H

/*
 * The general model of thread-local storage calls __tls_get_addr, which makes
 * the dynamic loader a dependency; the initial-exec one does not.
 */
#if HAVE_TLS_MODEL
# define SYS_INITIAL_EXEC __attribute__((tls_model("initial-exec")))
#else
# define SYS_INITIAL_EXEC
#endif

/* For histories and noipv6, which threads share. */
#if HAVE_ATOMIC
# define sys_load(p)	 __atomic_load_n((p), __ATOMIC_RELAXED)
# define sys_store(p, v) __atomic_store_n((p), (v), __ATOMIC_RELAXED)
#else
# define sys_load(p)	 (*(volatile __typeof__(*(p)) *)(p))
# define sys_store(p, v) (*(volatile __typeof__(*(p)) *)(p) = (v))
#endif

/*
 * sys_likely marks the common branch. SYS_RARE keeps a rarely needed function
 * out of line, so that its callers need not save registers for it.
 */
#ifdef __GNUC__
# define sys_likely(x) __builtin_expect(!!(x), 1)
# define SYS_RARE      __attribute__((noinline))
#else
# define sys_likely(x) (x)
# define SYS_RARE
#endif

#endif
