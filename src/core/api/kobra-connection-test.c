/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connection-test.h"

#include <glib/gi18n.h>

#include "kobra-client.h"

#include "kobra-banned.h"

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;

  if (kobra_client_sign_in_finish (KOBRA_CLIENT (source), result, &error))
    g_task_return_pointer (task, g_strdup (_ ("The server is there, is Kobra’s, and took user and password.")), g_free);
  else
    g_task_return_error (task, error);
}

static void
posted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask)      task = data;
  GError                *error = NULL;
  g_autoptr (KobraReply) reply = kobra_client_post_finish (KOBRA_CLIENT (source), result, &error);
  KobraConnection       *connection = g_task_get_source_object (task);
  gboolean               has_token = kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_TOKEN;

  if (reply == NULL)
    g_task_return_error (task, error);
  else if (reply->outcome == KOBRA_OUTCOME_ACCEPTED)
    g_task_return_pointer (task, g_strdup (has_token ? _ ("The server is there, is Kobra’s, and took the token.") : _ ("The server is there, is Kobra’s, and asks for no sign-in.")), g_free);
  else if (reply->outcome == KOBRA_OUTCOME_REJECTED && reply->has_envelope)
    /* TRANSLATORS: then the server’s own words */
    g_task_return_pointer (task, g_strdup_printf (_ ("The server is there and is Kobra’s. To a request without accounts it says: %s"), reply->message), g_free);
  else
    g_task_return_new_error_literal (task, KOBRA_CLIENT_ERROR, reply->outcome == KOBRA_OUTCOME_SIGN_IN ? KOBRA_CLIENT_ERROR_SIGN_IN_REFUSED : KOBRA_CLIENT_ERROR_BAD_REPLY, reply->message);
}

void
kobra_connection_test_async (KobraConnection    *connection,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  static const char       nothing[] = "{\"importTypeID\":1,\"accounts\":[]}";
  GTask                  *task = g_task_new (connection, cancellable, callback, user_data);
  g_autoptr (KobraClient) client = kobra_client_new (connection);
  g_autoptr (GBytes)      body = g_bytes_new_static (nothing, sizeof nothing - 1);

  g_task_set_source_tag (task, kobra_connection_test_async);
  if (kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_PASSWORD)
    kobra_client_sign_in_async (client, cancellable, signed_in_cb, task);
  else
    kobra_client_post_async (client, body, cancellable, posted_cb, task);
  /* A client that goes takes its calls with it: this one stays as long as the task. */
  g_task_set_task_data (task, g_steal_pointer (&client), g_object_unref);
}

char *
kobra_connection_test_finish (KobraConnection *connection,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection) && g_async_result_is_tagged (result, kobra_connection_test_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
