#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each layout rule finds a planted violation, and lets the same tree pass without it."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import layout  # noqa: E402

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
GPL = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


def good_tree():
    files = {name: "x\n" for name in layout.TOP if name not in layout.FOLDERS and name not in (".ci", "CMakeLists.txt")}
    files["CMakeLists.txt"] = "# SPDX-License-Identifier: Apache-2.0\n"
    files[".ci/run"] = "#!/bin/bash\n# SPDX-License-Identifier: Apache-2.0\n"
    for folder in layout.FOLDERS:
        files[f"{folder}/README.md"] = "# A\n\nb\n\nc\n"
    files["engine/base/id.h"] = SPDX + "#include <string>\n"
    files["engine/run/run.cpp"] = SPDX + '#include "engine/base/id.h"\n#include "engine/graph/graph.h"\n#include "engine/store/store.h"\n'
    files["engine/torch/train.cpp"] = SPDX + "#include <torch/torch.h>\n#include \"engine/net/net.h\"\n"
    files["engine/openvino/cpu.cpp"] = SPDX + "#include <openvino/openvino.hpp>\n"
    files["engine/vision/decode.cpp"] = SPDX + "#include <opencv2/core.hpp>\n"
    files["engine/store/db.cpp"] = SPDX + "#include <sqlite3.h>\n"
    files["plugins/train/probe.cpp"] = SPDX + '#include "engine/torch/train.h"\nauto demo = R"x(\n#include <openvino/openvino.hpp>\n)x";\n'
    files["app/worker/main.cpp"] = SPDX + '#include "engine/vision/decode.h"\n#include "plugins/pack.h"\n'
    files["widgets/canvas/view.cpp"] = GPL + '#include <QWidget>\n#include "engine/graph/graph.h"\n'
    files["app/studio/main.cpp"] = GPL + '#include <QApplication>\n#include "widgets/canvas/view.h"\n'
    files["tests/engine/torch/train_test.cpp"] = SPDX + "#include <ATen/ATen.h>\n"
    return files


class LayoutTest(unittest.TestCase):
    def problems(self, changes, rule=None):
        """What the rules say of a good tree with these files added (or taken away, when None)."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in {**good_tree(), **changes}.items():
                if text is not None:
                    path = root / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text)
            return [line for name, check in layout.RULES.items() if rule in (None, name) for line in check(root)]

    def test_good_tree_passes(self):
        self.assertEqual(self.problems({}), [])

    def test_each_forbidden_include_is_found(self):
        cases = [
            ("engine/base/bad.h", "<QString>"), ("engine/run/bad.cpp", "<qcustomplot.h>"),
            ("engine/graph/bad.cpp", '"widgets/canvas/view.h"'), ("engine/graph/bad.cpp", '"app/cli/main.h"'),
            ("engine/graph/bad.cpp", '"plugins/data/folder.h"'),
            ("engine/net/bad.cpp", "<torch/torch.h>"), ("engine/net/bad.cpp", "<ATen/ATen.h>"), ("plugins/train/bad.cpp", "<c10/core/Device.h>"),
            ("engine/torch/bad.cpp", "<openvino/openvino.hpp>"), ("engine/openvino/bad.cpp", "<opencv2/imgproc.hpp>"),
            ("engine/data/bad.cpp", "<sqlite3.h>"), ("app/engine/bad.cpp", "<sqlite3.h>"),
            ("widgets/plots/bad.cpp", "<torch/torch.h>"), ("widgets/plots/bad.cpp", "<openvino/openvino.hpp>"),
            ("widgets/plots/bad.cpp", "<opencv2/core.hpp>"), ("widgets/plots/bad.cpp", '"app/studio/window.h"'),
            ("widgets/plots/bad.cpp", '"plugins/data/folder.h"'), ("widgets/plots/bad.cpp", '"engine/torch/train.h"'),
            ("widgets/plots/bad.cpp", "<QtWidgets>"), ("app/studio/bad.cpp", "<QtCore/QString>"),
            ("app/cli/bad.cpp", "<QString>"), ("app/cli/bad.cpp", '"engine/openvino/cpu.h"'), ("app/cli/bad.cpp", '"plugins/pack.h"'),
            ("app/engine/bad.cpp", '"engine/vision/decode.h"'), ("app/engine/bad.cpp", '"widgets/canvas/view.h"'),
            ("plugins/data/bad.cpp", '"app/cli/main.h"'), ("plugins/data/bad.cpp", '"widgets/canvas/view.h"'),
            ("app/studio/bad.cpp", "<QFileDialog>"), ("widgets/plots/bad.cpp", "<QFileDialog>"),
            ("tests/engine/net/bad_test.cpp", "<torch/torch.h>"), ("tests/conformance/bad_test.cpp", "<sqlite3.h>"),
        ]
        for path, what in cases:
            with self.subTest(path=path, include=what):
                licence = GPL if path.startswith(("widgets", "app/studio")) else SPDX
                found = self.problems({path: licence + f"#include {what}\n"})
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(f"{path}:2: #include {what}"), found)

    def test_engine_layers_point_downwards(self):
        order = ["base", "block", "graph", "plan", "run", "executor"]
        for high, upper in enumerate(order):
            for lower in order[:high]:
                self.assertEqual(self.problems({f"engine/{upper}/x.cpp": SPDX + f'#include "engine/{lower}/x.h"\n'}), [])
                self.assertEqual(len(self.problems({f"engine/{lower}/x.cpp": SPDX + f'#include "engine/{upper}/x.h"\n'})), 1)
        for here, there in [("edit", "plan"), ("plan", "edit"), ("plan", "store"), ("store", "run"), ("store", "data"), ("run", "service"),
                            ("net", "torch"), ("net", "openvino"), ("torch", "openvino"), ("openvino", "vision"), ("learn", "torch"),
                            ("vision", "net"), ("data", "run"), ("service", "executor"), ("executor", "service"), ("learn", "net")]:
            with self.subTest(here=here, there=there):
                self.assertEqual(len(self.problems({f"engine/{here}/x.cpp": SPDX + f'#include "engine/{there}/x.h"\n'})), 1)

    def test_top_level_names_are_exact(self):
        self.assertIn("notes.txt", self.problems({"notes.txt": "x"})[0])
        self.assertIn("LICENSE", self.problems({"LICENSE": None})[0])

    def test_licences(self):
        self.assertEqual(len(self.problems({"engine/base/x.cpp": "int x;\n"})), 1)
        self.assertEqual(len(self.problems({"engine/base/x.cpp": GPL})), 1)
        self.assertEqual(len(self.problems({"widgets/x.cpp": SPDX})), 1)
        self.assertEqual(len(self.problems({"app/start": "#!/usr/bin/env bash\necho\n"})), 1)
        self.assertEqual(len(self.problems({"engine/x/CMakeLists.txt": "add()\n"})), 1)
        self.assertEqual(self.problems({"resources/export/demo/x.py": "# SPDX-License-Identifier: 0BSD\n"}), [])

    def test_long_file(self):
        self.assertEqual(self.problems({"engine/base/x.cpp": SPDX + "\n" * 598}), [])
        self.assertEqual(len(self.problems({"engine/base/x.cpp": SPDX + "\n" * 599})), 1)

    def test_two_types_of_one_name(self):
        one = SPDX + "namespace a::b {\n%s\n}\n"
        def found(first, second):
            return self.problems({"engine/base/x.h": one % first, "widgets/y.h": one % second}, "one_definition")
        self.assertEqual(len(found("struct Hit { int x; };", "class Hit final : public Y { void f() {} };")), 1)
        self.assertEqual(len(found("enum class Kind { A };", "struct Kind {};")), 1)
        self.assertEqual(found("struct Hit { int x; };", "struct Hit;  // struct Hit {\nconst char* t = \"struct Hit {\";"), [])
        self.assertEqual(found("struct Hit { struct In {}; };", "struct Other { struct In {}; };\nstruct Hit::Impl {};"), [])
        self.assertEqual(found("namespace {\nstruct Hit {};\n}", "namespace {\nstruct Hit {};\n}"), [])

    def test_readmes(self):
        self.assertEqual(self.problems({"app/README.md": None}), ["app/README.md: missing"])
        self.assertEqual(len(self.problems({"tests/README.md": "line\n" * 11})), 1)
        self.assertEqual(len(self.problems({"tests/README.md": "line\n" * 2})), 1)
        self.assertEqual(self.problems({"engine/README.md": "line\n" * 80}), [])

    def test_icons_are_there(self):
        use = GPL + 'auto a = icon(QStringLiteral("cat"), Tone::Good);\n'
        self.assertEqual(self.problems({"widgets/x.cpp": use}), ["widgets/x.cpp: there is no resources/icons/cat.svg"])
        self.assertEqual(self.problems({"widgets/x.cpp": use, "resources/icons/cat.svg": "<svg/>"}), [])

    def test_names_of_hosts_and_machines(self):
        for text in ["https://py" + "pi.org/simple", "see /ho" + "me/anna/x", "cd /ro" + "ot/x", "/wo" + "rk/main"]:
            self.assertEqual(len(self.problems({"resources/x.txt": "a\n" + text + "\n"})), 1, text)
        self.assertEqual(self.problems({"resources/x.txt": "${HOME}/home, ~/.cache, $ROOT/ro" + "ot/x, usr/home/\n"}), [])


if __name__ == "__main__":
    unittest.main()
