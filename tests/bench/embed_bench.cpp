// SPDX-License-Identifier: Apache-2.0
// Processor time of the Embed block beside that of its two unavoidable parts, on the same pictures and network:
//   embed_bench cpu WEIGHTS REPEATS PICTURE...   JSON lines {name, value, unit}, ms a picture: embed, decode, forward; and
//                                                load, ms a job: the block on a single picture
//   embed_bench onnx WEIGHTS FILE                writes the network that the block runs, for the peers
// The block runs in the context a worker gives it (item cache, pictures in a folder that was read in) with two threads. "decode" is the
// decoder alone, without resizing; "forward" is the network on inputs that are there already, without loading it.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "engine/net/builders.h"
#include "engine/net/model_port.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "plugins/support/pictures.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {

constexpr int threads = 2;

void print(const char* name, double value, const char* unit) {
  std::printf("%s\n", toJson(Value::Map{{"name", name}, {"value", value}, {"unit", unit}}).c_str());
  std::fflush(stdout);
}

double processorSeconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

template <class Work>
double processorSecondsOf(const Work& work) {
  const double before = processorSeconds();
  work();
  return processorSeconds() - before;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

net::Net backboneFrom(const std::string& weights) {
  auto net = must(net::loadBackbone("efficientnet_lite0", weights));
  net.preprocessing.resize = net::Resize::Stretch;
  net.preprocessing.scaledDecode = true;
  return net;
}

net::Net featuresOf(const net::Net& backbone) { return must(net::withoutHead(must(net::foldBatchNorm(backbone)))); }

struct Picture {
  std::string bytes;
  Digest digest;
  SeenFile file;
};

/// A folder of pictures as an import leaves it. Files given several times become pictures of their own: bytes after a picture's end do
/// not change it.
class Folder {
 public:
  explicit Folder(const std::vector<std::string>& files) {
    for (const auto& file : files) {
      const auto path = folder_.path() / std::to_string(pictures_.size());
      auto bytes = must(readFile(file)) + std::to_string(pictures_.size());
      must(writeFileAtomically(path, bytes));
      const auto digest = digestOf(bytes);
      pictures_.push_back({std::move(bytes), digest, {path}});
    }
    std::this_thread::sleep_for(std::chrono::seconds{4});
    for (auto& picture : pictures_) {
      picture.file.stamp = settledStampOf(picture.file.path);
      if (!picture.file.stamp) throw std::runtime_error{"the pictures do not settle"};
    }
  }
  std::span<const Picture> pictures() const { return pictures_; }

 private:
  test::TempFolder folder_;
  std::vector<Picture> pictures_;
};

double embed(const net::Net& backbone, std::span<const Picture> pictures) {
  BlockHarness block{"patchbay.backbone.embed"};  // A fresh one: nothing is cached.
  block.job().threads = threads;
  DatasetWriter writer{DatasetInfo{}};
  for (const auto& [bytes, digest, file] : pictures) {
    must(block.link().addSource(digest, file));
    writer.add({.id = makeItemId(digest.hex(), digest), .digest = digest, .size = static_cast<std::int64_t>(bytes.size())});
  }
  block.input<Dataset>("data", must(writer.finish(block.store()))).input("model", must(net::saveModel(block.store(), backbone)));
  bool ran = false;
  const double seconds = processorSecondsOf([&] { ran = block.run(); });
  if (!ran || block.itemsComputed() != static_cast<std::int64_t>(pictures.size())) throw std::runtime_error{block.problem()};
  return seconds;
}

double decodeAlone(const net::Net& net, std::span<const Picture> pictures) {
  const auto options = vision::decodeOptionsFor(must(blocks::preprocessOf(net)));
  std::atomic<std::size_t> next{0};
  std::atomic<int> failed{0};
  const auto work = [&] {
    for (std::size_t i; (i = next++) < pictures.size();)
      if (!vision::decode({reinterpret_cast<const std::uint8_t*>(pictures[i].bytes.data()), pictures[i].bytes.size()}, options)) ++failed;
  };
  const double seconds = processorSecondsOf([&] {
    std::vector<std::jthread> pool;
    for (int i = 0; i < threads; ++i) pool.emplace_back(work);
  });
  if (failed) throw std::runtime_error{"some pictures cannot be decoded"};
  return seconds;
}

double forwardAlone(openvino::CpuModel& model, std::int64_t count) {
  std::int64_t given = 0;
  return processorSecondsOf([&] {
    must(model.run(
        [&](std::span<float> inputs, std::int64_t capacity) -> Result<std::int64_t> {
          if (given == 0) std::ranges::fill(inputs, .5f);
          const auto n = std::min(capacity, count - given);
          given += n;
          return n;
        },
        [](std::int64_t, std::int64_t, std::span<const std::span<const float>>) -> Result<> { return {}; }));
  });
}

void benchProcessorTime(const std::string& weights, int repeats, const std::vector<std::string>& files) {
  const auto backbone = backboneFrom(weights);
  const auto features = featuresOf(backbone);
  const Folder folder{files};
  const auto pictures = folder.pictures();
  auto model = must(
      openvino::CpuModel::fromOnnx(must(net::toOnnx(features)), {.threads = threads, .precision = openvino::Precision::Bfloat16IfFast}));
  forwardAlone(model, 32);
  const auto some = pictures.first(std::min<std::size_t>(pictures.size(), 800));  // Enough for the parts.
  std::vector<double> whole, decoding, forward, load;
  for (int i = 0; i < repeats; ++i) {  // In turn: a machine that changes its pace does so for all.
    whole.push_back(embed(backbone, pictures) / static_cast<double>(pictures.size()));
    decoding.push_back(decodeAlone(backbone, some) / static_cast<double>(some.size()));
    forward.push_back(forwardAlone(model, static_cast<std::int64_t>(some.size())) / static_cast<double>(some.size()));
    load.push_back(embed(backbone, some.first(1)));
  }
  print("embed", median(whole) * 1e3, "ms");
  print("decode", median(decoding) * 1e3, "ms");
  print("forward", median(forward) * 1e3, "ms");
  print("load", median(load) * 1e3, "ms");
}

}  // namespace
}  // namespace patchbay::testing

int main(int argc, char** argv) try {
  using namespace patchbay;
  using namespace patchbay::testing;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "onnx") {
    must(writeFileAtomically(words[2], must(net::toOnnx(featuresOf(backboneFrom(words[1]))))));
    return 0;
  }
  if (words.size() >= 4 && words[0] == "cpu") {
    benchProcessorTime(words[1], std::max(1, std::atoi(words[2].c_str())), {words.begin() + 3, words.end()});
    return 0;
  }
  std::fputs("usage: embed_bench cpu WEIGHTS REPEATS PICTURE... | embed_bench onnx WEIGHTS FILE\n", stderr);
  return 2;
} catch (const std::exception& e) {
  std::fprintf(stderr, "embed_bench: %s\n", e.what());
  return 1;
}
