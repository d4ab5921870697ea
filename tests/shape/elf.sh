#!/bin/sh
# SPDX-License-Identifier: ISC
# elf.sh - what the shared library asks of the loader and the system.
. "${srcdir:-.}/tests/support/tap.sh"
need_shared

# What the compiler makes of every library is not ours: for PowerPC it puts
# four bytes among what can be written, though they are constant.
bare=$tmp/bare.so
echo 'extern const char ip4loopback[4]; const char ip4loopback[4] = {127};' \
	>"$tmp/bare.c"
$CC -shared -fPIC -o "$bare" "$tmp/bare.c" || skip_all "no shared libraries"

# dynamic TAG: prints the values that the dynamic section has for TAG.
dynamic()
{
	readelf -Wd "$shared" | sed -n "s/.*($1).*[[:space:]]//p"
}

# writable LIBRARY: prints the data that a program can write, thread-local
# data and what relro covers aside.
writable()
{
	readelf -WSs "$1" | sed 's/^ *\[ */[/' | awk '
		/^\[/ && $8 ~ /W/ && $8 !~ /T/ && $2 !~ /rel\.ro/ {
			writable[substr($1, 2) + 0] = 1
		}
		$4 == "OBJECT" && $3 > 0 && $7 in writable {
			sub(/[.@].*/, "", $8)
			print $8
		}' | sort -u
}

constructors()
{
	readelf -Wd "$1" | grep INIT_ARRAYSZ
}

# thread_test NAME COMMAND: a test of what needs thread-local storage.
thread_test()
{
	if ! configured HAVE_THREAD_LOCAL; then
		skip "$1" "no THREAD_LOCAL"
	elif ! configured HAVE_TLS_MODEL; then
		skip "$1" "no TLS_MODEL"
	else
		ok "$@"
	fi
}

# On some processors the loader has the stack protector's value, and before
# glibc 2.34 threads are in a library of their own.
its_needs()
{
	loader='^$'
	! readelf -W --dyn-syms "$shared" | grep -q __stack_chk_guard ||
		loader='^\[ld[-.]'
	dynamic NEEDED |
		sed "s/^\[libc\..*/libc/; /^\[libpthread\./d; /$loader/d"
}

its_tables_are_read_only()
{
	readelf -Wl "$shared" | grep -q GNU_RELRO &&
		readelf -Wd "$shared" | grep -Eq 'BIND_NOW|FLAGS_1.* NOW'
}

its_code_is_not_relocated()
{
	has_no TEXTREL readelf -Wd "$shared"
}

stack_of()
{
	readelf -Wl "$1" | awk '/GNU_STACK/ { print $7 }'
}

its_stack_is_protected()
{
	readelf -W --dyn-syms "$shared" | grep -q ' __stack_chk_fail'
}

its_globals()
{
	writable "$bare" >"$tmp/bare"
	writable "$shared" | comm -13 "$tmp/bare" -
}

thread_data_is_initial_exec()
{
	readelf -Wr "$shared" >"$tmp/relocations"
	grep -Eq 'R_.*TP(OFF|REL)' "$tmp/relocations" &&
		grep -E 'DTPMOD|TLSDESC|__tls_get_addr' "$tmp/relocations" |
		nothing
}

it_has_no_constructor()
{
	constructors "$bare" >"$tmp/bare"
	constructors "$shared" | diff "$tmp/bare" -
}

# As in a program that is linked to libowfat first.
it_calls_its_own_functions()
{
	cat >"$tmp/own.c" <<-EOF
	#include <socket6.h>

	size_t scan_ip6if(const char *src, char ip[16], uint32_t *scope_id)
	{
		return src && ip && scope_id ? 1 : 2;
	}

	int main(void)
	{
		return scan_ip6ifport("[::1]:80", NULL, NULL, NULL) != 8;
	}
	EOF
	$CC -I"$srcdir/include" -o "$tmp/own" "$tmp/own.c" \
		-L lib/.libs -lsocket6 &&
		execute lib/.libs "$tmp/own"
}

its_data_is_interposable()
{
	has_no SYMBOLIC readelf -Wd "$shared" &&
		has_no PROTECTED readelf -W --dyn-syms "$shared" &&
		readelf -Wr --arch-specific "$shared" |
		grep -Eq ' noipv6([@ ]|$)'
}

it_stays_loaded()
{
	readelf -Wd "$shared" | grep -q 'FLAGS_1.*NODELETE'
}

# The program's getaddrinfo answers once the library is closed, and returns there.
it_may_be_closed_while_a_look_up_runs()
{
	cat >"$tmp/closed.c" <<-'EOF'
	#include <dlfcn.h>
	#include <netdb.h>
	#include <poll.h>
	#include <socket6.h>

	static volatile int is_asked, is_closed;

	int getaddrinfo(const char *host, const char *service,
			const struct addrinfo *hints, struct addrinfo **found)
	{
		(void)host, (void)service, (void)hints, (void)found;
		for (is_asked = 1; !is_closed;)
			poll(NULL, 0, 1);
		return EAI_AGAIN;
	}

	int main(void)
	{
		void *library = dlopen("libsocket6.so.0", RTLD_NOW);
		struct socket_lookup *(*begin)(const char *, const char *, int);
		int (*fd_of)(const struct socket_lookup *);
		struct socket_lookup *l;
		struct pollfd p = {.events = POLLIN};

		if (!library)
			return 1;
		*(void **)&begin = dlsym(library, "socket_lookup_new");
		*(void **)&fd_of = dlsym(library, "socket_lookup_fd");
		l = begin("name.example", "1", SOCKET_LOOKUP_V4);
		p.fd = fd_of(l);
		while (!is_asked)
			poll(NULL, 0, 1);
		dlclose(library);
		is_closed = 1;
		return poll(&p, 1, 10000) != 1;
	}
	EOF
	$CC -I"$srcdir/include" -rdynamic -o "$tmp/closed" "$tmp/closed.c" \
		-ldl && execute lib/.libs "$tmp/closed"
}

# The line of questions, its lock, and which process it belongs to; and whether
# the kernel divides segments, and refuses options that it does not have.
shared_by_calls='can_segment
line
noipv6
socket6_refuses_unknown'
! configured HAVE_THREADS || shared_by_calls='can_segment
line
lock
noipv6
owner
renewal
socket6_refuses_unknown'

ok "its soname is libsocket6.so.0" gives '[libsocket6.so.0]' dynamic SONAME
linked_test -Wl,-z,relro "its tables are read-only once it runs" \
	its_tables_are_read_only
ok "its code is not relocated" its_code_is_not_relocated
name="its stack is not executable"
case $(stack_of "$bare") in
'') skip "$name" "no GNU_STACK" ;;
RWE) skip "$name" "this compiler makes every stack executable" ;;
*) ok "$name" gives RW stack_of "$shared" ;;
esac
name="its stack is protected"
if grep -q '^HARDENING_CFLAGS = .*-fstack-protector' Makefile; then
	ok "$name" its_stack_is_protected
else
	skip "$name" "not hardened"
fi
ok "it has no constructor" it_has_no_constructor
ok "its data is interposable" its_data_is_interposable
linked_test -Wl,-Bsymbolic-functions \
	"it calls its own functions, whatever a program has" \
	it_calls_its_own_functions
thread_test "it needs the C library alone" gives libc its_needs
thread_test "its globals are noipv6 and what calls share" \
	gives "$shared_by_calls" its_globals
linked_test -Wl,-z,nodelete "it stays loaded while a look-up may run" \
	it_stays_loaded
name="it may be closed while a look-up runs"
if configured HAVE_THREADS; then
	linked_test -Wl,-z,nodelete "$name" \
		it_may_be_closed_while_a_look_up_runs
else
	skip "$name" "no THREADS"
fi
thread_test "its thread-local data is initial-exec" thread_data_is_initial_exec

done_testing
