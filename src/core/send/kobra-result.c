/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-result.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

static const struct
{
  const char *name, *label;
} results[KOBRA_N_RESULTS] = {
  [KOBRA_RESULT_NONE] = { "none", N_("Not sent yet") },
  [KOBRA_RESULT_SENDING] = { "sending", N_("Being sent") },
  [KOBRA_RESULT_ACCEPTED] = { "accepted", N_("Accepted") },
  [KOBRA_RESULT_REJECTED] = { "rejected", N_("Rejected") },
  [KOBRA_RESULT_NOT_SENT] = { "not-sent", N_("Not sent") },
  [KOBRA_RESULT_UNKNOWN] = { "unknown", N_("Unknown") },
};

const char *
kobra_result_get_name (KobraResult result)
{
  g_return_val_if_fail (result < KOBRA_N_RESULTS, NULL);

  return results[result].name;
}

const char *
kobra_result_get_label (KobraResult result)
{
  g_return_val_if_fail (result < KOBRA_N_RESULTS, NULL);

  return results[result].label;
}

gboolean
kobra_result_is_final (KobraResult result)
{
  return result >= KOBRA_RESULT_ACCEPTED && result < KOBRA_N_RESULTS;
}
