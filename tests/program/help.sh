#!/bin/sh
# SPDX-License-Identifier: ISC
# help.sh - the help, the page, the examples and the completions.
. "${srcdir:-.}/tests/program/program.sh"

build=$PWD
page=$srcdir/doc/socket6.1
completions=$srcdir/tools/completions

help_fits_a_screen()
{
	socket6 --help >"$tmp/help" &&
		test "$(wc -l <"$tmp/help")" -le 24 &&
		grep -E '.{80}' "$tmp/help" | nothing
}

help_is_the_same_for_each_verb()
{
	socket6 --help >"$tmp/help"
	for verb in dial ping listen mtu info text; do
		for option in --help -h; do
			socket6 "$verb" $option | diff "$tmp/help" - || return
		done
	done
	socket6 -h | diff "$tmp/help" -
}

# Prints the verbs and options that the help names, a line each.
helped()
{
	socket6 --help | awk '
		!NF { exit }
		match($0, /socket6 [a-z]+/) {
			verb = substr($0, RSTART + 8, RLENGTH - 8)
		}
		{ while (match($0, /-[A-Za-z0-9]+/)) {
			for (i = 1; i < RLENGTH; i++)
				print verb, substr($0, RSTART + i, 1)
			$0 = substr($0, RSTART + RLENGTH)
		} }'
}

the_page_names_every_option()
{
	helped | awk 'NR == FNR { wanted[$2]; next }
		/^\.It Fl / { delete wanted[$3]; if ($4 == ",") delete wanted[$6] }
		END { for (option in wanted) print option }' - "$page" | nothing
}

the_page_has_the_helps_synopsis()
{
	helped | sort >"$tmp/helped"
	awk '/^\.Sh DESC/ { exit }
		/^\.Cm/ { verb = $2 }
		/^\.Op Fl/ { for (i = 1; i <= length($3); i++)
			print verb, substr($3, i, 1) }' "$page" | sort |
		diff "$tmp/helped" -
}

version_is_the_packages()
{
	gives "libsocket6 $(sed -n 's/^VERSION = //p' Makefile)" \
		socket6 --version
}

the_pages_examples_work()
{
	PATH=$tmp/bin:$PATH
	mkdir "$tmp/bin"
	cat >"$tmp/bin/socket6" <<-END
		#!/bin/sh
		cd '$build' && exec $EXECUTE tests/program/socket6 "\$@"
	END
	chmod +x "$tmp/bin/socket6"
	sed -n 's/^\.Dl \$ //p' "$page" |
		sed 's/\\(dq/"/g; s/\\e/\\/g; s/\\&//g' >"$tmp/examples"
	test -s "$tmp/examples" || return
	while IFS= read -r example; do
		eval "$example" >/dev/null || {
			echo "failed: $example"
			return 1
		}
	done <"$tmp/examples"
}

# With an ip(8) that fails.
a_world_is_whole_or_none()
{
	mkdir "$tmp/fails"
	printf '#!/bin/sh\nexit 1\n' >"$tmp/fails/ip"
	chmod +x "$tmp/fails/ip"
	ends 77 env PATH="$tmp/fails:$PATH" sh "$world" true
}

the_demo_goes_as_it_should()
{
	$limit sh "$srcdir/tools/demo.sh"
}

# shellcheck disable=SC2016 # it is bash that expands this
bash_completes()
{
	: >"$tmp/remembered"
	gives 'dial
remembered

.' bash -c '
		. "$1" && cd "$2"
		for COMP_WORDS in "socket6 di" "socket6 dial -zf rememb" \
			"socket6 dial -zw 1"; do
			read -ra COMP_WORDS <<<"$COMP_WORDS"
			COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
			_socket6
			echo "${COMPREPLY[*]}"
		done
		echo .' - "$completions/socket6.bash" "$tmp"
}

# completes_every_option FILE: every option of a verb is in the file.
completes_every_option()
{
	helped | awk 'NR == FNR { wanted[$2] = $1; next }
		{ text = text "\n" $0 }
		END { for (option in wanted)
			if (!index(text, "-" option) &&
			    !index(text, "-s " option " "))
				print wanted[option], "-" option }' - "$1" | nothing
}

ok "the help fits a screen" help_fits_a_screen
ok "the help is the same for each verb" help_is_the_same_for_each_verb
ok "the page names every option" the_page_names_every_option
ok "the page has the help's synopsis" the_page_has_the_helps_synopsis
ok "the version is the package's" version_is_the_packages
with_hosts "the page's examples work" the_pages_examples_work
with_hosts "a world is whole, or none" a_world_is_whole_or_none
name="the demo goes as it should"
if has_ipv6; then
	natively ok "$name" the_demo_goes_as_it_should
else
	skip "$name" "no IPv6"
fi

for file in "$completions"/*; do
	ok "${file##*/} has every option" completes_every_option "$file"
done
with bash "socket6.bash completes" bash_completes
with zsh "_socket6 is well formed" zsh -n "$completions/_socket6"
with fish "socket6.fish is well formed" fish -n "$completions/socket6.fish"
done_testing
