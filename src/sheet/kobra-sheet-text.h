/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A cell's text as it is drawn and read out: on one line, of bounded length, with what would be invisible made visible. Line
 * breaks, tabs and control characters become signs for themselves; characters that only steer the direction of writing or
 * have no width become a small box, so that no text can look like another one.
 */

#include <glib.h>

G_BEGIN_DECLS

/* @text itself if it can be shown as it stands, else @scratch's. At most @max_characters and an ellipsis; no more of @text
 * than that is looked at. @text is valid UTF-8. */
const char *kobra_sheet_text_make_visible (const char *text,
                                           guint       max_characters,
                                           GString    *scratch);

G_END_DECLS
