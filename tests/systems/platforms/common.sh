# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# common.sh - for the scripts of the platforms, which source it:
#
#	. "${platforms:?}/common.sh"
#	packages tcc
#	configure CC=tcc --disable-static
#	lacks version_script thread_local
#	may_skip 'no dlsym'
#	check
#
# A script runs in a directory of its own. $source is the unpacked tarball,
# $work/cache is kept for what takes long to make, $jobs is for make -j.
set -eu

: "${work:?is set by run_platforms.sh}" "${jobs:=1}"
# Tests wait more than they work, but on emulators, whose scripts set this.
: "${at_once:=$((2 * jobs))}"
source=$work/source
cache=$work/cache
CK_TIMEOUT_MULTIPLIER=${CK_TIMEOUT_MULTIPLIER-4}
export CK_TIMEOUT_MULTIPLIER
unset CK_RUN_SUITE CK_RUN_CASE CK_INCLUDE_TAGS CK_EXCLUDE_TAGS
mkdir -p "$cache"

# What Linux does not have, and the libraries on it cannot.
linux_lacks='connectx ip_bindany ip_bound_if ip_dontfrag ip_dontfragment
	ip_recvdstaddr ip_recvpktinfo kqueue pf_route sa_len
	siocgifaflag_in6 so_acceptfilter so_bindany so_exclusiveaddruse
	so_linger_sec so_nosigpipe so_reuseport_lb so_ts_clock
	tcp_connection_info tcp_keepalive tcpi_snd_rexmitpack
	udp_send_msg_size'
lacking=$linux_lacks
# What examples need, where that is there for this compiler; and a resolver that
# no other system's tree has.
skippable='^no (<ares\.h>|-lcares|PACKED_EVENTS|LIBEVENT|LIBUV|GLIB|asyncio|dnsmasq)$'
wrong=0

# end STATE PASSED FAILED SKIPPED [WHY]: the platform's result.
end()
{
	echo "$*" >result
	exit
}

installed()
{
	test "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = \
		installed
}

# packages NAME...: installs what is missing, or ends as one that is not run.
packages()
{
	for package; do
		shift
		installed "$package" || set -- "$@" "$package"
	done
	test $# -gt 0 || return 0
	(
		flock 9
		test -f "$work/updated" || apt-get update
		touch "$work/updated"
		DEBIAN_FRONTEND=noninteractive apt-get install -y \
			--no-install-recommends "$@"
	) 9>"$work/lock" || end missing 0 0 0 "cannot install: $*;"
}

# bootstrap RELEASE DIRECTORY ARGUMENT...: a tree of Debian's packages, from
# this machine's mirror. The signatures of archived releases have expired.
bootstrap()
{
	# shellcheck disable=SC2016 # apt's variable
	mirror=$(apt-get indextargets --format '$(REPO_URI)' \
		'Created-By: Packages' 'Label: Debian' | head -n 1)
	release=$1
	directory=$2
	shift 2
	mmdebstrap --mode=root --aptopt='Acquire::Check-Valid-Until "false"' \
		"$@" "$release" "$directory" "deb $mirror $release main"
}

# configure ARGUMENT...: in build/, out of the tree. What it compiles it compiles
# once, and ccache would only read the headers of Windows once more.
configure()
{
	rm -rf build
	mkdir build
	(cd build && CCACHE_DISABLE=1 "$source/configure" --quiet "$@")
}

# lacks NAME...: what configure must find missing here, besides.
lacks()
{
	lacking="$lacking $*"
}

# may_skip REASON...: a test may be skipped for this reason, which is a
# pattern of grep -E; and for one that configure has found, without being told.
may_skip()
{
	for reason; do
		skippable="$skippable|^$reason\$"
	done
}

complain()
{
	echo "platform: $*"
	wrong=$((wrong + 1))
}

# Prints what configure found missing in build/, a name a line. Some shells
# write every value in quotes.
missing()
{
	sed -n "s/^socket6_cv_\([a-z0-9_]*\)='*no'*\$/\1/p" build/config.log |
		grep -Ev '^(cc|ld|peer)_' | sort
}

# without WORDS OTHERS: prints those of the words that are not among the others,
# each after a space.
without()
{
	for word in $1; do
		case " $2 " in
		*[[:space:]]"$word"[[:space:]]*) ;;
		*) printf ' %s' "$word" ;;
		esac
	done
}

# Compares what configure decided with what the script says, both ways.
judge_facilities()
{
	missing >lacked
	lacked=$(cat lacked)
	unexpected=$(without "$lacked" "$lacking")
	unnoticed=$(without "$lacking" "$lacked")
	test -z "$unexpected" || complain "configure misses$unexpected"
	test -z "$unnoticed" || complain "configure does not miss$unnoticed"
}

# Prints why tests were skipped, each reason once with its count.
reasons()
{
	awk '/test-suite\.log$/ { exit }
		sub(/^SKIP: .*# SKIP /, "") { if (/^[^ ]/) n[$0]++ }
		/^SKIP: [^#]*\.sh - [^#]*$/ {
			sub(/^SKIP: [^#]*\.sh - /, "")
			n[$0]++
		}
		END { for (why in n) printf "%7d %s\n", n[why], why }' check.log |
		sort -rn
}

# Every skip has its reason, and names what this platform lacks.
judge_skips()
{
	count >counts
	read -r passed failed skipped <counts
	reasons >why
	reasoned=0
	while read -r times _; do
		reasoned=$((reasoned + times))
	done <why
	test "$reasoned" -eq "$skipped" || complain "a skip has no reason"
	test -s why || return 0
	facilities=$(tr '[:lower:]' '[:upper:]' <lacked | sed 's/^/no /')
	sed 's/^ *[0-9]* //' why | grep -vxF "$facilities" |
		grep -vE "$skippable" >unexpected || return 0
	complain "tests skipped for: $(paste -s -d ';' unexpected)"
}

# Prints how many tests passed, failed and were skipped.
count()
{
	awk '/test-suite\.log$/ { exit }
		/^PASS: / { passed++ }
		/^(X?FAIL|ERROR|XPASS): / { failed++ }
		/^SKIP: / { skipped++ }
		END { print passed + 0, failed + 0, skipped + 0 }' check.log
}

# judge: reads check.log, the results as automake's drivers write them.
judge()
{
	judge_facilities
	judge_skips
	without "$lacked" "$linux_lacks" >instead
	cat check.log
	test "$passed" -gt 0 || complain "no test has passed"
	test "$status" -eq 0 || [ "$failed" -gt 0 ] ||
		complain "make check gives $status"
	test "$failed$wrong" = 00 || end failed "$passed" $((failed + wrong)) \
		"$skipped"
	end ran "$passed" 0 "$skipped"
}

# make_check [MAKE ARGUMENT...]: builds, and runs the suite. What is installed
# is compiled as packages are; the suites, most of the lines, more quickly.
make_check()
{
	make -s -C build -j "$at_once" CFLAGS='-O2 -Werror' "$@" &&
		make -s -C build -j "$at_once" check VERBOSE=1 \
			CFLAGS='-O1 -Werror' "$@"
}

# check [MAKE ARGUMENT...]: the same, and judges.
check()
{
	status=0
	make_check "$@" >check.log 2>&1 || status=$?
	judge
}
