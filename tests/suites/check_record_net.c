/* SPDX-License-Identifier: ISC */
/* check_record_net.c - x. */
#include "suite.h"
CASE("x")
TEST(x) { }
#include "check_record_net.list"
