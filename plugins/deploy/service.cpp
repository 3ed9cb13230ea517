// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "engine/base/resources.h"
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/deploy/service_files.h"
#include "engine/net/model_port.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "plugins/deploy/support/export_files.h"
#include "plugins/deploy/support/export_folder.h"
#include "plugins/deploy/support/learn_familiarity.h"

namespace patchbay::blocks {
namespace service_cpp {
namespace fs = std::filesystem;

enum class Reach : std::uint8_t { Here, Network };

/// A model as it will be served.
struct Served {
  std::string name;
  net::Net net;
  std::string onnx;
  std::optional<ExportedFamiliarity> familiarity;
};

struct Service final : Block {
  InList<ModelValue> models{
      this, {.key = "models", .label = TR("block", "Models"), .help = TR("block", "Trained classifiers, all served together.")}};
  In<Dataset> data{this,
                   {.key = "data",
                    .label = TR("block", "Data"),
                    .help = TR("block", "What they were trained on, so that the service marks pictures that are unlike it."),
                    .optional = true}};
  Out<TextValue> summary{
      this, {.key = "summary", .label = TR("block", "Summary"), .help = TR("block", "What was prepared, and the command that serves it.")}};

  Param<FolderPath> folder{this,
                           {.key = "folder",
                            .label = TR("block", "Folder"),
                            .help = TR("block", "Where the new folder is made. Empty: exports/ of the project.")}};
  Param<std::string> name{this,
                          {.key = "name",
                           .label = TR("block", "Name"),
                           .help = TR("block", "Name of the service and of its folder."),
                           .def = "service",
                           .required = true}};
  Param<TextList> names{this,
                        {.key = "names",
                         .label = TR("block", "Names of the models"),
                         .help = TR("block", "As requests call them, in the order of the links. Empty: what the models are called.")}};
  Param<Reach> reach{this,
                     {.key = "reach",
                      .label = TR("block", "Who may ask"),
                      .help = TR("block", "Programs of other machines only with a token, which is never in the folder."),
                      .def = Reach::Here,
                      .choices = {{Reach::Here, "here", TR("block", "This computer")},
                                  {Reach::Network, "network", TR("block", "Other computers too, with a token")}}}};
  Param<std::int64_t> port{
      this,
      {.key = "port", .label = TR("block", "Port"), .help = TR("block", "Where requests are taken."), .def = 8642, .min = 1, .max = 65535}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto all, served(ctx));
    PB_CHECK(goOn(ctx));
    PB_TRY(const auto target, openExport(ctx, *name, (*folder).path));
    deploy::ServicePlan plan{.folder = target.parent_path() / *name,  // Where it will be found when the block has succeeded.
                             .program = programFolder() / "patchbay",
                             .port = static_cast<std::uint16_t>(*port),
                             .open = *reach == Reach::Network,
                             .models = {}};
    for (const auto& one : all) {
      PB_CHECK(write(target / "models" / one.name, one));
      plan.models.push_back({one.name, fs::path{"models"} / one.name});
    }
    std::error_code ec;
    fs::create_directories(target / "service", ec);
    if (ec) return fail(systemError(ec.value(), "make", displayText(target.native())));
    for (const auto& file : deploy::serviceFiles(plan)) PB_CHECK(writeFileAtomically(target / "service" / file.name, file.bytes));
    PB_CHECK(writeFileAtomically(target / "start", startScript()));
    fs::permissions(target / "start",
                    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec,
                    ec);
    const auto text = summaryOf(all, plan);
    PB_CHECK(writeFileAtomically(target / "README.md", text));
    return summary.write(ctx, {.format = "markdown", .text = text});
  }

 private:
  Result<std::vector<Served>> served(RunContext& ctx) const {
    const auto values = models.values(ctx);
    const auto& wanted = (*names).texts;
    if (!wanted.empty() && wanted.size() != values.size())
      return fail(ErrorKind::BadInput, "service.names",
                  TR("block", "There are {n} names for {models} models.")
                      .with("n", static_cast<std::int64_t>(wanted.size()))
                      .with("models", static_cast<std::int64_t>(values.size())),
                  TR("block", "Give each linked model a name, or none of them."), "names");
    std::vector<Served> out;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < values.size(); ++i) {
      ctx.progress({TR("block", "Checking the models"), static_cast<std::int64_t>(i), static_cast<std::int64_t>(values.size()), "model"});
      PB_TRY(auto one, prepared(ctx, values[i]));
      one.name = wanted.empty() ? nameOf(values[i], one.net, taken) : wanted[i];
      const bool good =
          !one.name.empty() && one.name.size() <= 200 && one.name != "." && one.name != ".." &&
          std::ranges::none_of(one.name, [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '/' || c == '\\' || c == '='; });
      if (!good || !taken.insert(one.name).second)
        return fail(
            ErrorKind::BadInput, "service.name",
            TR("block", "\"{name}\" cannot be the name of a served model, or two are called so.").with("name", displayText(one.name)),
            TR("block", "Give each a name of its own, without / and =."), "names");
      out.push_back(std::move(one));
      PB_CHECK(goOn(ctx));
    }
    return out;
  }

  /// What the model's maker called it, as the name of a folder; a number where two would meet.
  static std::string nameOf(const PortValue& value, const net::Net& net, const std::set<std::string>& taken) {
    std::string name;
    for (const char c : value.meta["label"].asText().empty() ? net.name : value.meta["label"].asText())
      name += c == '/' || c == '\\' || c == '=' || static_cast<unsigned char>(c) <= 0x20 ? '-' : c;
    if (name.empty() || name == "." || name == "..") name = "model";
    auto out = name.substr(0, 150);
    for (int n = 2; taken.contains(out); ++n) out = name.substr(0, 150) + "-" + std::to_string(n);
    return out;
  }

  Result<Served> prepared(RunContext& ctx, const PortValue& value) const {
    PB_TRY(const auto loaded, net::loadModel(ctx.objects(), value));
    if (loaded.classes.empty())
      return fail(ErrorKind::BadInput, "export.no_classes", TR("block", "This network was not trained to tell classes apart."),
                  TR("block", "Connect the model of a Linear probe or Fine-tune block."), "models");
    Served out;
    PB_TRY(out.net, net::foldBatchNorm(loaded));
    const auto thresholds = out.net.metadata["thresholds"];
    out.net.metadata = Value::Map{{"origin", value.meta["origin"]},
                                  {"training", value.meta["training"]},
                                  {"seed", static_cast<std::int64_t>(ctx.seed())},
                                  {"versions", ctx.numerics()},
                                  {"pipeline", ctx.pipeline()["document"]}};
    if (!thresholds.isNull()) out.net.metadata["thresholds"] = thresholds;
    PB_TRY(out.onnx, net::toOnnx(out.net));
    PB_TRY(const auto parity, checkParity(ctx, out.net, out.onnx, {}, 0));
    if (!parity.ok())
      return fail(
          ErrorKind::Internal, "export.parity",
          TR("block", "The exported file does not compute what the network computes (difference {d}).").with("d", parity.maxDifference),
          TR("block", "Nothing was written. Report this with the diagnostic bundle of `patchbay doctor`."));
    if (!data.linked(ctx)) return out;
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(out.familiarity, learnFamiliarity(ctx, out.net, {}, set, 0.99));
    if (out.familiarity) out.net.metadata["unlike"] = out.familiarity->facts;
    return out;
  }

  static Result<> write(const fs::path& folder, const Served& one) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec) return fail(systemError(ec.value(), "make", displayText(folder.native())));
    PB_CHECK(writeFileAtomically(folder / "model.onnx", one.onnx));
    PB_CHECK(net::saveNet(one.net, folder));
    if (one.familiarity) PB_CHECK(writeFileAtomically(folder / "familiarity.safetensors", one.familiarity->file));
    return {};
  }

  /// Serves what lies beside it, wherever the folder went.
  std::string startScript() const {
    std::string out =
        "#!/bin/sh\n# SPDX-License-Identifier: 0BSD\n"
        "# Serves the models of this folder; further options of `patchbay serve` may follow.\n"
        "here=$(dirname \"$(readlink -f \"$0\")\")\n";
    std::string words = "exec \"${PATCHBAY:-patchbay}\" serve \"$here\"/models/* --port " + std::to_string(*port);
    if (*reach == Reach::Network) {
      out +=
          "# The token is asked for and never lies in this folder: TOKEN_FILE names the file whose first line it is.\n"
          ": \"${TOKEN_FILE:?make one with: openssl rand -hex 32 > FILE; chmod 600 FILE}\"\n";
      words += " --host 0.0.0.0 --token-file \"$TOKEN_FILE\"";
    }
    return out + words + " \"$@\"\n";
  }

  std::string summaryOf(const std::vector<Served>& all, const deploy::ServicePlan& plan) const {
    std::string out = "# " + displayText(*name) +
                      "\n\nModels ready to be served, each at `POST /v1/models/NAME/predict`:\n\n| name | classes | input | marks unlike "
                      "pictures |\n|---|---|---|---|\n";
    for (const auto& one : all)
      out += "| " + displayText(one.name) + " | " + std::to_string(one.net.classes.size()) + " | " +
             std::to_string(one.net.preprocessing.width) + " x " + std::to_string(one.net.preprocessing.height) + " | " +
             (one.familiarity ? "yes" : "no") + " |\n";
    const bool open = plan.open;
    out += std::string{"\n- Now, in this folder: `"} + (open ? "TOKEN_FILE=/path/of/token " : "") +
           "./start`, then open http://127.0.0.1:" + std::to_string(*port) +
           "/ in a browser.\n- At every start of the machine: the systemd unit in service/ says how.\n"
           "- In a container: service/Containerfile says how.\n";
    out += open ? "- Every request must bring the token as `Authorization: Bearer ...`; without a token file nothing starts.\n"
                : "- Only programs of this computer can ask. For others, choose so in the block \"Service\", and make a token.\n";
    return out + "- The Export block proves what a model is worth; this folder only serves it.\n";
  }
};

}  // namespace service_cpp

PATCHBAY_BLOCK(
    deploy_service, service_cpp::Service,
    {.id = "patchbay.deploy.service",
     .title = TR("block", "Service"),
     .summary = TR("block",
                   "Writes a folder with one or more models that `patchbay serve` answers requests with: start script, systemd unit "
                   "and container file included."),
     .category = Category::Deploy,
     .needs = {.cores = 0, .memoryMb = 1500},
     .effects = Effects::WritesOutside,
     .determinism = Determinism::External,
     .floating = true})
}  // namespace patchbay::blocks
