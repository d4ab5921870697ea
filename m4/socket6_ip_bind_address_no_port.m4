# SPDX-License-Identifier: ISC
# SOCKET6_IP_BIND_ADDRESS_NO_PORT
# -------------------------------
# Linux 4.2.
AC_DEFUN([SOCKET6_IP_BIND_ADDRESS_NO_PORT], [
  SOCKET6_PROBE_NAME([ip_bind_address_no_port], [IP_BIND_ADDRESS_NO_PORT], [ENOPROTOOPT])
])
