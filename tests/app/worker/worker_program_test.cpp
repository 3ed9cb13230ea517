// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "engine/data/ports.h"
#include "engine/executor/attempt.h"
#include "engine/store/object_folder.h"
#include "tests/support/run_program.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {
namespace {

using ::testing::HasSubstr;

TEST(WorkerProgram, AJobFileIsAllItNeeds) {
  const TempFolder folder;
  const auto allowed = allowToyPack(folder.path());
  ObjectFolder objects{folder.path() / "objects"};
  TextValue text;
  text.text = "quiet";
  JobSpec job;
  job.attempt.text = newUlid();
  job.type = "toy.upper";
  job.name = "upper";
  job.params = Value{Value::Map{{"prefix", "> "}}};
  job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
  job.outputs = {"upper"};
  job.attemptFolder = folder.path() / "attempt";
  job.objectFolder = objects.root();
  job.claim = "nonce";
  std::filesystem::create_directories(job.attemptFolder);
  const AttemptFiles files{job.attemptFolder};
  ASSERT_TRUE(writeFileAtomically(files.job(), toJson(toValue(job))));
  const auto worker = runProgram({"env", "LD_DEBUG=files", workerProgram(), "job", files.job(), "--packs", allowed});
  ASSERT_EQ(worker.code, 0) << worker.err;
  EXPECT_THAT(worker.err, HasSubstr("toy.so"));
  EXPECT_THAT(worker.err, ::testing::Not(HasSubstr("libtorch_cpu")))
      << "a quarter of a second, and no step but training and export needs it";
  const auto result = readResult(files.folder, job.claim);
  ASSERT_TRUE(result && *result);
  ASSERT_FALSE((*result)->error) << describe(*(*result)->error);
  EXPECT_EQ(TextValue::load(objects, *PortValue::load(objects, (*result)->outputs.at("upper")))->text, "> QUIET");
  EXPECT_EQ(runProgram({workerProgram(), "job", files.job(), "--packs", allowed}).code, 75) << "an attempt runs once";
}

TEST(WorkerProgram, WithoutPermissionAPackIsNotLoaded) {
  const auto worker = runProgram({workerProgram(), "catalogue"});
  ASSERT_EQ(worker.code, 0);
  EXPECT_THAT(worker.out, ::testing::Not(HasSubstr("toy.numbers")));
}

TEST(WorkerProgram, AListThatNamesAnotherDigestIsReportedAndTheRestWorks) {
  const TempFolder folder;
  const auto file = folder.path() / "allowed.json";
  ASSERT_TRUE(writeFileAtomically(file, toJson(toValue(std::vector<AllowedPack>{{toyPack(), digestOf("another")}}))));
  const auto worker = runProgram({workerProgram(), "catalogue", "--packs", file});
  EXPECT_EQ(worker.code, 0);
  const auto catalogue = parseJson(worker.out);
  ASSERT_TRUE(catalogue);
  ASSERT_EQ((*catalogue)["problems"].asList().size(), 1u);
  EXPECT_EQ((*catalogue)["problems"].asList()[0]["code"].asText(), "pack.changed");
}

TEST(WorkerProgram, AnotherPackCannotTakeTheNamesOfOurs) {
  const TempFolder folder;
  const auto file = folder.path() / "allowed.json", pack = folder.path() / "mine.so";
  std::filesystem::copy_file(buildFolder() / "lib/patchbay/packs/train.so", pack);
  ASSERT_TRUE(writeFileAtomically(file, toJson(toValue(std::vector<AllowedPack>{{pack, *digestOfFile(pack)}}))));
  const auto worker = runProgram({workerProgram(), "catalogue", "--packs", file});
  EXPECT_EQ(worker.code, 0);
  const auto catalogue = parseJson(worker.out);
  ASSERT_TRUE(catalogue);
  ASSERT_EQ((*catalogue)["problems"].asList().size(), 1u);
  EXPECT_THAT(toJson((*catalogue)["problems"].asList()[0]), HasSubstr("mine.so"));
  EXPECT_THAT(worker.out, HasSubstr("patchbay.train.fine_tune"));
}

TEST(WorkerProgram, MigratesParametersOfAnOlderVersion) {
  const TempFolder folder;
  const auto worker = runProgram({workerProgram(), "migrate", "--packs", allowToyPack(folder.path())},
                                 R"([{"type": "toy.upper", "from": 1, "params": {"before": "x"}}, {"type": "toy.none", "params": {}}])");
  ASSERT_EQ(worker.code, 0) << worker.err;
  const auto answers = parseJson(worker.out);
  ASSERT_TRUE(answers);
  EXPECT_EQ(answers->asList()[0]["params"], Value(Value::Map{{"prefix", "x"}}));
  EXPECT_TRUE(answers->asList()[1].contains("error"));
}

TEST(WorkerProgram, AWrongCommandLineIsToldOnStderr) {
  const auto worker = runProgram({workerProgram(), "dance"});
  EXPECT_EQ(worker.code, 2);
  EXPECT_EQ(worker.out, "");
  EXPECT_THAT(worker.err, HasSubstr("usage:"));
  EXPECT_EQ(runProgram({workerProgram(), "zygote", "77"}).code, 2);
  EXPECT_EQ(runProgram({workerProgram(), "job", "/does/not/exist.json"}).code, 1);
}

}  // namespace
}  // namespace patchbay::testing
