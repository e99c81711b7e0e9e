/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A disk under SQLite that counts, and fails when told to. */

#include <glib.h>

G_BEGIN_DECLS

/* From now on every database of this program is on it. */
void     kobra_test_disk_install       (void);

/* Leaves out the syncs, which take most of the time: for tests without a power cut. A killed program loses nothing that it wrote. */
void     kobra_test_disk_skip_syncs    (void);

/* After @n_writes more, each write answers @write_result and each sync @sync_result (SQLite's results; SQLITE_OK: it works). */
void     kobra_test_disk_break         (int n_writes,
                                        int write_result,
                                        int sync_result);
void     kobra_test_disk_heal          (void);

/* Whether a write failed since the last heal. */
gboolean kobra_test_disk_was_reached   (void);

/* Syncs of logs (-wal) so far. */
int      kobra_test_disk_get_n_syncs   (void);

/* Whether something was written into a log that was not synced yet: what a power cut would take away. */
gboolean kobra_test_disk_is_log_dirty  (void);

G_END_DECLS
