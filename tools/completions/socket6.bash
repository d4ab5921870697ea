# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Completion of socket6(1) for bash, by bash-completion where that is.

_socket6()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local options i

	COMPREPLY=()
	# What comes behind -- is a command of its own.
	for ((i = 2; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]},${COMP_WORDS[1]} in
		--,dial | --,listen)
			mapfile -t COMPREPLY < <(compgen -c -f -- "$word")
			return
			;;
		esac
	done
	case $COMP_CWORD,${COMP_WORDS[1]} in
	1,*) options='dial ping listen mtu info text -h --help --version' ;;
	*,dial) options='-4 -6 -a -b -d -f -F -h -j -o -q -r -T -u -v -w -z' ;;
	*,ping) options='-4 -6 -b -c -h -i -j -q -v -w' ;;
	*,listen) options='-4 -6 -c -e -h -j -k -o -p -q -r -T -u -v -w' ;;
	*,mtu) options='-4 -6 -h -j -q -v -w' ;;
	*,info) options='-4 -6 -h -j -v' ;;
	*,text) options='-h -j -m -v' ;;
	*) return ;;
	esac
	case $before in
	-*f)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		compopt -o filenames 2>/dev/null
		return
		;;
	-*[bcdFimTw]) return ;;
	esac
	case $COMP_CWORD,$word,${COMP_WORDS[1]} in
	1,* | *,-*,*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
	*,dial | *,ping | *,mtu | *,info) mapfile -t COMPREPLY < <(compgen -A hostname -- "$word") ;;
	esac
}

complete -F _socket6 socket6
