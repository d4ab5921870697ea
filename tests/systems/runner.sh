#!/bin/sh
# SPDX-License-Identifier: ISC
# runner.sh - what make check-platforms takes for a success, and what not.
. "${srcdir:-.}/tests/support/tap.sh"
need flock
need xargs

# A tree with no platforms but those that the tests make, whose tarball has a
# configure and a suite that print what a test wants.
tree=$tmp/tree
mkdir -p "$tree/tests/systems/platforms" "$tmp/source" "$tmp/bin" || exit
cp "$srcdir/tests/systems/run_platforms.sh" "$tree/tests/systems"
cp "$srcdir/tests/systems/platforms/common.sh" "$tree/tests/systems/platforms"

cat >"$tmp/source/configure" <<'END'
#!/bin/sh
printf 'socket6_cv_%s\n' accept4=yes connectx=no ip_bindany=no ip_bound_if=no \
	so_bindany=no kqueue=no \
	ip_dontfrag=no ip_dontfragment=no ip_recvdstaddr=no ip_recvpktinfo=no \
	pf_route=no siocgifaflag_in6=no \
	so_ts_clock=no udp_send_msg_size=no \
	sa_len=no so_acceptfilter=no so_exclusiveaddruse=no so_linger_sec=no \
	so_nosigpipe=no so_reuseport_lb=no tcp_connection_info=no tcp_keepalive=no \
	tcpi_snd_rexmitpack=no \
	"sock_nonblock='no'" >config.log
printf 'all:\ncheck:\n\t@cat results\n\t@exit $(STATUS)\n' >Makefile
cp "$RESULTS" results
END
cat >"$tmp/make" <<'END'
#!/bin/sh
cp "$TARBALL" libsocket6-platforms.tar.gz
END
# No package is installed, and none can be had.
printf '#!/bin/sh\nexit 1\n' >"$tmp/bin/apt-get"
cp "$tmp/bin/apt-get" "$tmp/bin/dpkg-query"
chmod +x "$tmp/source/configure" "$tmp/make" "$tmp/bin"/*
PATH=$tmp/bin:$PATH
TARBALL=$tmp/source.tar.gz
RESULTS=$tmp/results
export TARBALL RESULTS
tar czf "$TARBALL" -C "$tmp" source || exit

# platform NAME SET: its script goes on with what is read.
platform()
{
	{
		printf '#!/bin/sh\n#\n# %s.sh - %s\n' "$1" "for a test"
		printf '# set: %s, at most 60 seconds\n' "$2"
		# shellcheck disable=SC2016 # the script's own
		echo '. "${platforms:?}/common.sh"'
		cat
	} >"$tree/tests/systems/platforms/$1.sh"
}

# results LINE...: what the suite says.
results()
{
	printf '%s\n' "$@" >"$RESULTS"
}

# What platforms source may make a script of its own.
cat >"$tree/tests/systems/platforms/sourced.sh" <<'END'
# sourced.sh - for a test
cat <<'SCRIPT'
#!/bin/sh
SCRIPT
END

# What platforms make.
make_run()
{
	cd "$tmp" && srcdir=$tree MAKE=$tmp/make \
		sh "$tree/tests/systems/run_platforms.sh" "$@"
}

# run ARGUMENT...: the tests that follow look at its status, and at what it said.
run()
{
	(make_run "$@") >"$tmp/said" 2>&1
	status=$?
}

# Begins a run that takes its time: $script is its script, and $worker waits.
begin()
{
	began=$tmp/platforms/slow/began
	rm -f "$began"
	(make_run slow) >"$tmp/slow" 2>&1 &
	until test -s "$began"; do
		kill -0 "$!" 2>/dev/null || return
		sleep 0.1
	done
	read -r script worker <"$began"
}

show()
{
	cat "$tmp/said"
	return 1
}

passed()
{
	test "$status" -eq 0 || show
}

fails()
{
	test "$status" -ne 0 || show
}

# says TEXT: whether the run said a line with TEXT.
says()
{
	grep -q "$1" "$tmp/said" || show
}

is_refused()
{
	fails && says 'another run is at work'
}

is_gone()
{
	test "$status" -ne 0 && ! kill -0 "$script"
}

platform good ci <<'END'
configure
lacks sock_nonblock
may_skip 'no network .*'
check
END
platform elsewhere whole <<'END'
configure
lacks sock_nonblock
check
END
platform wrong whole <<'END'
configure
check
END
platform hopeful whole <<'END'
configure
lacks sock_nonblock accept4
check
END
platform broken whole <<'END'
configure
lacks sock_nonblock
check STATUS=1
END
platform wanting whole <<'END'
packages no-such-package-of-any-system
END
platform hasty whole <<'END'
exit 0
END
platform late whole <<'END'
configure
lacks sock_nonblock
(check)
exit 3
END
platform slow whole <<'END'
read -r _ _ _ worker _ <"/proc/$PPID/stat"
echo "$$ $worker" >began
sleep 2
END

results 'PASS: suite 1 - case: test'
run
ok "without a name the CI set runs, and no other" \
	says '^platforms 1 passed, 0 failed, 0 skipped$'
ok "what passes gives 0" passed
run --all
ok "--all runs every platform" says '^elsewhere  *ran '
ok "what configure misses and the script does not name is a failure" \
	says '^wrong  *failed '
ok "what the script names and configure does not miss is a failure" \
	says '^hopeful  *failed '
ok "make's own failure is one" says '^broken  *failed '
ok "a script that ends without a result is a failure" says '^hasty  *failed '
ok "so is one that fails after its suite" says '^late  *failed '
run good nowhere
ok "an unknown platform is refused" fails
ok "and the known ones are listed" says '^  elsewhere  *for a test'
run --everything
ok "an unknown option is refused" fails

results 'PASS: suite 1 - case: test' 'FAIL: suite 2 - case: other'
run good
ok "a test that fails is a failure" fails
ok "and is shown" says '^FAIL: suite 2 - case: other'

results 'PASS: s 1 - c: t' 'SKIP: s 2 - c: u # SKIP no network namespaces' \
	'SKIP: s 3 - c: v # SKIP no SOCK_NONBLOCK'
run good elsewhere
ok "a skip may name what the script allows or configure misses" \
	says '^good  *ran '
ok "and its reason is in the table" says '^ *1 no network namespaces'
ok "any other skip is a failure" says '^elsewhere  *failed '

results 'PASS: s 1 - c: t' 'SKIP: s 2 - c: u # SKIP'
run good
ok "a skip without a reason is a failure" fails
results 'PASS: s 1 - c: t' 'SKIP: s'
run good
ok "a suite that is skipped without a reason is a failure" fails

results 'SKIP: s 1 - c: t # SKIP no network namespaces'
run good
ok "a suite in which nothing passes is a failure" fails

results 'PASS: suite 1 - case: test'
begin
run good
ok "another run meanwhile is refused" is_refused
kill "$worker"
wait "$!"
status=$?
ok "a run that is interrupted ends its script" is_gone
run wanting
ok "a package that cannot be had is a failure" fails
ok "and the platform is said not to have run" says '^wanting  *not run'
run --allow-missing good wanting
ok "unless that is allowed" passed
run --allow-missing broken
ok "which allows nothing else" fails
run --seconds 1 good
ok "what might end too late is not begun" says '^good  *late '
ok "which is no failure" passed
ok "and counts as a skipped test" \
	says '^platforms 0 passed, 0 failed, 1 skipped$'
# After a success, a script that says nothing.
mv "$tree/tests/systems/platforms/hasty.sh" \
	"$tree/tests/systems/platforms/good.sh"
run good
ok "an old result does not count" fails
sed -i 's/seconds$/second/' "$tree/tests/systems/platforms/late.sh"
run elsewhere
ok "a script that does not say how it is run is refused" fails
done_testing
