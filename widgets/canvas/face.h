// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/catalogue.h"
#include "engine/graph/document.h"

namespace patchbay::widgets {

/// A port as the canvas shows it.
struct Port {
  std::string key;
  QString label;
  std::string type;  ///< Empty: not known.
  int typeVersion = 1;
  bool input = true;
  bool variadic = false;
  bool required = false;
  std::optional<PortRef> inner;  ///< Of a collapsed group: the port inside that this one stands for.
  bool operator==(const Port&) const = default;
};

/// What all blocks of a type have in common on the canvas. Blocks of one type share one, and with it their sprites.
struct Face {
  QString typeTitle;
  QString summary;
  Category category = Category::Utility;
  bool known = true;
  std::vector<Port> inputs, outputs;
  int rows() const { return static_cast<int>(std::max(inputs.size(), outputs.size())); }
  const Port* find(std::string_view key, bool input) const;
  /// Index of the port or -1.
  int index(std::string_view key, bool input) const;
  bool operator==(const Face&) const = default;
};

/// Faces by type, in the language of the program.
class Faces {
 public:
  explicit Faces(const Catalogue& catalogue) : catalogue_{catalogue} {}
  const Catalogue& catalogue() const { return catalogue_; }
  /// Null for types the catalogue has not.
  std::shared_ptr<const Face> known(const std::string& type);
  /// A type nobody knows: its ports are those that links name, in document order.
  static std::shared_ptr<const Face> placeholder(const Node& node, const std::vector<const Link*>& links);
  /// After a change of language or catalogue.
  void clear() { faces_.clear(); }

 private:
  const Catalogue& catalogue_;
  std::map<std::string, std::shared_ptr<const Face>, std::less<>> faces_;
};

}  // namespace patchbay::widgets
