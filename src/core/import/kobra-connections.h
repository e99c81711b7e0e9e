/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-connection.h"

G_BEGIN_DECLS

/*
 * The connections that a person chooses from, as a list model (KobraConnection): the practice server first, Kobra itself where they have no connection of
 * their own yet, then theirs. What is changed is written to its file (kobra-connection-list.h) in a thread, in order, and all of it before the
 * object goes. Secrets stay in the connections for as long as nobody locks them, and are never written.
 */
#define KOBRA_TYPE_CONNECTIONS (kobra_connections_get_type ())
G_DECLARE_FINAL_TYPE (KobraConnections, kobra_connections, KOBRA, CONNECTIONS, GObject)

/* @path: where they are written. Blocks for as long as that small file takes to read. */
KobraConnections *kobra_connections_new           (const char       *path) G_GNUC_WARN_UNUSED_RESULT;

/* The practice server's: always there, at 0. */
KobraConnection  *kobra_connections_get_practice  (KobraConnections *self);

/* Writes @connection down as it is now, and adds it if it is not in the list; it gets an ID if it has none. One whose name another has gets a number
 * after it. The practice server's connection is never written. */
void              kobra_connections_keep          (KobraConnections *self,
                                                   KobraConnection  *connection);

/* Takes it out of the list and of the file. Its secrets in a store are the caller's affair. */
void              kobra_connections_remove        (KobraConnections *self,
                                                   KobraConnection  *connection);

/* The connection with that name, or NULL; borrowed. */
KobraConnection  *kobra_connections_find          (KobraConnections *self,
                                                   const char       *name);

/* Wipes the secrets of all but the practice server from memory. */
void              kobra_connections_lock          (KobraConnections *self);

G_END_DECLS
