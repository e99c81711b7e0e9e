/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of every room need: a folder that goes away, and waiting for a condition instead of sleeping. */

#include <gio/gio.h>

G_BEGIN_DECLS

/* A new empty folder; kobra_test_remove_folder() deletes it with all that is in it. */
char    *kobra_test_make_folder   (void) G_GNUC_WARN_UNUSED_RESULT;
void     kobra_test_remove_folder (const char *folder);

/* Runs the default main context until @done (@data) says TRUE; fails the test after 30 seconds. */
void     kobra_test_wait_for      (gboolean (*done) (gpointer data),
                                   gpointer data);

/* Runs the default main context until *@flag is TRUE; fails the test after 30 seconds. */
void     kobra_test_wait_for_flag (gboolean *flag);

/* For g_test_add_data_func() over a table: "/room/group/" + @name, each row a test of its own. */
void     kobra_test_add_row       (const char   *prefix,
                                   const char   *name,
                                   gconstpointer row,
                                   GTestDataFunc func);

G_END_DECLS
