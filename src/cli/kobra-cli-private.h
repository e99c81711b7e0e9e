/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-cli.h"
#include "kobra-connection.h"
#include "kobra-import.h"

G_BEGIN_DECLS

#define KOBRA_CLI_NOT_GIVEN G_MININT

/* What the options say, for all verbs; each verb knows only some of them. */
typedef struct
{
  char  *path; /* the file's */
  char **words; /* for a verb that takes no file */
  char  *kind, *import_type, *sheet, *layout, *blank;
  char **fixes;
  char **ignored;
  char  *encoding, *separator, *header_row;
  gboolean keep_all;
  gboolean no_clean;
  char  *base_url, *user, *password_file, *token_file, *auth_header, *auth_prefix, *connection;
  int    batch, in_flight, timeout; /* KOBRA_CLI_NOT_GIVEN */
  char  *journal, *results, *only, *format;
  gboolean dry_run;
  int    row;                       /* KOBRA_CLI_NOT_GIVEN */
  char  *rows;
  int    port, delay;
  char **reject;
  gboolean as_text; /* --format text */
} KobraCliOptions;

int  kobra_cli_read     (const KobraCliOptions *options);
int  kobra_cli_check    (const KobraCliOptions *options);
int  kobra_cli_send     (const KobraCliOptions *options);

/* Prints the request that would carry one record, and sends nothing. */
int  kobra_cli_dry_run  (const KobraCliOptions *options,
                         KobraImport           *import,
                         KobraConnection       *connection);

/* The IDs (guint32) of the records in the lines that @rows names; NULL, and said why, if there are none or it makes no sense. */
GArray *kobra_cli_choose_rows (const char  *rows,
                               KobraImport *import) G_GNUC_WARN_UNUSED_RESULT;

int  kobra_cli_layout   (const KobraCliOptions *options);
int  kobra_cli_practice (const KobraCliOptions *options);
int  kobra_cli_history  (const KobraCliOptions *options);

/* Says @text, and a newline, on standard error. */
void kobra_cli_say      (const char *format,
                         ...) G_GNUC_PRINTF (1, 2);

/* Says what a person must know of the file. @was_cleaned: the safe fixes were done, and others may be asked for. */
void kobra_cli_say_notes (const KobraCliOptions *options,
                          const KobraOpened     *opened,
                          gboolean               was_cleaned);

/* Opens the file, or says why it can't and returns NULL. What was left out, ignored and cleaned is said too. */
KobraOpened *kobra_cli_open      (const KobraCliOptions *options,
                                  gboolean               clean,
                                  gboolean               check);

/* How the options want the table to be read, for kobra_read_options_clear(); FALSE, and said why, if they make no sense. */
gboolean      kobra_cli_fill_read   (const KobraCliOptions *options,
                                     KobraReadOptions      *read);

/* Standard input for "-", or a pipe; NULL if @path is another kind of file. */
GInputStream *kobra_cli_open_stream (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* A secret from a file without its last newline; says what is wrong and returns NULL otherwise. Wipe it with kobra_cli_free_secret(). */
char        *kobra_cli_read_secret (const char *path);
void         kobra_cli_free_secret (char *secret);

G_END_DECLS
