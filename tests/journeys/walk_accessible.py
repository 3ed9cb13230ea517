#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Walks the accessible tree of a program as a screen reader sees it, over AT-SPI, and prints it as JSON.

usage: walk_accessible.py PID [--seconds N]     with the Python that has gi and Atspi (Debian: python3-pyatspi)

Each node: {"role", "name", "description", "showing", "focusable", "enabled", "actions", "path": [child numbers]}.
Exit codes: 0 printed, 1 no process of this number is on the accessibility bus, 77 gi or Atspi is missing.
"""
import argparse
import json
import sys
import time

MOST = 20_000


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    options.add_argument("pid", type=int)
    options.add_argument("--seconds", type=float, default=20)
    wish = options.parse_args()
    try:
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
    except (ImportError, ValueError):
        return 77
    Atspi.init()

    def application():
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                if child is not None and child.get_process_id() == wish.pid:
                    return child
            except GLib.Error:  # One that has just ended.
                continue
        return None

    end = time.monotonic() + wish.seconds
    while (root := application()) is None:
        if time.monotonic() > end:
            return 1
        time.sleep(0.2)

    out = []

    def visit(node, path):
        if node is None or len(out) >= MOST or len(path) > 60:
            return
        try:
            states = node.get_state_set()
            actions = node.get_action_iface()
            out.append({
                "role": node.get_role_name(), "name": node.get_name() or "", "description": node.get_description() or "",
                "showing": states.contains(Atspi.StateType.SHOWING), "focusable": states.contains(Atspi.StateType.FOCUSABLE),
                "enabled": states.contains(Atspi.StateType.ENABLED),
                "actions": [actions.get_action_name(i) for i in range(actions.get_n_actions())] if actions else [], "path": path})
            count = node.get_child_count()
        except GLib.Error:  # It went while it was looked at.
            return
        for i in range(count):
            try:
                visit(node.get_child_at_index(i), path + [i])
            except GLib.Error:
                continue

    visit(root, [])
    json.dump(out, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
