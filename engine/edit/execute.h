// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/edit/change.h"

namespace patchbay::edit {

/// What was done to a document, complete: side effects are changes of their own, ids and names are filled in.
struct Done {
  std::vector<Change> forward;   ///< Done again exactly, they give the same document.
  std::vector<Change> backward;  ///< Done exactly, they give the document as it was, to the byte.
};

/// Carries out changes as a person means them: checks them, leaves out what changes nothing, takes links, memberships and
/// loop bindings of removed or renamed blocks along. All or nothing.
Result<Done> execute(Document& document, std::vector<Change> changes);
/// Carries out what an earlier execute() made, without checks, so that undo also works in a file that breaks rules (two
/// blocks of one id, links to nowhere). All or nothing.
Result<Done> executeExactly(Document& document, std::vector<Change> changes);

/// Folds the second step into the first: a slider that is dragged keeps its first and its last value.
void mergeInto(Done& first, Done second);

void touch(Touched& touched, const std::vector<Change>& changes);

}  // namespace patchbay::edit
