/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-judge.h"

#include "kobra-practice-rules.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* Of a record's key, this many characters at most come back in a message. */
#define MAX_ECHO 40

enum
{
  STATUS_OK = 200,
  STATUS_BAD_REQUEST = 400,
  STATUS_UNAUTHORIZED = 401,
  STATUS_TOO_LARGE = 413
};

static const struct
{
  const char           *name;
  KobraPracticeForm     form;
  const char           *key;
  KobraPracticeJsonType key_type;
  const char           *subject; /* before the record's number in the request */
  const char           *of_key;  /* before its key */
} kinds[KOBRA_PRACTICE_N_KINDS] = {
  [KOBRA_PRACTICE_ACCOUNTS] = {
    .name = "accounts",
    .form = KOBRA_PRACTICE_FORM_ACCOUNT,
    .key = "externalID",
    .key_type = KOBRA_PRACTICE_JSON_STRING,
    .subject = "La cuenta número",
    .of_key = "La cuenta",
  },
  [KOBRA_PRACTICE_PROMISES] = {
    .name = "promises",
    .form = KOBRA_PRACTICE_FORM_PROMISE,
    .key = "visitID",
    .key_type = KOBRA_PRACTICE_JSON_NUMBER,
    .subject = "La promesa número",
    .of_key = "La promesa de la visita",
  },
};

gboolean
kobra_practice_kind_find (const char        *name,
                          KobraPracticeKind *kind)
{
  for (guint i = 0; i < KOBRA_PRACTICE_N_KINDS; i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        *kind = (KobraPracticeKind) i;
        return TRUE;
      }
  return FALSE;
}

void
kobra_practice_answer_clear (KobraPracticeAnswer *self)
{
  g_clear_pointer (&self->message, g_free);
}

/* Takes @message. */
static gboolean
refuse (KobraPracticeAnswer *answer,
        guint                status,
        const char          *type,
        char                *message)
{
  *answer = (KobraPracticeAnswer) { status, type, message };
  return FALSE;
}

static gboolean
take (KobraPracticeAnswer *answer)
{
  *answer = (KobraPracticeAnswer) { STATUS_OK, "", NULL };
  return TRUE;
}

static gboolean
refuse_request (KobraPracticeAnswer *answer,
                const char          *fault)
{
  return refuse (answer, STATUS_BAD_REQUEST, "validation", g_strconcat ("La petición no es válida: ", fault, NULL));
}

static gboolean
read_body (const char          *body,
           gsize                length,
           KobraPracticeJson   *root,
           KobraPracticeAnswer *answer)
{
  KobraPracticeJsonProblem problem;

  if (kobra_practice_json_read (body, length, root, &problem))
    return TRUE;
  return refuse (answer, STATUS_BAD_REQUEST, "json",
                 g_strdup_printf ("El cuerpo no es JSON válido: %s (byte %" G_GSIZE_FORMAT ")", problem.what, problem.offset));
}

static gboolean
check_object (KobraPracticeForm        form,
              const KobraPracticeJson *object,
              KobraPracticeAnswer     *answer)
{
  g_autofree char *fault = NULL;

  if (object->type != KOBRA_PRACTICE_JSON_OBJECT)
    return refuse_request (answer, "se esperaba un objeto");
  fault = kobra_practice_rules_find_fault (form, 1, object);
  return fault == NULL || refuse_request (answer, fault);
}

/* The list of records in @root; for accounts, the type of the import too. */
static gboolean
find_list (const KobraPracticeJson *root,
           KobraPracticeKind       *kind,
           guint                   *import_type,
           KobraPracticeJson       *list,
           KobraPracticeAnswer     *answer)
{
  KobraPracticeJson type;

  *import_type = 1;
  if (root->type == KOBRA_PRACTICE_JSON_ARRAY)
    {
      *kind = KOBRA_PRACTICE_PROMISES;
      *list = *root;
      return TRUE;
    }
  *kind = KOBRA_PRACTICE_ACCOUNTS;
  if (!check_object (KOBRA_PRACTICE_FORM_REQUEST, root, answer))
    return FALSE;
  if (kobra_practice_json_find_member (root, "importTypeID", &type))
    *import_type = (guint) (type.text[0] - '0');
  return kobra_practice_json_find_member (root, "accounts", list);
}

static gboolean
check_count (const KobraPracticeJson *list,
             KobraPracticeAnswer     *answer)
{
  KobraPracticeJsonIter iter;
  KobraPracticeJson     name, record;
  guint                 count = 0;

  kobra_practice_json_iter_init (&iter, list);
  while (count <= KOBRA_PRACTICE_MAX_RECORDS && kobra_practice_json_iter_next (&iter, &name, &record))
    count++;
  if (count == 0)
    return refuse_request (answer, "la lista de registros está vacía");
  if (count > KOBRA_PRACTICE_MAX_RECORDS)
    return refuse (answer, STATUS_TOO_LARGE, "size",
                   g_strdup_printf ("La petición tiene más de %d registros", KOBRA_PRACTICE_MAX_RECORDS));
  return TRUE;
}

/* What @record is called by, or NULL if it does not say. */
static char *
dup_key (KobraPracticeKind        kind,
         const KobraPracticeJson *record)
{
  g_autoptr (GString) content = NULL;
  KobraPracticeJson value;

  if (record->type != KOBRA_PRACTICE_JSON_OBJECT)
    return NULL;
  if (!kobra_practice_json_find_member (record, kinds[kind].key, &value) || value.type != kinds[kind].key_type)
    return NULL;
  if (value.type == KOBRA_PRACTICE_JSON_NUMBER)
    return g_strndup (value.text, value.length);
  content = g_string_new (NULL);
  kobra_practice_json_get_string (&value, content);
  return content->len > 0 ? g_string_free (g_steal_pointer (&content), FALSE) : NULL;
}

static gboolean
refuse_record (KobraPracticeAnswer *answer,
               KobraPracticeKind    kind,
               const char          *key,
               guint                number,
               const char          *rest,
               const char          *fault)
{
  g_autofree char *subject = NULL;

  if (key == NULL)
    subject = g_strdup_printf ("%s %u", kinds[kind].subject, number);
  else
    {
      g_autofree char *shown = kobra_text_visible (key, MAX_ECHO);

      subject = g_strdup_printf ("%s \"%s\"", kinds[kind].of_key, shown);
    }
  return refuse (answer, STATUS_BAD_REQUEST, "validation", g_strconcat (subject, rest, fault, NULL));
}

static gboolean
judge_record (KobraPracticeKind        kind,
              guint                    import_type,
              const KobraPracticeJson *record,
              const char              *key,
              guint                    number,
              const char *const       *reject_keys,
              KobraPracticeAnswer     *answer)
{
  g_autofree char *fault = NULL;

  if (record->type != KOBRA_PRACTICE_JSON_OBJECT)
    return refuse_record (answer, kind, key, number, " no es válida: ", "debe ser un objeto");
  fault = kobra_practice_rules_find_fault (kinds[kind].form, import_type, record);
  if (fault != NULL)
    return refuse_record (answer, kind, key, number, " no es válida: ", fault);
  if (reject_keys != NULL && g_strv_contains (reject_keys, key))
    return refuse_record (answer, kind, key, number, " fue rechazada por la plataforma", NULL);
  return TRUE;
}

static void
clear_record (gpointer data)
{
  KobraPracticeRecord *self = data;

  g_clear_pointer (&self->key, g_free);
}

gboolean
kobra_practice_judge_import (const char          *body,
                             gsize                length,
                             const char *const   *reject_keys,
                             KobraPracticeKind   *kind,
                             GArray             **records,
                             KobraPracticeAnswer *answer)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (KobraPracticeRecord));
  KobraPracticeJsonIter iter;
  KobraPracticeJson     root, list, name, value;
  guint                 import_type;

  g_array_set_clear_func (taken, clear_record);
  if (!read_body (body, length, &root, answer) ||
      !find_list (&root, kind, &import_type, &list, answer) ||
      !check_count (&list, answer))
    return FALSE;
  kobra_practice_json_iter_init (&iter, &list);
  while (kobra_practice_json_iter_next (&iter, &name, &value))
    {
      KobraPracticeRecord record = { dup_key (*kind, &value), value.text, value.length };

      g_array_append_val (taken, record);
      if (!judge_record (*kind, import_type, &value, record.key, taken->len, reject_keys, answer))
        return FALSE;
    }
  *records = g_steal_pointer (&taken);
  return take (answer);
}

gboolean
kobra_practice_judge_sign_in (const char          *body,
                              gsize                length,
                              const char          *user,
                              const char          *password,
                              KobraPracticeAnswer *answer)
{
  KobraPracticeJson root, user_value, password_value;

  if (!read_body (body, length, &root, answer) || !check_object (KOBRA_PRACTICE_FORM_SIGN_IN, &root, answer))
    return FALSE;
  if (kobra_practice_json_find_member (&root, "user", &user_value) &&
      kobra_practice_json_find_member (&root, "password", &password_value) &&
      kobra_practice_json_string_is (&user_value, user) &&
      kobra_practice_json_string_is (&password_value, password))
    return take (answer);
  return refuse (answer, STATUS_UNAUTHORIZED, "auth", g_strdup ("Usuario o contraseña incorrectos"));
}
