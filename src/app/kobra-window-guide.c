/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a newcomer who opened the sample can do next, in one line above it: learning by doing, with nothing that stands in the way. */

#include <glib/gi18n.h>

#include "kobra-window-private.h"

#include "kobra-banned.h"

typedef enum
{
  STEP_CORRECT,
  STEP_SEND,
  STEP_DONE
} Step;

static const struct
{
  const char *words, *button, *action;
} steps[] = {
  [STEP_CORRECT] = { N_("Step 2 of 3: records with errors are not sent. Go to the next problem, read what is wrong, and type over it."),
                     N_("_Next Problem"), "win.next-problem" },
  [STEP_SEND] = { N_("Step 3 of 3: send the records. The practice server answers as Kobra does, and nothing leaves this computer."),
                  N_("_Send…"), "win.send" },
  [STEP_DONE] = { N_("That was all of it: each row says what became of it. Now your own spreadsheet."),
                  N_("_Open…"), "win.open" },
};

static Step
find_step (KobraWindow             *self,
           const KobraImportCounts *counts)
{
  if (counts->accepted + counts->rejected + counts->unknown > 0)
    return STEP_DONE;
  return counts->invalid > 0 && !self->edited ? STEP_CORRECT : STEP_SEND;
}

void
kobra_window_update_guide (KobraWindow             *self,
                           const KobraImportCounts *counts)
{
  Step     step = find_step (self, counts);
  gboolean shown = self->practice && !self->failed && kobra_import_get_state (self->import) == KOBRA_IMPORT_READY && !adw_banner_get_revealed (self->banner);

  if (shown)
    {
      adw_banner_set_title (self->guide, _ (steps[step].words));
      adw_banner_set_button_label (self->guide, _ (steps[step].button));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->guide), steps[step].action);
    }
  adw_banner_set_revealed (self->guide, shown);
}
