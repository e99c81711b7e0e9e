/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connection may be: its address and its header. */
#include "kobra-connection.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* GUri takes hosts that no name can be. */
static gboolean
is_host (const char *host)
{
  if (strchr (host, ':') != NULL)
    return g_hostname_is_ip_address (host);
  for (const char *p = host; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.' && *p != '_')
      return FALSE;
  return TRUE;
}

static gboolean
is_plain (const char *url)
{
  for (const char *p = url; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_url (GError    **error,
            const char *url,
            const char *reason)
{
  g_autofree char *valid = g_utf8_make_valid (url, -1);
  g_autofree char *shown = kobra_text_visible (valid, 100);

  g_set_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_BASE_URL, _("“%s” cannot be the base URL: %s"), shown, reason);
  return FALSE;
}

/* What is wrong with the parts of a base URL, or NULL. */
static const char *
find_url_fault (GUri    *uri,
                gboolean may_be_plain)
{
  const char *host = g_uri_get_host (uri);
  const char *scheme = g_uri_get_scheme (uri);

  if (g_str_equal (scheme, "http"))
    {
      if (!may_be_plain && (host == NULL || !is_loopback (host)))
        return _("without encryption (http) only this machine may be called. Write https.");
    }
  else if (!g_str_equal (scheme, "https"))
    return _("it must begin with https://.");
  if (host == NULL || *host == '\0')
    return _("it names no server.");
  if (!is_host (host))
    return _("the server’s name has characters that no name has.");
  if (g_uri_get_userinfo (uri) != NULL)
    return _("user and password do not belong into it. They have fields of their own.");
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return _("leave out everything from the “?” or “#” on.");
  return NULL;
}

static char *
normalize_url (GUri *uri)
{
  g_autofree char *scheme = g_ascii_strdown (g_uri_get_scheme (uri), -1);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *path = g_strdup (g_uri_get_path (uri));

  for (gsize length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';
  return g_uri_join (G_URI_FLAGS_ENCODED, scheme, NULL, host, g_uri_get_port (uri), path, NULL, NULL);
}

/* A token of RFC 9110 §5.6.2. */
static gboolean
is_header_name (const char *name)
{
  if (*name == '\0')
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* These are the client's own; a token in their place would break the request. */
static gboolean
is_reserved_header (const char *name)
{
  static const char *const reserved[] = { "connection", "content-encoding", "content-length", "content-type", "expect", "host", "te",
                                          "trailer", "transfer-encoding", "upgrade", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (reserved, lower);
}

static gboolean
check_url (const char *url,
           gboolean    may_be_plain,
           char      **normalized,
           GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char      *fault;

  if (uri == NULL || !is_plain (url))
    return refuse_url (error, url, _("it is not a web address such as https://lservices.kobra.red/api."));
  fault = find_url_fault (uri, may_be_plain);
  if (fault != NULL)
    return refuse_url (error, url, fault);
  if (normalized != NULL)
    *normalized = normalize_url (uri);
  return TRUE;
}

gboolean
kobra_connection_check_base_url (const char *url,
                                 char      **normalized,
                                 GError    **error)
{
  return check_url (url, FALSE, normalized, error);
}

gboolean
kobra_connection_check_plain_url (const char *url,
                                  char      **normalized,
                                  GError    **error)
{
  return check_url (url, TRUE, normalized, error);
}

gboolean
kobra_connection_url_is_plain (const char *url)
{
  return !check_url (url, FALSE, NULL, NULL) && check_url (url, TRUE, NULL, NULL);
}

gboolean
kobra_connection_check_name (const char *name,
                             GError    **error)
{
  gsize n = kobra_text_n_characters (name, KOBRA_CONNECTION_MAX_NAME);

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '[' || *p == ']' || g_ascii_iscntrl (*p))
      n = 0;
  if (n > 0 && n <= KOBRA_CONNECTION_MAX_NAME && !kobra_text_is_blank (name))
    return TRUE;
  g_set_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_NAME, _("A connection needs a name of at most %u characters, without brackets."), KOBRA_CONNECTION_MAX_NAME);
  return FALSE;
}

gboolean
kobra_connection_check_proxy (const char *proxy,
                              GError    **error)
{
  static const char *const schemes[] = { "http", "https", "socks", "socks4", "socks5", NULL };
  g_autoptr (GUri) uri = NULL;

  if (g_str_equal (proxy, KOBRA_PROXY_SYSTEM) || g_str_equal (proxy, KOBRA_PROXY_NONE))
    return TRUE;
  uri = is_plain (proxy) ? g_uri_parse (proxy, G_URI_FLAGS_ENCODED, NULL) : NULL;
  if (uri != NULL && g_strv_contains (schemes, g_uri_get_scheme (uri)) && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
      is_host (g_uri_get_host (uri)) && g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL)
    return TRUE;
  g_set_error_literal (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_PROXY, _("A proxy is an address such as http://proxy.example:3128, without user and password."));
  return FALSE;
}

gboolean
kobra_connection_check_auth_header (const char *name,
                                    const char *prefix,
                                    GError    **error)
{
  if (!is_header_name (name) || is_reserved_header (name))
    {
      g_set_error_literal (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_HEADER, _("The token’s header must have a name such as Authorization or api-key: letters, digits and hyphens, and none that the request needs itself."));
      return FALSE;
    }
  for (const char *p = prefix; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      {
        g_set_error_literal (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_HEADER, _("The prefix of the token may only have plain letters, digits and signs, such as Bearer. It may be empty."));
        return FALSE;
      }
  return TRUE;
}

/* What cannot stand in a header would be left out of the request, and the server be blamed for not taking it. */
static gboolean
check_token (KobraConnection *self,
             GError         **error)
{
  const char *token = kobra_connection_get_sign_in (self) == KOBRA_SIGN_IN_TOKEN ? kobra_connection_peek_token (self) : NULL;

  for (const char *p = token; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      {
        g_set_error_literal (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_HEADER, _("The token must be one line of plain letters, digits and signs. Copy it again, without anything before or after it."));
        return FALSE;
      }
  return TRUE;
}

gboolean
kobra_connection_check (KobraConnection *self,
                        GError         **error)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), FALSE);

  return check_url (kobra_connection_get_base_url (self), kobra_connection_is_plain (self), NULL, error) &&
         kobra_connection_check_proxy (kobra_connection_get_proxy (self), error) &&
         kobra_connection_check_auth_header (kobra_connection_get_auth_header (self), kobra_connection_get_auth_prefix (self), error) &&
         check_token (self, error);
}
