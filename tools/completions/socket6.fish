# SPDX-License-Identifier: ISC
# Completion of socket6(1) for fish.

set -l dial '__fish_seen_subcommand_from dial'
set -l listen '__fish_seen_subcommand_from listen'
set -l both '__fish_seen_subcommand_from dial listen'
set -l any '__fish_seen_subcommand_from dial listen info text'

complete -c socket6 -f
complete -c socket6 -n __fish_use_subcommand -l help -d 'How it is used'
complete -c socket6 -n __fish_use_subcommand -l version -d 'Which version'
complete -c socket6 -n __fish_use_subcommand -a dial -d 'Connect to the fastest address of a host'
complete -c socket6 -n __fish_use_subcommand -a listen -d 'Wait for a connection'
complete -c socket6 -n __fish_use_subcommand -a info -d 'What the library finds on this system'
complete -c socket6 -n __fish_use_subcommand -a text -d 'Read addresses, and write them as they should be'
complete -c socket6 -n $any -s j -d 'JSON, an object a line'
complete -c socket6 -n $any -s v -d 'Tell more'
complete -c socket6 -n $both -s 4 -d 'IPv4 alone'
complete -c socket6 -n $both -s 6 -d 'IPv6 alone'
complete -c socket6 -n $both -s q -d 'Draw and tell nothing'
complete -c socket6 -n $both -s w -x -d 'Give up after so many seconds'
complete -c socket6 -n $dial -s b -x -d 'From this local address'
complete -c socket6 -n $dial -s d -x -d 'Milliseconds between attempts'
complete -c socket6 -n $dial -s f -r -F -d 'Remember silent networks'
complete -c socket6 -n $dial -s F -x -d 'Send this first'
complete -c socket6 -n $dial -s z -d 'Connect, and no more'
complete -c socket6 -n $dial -a '(__fish_print_hostnames)'
complete -c socket6 -n $listen -s e -d 'Send back what comes'
complete -c socket6 -n $listen -s k -d 'More than one connection'
