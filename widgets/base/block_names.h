// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <map>
#include <string>
#include <string_view>

#include "engine/graph/catalogue.h"
#include "engine/graph/document.h"

namespace patchbay::widgets {

/// What the blocks of a document are called where people read. The engine and the command line know a block by its name
/// ("fine_tune") and a step by the pass of its loops as well ("fine_tune[seed=0,fold=2]"); people see its title ("Fine-tune", and
/// "Fine-tune, seed 0, fold 2"). Data without words: these are made when shown, in the language of that moment.
class BlockNames {
 public:
  BlockNames() = default;
  explicit BlockNames(const Document& document);
  /// Of a document as it travels with a run.
  static BlockNames ofRun(const Value& document);

  /// The block or step of this name. Blocks that would be called alike have their name behind the title; a name that is not known is
  /// shown as it is.
  QString say(std::string_view name, const Catalogue& catalogue) const;
  /// "Loss (Fine-tune)" needs the block of "fine_tune.loss": everything before the last dot.
  static std::pair<std::string, std::string> splitMetric(const std::string& name);
  /// A sentence of the engine with titles for the names in it.
  QString say(Text text, const Catalogue& catalogue) const;
  /// Cause and next action.
  QString say(const Error& error, const Catalogue& catalogue) const;
  /// "Learning rate" for the parameter of a block.
  QString sayParam(std::string_view name, std::string_view param, const Catalogue& catalogue) const;
  /// Takes what is not there yet from another document.
  void add(const BlockNames& others) { blocks_.insert(others.blocks_.begin(), others.blocks_.end()); }
  bool empty() const { return blocks_.empty(); }
  bool operator==(const BlockNames&) const = default;

 private:
  struct Block {
    std::string title, type;
    bool alike = false;  ///< Another block would be called the same.
    bool operator==(const Block&) const = default;
  };
  void findAlike();
  std::map<std::string, Block, std::less<>> blocks_;  ///< By name.
};

/// A block's own title, or that of its type; with the number of "probe_2", so that blocks without a title can be told apart.
QString blockTitle(std::string_view title, std::string_view name, std::string_view type, const Catalogue& catalogue);
/// The pass in a step's name, "seed 0, fold 2" for "probe[seed=0,fold=2]"; empty outside loops.
QString sayPass(std::string_view step);

}  // namespace patchbay::widgets
