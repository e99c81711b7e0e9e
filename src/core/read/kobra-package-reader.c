/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ZIP file by what is in it. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-sheets.h"
#include "kobra-xml.h"

#include "kobra-banned.h"

/* A part that only one kind of file has, and what is said of the kinds that are not read. */
static const struct
{
  const char *part;
  const char *sentence;
} kinds[] = {
  { "xl/workbook.bin", N_("This is a binary Excel workbook (.xlsb). Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and open that file.") },
  { "Index/Document.iwa", N_("This is a spreadsheet of Numbers. Export it from Numbers as Excel or CSV, and open that file.") },
  { "Index.zip", N_("This is a spreadsheet of Numbers. Export it from Numbers as Excel or CSV, and open that file.") },
  { "word/document.xml", N_("This is a text document (.docx), not a spreadsheet. Copy its table to a spreadsheet program, save it, and open that file.") },
  { "ppt/presentation.xml", N_("This is a presentation, not a spreadsheet. Copy its table to a spreadsheet program, save it, and open that file.") },
};

typedef struct
{
  char    *workbook;  /* the part that the package begins with */
  gboolean is_encrypted;
} Finding;

static void
relation_start (KobraXml                 *xml,
                const char               *name,
                const KobraXmlAttributes *attributes,
                gpointer                  data)
{
  Finding         *finding = data;
  g_autofree char *type = NULL, *target = NULL;

  if (strcmp (name, "Relationship") != 0 || finding->workbook != NULL)
    return;
  type = kobra_xml_dup (attributes, "Type");
  target = kobra_xml_dup (attributes, "Target");
  if (type != NULL && target != NULL && g_str_has_suffix (type, "/officeDocument"))
    finding->workbook = g_strdup (*target == '/' ? target + 1 : target);
}

static void
manifest_start (KobraXml                 *xml,
                const char               *name,
                const KobraXmlAttributes *attributes,
                gpointer                  data)
{
  if (strcmp (name, "encryption-data") == 0)
    ((Finding *) data)->is_encrypted = TRUE;
}

static gboolean
parse (KobraSource            *source,
       const char             *part,
       const KobraXmlHandlers *handlers,
       Finding                *finding,
       GError                **error)
{
  g_autoptr (GError)       cause = NULL;
  g_autoptr (KobraArchive) archive = kobra_archive_find (source, part, &cause);

  if (cause == NULL)
    return archive == NULL || kobra_xml_parse (archive, source, handlers, FALSE, finding, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* What the names of the parts say, or NULL. */
static const char *
find_sentence (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (name, kinds[i].part) == 0)
      return _ (kinds[i].sentence);
  return NULL;
}

gboolean
kobra_package_reader_run (KobraSource *source,
                          GError     **error)
{
  static const KobraXmlHandlers relations = { .start = relation_start }, manifest = { .start = manifest_start };
  g_autoptr (KobraArchive) archive = kobra_archive_new (source, error);
  g_autoptr (GError)       cause = NULL;
  gboolean                 has_content = FALSE, has_relations = FALSE, is_parsed;
  const char              *name, *sentence = NULL;
  Finding                  finding = { 0 };
  g_autofree char         *workbook = NULL;

  if (archive == NULL)
    return FALSE;
  while ((name = kobra_archive_next (archive, &cause)) != NULL)
    {
      has_content = has_content || strcmp (name, "content.xml") == 0;
      has_relations = has_relations || g_ascii_strcasecmp (name, "_rels/.rels") == 0;
      if (sentence == NULL)
        sentence = find_sentence (name);
    }
  g_clear_pointer (&archive, kobra_archive_free);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  is_parsed = parse (source, "META-INF/manifest.xml", &manifest, &finding, error) && (!has_relations || parse (source, "_rels/.rels", &relations, &finding, error));
  workbook = finding.workbook;
  if (!is_parsed)
    return FALSE;
  if (finding.is_encrypted)
    return kobra_source_fail (error, KOBRA_READ_ERROR_ENCRYPTED, _ ("The file is protected by a password. Open it in the program that made it, save a copy without the password, and open that."));
  if (sentence != NULL)
    return kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE, sentence);
  if (workbook != NULL)
    return kobra_xlsx_reader_run (source, workbook, error);
  if (has_content)
    {
      source->info->format = KOBRA_FORMAT_ODS;
      return kobra_ods_reader_run (source, error);
    }
  return kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE, _ ("This is a packed file, not a spreadsheet. Unpack it, and open what was in it."));
}
