// SPDX-License-Identifier: Apache-2.0
// `patchbay data` and the block "Data set", with the real programs on a project that holds made-up pictures.
#include <gmock/gmock.h>

#include "engine/data/revision_store.h"
#include "tests/support/made_items.h"
#include "tests/support/run_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/toy_pack.h"

namespace patchbay {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr, ::testing::Not;
using testing::madeItem;

class DataCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}) {
      fs::create_directory(folder / name);
      fs::permissions(folder / name, fs::perms::owner_all);
      ::setenv(name, (folder / name).c_str(), 1);
    }
    fs::create_directory(project);
    change([](RevisionStore& store) {
      auto begun = store.beginImport({.what = Text{"history", "Imported"}});
      for (int i = 0; i < 6; ++i) ASSERT_TRUE((*begun)->add(madeItem(i, i % 3 ? "good" : "bad")));
      ASSERT_TRUE((*begun)->finish());
    });
    // An empty project, so that the commands find one.
    ASSERT_TRUE(writeFileAtomically(folder / "empty.json", R"({"version": 1, "id": "P", "title": "P", "nodes": []})"));
    (void)run({"plan", folder / "empty.json", "--project", project});
  }
  /// While no engine has the project.
  template <class Work>
  void change(const Work& work) {
    const auto store = RevisionStore::open(project / "data.db", {});
    ASSERT_TRUE(store) << describe(store.error());
    work(**store);
  }
  ProgramRun run(std::vector<std::string> words) {
    words.insert(words.begin(), (testing::buildFolder() / "bin" / "patchbay").native());
    return testing::runProgram(words);
  }
  ProgramRun data(std::vector<std::string> words) {
    words.insert(words.begin(), "data");
    words.insert(words.end(), {"--project", project.native()});
    return run(std::move(words));
  }

  test::TempFolder folder;
  fs::path project = folder / "project";
};

TEST_F(DataCommands, StateHistoryAndBack) {
  const auto state = data({"state"});
  EXPECT_EQ(state.code, 0) << state.err;
  EXPECT_THAT(state.out, HasSubstr("6 pictures (classification), 0 unlabelled"));
  EXPECT_THAT(state.out, HasSubstr("bad           2"));
  EXPECT_EQ(parseJson(data({"state", "--json"}).out).value()["items"].asInt(), 6);
  EXPECT_THAT(data({"undo"}).out, HasSubstr("0 picture(s)"));
  EXPECT_THAT(data({"redo"}).out, HasSubstr("6 picture(s)"));
  const auto log = data({"log"});
  EXPECT_THAT(log.out, HasSubstr("Revision 1 undone"));
  EXPECT_EQ(parseJson(data({"log", "--json"}).out).value().asList().size(), 3u);
  EXPECT_EQ(data({"name", "1", "as imported"}).code, 0);
  EXPECT_THAT(data({"restore", "as imported"}).out, HasSubstr("6 picture(s)"));
  const auto diff = data({"diff", "2", "--from", "as imported"});
  EXPECT_THAT(diff.out, HasSubstr("0 added, 6 removed"));
  EXPECT_THAT(diff.out, HasSubstr("- folder 0/0.png  bad"));
}

TEST_F(DataCommands, MistakesAreNamed) {
  const auto unknown = data({"restore", "never"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("There is no revision \"never\""));
  const auto typo = data({"undoo"});
  EXPECT_EQ(typo.code, 2);
  EXPECT_THAT(typo.err, HasSubstr("There is no command \"data undoo\""));
  EXPECT_THAT(typo.err, HasSubstr("Did you mean \"undo\"?"));
  EXPECT_THAT(data({"state", "--jsn"}).err, HasSubstr("--json"));
  EXPECT_EQ(run({"data"}).code, 2);
  EXPECT_THAT(run({"data", "--help"}).out, HasSubstr("restore"));
}

TEST_F(DataCommands, ACopyIsMerged) {
  const auto copy = folder / "copy";
  fs::create_directory(copy);
  fs::copy_file(project / "data.db", copy / "data.db");
  {
    auto other = RevisionStore::open(copy / "data.db", {});
    ASSERT_TRUE(other);
    ItemChange one{.id = madeItem(1).id};
    one.labels = {{"odd"}};
    ASSERT_TRUE((*other)->edit(std::vector{one}, Text{"history", "Labelled"}, "person:bob"));
  }
  const auto merged = data({"merge", copy});
  EXPECT_EQ(merged.code, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("1 picture(s) taken over, 0 conflict(s)"));
  EXPECT_THAT(data({"state"}).out, HasSubstr("odd"));
}

TEST_F(DataCommands, ThePlanOfADataSetSaysWhichRevisionItIs) {
  const auto file = folder / "pipeline.json";
  ASSERT_TRUE(writeFileAtomically(file, R"({"version": 1, "id": "P", "title": "P", "nodes": [{"id": "d", "name": "data",
      "type": "patchbay.data.revision", "type_version": 1, "params": {}, "pos": [0, 0], "mode": "normal"}]})"));
  const auto done = run({"run", file, "--project", project});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(run({"plan", file, "--project", project, "--explain"}).out, HasSubstr("cached"));
  const auto undone = data({"undo"});
  ASSERT_EQ(undone.code, 0);
  EXPECT_EQ(run({"run", file, "--project", project}).code, 1) << "an empty revision";
  ASSERT_EQ(data({"redo"}).code, 0);
  EXPECT_THAT(run({"plan", file, "--project", project, "--explain"}).out, HasSubstr("cached")) << "equal data are not read again";
  EXPECT_EQ(run({"plan", file, "--project", project, "--set", "data.revision=99"}).code, 3);
}

}  // namespace
}  // namespace patchbay
