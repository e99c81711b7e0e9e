# SPDX-License-Identifier: GPL-3.0-or-later
"""Owns the clipboard as another program would, with the bytes of files, until it is ended. Usage: offer.py TYPE FILE [TYPE FILE]…"""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

Gtk.init()
providers = [Gdk.ContentProvider.new_for_bytes(kind, GLib.Bytes.new(open(path, "rb").read())) for kind, path in zip(sys.argv[1::2], sys.argv[2::2])]
Gdk.Display.get_default().get_clipboard().set_content(Gdk.ContentProvider.new_union(providers))
print("offered", flush=True)
GLib.MainLoop().run()
