// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/host_answers.h"

namespace patchbay {
namespace {

Result<Value> answerTo(JobHost& host, const Value& question) {
  const auto& what = question["ask"].asText();
  const auto& subject = what == "item_packs" || what == "add_item_pack" ? question["function"] : question["digest"];
  PB_TRY(const auto digest, Digest::parse(subject.asText()));
  if (what == "locate") {
    PB_TRY(const auto file, host.locate(digest));
    return file.toValue();
  }
  if (what == "item_packs") {
    PB_TRY(const auto packs, host.itemPacks(digest));
    Value list{Value::List{}};
    for (const auto& pack : packs) list.push(pack.hex());
    return Value{Value::Map{{"packs", std::move(list)}}};
  }
  if (what == "add_item_pack") {
    PB_TRY(const auto pack, Digest::parse(question["pack"].asText()));
    PB_CHECK(host.addItemPack(digest, pack, question["items"].asInt()));
    return Value{Value::Map{}};
  }
  if (what == "add_source") {
    PB_CHECK(host.addSource(digest, SeenFile::fromValue(question)));
    return Value{Value::Map{}};
  }
  return fail(ErrorKind::Unsupported, "link.question", TR("executor", "A worker asked what this engine does not know."),
              TR("executor", "Check that all programs of Patchbay are of one version."));
}

}  // namespace

Value answerQuestion(JobHost& host, const Value& question) {
  auto done = answerTo(host, question);
  Value answer = done ? std::move(*done) : Value{Value::Map{{"error", toValue(done.error())}}};
  answer["id"] = question["id"];
  return answer;
}

}  // namespace patchbay
