/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A whole run of the plan against a model server, all by one seed: which records are bad, what the server limits, loses, mixes up and
 * forgets, when the person pauses or stops. Time is a number and nothing is sent anywhere.
 *
 * What must hold in and after every run is checked as it goes; a run in which it does not ends the program with the seed.
 * Returns a digest of all that happened: equal for equal seeds.
 */
guint64 kobra_simulate (guint64 seed);

G_END_DECLS
