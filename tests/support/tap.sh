# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# tap.sh - for shell tests, which source it and write TAP:
#
#	. "${srcdir:-.}/tests/support/tap.sh"
#	need readelf
#	ok "the library needs libc alone" needs_libc_alone
#	done_testing
#
# A test runs in the build directory; $srcdir is the source's. $CC is the
# compiler, $shared and $static are the libraries, $LIB_LDFLAGS what the
# shared one was linked with. $tmp is a directory of its own, removed at the
# end. $limit before a command ends it if it hangs, and $EXECUTE before a
# program runs it where this machine cannot. A program's name ends in $EXEEXT.

: "${srcdir:=.}" "${CC:=cc}" "${EXECUTE:=}" "${EXEEXT:=}"
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

LC_ALL=C
export LC_ALL
shared=lib/.libs/libsocket6.so
test "$EXEEXT" != .exe || shared=lib/.libs/libsocket6-0.dll
static=lib/.libs/libsocket6.a
limit=
# shellcheck disable=SC2034 # the tests use it
command -v timeout >/dev/null &&
	limit="timeout $((60 * ${CK_TIMEOUT_MULTIPLIER:-1}))"

tap_tests=0
tap_failed=0

# ok NAME COMMAND...: a test that passes if the command, which may be a
# function, returns 0. It runs in a subshell; what it writes is shown if it fails.
ok()
{
	tap_tests=$((tap_tests + 1))
	tap_name=$1
	shift
	if tap_output=$("$@" 2>&1); then
		echo "ok $tap_tests - $tap_name"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_tests - $tap_name"
		printf '%s\n' "$tap_output" | sed 's/^/# /; 40q'
	fi
}

# skip NAME REASON: a test that cannot be had here.
skip()
{
	tap_tests=$((tap_tests + 1))
	echo "ok $tap_tests - $1 # SKIP $2"
}

# need TOOL...: skips the whole file if one is missing.
need()
{
	for tap_tool; do
		command -v "$tap_tool" >/dev/null || skip_all "no $tap_tool"
	done
}

# needs TOOL PACKAGE: fails, and says what to install, where it is missing.
needs()
{
	command -v "$1" >/dev/null && return
	echo "install $2"
	return 1
}

# unpack DIRECTORY: makes the tarball, and unpacks it there.
unpack()
{
	tap_tarball=libsocket6-tests-$$
	make -s dist-gzip distdir="$tap_tarball" >/dev/null 2>&1 &&
		mkdir "$1" &&
		tar xzf "$tap_tarball.tar.gz" --strip-components=1 -C "$1" &&
		rm "$tap_tarball.tar.gz"
}

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# Whether the library is as it is shipped.
is_plain()
{
	! cat "$shared" "$static" 2>/dev/null |
		grep -Eq '__(asan|gcov|tsan|ubsan)_'
}

# Skips the whole file for one that is not.
need_plain()
{
	is_plain || skip_all "the compiler's instruments are in the library"
}

need_shared()
{
	need readelf
	need_plain
	test -f "$shared" || skip_all "built with --disable-shared"
	test "$EXEEXT" != .exe || skip_all "no ELF"
}

# Prints the names in the map.
mapped()
{
	sed -n '/^global:/,/^local:/s/^	\([A-Za-z0-9_]*\);$/\1/p' \
		"$srcdir/lib/libsocket6.map"
}

# execute DIRECTORY PROGRAM: runs a program with the libraries there. A DLL is
# installed into bin.
execute()
{
	tap_libs=$(cd "$1" && pwd)
	# shellcheck disable=SC2086 # commands of several words
	LD_LIBRARY_PATH=$tap_libs \
		WINEPATH="Z:$tap_libs;Z:$tap_libs/../bin;${WINEPATH-}" \
		$limit $EXECUTE "$2$EXEEXT"
}

# Whether qemu-user stands between a program and the system.
emulated()
{
	case $EXECUTE in
	*qemu-*) ;;
	*) return 1 ;;
	esac
}

# extract PAGE...: writes the programs in a manual page's EXAMPLES to
# $tmp/PAGE-1.c and so on.
extract()
{
	awk -v tmp="$tmp/" '
		FNR == 1 { page = FILENAME; sub(/.*\//, "", page); n = 0 }
		/^\.Sh/ { in_examples = $2 == "EXAMPLES" }
		/^\.Ed/ { close(file); file = "" }
		file { gsub(/\\e/, "\\\\"); print >file }
		in_examples && /^\.Bd -literal/ {
			file = tmp page "-" (++n) ".c"
		}
	' "$@"
}

# Prints the first system header that a program includes and that is missing.
missing_header()
{
	sed -n 's/^#include <\(.*\)>/\1/p' "$1" |
		grep -Ev '^(socket6|libowfat)[./]' |
		while read -r tap_header; do
			echo "#include <$tap_header>" | $CC -E - >"$tmp/header.i" \
				2>/dev/null || echo "<$tap_header>"
		done | head -n 1
}

# Writes $tmp/ipv6.c, which gives 0 where the library and the system have IPv6
# whole, else 1: then an example may fail. No other status means that.
ask_for_ipv6()
{
	cat >"$tmp/ipv6.c" <<-'END'
		#include <socket6.h>

		int main(void)
		{
			char ip[16];
			int s = socket_tcp6();

			return socket_bind6(s, V6loopback, 0, 0) == -1 ||
			       socket_local6(s, ip, 0, 0) == -1 ||
			       ip6_isv4mapped(ip);
		}
	END
}

# configured NAME: whether config.h defines NAME.
configured()
{
	: "${tap_config:=$(cat config.h; echo .)}"
	case $tap_config in
	*"
#define $1 1
"*) ;;
	*) return 1 ;;
	esac
}

# linked_test FLAG NAME COMMAND...: a test of what a linker may not have.
linked_test()
{
	tap_flag=$1
	shift
	case " ${LIB_LDFLAGS-}" in
	*" $tap_flag"*) ok "$@" ;;
	*) skip "$1" "no ${tap_flag#-Wl,}" ;;
	esac
}

# gives TEXT COMMAND...: whether the command writes just that.
gives()
{
	tap_wanted=$1
	shift
	tap_got=$("$@")
	test "$tap_got" = "$tap_wanted" && return
	printf 'wanted: %s\ngot: %s\n' "$tap_wanted" "$tap_got"
	return 1
}

# has_no REGEX COMMAND...: whether the command succeeds and writes something, and
# no line of that matches.
has_no()
{
	tap_unwanted=$1
	shift
	"$@" >"$tmp/written" && test -s "$tmp/written" &&
		grep -E -e "$tap_unwanted" "$tmp/written" | nothing
}

# Fails, and shows what it read, unless that is nothing.
nothing()
{
	! grep .
}

# Without this line the driver reports that the file ended early.
done_testing()
{
	echo "1..$tap_tests"
	test "$tap_failed" -eq 0
}
