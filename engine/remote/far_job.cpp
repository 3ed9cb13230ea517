// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/far_job.h"

#include <fcntl.h>
#include <unistd.h>

#include "engine/data/dataset.h"
#include "engine/executor/attempt.h"
#include "engine/store/object_folder.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t picturesAhead = 64;
constexpr std::chrono::seconds answerAgainAfter{3};

Result<> sendObject(FarLink& link, JobHost& host, const Digest& digest) {
  PB_TRY(const auto file, host.locate(digest));
  return link.send(digest, file.path);
}

Result<Value> answerTo(FarLink& link, JobHost& host, const Value& question) {
  if (question["ask"].asText() == "locate") {
    PB_TRY(const auto digest, Digest::parse(question["digest"].asText()));
    PB_CHECK(sendObject(link, host, digest));
    return Value{Value::Map{{"object", digest.hex()}}};
  }
  PB_TRY(const auto function, Digest::parse(question["function"].asText()));
  PB_TRY(const auto packs, host.itemPacks(function));
  Value sent{Value::List{}};
  for (const auto& pack : packs)
    if (sendObject(link, host, pack)) sent.push(pack.hex());  // A lost pack is computed anew.
  return Value{Value::Map{{"packs", std::move(sent)}}};
}

void lookForPictures(FarJob& job) {
  job.looked = true;
  ObjectFolder objects{job.spec.objectFolder};
  for (const auto& [port, manifests] : job.spec.inputs)
    for (const auto& manifest : manifests) {
      const auto value = PortValue::load(objects, manifest);
      if (!value || value->type != datasetPort.name) continue;
      const auto dataset = Dataset::load(objects, *value);
      if (!dataset) continue;
      (void)dataset->forEach(objects, [&](const Item& item) -> Result<> {
        if (job.places.emplace(item.digest, job.pictures.size()).second) job.pictures.push_back(item.digest);
        return {};
      });
    }
  job.offered.resize(job.pictures.size());
}

/// Who asks for one picture will want the next ones: what is there already is not asked for, which over a slow line is most of the time.
void sendAhead(FarLink& link, JobHost& host, FarJob& job, const Digest& asked) {
  if (!job.looked) lookForPictures(job);
  const auto place = job.places.find(asked);
  if (place == job.places.end()) return;
  job.offered[place->second] = true;
  std::vector<std::pair<Digest, fs::path>> next;
  for (auto i = place->second + 1; i < std::min(place->second + 1 + picturesAhead, job.pictures.size()); ++i) {
    if (job.offered[i]) continue;
    job.offered[i] = true;
    if (auto file = host.locate(job.pictures[i])) next.emplace_back(job.pictures[i], std::move(file->path));
  }
  if (!next.empty()) (void)link.sendAll(next);
}

void answer(FarLink& link, JobHost& host, FarJob& job, const Value& question) {
  auto value = answerTo(link, host, question);
  if (link.broken()) return;
  if (!value) value = Value{Value::Map{{"error", toValue(value.error())}}};
  const auto said =
      link.ask(Value::Map{{"op", "answer"}, {"attempt", job.spec.attempt.text}, {"id", question["id"]}, {"value", std::move(*value)}});
  if (!said && !link.broken()) {
    // The worker would wait for ever.
    job.unanswered.push_back(question);
    job.tryAgain = std::chrono::steady_clock::now() + answerAgainAfter;
    tellWait(host, job,
             TR("remote", "Waiting: {machine} cannot store what the job asked for ({cause}); it is tried again by itself")
                 .with("machine", job.spec.on)
                 .with("cause", displayText(render(said.error().cause))));
  }
  if (const auto asked = Digest::parse(question["digest"].asText()); asked && !link.broken()) sendAhead(link, host, job, *asked);
}

fs::path partialOf(const FarJob& job, const Digest& digest) { return job.spec.attemptFolder / ("partial-" + digest.hex()); }

void takeArtifact(FarLink& link, JobHost& host, const FarJob& job, const Value& event) {
  if (event["kind"].asText() != "item_pack") return;
  const auto function = Digest::parse(event["function"].asText()), pack = Digest::parse(event["pack"].asText());
  if (!function || !pack) return;
  // One that does not come is computed again some day.
  if (link.fetch(*pack, job.spec.objectFolder, partialOf(job, *pack))) (void)host.addItemPack(*function, *pack, event["items"].asInt());
}

Result<> bringExports(FarLink& link, const FarJob& job, JobResult& result) {
  auto* exports = result.effects.find("exports");
  if (!exports || exports->asList().empty()) return {};
  PB_TRY(const auto listed, link.ask(Value::Map{{"op", "exports"}, {"attempt", job.spec.attempt.text}}));
  const auto root = pathFromValue(listed.head["root"]);
  std::error_code ec;
  for (auto& one : exports->list()) {
    const auto relative = pathFromValue(one).lexically_relative(root);
    if (relative.empty() || *relative.begin() == "..") continue;
    fs::create_directories(job.spec.exportsFolder, ec);
    PB_TRY(const auto target, resolveInside(job.spec.exportsFolder, relative.string()));
    // Whole or not there: what is beside the target takes its name at the end.
    const auto temporary = target.parent_path() / (".patchbay-" + job.spec.attempt.text);
    fs::remove_all(temporary, ec);
    for (const auto& file : listed.head["files"].asList()) {
      const auto inside = fs::path{file.asText()}.lexically_relative(relative);
      if (inside.empty() || *inside.begin() == "..") continue;
      PB_CHECK(link.fetchFile(job.spec.attempt.text, file.asText(), temporary / inside));
    }
    fs::remove_all(target, ec);
    fs::rename(temporary, target, ec);
    if (ec) return fail(systemError(ec.value(), "write", displayText(target.native())));
    one = pathToValue(target);
  }
  return {};
}

}  // namespace

void tellWait(JobHost& host, const FarJob& job, const Text& phase) {
  host.onEvent(job.spec.attempt, Value::Map{{"event", "progress"}, {"phase", toValue(phase)}, {"done", 0}, {"total", 0}, {"unit", ""}});
}

void answerAgain(FarLink& link, JobHost& host, FarJob& job) {
  if (job.unanswered.empty() || job.tryAgain > std::chrono::steady_clock::now()) return;
  const auto questions = std::exchange(job.unanswered, {});
  for (const auto& question : questions) {
    if (!link.broken()) answer(link, host, job, question);
    if (link.broken()) job.unanswered.push_back(question);
  }
}

Result<> sendInputs(FarLink& link, JobHost& host, const FarJob& job) {
  ObjectFolder objects{job.spec.objectFolder};
  for (const auto& [port, manifests] : job.spec.inputs)
    for (const auto& manifest : manifests) {
      PB_CHECK(sendObject(link, host, manifest));
      PB_TRY(const auto file, host.locate(manifest));
      PB_TRY(const auto text, readFile(file.path, std::size_t{256} << 20));
      PB_TRY(const auto value, PortValue::parse(text));
      for (const auto& [name, part] : value.parts)
        if (const auto sent = sendObject(link, host, part); !sent && (link.broken() || sent.error().kind != ErrorKind::NotFound))
          return fail(sent.error());
    }
  return {};
}

void takeLines(FarLink& link, JobHost& host, FarJob& job, const Message& lines) {
  const auto offset = lines.head["offset"].asInt();
  if (offset != job.offset) return;
  if (const auto fd = openFile(AttemptFiles{job.spec.attemptFolder}.events(), O_WRONLY | O_CREAT))
    (void)!::pwrite(fd->get(), lines.body.data(), lines.body.size(), offset);
  std::string_view rest{lines.body};
  while (!rest.empty() && !link.broken()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto event = parseJson(line);
    if (event) {
      const auto& what = (*event)["event"].asText();
      if (what == "ask") answer(link, host, job, *event);
      else if (what == "artifact") takeArtifact(link, host, job, *event);
      else host.onEvent(job.spec.attempt, *event);
    }
    // What the connection broke in is heard again.
    if (!link.broken()) job.offset += static_cast<std::int64_t>(line.size()) + 1;
  }
}

Result<JobResult> bringBack(FarLink& link, JobHost& host, FarJob& job) {
  PB_TRY(const auto message, link.ask(Value::Map{{"op", "result"}, {"attempt", job.spec.attempt.text}}));
  PB_TRY(const auto value, parseJson(message.body));
  if (value["claim"].asText() != job.spec.claim)
    return fail(ErrorKind::Corrupt, "job.claim", TR("remote", "The result on the other machine is not this job's."),
                TR("remote", "Run again."));
  PB_TRY(auto result, jobResultFromValue(value));
  const auto bring = [&](const Digest& digest) { return link.fetch(digest, job.spec.objectFolder, partialOf(job, digest)); };
  ObjectFolder objects{job.spec.objectFolder};
  for (const auto& [port, manifest] : result.outputs) {
    PB_CHECK(bring(manifest));
    PB_TRY(const auto output, PortValue::load(objects, manifest));
    for (const auto& [name, part] : output.parts) {
      if (objects.contains(part)) continue;
      PB_TRY(const bool there, link.has(part));
      // What was only passed on need not be there.
      if (there) PB_CHECK(bring(part));
      else PB_CHECK(host.locate(part));
    }
  }
  if (const auto listing = Digest::parse(result.effects["found"]["listing"].asText())) PB_CHECK(bring(*listing));
  if (!result.error) PB_CHECK(bringExports(link, job, result));
  auto noted = result;
  PB_CHECK(writeResult({job.spec.attemptFolder}, job.spec.claim, noted));
  return result;
}

Error inWords(Error error, const std::string& machine) {
  if (error.where.empty()) error.where = machine;
  if (error.kind != ErrorKind::NoSpace) return error;
  return {
      ErrorKind::Io, "remote.no-space", TR("remote", "The disk of {machine} is full.").with("machine", machine),
      TR("remote",
         "Free some space there, for example with `patchbay machines clean {machine}`, and run again; it goes on from its last checkpoint.")
          .with("machine", machine),
      error.where};
}

}  // namespace patchbay
