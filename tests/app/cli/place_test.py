# SPDX-License-Identifier: Apache-2.0
"""`patchbay machines default`: where a project's and a pipeline's heavy part runs, and what another computer makes of it."""
import json

from cli_support import CliTest, main, pictures, probe_pipeline


class Place(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.environment.update(PATCHBAY_SSH_CONFIG="/dev/null")
        cls.pictures = pictures(cls.folder / "drawn", 4)

    def pipeline(self, name):
        """A project with a pipeline in it."""
        project = self.folder / name
        (project / "pipelines").mkdir(parents=True)
        file = project / "pipelines" / "probe.json"
        file.write_text(json.dumps(probe_pipeline(self.pictures)))
        return project, file

    def place(self, *words):
        return self.patchbay("machines", "default", *words, "--json", code=0).last()

    def test_a_pipeline_chooses_before_its_project(self):
        project, file = self.pipeline("choosing")
        self.patchbay("machines", "add", "gpu-box", "nowhere.invalid", code=0)
        self.assertEqual(self.place("--project", project), {"name": "local", "of": "nobody", "known": True})
        self.patchbay("machines", "default", "gpu-box", "--project", project, code=0)
        self.assertEqual(self.place("--pipeline", file), {"name": "gpu-box", "of": "project", "known": True})
        self.patchbay("machines", "default", "local", "--pipeline", file, code=0)
        self.assertEqual(self.place("--pipeline", file), {"name": "local", "of": "pipeline", "known": True})
        self.assertEqual(self.place("--project", project)["name"], "gpu-box", "the others are as they were")
        listed = self.patchbay("machines", "list", "--project", project, "--pipeline", "test", "--json", code=0).last()
        self.assertEqual((listed["default"], listed["own"]), ("gpu-box", ""))
        self.patchbay("machines", "default", "--forget", "--pipeline", file, code=0)
        self.assertEqual(self.place("--pipeline", file)["of"], "project")
        self.assertNotIn("own", self.patchbay("machines", "list", "--project", project, "--pipeline", "test", "--json", code=0).last())
        # The file itself says nothing of machines: it goes to people who have others.
        self.assertNotIn("gpu-box", file.read_text())
        said = self.patchbay("machines", "default", "--pipeline", file, code=0).out
        self.assertIn("gpu-box, chosen for the project", said)
        wrong = self.patchbay("machines", "default", "nobody", "--project", project)
        self.assertNotEqual(wrong.code, 0)
        self.assertIn("no machine called nobody", wrong.err)

    def test_what_is_chosen_is_used_and_the_word_on_goes_before_it(self):
        project, file = self.pipeline("using")
        self.patchbay("machines", "add", "gone-box", "nowhere.invalid", code=0)
        self.patchbay("machines", "default", "gone-box", "--pipeline", file, code=0)
        away = self.patchbay("run", file)
        self.assertNotEqual(away.code, 0)
        self.assertIn("On: gone-box, chosen for this pipeline", away.err)
        self.assertIn("ssh does not know the host nowhere.invalid", away.err)
        here = self.patchbay("run", file, "--on", "local", "--json", code=0, timeout=300)
        self.assertEqual(here.last()["status"], "done")

    def test_another_computer_says_that_it_has_no_such_machine_and_runs_here(self):
        project, file = self.pipeline("elsewhere")
        (project / "run_on.json").write_text(json.dumps({"pipelines": {"test": "their-box"}}))
        self.assertEqual(self.place("--pipeline", file), {"name": "their-box", "of": "pipeline", "known": False})
        refused = self.patchbay("run", file)
        self.assertNotEqual(refused.code, 0)
        self.assertIn("set to run on their-box", refused.err)
        self.assertIn("--on local", refused.err)
        self.assertEqual(self.patchbay("run", file, "--on", "local", "--json", code=0, timeout=300).last()["status"], "done")
        self.patchbay("machines", "default", "local", "--pipeline", file, code=0)
        self.assertEqual(self.patchbay("run", file, "--json", code=0, timeout=300).last()["status"], "done")


if __name__ == "__main__":
    main([Place])
