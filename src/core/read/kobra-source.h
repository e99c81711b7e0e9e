/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-reader.h"

G_BEGIN_DECLS

/* What is being read and for whom: what the readers of all formats share. Lives as long as one reading. */
typedef struct
{
  GInputStream           *stream;  /* borrowed */
  GInputStream           *spooled; /* owned: the same, where the stream itself can't seek */
  const KobraReadOptions *options;
  const KobraReadSink    *sink;
  KobraReadInfo          *info;
  GCancellable           *cancellable;

  guint64                 size;   /* of the stream in bytes, or 0: not known */
  guint64                 n_read; /* from the stream, in its order */
  char                   *head;   /* KOBRA_SNIFF_BYTES of room, with the first bytes of the stream */
  gsize                   n_head;
  gboolean                is_at_end; /* the stream has no more than was read */
  gint64                  told;      /* when progress was last told, monotonic microseconds */
  gboolean                was_refused; /* the sink stopped the reading, so that the error is its own */
} KobraSource;

void     kobra_source_clear         (KobraSource *self);

/* Reads up to @n bytes from the stream. None means the end, and sets is_at_end. */
gboolean kobra_source_read          (KobraSource *self,
                                     char        *bytes,
                                     gsize        n,
                                     gsize       *n_read,
                                     GError     **error);

/* Fills the head. */
gboolean kobra_source_read_head     (KobraSource *self,
                                     GError     **error);

/* The whole as a stream that can seek, at its start, borrowed; what can't is copied to a temporary file that nobody else can open. */
GInputStream *kobra_source_seekable (KobraSource *self,
                                     GError     **error);

void     kobra_source_tell_progress (KobraSource *self,
                                     guint64      done,
                                     guint64      total);

/* Hands the row to the sink and counts it; or tells of a blank one. */
gboolean kobra_source_tell_row      (KobraSource        *self,
                                     const KobraReadRow *row,
                                     GError            **error);
void     kobra_source_tell_blank    (KobraSource *self,
                                     guint32      line);

/* Sets @error and returns FALSE. */
gboolean kobra_source_fail          (GError       **error,
                                     KobraReadError code,
                                     const char    *message);

/* The same for a file that is not what it was when the reading began. */
gboolean kobra_source_fail_changed  (GError **error);

/* An empty array of KobraReadSheet that clears what it holds. */
GArray  *kobra_read_sheets_new      (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraSource, kobra_source_clear)

/* The readers, one for each format; they fill what the info says of their format. The ones for spreadsheets find out more of the format first. */
gboolean kobra_text_reader_run      (KobraSource *self,
                                     GError     **error);

G_END_DECLS
