# SPDX-License-Identifier: ISC
# SOCKET6_CONNECTX
# ----------------
# macOS 10.11.
AC_DEFUN([SOCKET6_CONNECTX], [
  SOCKET6_PROBE([connectx], [connectx], [],
    [return connectx(0, 0, SAE_ASSOCID_ANY, CONNECT_DATA_IDEMPOTENT, 0, 0,
                     0, 0);],
    [connect, then send])
])
