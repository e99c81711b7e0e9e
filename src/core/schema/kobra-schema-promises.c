/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-schema-promises.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* Source: the vendor's page on payment promises. Its table says "visitlID", its example "visitID"; the example is what works. */

/* clang-format off */
static const KobraChoice status_choices[] = {
  { "2", N_("Active"), "activa|activo|vigente|pendiente" },
  { "3", N_("Covered"), "cubierta|cubierto|cumplida|cumplido|pagada|pagado|cover|paid" },
  { "4", N_("Not covered"), "no cubierta|no cubierto|incumplida|incumplido|no cumplida|no cumplido|no pagada|no pagado|rota|uncover|uncovered|unpaid|broken" },
  { "5", N_("Partly paid"), "pago parcial|parcial|parcialmente pagada|parcialmente pagado|pagada parcialmente|partial pay|partial|partial payment" },
  { NULL },
};

const KobraField kobra_promise_fields[KOBRA_N_PROMISE_FIELDS] = {
  [KOBRA_PROMISE_VISIT_ID] = {
    "visitID", N_("Visit ID"),
    N_("The visit’s ID, as Kobra’s dashboard shows it."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PROMISE, KOBRA_NEEDED_ALWAYS, KOBRA_FORM_DIGITS, NULL,
    "id visita|id de visita|visita|numero de visita|no visita|folio visita|folio de visita|visitl id|visit|visita id|num visita|clave visita|id de la visita kobra|visit number" },
  [KOBRA_PROMISE_STATUS] = {
    "paymentPromiseStatus", N_("Promise Status"),
    N_("What became of the promise to pay."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PROMISE, KOBRA_NEEDED_ALWAYS, KOBRA_FORM_FREE, status_choices,
    "estado promesa|estado de la promesa|estado de promesa|estatus promesa|estatus de la promesa|estatus de promesa|status promesa|status de promesa|estatus|status|estado promesa de pago|estatus promesa de pago|estado de promesa de pago|promesa|promesa de pago|resultado|promise status|promise|situacion de la promesa|situacion|resultado de la promesa|cumplimiento|cumplimiento de la promesa|estado|estatus del pago|status promesa de pago|payment promise status|promise state" },
};
/* clang-format on */
