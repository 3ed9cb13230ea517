#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the source tree's layout: who may include whom, which top-level names there are, licences, lengths, READMEs.

usage: layout.py [--root DIR] [--rule NAME]   checks the tree (only files under version control, where there are any)
"""
import argparse
import re
import subprocess
import sys
from pathlib import Path

# What each engine folder stands on directly; it may also include what those stand on.
ENGINE = {
    "base": [], "block": ["base"], "graph": ["block"], "edit": ["graph"], "store": ["block"], "data": ["store", "block"],
    "plan": ["graph"], "run": ["plan", "store"], "executor": ["run"], "remote": ["executor", "data"], "service": ["run", "data"], "net": ["block"], "learn": ["base"],
    "vision": ["base"], "torch": ["net"], "openvino": ["net"],
    "formats": ["data", "vision"], "serve": ["base"], "deploy": ["base"],
}
HEAVY = ("torch", "openvino", "vision", "formats")  # engine folders that only plugins and the worker may include
# (what is included, the only folders that may, how it is called). Tests of a folder may include what the folder may.
OWNED = [
    (r"<(torch|ATen|c10|caffe2)/", ["engine/torch"], "LibTorch belongs to engine/torch"),
    (r"<openvino/", ["engine/openvino"], "OpenVINO belongs to engine/openvino"),
    (r"<opencv2/", ["engine/vision"], "OpenCV belongs to engine/vision"),
    (r"<(pango/|cairo)", ["plugins/printing"], "Pango and Cairo belong to plugins/printing"),
    (r"<boost/", ["engine/serve"], "Boost belongs to engine/serve"),
    (r"<sqlite3\.h>", ["engine/store"], "SQLite belongs to engine/store"),
    (r"<(Q[A-Z]|qcustomplot)", ["widgets", "app/studio"], "Qt belongs to widgets and app/studio"),
    (r"<QFileDialog>", ["widgets/base"], "paths are asked for with widgets/base/ask_path.h"),
    (r"<Qt(Core|Gui|Widgets|Svg|Sql|Network|Test)(/|>)", [], "include the class, as in <QWidget>, not a whole Qt module"),
]
TOP = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", ".clang-format", ".clang-tidy", ".gitignore", ".ci",
       "app", "engine", "widgets", "plugins", "resources", "translations", "tests"}
FOLDERS = ["app", "engine", "widgets", "plugins", "resources", "translations", "tests"]
LONG_READMES = {"engine", "plugins"}  # the architecture page and "a block in five steps"
MOST_LINES = 599
CODE = {".h", ".cpp", ".cc", ".hpp", ".cmake", ".py", ".sh", ".bash"}
# Written so that this file does not name them itself.
HOSTS = re.compile(r"\b(pypi\." + r"org|pythonhosted\." + r"org|files\.python" + r"hosted|hugging" + r"face\.co|registry\.npm" + r"js|download\.py"
                   + r"torch|deb\.deb" + r"ian|proxy\.go" + r"lang|crates\." + r"io)\b")
HOMES = re.compile(r"(?<![\w.$}-])/(home/[a-z]|ro" + r"ot/|Users/[A-Za-z]|work/(main|shared))")
SCRIPT = re.compile(rb"^#!.*\b(bash|sh|python3?)\b")


def tree(root):
    """All files the rules look at, relative to the root."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = [name.decode("utf-8", "surrogateescape") for name in listed.stdout.split(b"\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith(("build/", ".git/"))]
    return sorted(Path(name) for name in names if (root / name).is_file())


def is_code(root, path):
    if path.suffix in CODE or path.name == "CMakeLists.txt" or path.name.endswith((".cmake.in", ".cpp.in", ".h.in")):
        return True
    return not path.suffix and SCRIPT.match((root / path).read_bytes()[:80]) is not None


def includes(root, path):
    """(line number, the include with its quotes), of code only: programs quoted in raw strings do not count."""
    text = (root / path).read_text("utf-8", "replace")
    text = re.sub(r'R"([^\s()\\]{0,16})\((.*?)\)\1"', lambda raw: "\n" * raw.group(0).count("\n"), text, flags=re.S)
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"][^>"]+[>"])', line)
        if found:
            yield number, found.group(1)


def below(folder):
    """The engine folders that a folder may include: itself and what it stands on."""
    seen = {folder}
    for one in ENGINE[folder]:
        seen |= below(one)
    return seen


def owner_of(path):
    """The folder whose rules a file follows: tests/x/... follows x/..., so that a test may include what its subject may."""
    parts = path.parts
    return parts[1:] if parts[0] == "tests" and len(parts) > 2 else parts


def forbidden(path, what):
    """Why a file may not have this include, or None."""
    test = path.parts[0] == "tests"
    parts = owner_of(path)
    where = "/".join(parts)
    for pattern, owners, why in OWNED:
        if re.match(pattern, what) and not any(where.startswith(owner + "/") for owner in owners):
            return why
    project = re.match(r'[<"]((engine|widgets|plugins|app)/([^/>"]+)[^>"]*)[>"]', what)
    if not project:
        return None
    _, top, folder = project.groups()
    if test:
        return None  # a test may put any of our parts together
    here = parts[0]
    if here == "engine":
        if top != "engine":
            return f"the engine knows nothing of {top}"
        if parts[1] in ENGINE and folder in ENGINE and folder not in below(parts[1]):
            return f"engine/{parts[1]} does not stand on engine/{folder}"
    if here == "widgets" and top in ("app", "plugins"):
        return f"widgets know nothing of {top}"
    if here == "plugins" and top in ("app", "widgets"):
        return f"plugins know nothing of {top}"
    if top == "widgets" and parts[:2] != ("app", "studio") and here == "app":
        return "only app/studio has widgets"
    if top == "plugins" and here == "app" and parts[1] != "worker":
        return "only the worker loads plugins"
    if top == "engine" and folder in HEAVY and here != "engine" and here != "plugins" and parts[:2] != ("app", "worker"):
        return f"engine/{folder} is for plugins and the worker"
    return None


def rule_includes(root):
    for path in tree(root):
        if path.suffix in (".h", ".hpp", ".cpp", ".cc") and path.parts[0] in ("engine", "plugins", "widgets", "app", "tests"):
            for number, what in includes(root, path):
                why = forbidden(path, what)
                if why:
                    yield f"{path}:{number}: #include {what}: {why}"


def rule_top_level(root):
    found = {path.parts[0] for path in tree(root)}
    for name in sorted(found - TOP):
        yield f"{name}: not one of the names the top folder has"
    for name in sorted(TOP - found):
        yield f"{name}: missing from the top folder"


def licence_of(path):
    if path.parts[0] == "widgets" or path.parts[:2] == ("app", "studio"):
        return "GPL-3.0-or-later"
    if path.parts[0] == "resources" and "demo" in path.parts:
        return "0BSD"
    return "Apache-2.0"


def rule_spdx(root):
    for path in tree(root):
        if is_code(root, path):
            head = (root / path).read_text("utf-8", "replace").splitlines()[:3]
            found = [re.search(r"SPDX-License-Identifier: ([\w.+-]+)", line) for line in head]
            found = [match.group(1) for match in found if match]
            if not found:
                yield f"{path}: no SPDX-License-Identifier in its first three lines"
            elif found[0] != licence_of(path):
                yield f"{path}: licence {found[0]}, where {licence_of(path)} is right"


SCOPES = re.compile(r"namespace\s*([\w:]*)\s*\{|\b(?:struct|class|union|enum(?:\s+class)?)\s+([A-Z]\w*)\s*(?:final\s*)?(?::(?!:)[^;{()]*)?\{|[{}]")


def types_of(text):
    """The full names of types that a file defines in named namespaces."""
    for quoted in (r'R"(\w*)\(.*?\)\1"', r"//[^\n]*|/\*.*?\*/", r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\''):
        text = re.sub(quoted, " ", text, flags=re.S)
    depth, around = 0, []
    for found in SCOPES.finditer(text):
        if found.group(0) == "}":
            depth -= 1
            around = [one for one in around if one[0] <= depth]
            continue
        depth += 1
        if found.group(0).startswith("namespace"):
            around.append((depth, found.group(1)))
        elif found.group(2) and around and around[-1][0] == depth - 1 and all(name for _, name in around):
            yield "::".join([name for _, name in around] + [found.group(2)])


def rule_one_definition(root):
    """Two types of one name are one to the linker, which takes the code of either for both: nothing warns, memory is damaged."""
    seen = {}
    for path in tree(root):
        if path.parts[0] in ("app", "engine", "widgets", "plugins") and path.suffix in (".h", ".cpp"):
            for name in types_of((root / path).read_text("utf-8", "replace")):
                if seen.setdefault(name, path) != path:
                    yield f"{path}: {name} is another type in {seen[name]}; give one of them its own name"


def rule_length(root):
    for path in tree(root):
        if is_code(root, path):
            lines = (root / path).read_bytes().count(b"\n")
            if lines > MOST_LINES:
                yield f"{path}: {lines} lines; files have fewer than 600"


def rule_readme(root):
    for folder in FOLDERS:
        path = root / folder / "README.md"
        if not path.is_file():
            yield f"{folder}/README.md: missing"
            continue
        lines = sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())
        if folder not in LONG_READMES and not 3 <= lines <= 10:
            yield f"{folder}/README.md: {lines} lines of text; 3 to 10 are right"


def rule_names(root):
    for path in tree(root):
        data = (root / path).read_bytes()
        if b"\0" in data[:4096]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            for pattern, why in ((HOSTS, "names a registry's host"), (HOMES, "has a path of one machine")):
                found = pattern.search(line)
                if found:
                    yield f"{path}:{number}: {why}: {found.group(0)}"


ICON = re.compile(r'\bicon\(QStringLiteral\("([^"]+)"\)(?!\s*\+)')


def rule_icons(root):
    """A sign that is not there is an empty place in the window, and nothing says so."""
    for path in tree(root):
        if path.suffix == ".cpp" and path.parts[0] in ("app", "widgets"):
            for name in sorted(set(ICON.findall((root / path).read_text("utf-8")))):
                if not (root / "resources/icons" / f"{name}.svg").is_file():
                    yield f"{path}: there is no resources/icons/{name}.svg"


RULES = {name[5:]: function for name, function in list(globals().items()) if name.startswith("rule_")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--rule", choices=sorted(RULES), help="only this one")
    arguments = parser.parse_args()
    if not tree(arguments.root):
        print(f"{arguments.root}: no files to check", file=sys.stderr)
        return 1
    problems = [problem for name, rule in RULES.items() if arguments.rule in (None, name) for problem in rule(arguments.root)]
    print("\n".join(problems) if problems else "layout: good")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
