// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>

#include "engine/service/format_requests.h"

namespace patchbay {

/// Labelling with the model's help: the data requests "assist_..." (service/README.md). Feeds the live service
/// `patchbay.live.assist` with the project's data set, from assist_open on with every revision; looks at pictures in the background; puts
/// what the model says of all items beside them as scores. Thread-safe.
class AssistRequests {
 public:
  /// `function` gives {"type", "epoch", "numerics"} of the block whose item cache the features share; asked when first needed.
  AssistRequests(DataRequests& requests, AskLive live, std::function<Result<Value>()> function, std::function<void(const Value&)> tell);
  /// Ends what is under way, within a second or two; end() before what it uses goes.
  ~AssistRequests();
  void end();
  /// Tells of every "data" event.
  void changed(const Value& event);

  struct Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace patchbay
