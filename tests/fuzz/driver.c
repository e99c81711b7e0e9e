/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a fuzz target without libFuzzer: over each file of the folders, and then over so many that are nearly one of them. What happens depends on the
 * seed alone. Usage: fuzz-TARGET [--rounds N] [--seed N] [--keep FILE] FOLDER…
 *
 * With libFuzzer instead, the target alone: clang -fsanitize=fuzzer,address -fsanitize=undefined fuzz-TARGET.c and the libraries; without this file.
 */

#include <gio/gio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "mutate.h"

static int   n_rounds = 1000, seed = 1;
static char *keep_path;

static const GOptionEntry entries[] = {
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Files to make", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of the dice", "N" },
  { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep_path, "Where each file is written before it is used", "FILE" },
  { 0 },
};

static void
load_folder (GPtrArray  *corpus,
             const char *path)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GDir)      folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  if (folder == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file_path = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      char            *data;
      gsize            size;

      if (g_file_get_contents (file_path, &data, &size, NULL))
        g_ptr_array_add (corpus, g_bytes_new_take (data, size));
    }
}

static void
run (GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (keep_path != NULL)
    g_file_set_contents (keep_path, (const char *) data, (gssize) size, NULL);
  LLVMFuzzerTestOneInput (data, size);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER…");
  g_autoptr (GPtrArray)      corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GRand)          dice = NULL;
  g_autoptr (GError)         error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "no folder");
      return EXIT_FAILURE;
    }
  for (int i = 1; i < argc; i++)
    load_folder (corpus, argv[i]);
  for (guint i = 0; i < corpus->len; i++)
    run (g_ptr_array_index (corpus, i));
  dice = g_rand_new_with_seed ((guint32) seed);
  for (int round = 0; corpus->len > 0 && round < n_rounds; round++)
    {
      g_autoptr (GBytes) bytes = mutate (corpus, dice);

      run (bytes);
    }
  g_print ("%u files, %d rounds\n", corpus->len, n_rounds);
  g_free (keep_path);
  return EXIT_SUCCESS;
}
