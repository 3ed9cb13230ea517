// SPDX-License-Identifier: Apache-2.0
#include "engine/service/dispatch.h"

#include <functional>
#include <map>

#include "engine/service/requests.h"

namespace patchbay {
namespace {

Result<Value> done(const Result<>& result) {
  if (!result) return fail(result.error());
  return Value{};
}

using Handler = std::function<Result<Value>(Engine&, const Value&)>;

const std::map<std::string, Handler, std::less<>>& handlers() {
  static const std::map<std::string, Handler, std::less<>> all{
      {"info", [](Engine& e, const Value&) { return e.info(); }},
      {"catalogue", [](Engine& e, const Value&) { return e.catalogue(); }},
      {"check",
       [](Engine& e, const Value& a) -> Result<Value> {
         PB_TRY(const auto request, runRequestFromValue(a));
         return e.check(request);
       }},
      {"plan",
       [](Engine& e, const Value& a) -> Result<Value> {
         PB_TRY(const auto request, runRequestFromValue(a));
         return e.plan(request);
       }},
      {"submit",
       [](Engine& e, const Value& a) -> Result<Value> {
         PB_TRY(const auto request, runRequestFromValue(a));
         PB_TRY(const auto run, e.submitRun(request));
         return Value{run.text};
       }},
      {"stop", [](Engine& e, const Value& a) { return done(e.stopRun({a["run"].asText()}, stopHowFrom(a["how"].asText()))); }},
      {"runs", [](Engine& e, const Value& a) { return e.runs(static_cast<int>(a["limit"].asInt(20))); }},
      {"show", [](Engine& e, const Value& a) { return e.showRun({a["run"].asText()}); }},
      {"pin", [](Engine& e, const Value& a) { return done(e.pinRun({a["run"].asText()}, a["pinned"].asBool())); }},
      {"metrics", [](Engine& e, const Value& a) { return e.metrics({a["run"].asText()}); }},
      {"outputs", [](Engine& e, const Value& a) { return e.outputs({a["run"].asText()}, {a["step"].asText()}); }},
      {"locate",
       [](Engine& e, const Value& a) -> Result<Value> {
         PB_TRY(const auto digest, Digest::parse(a["digest"].asText()));
         PB_TRY(const auto path, e.locate(digest));
         return pathToValue(path);
       }},
      {"gc", [](Engine& e, const Value& a) { return e.gc(gcRequestFromValue(a)); }},
      {"live",
       [](Engine& e, const Value& a) { return e.live(a["service"].asText(), a["method"].asText(), a["args"], a["slot"].asText()); }},
      {"add_picture", [](Engine& e, const Value& a) { return e.addPicture(a); }},
      {"data", [](Engine& e, const Value& a) { return e.data(a); }},
      {"doctor", [](Engine& e, const Value&) { return e.doctor(); }},
      {"shutdown", [](Engine& e, const Value& a) { return done(e.shutdown(a["force"].asBool())); }},
  };
  return all;
}

}  // namespace

Result<Value> dispatch(Engine& engine, std::string_view method, const Value& args) {
  const auto found = handlers().find(method);
  if (found == handlers().end())
    return fail(ErrorKind::Unsupported, "request.unknown",
                TR("error", "This engine does not know the request {method}.").with("method", method),
                TR("error", "Update Patchbay; the program that asked is newer than the engine."));
  return found->second(engine, args);
}

}  // namespace patchbay
