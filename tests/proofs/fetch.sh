#!/bin/sh
# SPDX-License-Identifier: ISC
#
# fetch.sh - CBMC 6 of Debian trixie's packages, for make check-proofs.
#
# fetch.sh DIRECTORY: unpacks it there, with the C library that it wants, and
# writes its programs there, which run it. Nothing is installed: apt has
# lists, a cache and a state of its own here, and uses this machine's mirror.
set -eu

packages='cbmc libc6 libgcc-s1 libstdc++6 minisat zlib1g'

dir=$1
test ! -x "$dir/cbmc" || test ! -x "$dir/goto-instrument" || exit 0
command -v apt-get >/dev/null || { echo 'no apt-get' && exit 1; }
mkdir -p "$dir/apt/lists/partial" "$dir/apt/archives/partial"
cd "$dir"
exec 3>&1 >log 2>&1
trap 'test $? -eq 0 || echo "no CBMC from Debian trixie" >&3' EXIT

# shellcheck disable=SC2016 # apt's variable
mirror=$(apt-get indextargets --format '$(REPO_URI)' \
	'Created-By: Packages' 'Label: Debian' | head -n 1)
echo "deb $mirror trixie main" >apt/sources.list
: >apt/status
set -- -o Dir::Etc::SourceList="$PWD/apt/sources.list" \
	-o Dir::Etc::SourceParts=/dev/null \
	-o Dir::Etc::PreferencesParts=/dev/null \
	-o Dir::State::Lists="$PWD/apt/lists" \
	-o Dir::State::status="$PWD/apt/status" \
	-o Dir::Cache::Archives="$PWD/apt/archives" \
	-o Acquire::Retries=2 -o Acquire::http::Timeout=20 \
	-o APT::Sandbox::User=root -o Debug::NoLocking=true
apt-get "$@" -o APT::Update::Error-Mode=any update
# shellcheck disable=SC2086 # words
(cd apt/archives && apt-get "$@" download $packages)
for deb in apt/archives/*.deb; do
	dpkg-deb -x "$deb" root
done
rm -rf apt

lib=$PWD/root/usr/lib
loader=$(find "$lib" -path "*-*/ld-linux*" | head -n 1)
for program in goto-cc goto-instrument cbmc; do
	cat >"$program.part" <<-END
		#!/bin/sh
		exec "$loader" --library-path "$lib:${loader%/*}" \\
			"$PWD/root/usr/bin/$program" "\$@"
	END
	chmod +x "$program.part"
	"./$program.part" --version
	mv "$program.part" "$program"
done
