// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/loader.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <thread>

namespace patchbay::vision {

PictureBytes pictureBytes(std::string bytes) {
  auto owner = std::make_shared<const std::string>(std::move(bytes));
  return {{reinterpret_cast<const std::uint8_t*>(owner->data()), owner->size()}, owner};
}

class Loader::Pool {
 public:
  Pool(std::vector<std::size_t> items, ByteSource source, LoaderOptions options, const StopFlag* stop)
      : items_{std::move(items)}, source_{std::move(source)}, options_{std::move(options)}, stop_{stop} {
    assert(options_.batch >= 1);
    // Our threads are the parallelism; OpenCV's would only get in their way.
    cv::setNumThreads(1);
    const int n = std::max(1, options_.threads);
    for (int i = 0; i < n; ++i) threads_.emplace_back([this] { work(); });
  }

  ~Pool() {
    {
      const std::lock_guard lock{mutex_};
      ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& t : threads_) t.join();
  }

  Result<std::optional<Batch>> next() {
    std::unique_lock lock{mutex_};
    if (taken_ * options_.batch >= items_.size()) return std::optional<Batch>{};
    // A stop flag cannot wake anyone, so look at it now and then.
    while (!stopped() && !(!open_.empty() && open_.front().left == 0)) changed_.wait_for(lock, std::chrono::milliseconds{20});
    if (stopped())
      return fail(ErrorKind::Cancelled, "cancelled", TR("vision", "Reading the pictures was stopped."),
                  TR("vision", "Start it again to go on."));
    Batch batch = std::move(open_.front().batch);
    open_.pop_front();
    ++taken_;
    lock.unlock();
    changed_.notify_all();
    std::sort(batch.failed.begin(), batch.failed.end(), [](const ItemError& a, const ItemError& b) { return a.position < b.position; });
    return std::optional<Batch>{std::move(batch)};
  }

 private:
  struct Open {
    Batch batch;
    std::size_t left = 0;  ///< Pictures not done yet.
  };

  bool stopped() const { return stop_ && stop_->requested(); }
  bool mayStart() const { return position_ < items_.size() && position_ / options_.batch <= taken_ + options_.batchesAhead; }

  void work() {
    std::unique_lock lock{mutex_};
    while (true) {
      changed_.wait(lock, [this] { return ending_ || position_ >= items_.size() || mayStart(); });
      if (ending_ || stopped() || position_ >= items_.size()) return;
      const std::size_t position = position_++;
      if (position % options_.batch == 0) openBatch(position);
      lock.unlock();
      auto loaded = loadGuarded(items_[position]);
      lock.lock();
      // Batches are closed in order, and a batch stays open until its last picture is done.
      Open& open = open_[position / options_.batch - taken_];
      if (loaded) open.batch.pictures[position - open.batch.first] = std::move(*loaded);
      else open.batch.failed.push_back({position, std::move(loaded).error()});
      if (--open.left == 0) changed_.notify_all();
    }
  }

  void openBatch(std::size_t position) {
    Open open;
    open.batch.first = position;
    open.left = std::min(options_.batch, items_.size() - position);
    open.batch.pictures.resize(open.left);
    open_.push_back(std::move(open));
  }

  /// Whatever a source or a library throws belongs to this one picture.
  Result<Image> loadGuarded(std::size_t item) const {
    try {
      return load(item);
    } catch (const std::bad_alloc&) {
      return fail(ErrorKind::OutOfMemory, "picture.memory", TR("vision", "There is not enough memory to load the picture."),
                  TR("vision", "Use fewer threads or smaller batches."));
    } catch (const std::exception& e) {
      return fail(ErrorKind::Internal, "picture.load", TR("vision", "The picture could not be loaded: {why}.").with("why", e.what()),
                  TR("vision", "Leave the picture out and report it."));
    }
  }

  Result<Image> load(std::size_t item) const {
    PB_TRY(const PictureBytes picture, source_(item));
    PB_TRY(const Decoded decoded, decode(picture.bytes, decodeOptionsFor(options_.preprocess, options_.limits)));
    Image image = resizeForNet(decoded.image, options_.preprocess);
    // Grey stays one channel as long as nothing is to be done to its colours.
    if (!options_.recipe.empty()) image = augment(std::move(image), options_.recipe, {options_.seed, item, options_.epoch});
    return image;
  }

  const std::vector<std::size_t> items_;
  const ByteSource source_;
  const LoaderOptions options_;
  const StopFlag* stop_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Open> open_;  ///< Batches begun and not handed out, in order; the first is number taken_.
  std::size_t position_ = 0;
  std::size_t taken_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

Loader::Loader(std::vector<std::size_t> items, ByteSource source, LoaderOptions options, const StopFlag* stop)
    : pool_{std::make_unique<Pool>(std::move(items), std::move(source), std::move(options), stop)} {}
Loader::~Loader() = default;
Result<std::optional<Batch>> Loader::next() { return pool_->next(); }

}  // namespace patchbay::vision
