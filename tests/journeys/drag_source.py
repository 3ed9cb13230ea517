#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: drag_source.py X Y PATH...

A little window at (X, Y) that is not Qt: what is dragged out of it with the left button are the files named, as from a file manager.
Speaks the XDND protocol, version 5 (freedesktop.org), as the source. Prints one word a line for what it sees: "ready", "entered",
"accepted", "asked" (for the files), "finished" or "refused"; ends when its window is closed or after a drop was finished.
"""
import sys
import time
from urllib.parse import quote

from Xlib import X, Xatom, Xutil
from Xlib.display import Display
from Xlib.protocol import event

VERSION = 5
SIZE = (220, 90)


class Source:
    def __init__(self, x, y, paths):
        self.display = Display()
        self.root = self.display.screen().root
        self.uris = b"".join(b"file://" + quote(path).encode() + b"\r\n" for path in paths)
        self.window = self.root.create_window(x, y, *SIZE, 0, self.display.screen().root_depth, X.InputOutput, X.CopyFromParent,
                                              background_pixel=0xf4e6c0,
                                              event_mask=X.ButtonPressMask | X.ButtonReleaseMask | X.Button1MotionMask | X.ExposureMask)
        self.window.set_wm_name("Files")
        self.window.set_wm_class("files", "Files")
        # The place is the person's wish, so that window managers keep it.
        self.window.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.USSize)
        self.window.set_wm_protocols([self.atom("WM_DELETE_WINDOW")])
        self.label = self.window.create_gc(foreground=0x303030)
        self.names = ", ".join(path.rstrip("/").rsplit("/", 1)[-1] for path in paths)
        self.target = None
        self.accepted = False
        self.waiting = False  # for the answer to a position
        self.place = None
        self.dropped = False
        self.window.map()
        self.display.flush()

    def atom(self, name):
        return self.display.intern_atom(name)

    def say(self, word):
        print(word, flush=True)

    def run(self):
        self.say("ready")
        while True:
            got = self.display.next_event()
            if got.type == X.Expose:
                self.window.draw_text(self.label, 16, 48, "Drag: " + self.names)
            elif got.type == X.MotionNotify and got.state & X.Button1Mask and not self.dropped:
                self.moved(got.root_x, got.root_y, got.time)
            elif got.type == X.ButtonRelease and got.detail == 1 and self.target:
                self.released(got.time)
            elif got.type == X.SelectionRequest:
                self.give(got)
            elif got.type == X.ClientMessage and self.message(got):
                return

    def moved(self, x, y, when):
        target = self.aware(x, y)
        if target != self.target:
            if self.target:
                self.send("XdndLeave", [self.window.id, 0, 0, 0, 0])
            self.target, self.accepted, self.waiting = target, False, False
            if target:
                self.window.set_selection_owner(self.atom("XdndSelection"), when)
                self.send("XdndEnter", [self.window.id, VERSION << 24, self.atom("text/uri-list"), 0, 0])
                self.say("entered")
        if self.target:
            self.place = (x, y, when)
            if not self.waiting:
                self.position()

    def position(self):
        x, y, when = self.place
        self.place, self.waiting = None, True
        self.send("XdndPosition", [self.window.id, 0, x << 16 | y, when, self.atom("XdndActionCopy")])

    def released(self, when):
        # What the target said last counts; its answer to the last position may be under way.
        end = time.monotonic() + 2
        while self.waiting and time.monotonic() < end:
            got = self.display.next_event()
            if got.type == X.SelectionRequest:
                self.give(got)
            elif got.type == X.ClientMessage:
                self.message(got)
        if self.accepted:
            self.dropped = True
            self.send("XdndDrop", [self.window.id, 0, when, 0, 0])
        else:
            self.send("XdndLeave", [self.window.id, 0, 0, 0, 0])
            self.say("refused")
        if not self.accepted:
            self.target = None

    def message(self, got):
        """True when there is nothing more to do."""
        name = self.display.get_atom_name(got.client_type)
        data = got.data[1]
        if name == "XdndStatus":
            self.waiting = False
            accepted = bool(data[1] & 1)
            if accepted and not self.accepted:
                self.say("accepted")
            self.accepted = accepted
            if self.place:
                self.position()
        elif name == "XdndFinished":
            self.say("finished" if data[1] & 1 else "refused")
            return True
        elif name == "WM_PROTOCOLS" and data[0] == self.atom("WM_DELETE_WINDOW"):
            return True
        return False

    def give(self, wish):
        """Hands the files to whoever asks for the selection (ICCCM 2.2)."""
        target = self.display.get_atom_name(wish.target)
        kind = wish.property or wish.target
        if target == "text/uri-list":
            wish.requestor.change_property(kind, wish.target, 8, self.uris)
            self.say("asked")
        elif target == "TARGETS":
            wish.requestor.change_property(kind, Xatom.ATOM, 32, [self.atom("TARGETS"), self.atom("text/uri-list")])
        else:
            kind = X.NONE
        wish.requestor.send_event(event.SelectionNotify(time=wish.time, requestor=wish.requestor, selection=wish.selection,
                                                        target=wish.target, property=kind))
        self.display.flush()

    def aware(self, x, y):
        """The window below a point that takes drops: its own or one around it says XdndAware."""
        window, known = self.root, self.atom("XdndAware")
        while True:
            inner = window.translate_coords(self.root, x, y).child
            if not inner:
                return None
            window = inner
            if window == self.window:
                return None
            if window.get_full_property(known, X.AnyPropertyType):
                return window

    def send(self, name, data):
        self.target.send_event(event.ClientMessage(window=self.target, client_type=self.atom(name), data=(32, data)))
        self.display.flush()


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    Source(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]).run()
