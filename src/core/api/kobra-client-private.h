/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the preview of a request shares with the client, so that it shows what the client sends and nothing made up. */

#include <libsoup/soup.h>

#include "kobra-client.h"

G_BEGIN_DECLS

#define KOBRA_CLIENT_USER_AGENT "kobra-import/" KOBRA_VERSION

/* The message that posts @body to /import, but for the token; NULL if the connection cannot be used (see kobra_connection_check()). */
SoupMessage *kobra_client_new_import_message (KobraClient *self,
                                              GBytes      *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
