/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-rude-words.h"

#include <string.h>

#include "kobra-banned.h"

#define WORD_LENGTH 4u

/* Source: RENAPO's Instructivo Normativo para la Asignación de la CURP (as amended in the official gazette of 18 October 2021), annex 2, the catalogue of
 * palabras inconvenientes, 81 of them: their second letter becomes an X. In order. */
static const char curp_words[][WORD_LENGTH + 1] = {
  "BACA", "BAKA", "BUEI", "BUEY", "CACA", "CACO", "CAGA", "CAGO", "CAKA", "CAKO", "COGE", "COGI", "COJA", "COJE", "COJI", "COJO", "COLA", "CULO", "FALO",
  "FETO", "GETA", "GUEI", "GUEY", "JETA", "JOTO", "KACA", "KACO", "KAGA", "KAGO", "KAKA", "KAKO", "KOGE", "KOGI", "KOJA", "KOJE", "KOJI", "KOJO", "KOLA",
  "KULO", "LILO", "LOCA", "LOCO", "LOKA", "LOKO", "MAME", "MAMO", "MEAR", "MEAS", "MEON", "MIAR", "MION", "MOCO", "MOKO", "MULA", "MULO", "NACA", "NACO",
  "PEDA", "PEDO", "PENE", "PIPI", "PITO", "POPO", "PUTA", "PUTO", "QULO", "RATA", "ROBA", "ROBE", "ROBO", "RUIN", "SENO", "TETA", "VACA", "VAGA", "VAGO",
  "VAKA", "VUEI", "VUEY", "WUEI", "WUEY",
};

/* Source: the tax office's (SAT) algorithm for the RFC, as it was published in answer to request 0610100135506 of 18 October 2006, annex IV, 41 words: their
 * last letter becomes an X. The words of a CURP are others: LOCA may begin an RFC. In order. */
static const char rfc_words[][WORD_LENGTH + 1] = {
  "BUEI", "BUEY", "CACA", "CACO", "CAGA", "CAGO", "CAKA", "CAKO", "COGE", "COJA", "COJE", "COJI", "COJO", "CULO", "FETO", "GUEY", "JOTO", "KACA", "KACO",
  "KAGA", "KAGO", "KAKA", "KOGE", "KOJO", "KULO", "MAME", "MAMO", "MEAR", "MEAS", "MEON", "MION", "MOCO", "MULA", "PEDA",
  "PEDO", "PENE", "PUTA", "PUTO", "QULO", "RATA", "RUIN",
};

static gboolean
has_word (const char (*words)[WORD_LENGTH + 1],
          gsize        n,
          const char  *normal)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      int   order = memcmp (words[middle], normal, WORD_LENGTH);

      if (order == 0)
        return TRUE;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

gboolean
kobra_rude_words_have_curp (const char *normal)
{
  return has_word (curp_words, G_N_ELEMENTS (curp_words), normal);
}

gboolean
kobra_rude_words_have_rfc (const char *normal)
{
  return has_word (rfc_words, G_N_ELEMENTS (rfc_words), normal);
}
