// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/data/revision_store.h"
#include "engine/store/project.h"

namespace patchbay {

/// Answers Engine::data(): requests about the data set of a project, as service/README.md lists them. Thread-safe.
class DataRequests {
 public:
  /// `tell` passes events on to all subscribers.
  DataRequests(Project& project, std::function<void(const Value&)> tell);
  ~DataRequests();

  Result<Value> answer(const Value& request);
  /// The store, opened when it is first needed; in a read-only project NotFound when there is none.
  Result<RevisionStore*> store();
  /// "newest" or whatever names a revision -> digest of its manifest, made when it is not there. NotFound: no data yet.
  Result<Digest> manifestOf(std::string_view which);

  using Handler = std::function<Result<Value>(RevisionStore&, const Value& request)>;
  /// A request beside the ones known here.
  void add(std::string name, Handler handler);

 private:
  Project& project_;
  std::function<void(const Value&)> tell_;
  std::map<std::string, Handler, std::less<>> handlers_;
  std::mutex mutex_;
  std::unique_ptr<RevisionStore> store_;
};

/// Requests that may take long: they must not keep the next request of the same client waiting.
bool isSlowDataRequest(const Value& request);
/// Who a request's change is by: "author", or the user.
std::string authorOf(const Value& request);
/// An item as {"do": "item"} gives it: toValue(Item), and "version", "author" (of that version), "missing".
Value toValue(const StoredItem& item);
/// One entry of an edit's "changes".
Result<ItemChange> itemChangeFromValue(const Value& value);

}  // namespace patchbay
