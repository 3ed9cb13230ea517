// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/ranks.h"

#include <charconv>
#include <cstdlib>
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include "engine/torch/caught.h"
#include "engine/torch/ranks_impl.h"

namespace patchbay::torch {
namespace {

constexpr std::int64_t bucketElements = 25'000'000 / 4;

Error badSeat(std::string_view what) {
  return {ErrorKind::Usage,
          "ranks.seat",
          TR("torch", "\"{what}\" is no place in a group of processes.").with("what", what),
          TR("torch", "Start the training with Patchbay, or set PATCHBAY_RANK, PATCHBAY_WORLD and PATCHBAY_STORE."),
          {}};
}

c10::intrusive_ptr<c10d::Store> openStore(const Seat& seat) {
  const std::string_view given{seat.store};
  if (given.starts_with("file:")) return c10::make_intrusive<c10d::FileStore>(seat.store.substr(5), seat.size);
  const auto colon = given.rfind(':');
  const auto host = seat.store.substr(6, colon - 6);
  c10d::TCPStoreOptions options;
  (void)std::from_chars(given.data() + colon + 1, given.data() + given.size(), options.port);
  options.isServer = seat.rank == 0;
  options.numWorkers = seat.size;
  options.timeout = seat.timeout;
  return c10::make_intrusive<c10d::TCPStore>(host, options);
}

bool soundStore(std::string_view store) {
  if (store.starts_with("file:/")) return true;
  if (!store.starts_with("tcp://")) return false;
  const auto colon = store.rfind(':');
  std::uint16_t port = 0;
  const auto read = std::from_chars(store.data() + colon + 1, store.data() + store.size(), port);
  return colon > 6 && read.ec == std::errc{} && read.ptr == store.data() + store.size() && port > 0;
}

std::optional<int> numberIn(const char* name) {
  const char* const text = std::getenv(name);
  int number = 0;
  if (!text) return std::nullopt;
  const std::string_view all{text};
  const auto read = std::from_chars(all.data(), all.data() + all.size(), number);
  return read.ec == std::errc{} && read.ptr == all.data() + all.size() ? std::optional{number} : std::optional{-1};
}

/// What Gloo throws is a std::exception of a kind of its own: the other side has gone, or time is up.
template <class F>
auto carried(F&& f) {
  try {
    return f();
  } catch (const std::exception& e) {
    throw RanksLost{e.what()};
  }
}

}  // namespace

Ranks::Impl::Impl(const Seat& s) : seat{s} {
  store_ = openStore(seat);
  auto options = c10d::ProcessGroupGloo::Options::create(std::chrono::duration_cast<std::chrono::milliseconds>(seat.timeout));
  options->devices.push_back(seat.host.empty() ? c10d::ProcessGroupGloo::createDefaultDevice()
                                               : c10d::ProcessGroupGloo::createDeviceForHostname(seat.host));
  options->threads = 1;  // One collective after the other: their order is what makes the sums equal.
  gloo_ = c10::make_intrusive<c10d::ProcessGroupGloo>(store_, seat.rank, seat.size, options);
}

Ranks::Impl::~Impl() = default;

void Ranks::Impl::joinGpus(const at::Device& device) {
  if (!device.is_cuda() || ring_) return;
  const auto library = gpuLibrary();
  std::string name;
  if (library && seat.rank == 0) {
    const auto made = caught([&] { return (*library)->newRing(); });
    if (made) name = *made;
  }
  name = fromFirst(std::move(name));
  // Processes that share a GPU cannot be joined, and one that cannot join must be known before the others wait for it.
  const bool alone = seat.size <= at::detail::getCUDAHooks().deviceCount() || std::getenv("SLURM_LOCALID");
  if (largest(name.empty() || !library || !alone) != 0) return;
  auto joined = caught([&] { return (*library)->joinRing(name, seat.rank, seat.size, device.index()); });
  if (largest(!joined) == 0) ring_ = std::move(*joined);
}

void Ranks::Impl::forBuckets(const std::vector<at::Tensor>& tensors, bool adds) {
  struct Bucket {
    std::vector<at::Tensor> parts, flat;
    c10::intrusive_ptr<c10d::Work> work;
  };
  const at::NoGradGuard noGrad;
  std::vector<Bucket> buckets;
  std::int64_t filled = 0;
  for (const auto& tensor : tensors) {
    const auto* last = buckets.empty() ? nullptr : &buckets.back().parts.back();
    const bool fits = last && last->scalar_type() == tensor.scalar_type() && last->device() == tensor.device();
    if (!fits || filled + tensor.numel() > bucketElements) buckets.emplace_back(), filled = 0;
    buckets.back().parts.push_back(tensor);
    filled += tensor.numel();
  }
  for (auto& bucket : buckets) {
    std::vector<at::Tensor> rows;
    for (const auto& part : bucket.parts) rows.push_back(part.detach().reshape({-1}));
    auto flat = at::cat(rows);
    if (flat.is_cuda() && ring_) {
      bucket.flat = {flat};
      carried([&] { adds ? ring_->sum(flat) : ring_->spread(flat); });
      continue;
    }
    // Gloo adds in the processor's memory.
    bucket.flat = {flat.cpu()};
    bucket.work = carried([&] { return adds ? gloo_->allreduce(bucket.flat) : gloo_->broadcast(bucket.flat); });
  }
  for (auto& bucket : buckets) {
    if (bucket.work) carried([&] { return bucket.work->wait(); });
    std::int64_t at = 0;
    for (auto& part : bucket.parts) {
      part.detach().copy_(bucket.flat[0].narrow(0, at, part.numel()).view(part.sizes()));
      at += part.numel();
    }
  }
}

void Ranks::Impl::sum(const std::vector<at::Tensor>& tensors) { forBuckets(tensors, true); }
void Ranks::Impl::spread(const std::vector<at::Tensor>& tensors) { forBuckets(tensors, false); }

std::int64_t Ranks::Impl::largest(std::int64_t mine) {
  std::vector<at::Tensor> one{at::full({1}, mine, at::TensorOptions{at::kLong})};
  c10d::AllreduceOptions options;
  options.reduceOp = c10d::ReduceOp::MAX;
  carried([&] { return gloo_->allreduce(one, options)->wait(); });
  return one[0].item<std::int64_t>();
}

std::string Ranks::Impl::fromFirst(std::string bytes) {
  std::vector<at::Tensor> length{at::full({1}, static_cast<std::int64_t>(bytes.size()), at::TensorOptions{at::kLong})};
  carried([&] { return gloo_->broadcast(length)->wait(); });
  bytes.resize(static_cast<std::size_t>(length[0].item<std::int64_t>()));
  if (bytes.empty()) return bytes;
  std::vector<at::Tensor> view{at::from_blob(bytes.data(), {static_cast<std::int64_t>(bytes.size())}, at::TensorOptions{at::kByte})};
  carried([&] { return gloo_->broadcast(view)->wait(); });
  return bytes;
}

Ranks::Ranks(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Ranks::~Ranks() = default;

Result<std::shared_ptr<Ranks>> Ranks::join(const Seat& seat) {
  if (seat.size < 2 || seat.rank < 0 || seat.rank >= seat.size)
    return fail(badSeat(std::to_string(seat.rank) + "/" + std::to_string(seat.size)));
  if (!soundStore(seat.store)) return fail(badSeat(seat.store));
  const auto away = [](const std::exception& thrown) {
    const std::string_view what{thrown.what()};
    return Error{ErrorKind::Unreachable,
                 "ranks.join",
                 TR("torch", "The other processes of this training did not come: {what}").with("what", what.substr(0, what.find('\n'))),
                 TR("torch", "See the logs of the attempt, then run again."),
                 {}};
  };
  return patchbay::caught([&] { return std::shared_ptr<Ranks>{new Ranks{std::make_unique<Impl>(seat)}}; }, away);
}

Result<std::shared_ptr<Ranks>> Ranks::fromEnvironment() {
  const auto size = numberIn("PATCHBAY_WORLD");
  if (!size || *size == 1) return nullptr;
  const auto textOf = [](const char* name) { return std::string{std::getenv(name) ? std::getenv(name) : ""}; };
  Seat seat{
      .rank = numberIn("PATCHBAY_RANK").value_or(-1), .size = *size, .store = textOf("PATCHBAY_STORE"), .host = textOf("PATCHBAY_HOST")};
  if (const auto seconds = numberIn("PATCHBAY_RANKS_TIMEOUT"); seconds && *seconds > 0) seat.timeout = std::chrono::seconds{*seconds};
  return join(seat);
}

int Ranks::rank() const { return impl_->seat.rank; }
int Ranks::size() const { return impl_->seat.size; }
Result<> Ranks::wait() {
  return caught([&] { (void)impl_->largest(0); });
}
Result<std::int64_t> Ranks::largest(std::int64_t mine) {
  return caught([&] { return impl_->largest(mine); });
}
Result<std::string> Ranks::fromFirst(std::string bytes) {
  return caught([&] { return impl_->fromFirst(std::move(bytes)); });
}

}  // namespace patchbay::torch
