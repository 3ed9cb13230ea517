// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/export_facts.h"

#include <sys/stat.h>

#include <algorithm>

#include "app/studio/deploy/onnx_metadata.h"
#include "engine/base/file.h"
#include "engine/learn/report.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestJson = std::size_t{256} << 20;

Value jsonOrNull(const fs::path& file) {
  const auto text = readFile(file, longestJson);
  const auto value = text ? parseJson(*text) : Result<Value>{Value{}};
  return value ? *value : Value{};
}

/// fp32 as the report has it; where int8 was measured beside it, both as they were on the same pictures.
void addAccuracy(ExportFacts& facts, const Value& report, const Value& measured) {
  const auto& int8 = measured["int8"];
  if (const auto pictures = int8["validation_pictures"].asInt(); pictures > 0 && int8.contains("accuracy_fp32")) {
    for (auto& one : facts.models) {
      const auto share = int8[one.precision == "int8" ? "accuracy_int8" : "accuracy_fp32"].asDouble();
      const auto right = static_cast<std::uint64_t>(share * static_cast<double>(pictures) + .5);
      one.accuracy = learn::wilson(std::min(right, static_cast<std::uint64_t>(pictures)), static_cast<std::uint64_t>(pictures));
      one.pictures = pictures;
      one.part = "validation";
    }
    return;
  }
  if (!report["accuracy"].isMap() || facts.models.empty()) return;
  auto& first = facts.models.front();
  first.accuracy = learn::metricFromValue(report["accuracy"]);
  first.pictures = report["items"].asInt();
  first.part = report["part"].asText();
}

/// The project is the folder around exports/, where relative paths of its pipelines begin.
fs::path dataIn(const Value& pipeline, const fs::path& project) {
  for (const auto& node : pipeline["nodes"].asList()) {
    if (!node["type"].asText().starts_with("patchbay.data.")) continue;
    for (const char* key : {"folder", "file"}) {
      const auto said = pathFromValue(node["params"][key]);
      std::error_code ec;
      if (!said.empty()) return said.is_relative() && fs::exists(project / said, ec) ? project / said : fs::path{};
    }
  }
  return {};
}

}  // namespace

const ExportedModel* ExportFacts::model(std::string_view precision) const {
  const auto found = std::ranges::find(models, precision, &ExportedModel::precision);
  return found == models.end() ? nullptr : &*found;
}

fs::path exportFolderOf(const fs::path& given) {
  std::error_code ec;
  const auto path = (fs::absolute(given, ec).lexically_normal() / "").parent_path();
  return fs::is_directory(path, ec) ? path : path.parent_path();
}

ExportFacts readExport(const fs::path& folder) {
  ExportFacts out;
  out.folder = folder;
  out.name = displayText(folder.filename().native());
  std::error_code ec;
  struct stat s {};
  if (::stat((folder / "model.onnx").c_str(), &s) != 0) {
    out.problem = Error{ErrorKind::NotFound,
                        "deploy.no_model",
                        TR("studio", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(folder.native())),
                        TR("studio", "Give the folder that the Export block wrote."),
                        {}};
    return out;
  }
  out.when = static_cast<double>(s.st_mtim.tv_sec);
  out.models.push_back({.precision = "fp32", .bytes = static_cast<std::int64_t>(s.st_size)});
  if (const auto bytes = fs::file_size(folder / "model_int8.onnx", ec); !ec)
    out.models.push_back({.precision = "int8", .bytes = static_cast<std::int64_t>(bytes)});
  const auto net = jsonOrNull(folder / "net.json");
  out.network = net["name"].asText();
  out.task = net["task"].asText();
  for (const auto& one : net["classes"].asList()) out.classes.push_back(one.asText());
  out.pipeline = fs::exists(folder / "pipeline.json", ec);
  if (out.pipeline) out.data = dataIn(jsonOrNull(folder / "pipeline.json"), folder.parent_path().parent_path());
  out.unlike = net["metadata"]["unlike"];
  const auto report = jsonOrNull(folder / "report.json");
  out.part = report["part"].asText();
  out.items = report["items"].asInt();
  if (report["accuracy"].isMap()) out.overall = learn::metricFromValue(report["accuracy"]);
  out.slices = report["slices"];
  addAccuracy(out, report, jsonOrNull(folder / "measurements.json"));
  return out;
}

std::vector<fs::path> exportsIn(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ec;
  for (fs::directory_iterator it{folder, fs::directory_options::skip_permission_denied, ec}, end; !ec && it != end; it.increment(ec)) {
    const auto name = it->path().filename().native();
    if (!name.starts_with('.') && fs::exists(it->path() / "model.onnx", ec)) out.push_back(it->path().lexically_normal());
  }
  std::ranges::sort(out);
  return out;
}

Result<Value> pipelineOf(const fs::path& exportedOrOnnx) {
  const auto file = exportFolderOf(exportedOrOnnx) / "pipeline.json";
  std::error_code ec;
  if (fs::exists(file, ec)) {
    PB_TRY(const auto text, readFile(file, longestJson));
    return parseJson(text);
  }
  if (exportedOrOnnx.extension() == ".onnx") {
    PB_TRY(const auto mapped, MappedFile::open(exportedOrOnnx));
    const auto metadata = onnxMetadata(mapped.text());
    const auto said = metadata.find("patchbay");
    auto facts = said == metadata.end() ? Result<Value>{Value{}} : parseJson(said->second);
    if (facts && (*facts)["pipeline"]["nodes"].isList()) return (*facts)["pipeline"];
  }
  return fail(ErrorKind::NotFound, "deploy.no_pipeline",
              TR("studio", "{path} does not say which pipeline made it.").with("path", displayText(exportedOrOnnx.native())),
              TR("studio", "Models that Patchbay exports carry their pipeline; others can be used as a block."));
}

}  // namespace patchbay::studio
