/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-secret-store.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "kobra-banned.h"

G_DEFINE_QUARK (kobra-secret-error-quark, kobra_secret_error)

static const SecretSchema schema = {
  "io.github.kobraimport.KobraImport",
  SECRET_SCHEMA_NONE,
  {
    { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* A token belongs to no user of ours. */
static const char *
get_user (KobraConnection *connection)
{
  return kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_PASSWORD ? kobra_connection_get_user (connection) : "";
}

static const char *
peek_secret (KobraConnection *connection)
{
  switch (kobra_connection_get_sign_in (connection))
    {
    case KOBRA_SIGN_IN_PASSWORD: return kobra_connection_peek_password (connection);
    case KOBRA_SIGN_IN_TOKEN: return kobra_connection_peek_token (connection);
    case KOBRA_SIGN_IN_NONE:
    case KOBRA_N_SIGN_INS:
    default: return NULL;
    }
}

static void
set_secret (KobraConnection *connection,
            const char      *secret)
{
  if (kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_PASSWORD)
    kobra_connection_set_password (connection, secret);
  else
    kobra_connection_set_token (connection, secret);
}

/* Whether the store could have anything of the connection's. */
static gboolean
may_be_kept (KobraConnection *connection)
{
  return *kobra_connection_get_id (connection) != '\0' && kobra_connection_get_sign_in (connection) != KOBRA_SIGN_IN_NONE && !kobra_connection_is_practice (connection);
}

/* What libsecret says in terms of its bus, as a sentence for the person. Its own words have no secret in them, but no way out either. */
static GError *
explain (GError *cause)
{
  g_autoptr (GError) taken = cause;

  if (g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&taken);
  /* No error and nothing done: the person did not answer the store's question. */
  if (taken == NULL || g_error_matches (taken, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return g_error_new_literal (KOBRA_SECRET_ERROR, KOBRA_SECRET_ERROR_LOCKED, _ ("The password store is locked. Unlock it, or enter the password or token again."));
  return g_error_new_literal (KOBRA_SECRET_ERROR, KOBRA_SECRET_ERROR_NO_STORE, _ ("This computer has no password store that answers, so the password or token is kept in memory until you quit."));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, explain (error));
}

void
kobra_secret_store_save_async (KobraConnection    *connection,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask           *task = g_task_new (connection, cancellable, callback, user_data);
  g_autofree char *label = NULL;

  g_return_if_fail (KOBRA_IS_CONNECTION (connection));

  g_task_set_source_tag (task, kobra_secret_store_save_async);
  if (!may_be_kept (connection) || peek_secret (connection) == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  /* TRANSLATORS: shown in the password store; a connection’s name */
  label = g_strdup_printf (_ ("Kobra Import: %s"), kobra_connection_get_name (connection));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, peek_secret (connection), cancellable, saved_cb, task,
                         "connection", kobra_connection_get_id (connection), "user", get_user (connection), NULL);
}

gboolean
kobra_secret_store_save_finish (KobraConnection *connection,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection) && g_async_result_is_tagged (result, kobra_secret_store_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
take (KobraConnection *connection,
      char            *secret,
      GError          *cause,
      GError         **error)
{
  if (secret == NULL)
    {
      if (cause != NULL)
        g_propagate_error (error, explain (cause));
      return FALSE;
    }
  set_secret (connection, secret);
  secret_password_free (secret);
  return TRUE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *cause = NULL, *error = NULL;
  char             *secret = secret_password_lookup_nonpageable_finish (result, &cause);
  gboolean          is_found = take (g_task_get_source_object (task), secret, cause, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, is_found);
}

void
kobra_secret_store_load_async (KobraConnection    *connection,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task = g_task_new (connection, cancellable, callback, user_data);

  g_return_if_fail (KOBRA_IS_CONNECTION (connection));

  g_task_set_source_tag (task, kobra_secret_store_load_async);
  if (may_be_kept (connection))
    {
      secret_password_lookup (&schema, cancellable, loaded_cb, task, "connection", kobra_connection_get_id (connection), "user", get_user (connection), NULL);
      return;
    }
  g_task_return_boolean (task, FALSE);
  g_object_unref (task);
}

gboolean
kobra_secret_store_load_finish (KobraConnection *connection,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection) && g_async_result_is_tagged (result, kobra_secret_store_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
kobra_secret_store_load (KobraConnection *connection,
                         GCancellable    *cancellable,
                         GError         **error)
{
  GError *cause = NULL;
  char   *secret;

  g_return_val_if_fail (KOBRA_IS_CONNECTION (connection), FALSE);

  if (!may_be_kept (connection))
    return FALSE;
  secret = secret_password_lookup_nonpageable_sync (&schema, cancellable, &cause, "connection", kobra_connection_get_id (connection), "user", get_user (connection), NULL);
  return take (connection, secret, cause, error);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_debug ("Nothing to forget: %s", error->message);
}

void
kobra_secret_store_forget (KobraConnection *connection)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (connection));

  if (*kobra_connection_get_id (connection) != '\0')
    secret_password_clear (&schema, NULL, forgotten_cb, NULL, "connection", kobra_connection_get_id (connection), NULL);
}

gboolean
kobra_connection_lacks_secret (KobraConnection *connection)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (connection), FALSE);

  return kobra_connection_get_sign_in (connection) != KOBRA_SIGN_IN_NONE && peek_secret (connection) == NULL;
}
