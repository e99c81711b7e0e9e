# SPDX-License-Identifier: GPL-3.0-or-later
"""What xdotool does not tell of a window of the display."""

import ctypes
from ctypes import c_int, c_long, c_ulong, c_void_p


class Attributes(ctypes.Structure):
    """XWindowAttributes of Xlib.h."""

    _fields_ = [
        *[(name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")],
        ("visual", c_void_p),
        ("root", c_ulong),
        *[(name, c_int) for name in ("class", "bit_gravity", "win_gravity", "backing_store")],
        ("backing_planes", c_ulong),
        ("backing_pixel", c_ulong),
        ("save_under", c_int),
        ("colormap", c_ulong),
        ("map_installed", c_int),
        ("map_state", c_int),
        *[(name, c_long) for name in ("all_event_masks", "your_event_mask", "do_not_propagate_mask")],
        ("override_redirect", c_int),
        ("screen", c_void_p),
    ]


# A window may be gone when it is asked for: Xlib would end the process.
IGNORE = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda display, error: 0)


class Display:
    """A connection of one's own, closed at the end of a with."""

    def __enter__(self):
        self.xlib = ctypes.CDLL("libX11.so.6")
        self.xlib.XOpenDisplay.restype = c_void_p
        self.xlib.XDefaultRootWindow.restype = self.xlib.XCreateSimpleWindow.restype = c_ulong
        self.xlib.XSetErrorHandler(IGNORE)
        self.display = c_void_p(self.xlib.XOpenDisplay(None))
        return self

    def __exit__(self, *_):
        self.xlib.XCloseDisplay(self.display)

    def has_windows(self, numbers):
        """For each of @numbers whether it still is a window like others, not a popover or a tooltip, for which no window manager would care."""
        attributes = Attributes()
        return [bool(self.xlib.XGetWindowAttributes(self.display, c_ulong(number), ctypes.byref(attributes))) and not attributes.override_redirect for number in numbers]

    def open_window(self):
        """Somebody else's, for the keyboard to be elsewhere; its number. It is there as long as the connection."""
        root = c_ulong(self.xlib.XDefaultRootWindow(self.display))
        number = self.xlib.XCreateSimpleWindow(self.display, root, 0, 0, 9, 9, 0, c_ulong(0), c_ulong(0))
        self.xlib.XMapWindow(self.display, c_ulong(number))
        self.xlib.XSync(self.display, 0)
        return number
