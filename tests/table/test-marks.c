/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-marks.h"

static void
test_counts (void)
{
  g_autoptr (KobraMarks) marks = kobra_marks_new (4);

  kobra_marks_set (marks, 1000, 2, "refused");
  kobra_marks_set (marks, 3, 2, "refused");
  kobra_marks_set (marks, 4, 1, NULL);
  g_assert_cmpuint (kobra_marks_count (marks, 2), ==, 2);
  g_assert_cmpuint (kobra_marks_get (marks, 1000), ==, 2);
  g_assert_cmpuint (kobra_marks_get (marks, 999), ==, 0);
  g_assert_cmpuint (kobra_marks_get (marks, 5000), ==, 0);
  g_assert_true (kobra_marks_get_words (marks, 3) == kobra_marks_get_words (marks, 1000));

  kobra_marks_set (marks, 3, 1, NULL);
  g_assert_cmpuint (kobra_marks_count (marks, 2), ==, 1);
  g_assert_cmpuint (kobra_marks_count (marks, 1), ==, 2);
  g_assert_null (kobra_marks_get_words (marks, 3));

  kobra_marks_clear (marks);
  g_assert_cmpuint (kobra_marks_count (marks, 1), ==, 0);
  g_assert_cmpuint (kobra_marks_get (marks, 1000), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/marks/counted-by-mark-with-words-shared", test_counts);
  return g_test_run ();
}
