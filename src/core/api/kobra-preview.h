/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-client.h"
#include "kobra-field.h"

G_BEGIN_DECLS

/*
 * A request as it would go out for one record, and does not: for a person who wants to see it, or to try it in a terminal. The token is
 * not in it. It holds what the record holds: not for logs.
 */
typedef struct
{
  char *url;
  char *headers; /* "Name: value" a line; the token's is masked */
  char *auth;    /* of these, the name of the header that carries the token, and its prefix with a space; NULL: there is no token */
  char *body;    /* as it goes out */
} KobraPreview;

/* NULL and @error (KOBRA_CLIENT_ERROR_SETTINGS) if the connection cannot be used or the record cannot be written. */
KobraPreview *kobra_preview_new       (KobraClient       *client,
                                       KobraKind          kind,
                                       KobraImportType    type,
                                       const KobraRecord *record,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void          kobra_preview_free      (KobraPreview *self);

/* Method, address, headers, and the body a field a line. */
char         *kobra_preview_dup_text  (const KobraPreview *self) G_GNUC_WARN_UNUSED_RESULT;

/* A command for a shell (POSIX) that sends just this request; the token is to be in $KOBRA_TOKEN. */
char         *kobra_preview_dup_curl  (const KobraPreview *self) G_GNUC_WARN_UNUSED_RESULT;

/* @json, which must be valid, with a member a line; every number and text stays as it is written. */
char         *kobra_preview_dup_pretty (const char *json) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraPreview, kobra_preview_free)

G_END_DECLS
