// SPDX-License-Identifier: Apache-2.0
// patchbay templates, new, blocks, block.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "engine/base/file.h"
#include "engine/base/id.h"
#include "engine/block/schema.h"
#include "engine/service/catalogue_source.h"
#include "engine/service/templates.h"

namespace patchbay::cli {
namespace {

int listAll(bool json) {
  const auto all = listTemplates();
  if (!all) return report(all.error());
  if (json) {
    Value list{Value::List{}};
    for (const auto& t : *all)
      list.push(Value::Map{
          {"name", t.name}, {"title", t.title}, {"description", t.description}, {"task", t.task}, {"needs", t.needs}, {"time", t.time}});
    fmt::print("{}\n", toJson(list));
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"template", "title", "needs", "time"}};
  for (const auto& t : *all) rows.push_back({t.name, t.title, t.needs, t.time});
  fmt::print("{}", table(rows));
  return Exit::done;
}

int newPipeline(const std::string& name, const std::string& file) {
  auto document = openTemplate(name);
  if (!document) return report(document.error());
  std::error_code ec;
  if (std::filesystem::exists(file, ec))
    return report({ErrorKind::Usage,
                   "new.exists",
                   TR("cli", "{path} exists already and was not changed.").with("path", displayText(file)),
                   TR("cli", "Choose another name."),
                   {}});
  (*document)["id"] = newUlid();
  if (const auto written = writeFileAtomically(std::filesystem::absolute(file), toJson(*document, JsonStyle::Pretty)); !written)
    return report(written.error());
  fmt::print("Wrote {}. Next: patchbay run {}\n", file, file);
  return Exit::done;
}

/// The blocks that were installed with the program; needs no project and no engine.
Result<std::vector<Schema>> schemas() {
  PB_TRY(const auto catalogue, installedCatalogue().read());
  std::vector<Schema> out;
  for (const auto& v : catalogue["blocks"].asList()) {
    PB_TRY(auto schema, schemaFromValue(v));
    out.push_back(std::move(schema));
  }
  return out;
}

int listBlocks(bool json) {
  const auto all = schemas();
  if (!all) return report(all.error());
  if (json) {
    Value list{Value::List{}};
    for (const auto& s : *all) list.push(toValue(s));
    fmt::print("{}\n", toJson(list));
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"type", "title", "what it does"}};
  for (const auto& s : *all) rows.push_back({s.info.id, render(s.info.title), render(s.info.summary)});
  fmt::print("{}", table(rows));
  return Exit::done;
}

std::string allowed(const ParamInfo& p) {
  if (!p.choices.empty()) {
    std::string out;
    for (const auto& c : p.choices) out += (out.empty() ? "" : " | ") + c.key;
    return out;
  }
  std::string out{toString(p.kind)};
  if (p.min || p.max) out += fmt::format(" {} .. {}", p.min ? fmt::format("{:g}", *p.min) : "", p.max ? fmt::format("{:g}", *p.max) : "");
  if (p.unit != Unit::None) out += fmt::format(" {}", toString(p.unit));
  return out;
}

/// Help of one block, read off its declaration.
std::string blockHelp(const Schema& s) {
  std::string out = fmt::format("{}: {}\n\n{}\n", s.info.id, render(s.info.title), render(s.info.summary));
  for (const bool input : {true, false}) {
    out += input ? "\nInputs\n" : "\nOutputs\n";
    for (const auto& p : s.ports)
      if (p.input == input)
        out += fmt::format("  {} ({}{}{}): {}\n", p.key, p.type, p.variadic ? ", any number" : "", p.optional ? ", may stay open" : "",
                           render(p.help));
  }
  out += "\nParameters\n";
  for (const auto& p : s.params) {
    out += fmt::format("  {} = {}    [{}]\n      {}: {}\n", p.key, toJson(p.def), allowed(p), render(p.label), render(p.help));
    for (const auto& c : p.choices)
      if (!c.help.empty()) out += fmt::format("      {}: {}\n", c.key, render(c.help));
  }
  return out;
}

int showBlock(const std::string& type, bool json) {
  const auto all = schemas();
  if (!all) return report(all.error());
  std::vector<std::string> names;
  for (const auto& s : *all) {
    names.push_back(s.info.id);
    if (s.info.id != type && !s.info.id.ends_with("." + type)) continue;
    fmt::print("{}", json ? toJson(toValue(s)) + "\n" : blockHelp(s));
    return Exit::done;
  }
  const auto near = nearest(type, names);
  return report({ErrorKind::Usage,
                 "block.unknown",
                 TR("cli", "There is no block \"{name}\".").with("name", displayText(type)),
                 near.empty() ? TR("cli", "`patchbay blocks` lists all.") : TR("cli", "Did you mean \"{name}\"?").with("name", near),
                 {}});
}

}  // namespace

void addCatalogueCommands(CLI::App& app, Action& action) {
  struct Options {
    std::string name, file;
    bool json = false;
  };
  const auto o = std::make_shared<Options>();
  auto* templates = app.add_subcommand("templates", "List the sample pipelines");
  templates->add_flag("--json", o->json, "As JSON");
  templates->callback([&action, o] { action = [o] { return listAll(o->json); }; });
  auto* fresh = app.add_subcommand("new", "Write a pipeline file from a template");
  fresh->add_option("template", o->name, "Name of the template")->required()->type_name("TEMPLATE");
  fresh->add_option("file", o->file, "The new file")->required()->type_name("FILE");
  fresh->callback([&action, o] { action = [o] { return newPipeline(o->name, o->file); }; });
  auto* blocks = app.add_subcommand("blocks", "List all blocks");
  blocks->add_flag("--json", o->json, "Their declarations as JSON");
  blocks->callback([&action, o] { action = [o] { return listBlocks(o->json); }; });
  auto* block = app.add_subcommand("block", "Explain one block: its inputs, outputs and parameters");
  block->add_option("type", o->name, "Type of the block")->required()->type_name("TYPE");
  block->add_flag("--json", o->json, "As JSON");
  block->callback([&action, o] { action = [o] { return showBlock(o->name, o->json); }; });
}

}  // namespace patchbay::cli
