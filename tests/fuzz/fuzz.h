/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What a fuzz target is: does something with any bytes at all, and aborts if a promise is broken. Named and typed by libFuzzer. Returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);
