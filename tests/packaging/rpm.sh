# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# rpm.sh - the RPM packages. %check runs the suite.

rpms=$tmp/rpm

# Debian's rpm knows none of what the spec asks for, and has its own macros.
build_rpm()
{
	made_tarball && mkdir -p "$rpms" && cp "$tarball" "$rpms" &&
		cp "$packaging/rpm/libsocket6.spec" "$rpms" && give "$rpms" &&
		cd "$rpms" && as_user rpmbuild -ba --nodeps \
			--define "_topdir $rpms" --define "_sourcedir $rpms" \
			--define "_smp_mflags -j$jobs" libsocket6.spec
}

# Prints the names of what was built.
built()
{
	find "$rpms" -name '*.rpm' -exec rpm -qp --qf '%{NAME}\n' {} + |
		grep -v -- '-debug' | sort -u | paste -s -d ' '
}

rpmlint_is_content()
{
	find "$rpms" -name '*.rpm' -exec rpmlint --strict \
		-c "$packaging/rpm/rpmlint.toml" {} +
}

part_rpm()
{
	tools rpmbuild rpm rpmlint rpmlint || return
	ok "the RPM packages build, and pass the suite" logged rpm build_rpm
	ok "they are the library, -devel, -static and socket6" gives \
		"libsocket6 libsocket6-devel libsocket6-static socket6" built
	ok "rpmlint finds nothing" logged rpmlint rpmlint_is_content
}
