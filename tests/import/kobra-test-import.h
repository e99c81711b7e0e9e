/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An import of something, opened to its end: what most tests of imports begin with. */

#include "kobra-import.h"

G_BEGIN_DECLS

/* Opens the file at @path in @import; it must open. */
void         kobra_test_import_open      (KobraImport            *import,
                                          const char             *path,
                                          const KobraOpenOptions *options);

/* An import of new records from a file that says @text, with the safe fixes done. */
KobraImport *kobra_test_import_open_text (const char             *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
