// SPDX-License-Identifier: Apache-2.0
#include "engine/service/engine.h"

#include <future>

namespace patchbay {

Result<Value> Engine::live(std::string_view service, std::string_view method, const Value& args, std::string_view slot) {
  auto promise = std::make_shared<std::promise<Result<LiveAnswer>>>();
  auto future = promise->get_future();
  liveLater(service, method, args, slot, [promise](Result<LiveAnswer> answer) { promise->set_value(std::move(answer)); });
  PB_TRY(auto answer, future.get());
  return inlined(std::move(answer));
}

}  // namespace patchbay
