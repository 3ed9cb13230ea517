// SPDX-License-Identifier: Apache-2.0
#include "engine/openvino/runner.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <openvino/openvino.hpp>

#include "engine/base/caught.h"
#include "engine/base/processor.h"

namespace patchbay::openvino {
namespace {

Error failed(std::string_view what) {
  const auto line = what.substr(0, what.find('\n'));
  if (what.find("bad_alloc") != what.npos || what.find("allocate") != what.npos)
    return {ErrorKind::OutOfMemory, "openvino.memory", TR("openvino", "There is not enough memory to run this network."),
            TR("openvino", "Choose a smaller network or smaller pictures."), std::string{line}};
  return {ErrorKind::Internal,
          "openvino.failed",
          TR("openvino", "OpenVINO failed: {message}").with("message", line),
          TR("openvino", "Please report this together with the model."),
          {}};
}

Error badModel(Text cause) {
  return {ErrorKind::BadInput,
          "onnx.model",
          std::move(cause),
          TR("openvino", "Use a model with one picture input, a free batch in front and fixed extents behind."),
          {}};
}

/// Runs `f` and turns what it throws into an Error.
template <class F>
auto caught(F&& f) {
  return patchbay::caught(std::forward<F>(f), [](const std::exception& e) { return failed(e.what()); });
}

std::int64_t elements(const net::Shape& shape) {
  std::int64_t n = 1;
  for (const auto extent : shape) n *= extent;
  return n;
}

/// The port without its batch; fails unless everything behind the batch is fixed.
Result<Port> portOf(const ov::Output<const ov::Node>& node) {
  const auto& shape = node.get_partial_shape();
  const std::string name = node.get_any_name();
  if (node.get_element_type() != ov::element::f32)
    return fail(badModel(TR("openvino", "\"{name}\" does not hold floating point numbers.").with("name", name)));
  if (shape.rank().is_dynamic() || shape.size() < 1) return fail(badModel(TR("openvino", "\"{name}\" has no batch.").with("name", name)));
  Port port{name, {}};
  for (std::size_t i = 1; i < shape.size(); ++i) {
    if (shape[i].is_dynamic()) return fail(badModel(TR("openvino", "\"{name}\" has extents that are not fixed.").with("name", name)));
    port.shape.push_back(shape[i].get_length());
  }
  return port;
}

/// What makes OpenVINO compute a node in float inside a bfloat16 network. Its class is not in the public headers, but the format
/// of OpenVINO's files knows it by name, so it is taken from the smallest network that has it.
ov::RTMap keepsFloat(ov::Core& core) {
  const auto network = core.read_model(R"(<net name="n" version="11"><layers>
<layer id="0" name="x" type="Parameter" version="opset1"><data shape="1" element_type="f32"/>
<output><port id="0" precision="FP32"><dim>1</dim></port></output></layer>
<layer id="1" name="y" type="ReLU" version="opset1"><rt_info><attribute name="precise" version="0"/></rt_info>
<input><port id="0" precision="FP32"><dim>1</dim></port></input><output><port id="1" precision="FP32"><dim>1</dim></port></output></layer>
<layer id="2" name="z" type="Result" version="opset1"><input><port id="0" precision="FP32"><dim>1</dim></port></input></layer>
</layers><edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/>
<edge from-layer="1" from-port="1" to-layer="2" to-port="0"/></edges></net>)",
                                       ov::Tensor{});
  for (const auto& node : network->get_ordered_ops())
    if (node->get_friendly_name() == "y") return node->get_rt_info();
  return {};
}

/// Keeps in float what works on maps of at least an eighth of the picture's side: rounding there costs most of the likeness of
/// the features and saves little time. EfficientNet-Lite0 on 64 solar cells, cosine to float's features at the worst and
/// processor time: everything in bfloat16 .988 and 4.9 ms, this way .9992 and 6.4 ms, float 8.7 ms.
void keepFineMapsInFloat(ov::Core& core, ov::Model& graph) {
  const auto mark = keepsFloat(core);
  if (mark.empty()) throw std::runtime_error{"this OpenVINO has no name for nodes that stay in float"};
  const auto& picture = graph.input().get_partial_shape();
  if (picture.size() != 4) return;
  for (const auto& node : graph.get_ordered_ops()) {
    if (node->get_output_size() != 1) continue;
    const auto& shape = node->get_output_partial_shape(0);
    if (shape.is_dynamic() || shape.size() != 4 || shape[0] != picture[0]) continue;
    if (shape[2].get_length() * 8 < picture[2].get_length() || shape[3].get_length() * 8 < picture[3].get_length()) continue;
    for (const auto& [name, value] : mark) node->get_rt_info()[name] = value;
  }
}

struct Slot {
  ov::InferRequest request;
  std::int64_t count = 0;  ///< Pictures in it; 0 = idle.
};

}  // namespace

struct CpuModel::Impl {
  RunnerOptions options;
  ov::Core core;
  ov::CompiledModel model;
  Port input;
  std::vector<Port> outputs;
  std::vector<Slot> slots;

  std::span<float> inputOf(Slot& slot) {
    return {slot.request.get_input_tensor().data<float>(), static_cast<std::size_t>(elements(input.shape) * options.batch)};
  }
  void fill(Slot& slot, std::int64_t count) {
    auto all = inputOf(slot);
    std::fill(all.begin() + elements(input.shape) * count, all.end(), 0.f);
    slot.count = count;
  }
  void start(Slot& slot, std::int64_t count) {
    fill(slot, count);
    slot.request.start_async();
  }
  /// The rows of a finished request that belong to pictures.
  std::vector<std::span<const float>> rowsOf(Slot& slot) {
    std::vector<std::span<const float>> rows;
    for (std::size_t i = 0; i < outputs.size(); ++i)
      rows.emplace_back(slot.request.get_output_tensor(i).data<float>(), static_cast<std::size_t>(elements(outputs[i].shape) * slot.count));
    return rows;
  }
  Result<> load(std::string_view onnx);
};

Result<> CpuModel::Impl::load(std::string_view onnx) {
  auto read = caught([&] { return core.read_model(std::string{onnx}, ov::Tensor{}); });
  if (!read) {
    auto error = badModel(TR("openvino", "The ONNX model cannot be read."));
    error.where = render(read.error().cause);
    return fail(std::move(error));
  }
  const auto graph = *read;
  if (graph->inputs().size() != 1)
    return fail(badModel(TR("openvino", "The model has {n} input(s).").count(static_cast<std::int64_t>(graph->inputs().size()))));
  const auto given = graph->input().get_partial_shape();
  if (given.rank().is_dynamic() || given.size() < 2) return fail(badModel(TR("openvino", "The model's input has no batch.")));
  auto wanted = given;
  wanted[0] = options.batch;
  if (!given.compatible(wanted))
    return fail(badModel(TR("openvino", "The model takes {n} picture(s) at a time, and no other number.").count(given[0].get_length())));
  PB_CHECK(caught([&] { graph->reshape(wanted); }));
  const bool half = options.precision == Precision::Bfloat16IfFast && bfloat16InHardware();
  const int streams = options.streams > 0 ? std::min(options.streams, options.threads) : options.threads;
  PB_CHECK(caught([&] {
    if (half) keepFineMapsInFloat(core, *graph);
    model = core.compile_model(
        graph, "CPU",
        ov::AnyMap{ov::inference_num_threads(options.threads), ov::num_streams(ov::streams::Num{streams}),
                   ov::hint::inference_precision(half ? ov::element::bf16 : ov::element::f32),
                   ov::hint::execution_mode(half ? ov::hint::ExecutionMode::PERFORMANCE : ov::hint::ExecutionMode::ACCURACY),
                   ov::hint::enable_cpu_pinning(false), ov::cache_dir("")});
  }));
  PB_TRY(input, portOf(model.input()));
  for (const auto& node : model.outputs()) {
    PB_TRY(auto port, portOf(node));
    if (node.get_shape()[0] != static_cast<std::size_t>(options.batch))
      return fail(badModel(TR("openvino", "\"{name}\" does not give one row for each picture.").with("name", port.name)));
    outputs.push_back(std::move(port));
  }
  const int requests = options.requests > 0 ? options.requests : streams + 1;
  return caught([&] {
    for (int i = 0; i < requests; ++i) slots.push_back({model.create_infer_request()});
  });
}

CpuModel::CpuModel(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
CpuModel::CpuModel(CpuModel&&) noexcept = default;
CpuModel& CpuModel::operator=(CpuModel&&) noexcept = default;
CpuModel::~CpuModel() = default;

Result<CpuModel> CpuModel::fromOnnx(std::string_view onnx, const RunnerOptions& options) {
  if (options.threads < 1 || options.batch < 1 || options.streams < 0 || options.requests < 0)
    return fail(ErrorKind::Usage, "openvino.options", TR("openvino", "Threads and batch count from 1 up."),
                TR("openvino", "Change this setting."));
  PB_TRY(auto impl, caught([] { return std::make_unique<Impl>(); }));
  impl->options = options;
  PB_CHECK(impl->load(onnx));
  return CpuModel{std::move(impl)};
}

const Port& CpuModel::input() const { return impl_->input; }
const std::vector<Port>& CpuModel::outputs() const { return impl_->outputs; }
const RunnerOptions& CpuModel::options() const { return impl_->options; }
std::string CpuModel::precision() const { return impl_->model.get_property(ov::hint::inference_precision).to_string(); }

Result<std::vector<net::Tensor>> CpuModel::infer(std::span<const float> inputs, std::int64_t count) {
  const auto each = elements(impl_->input.shape);
  if (count < 1 || static_cast<std::int64_t>(inputs.size()) != each * count)
    return fail(ErrorKind::Internal, "openvino.batch", TR("openvino", "A batch does not have the size the network expects."),
                TR("openvino", "Please report this together with the pipeline."));
  std::vector<std::vector<float>> rows(impl_->outputs.size());
  std::int64_t taken = 0;
  PB_CHECK(run(
      [&](std::span<float> to, std::int64_t capacity) -> Result<std::int64_t> {
        const auto n = std::min(capacity, count - taken);
        std::copy_n(inputs.begin() + taken * each, n * each, to.begin());
        taken += n;
        return n;
      },
      [&](std::int64_t, std::int64_t, std::span<const std::span<const float>> out) -> Result<> {
        for (std::size_t i = 0; i < out.size(); ++i) rows[i].insert(rows[i].end(), out[i].begin(), out[i].end());
        return {};
      }));
  std::vector<net::Tensor> tensors;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    net::Shape shape{count};
    shape.insert(shape.end(), impl_->outputs[i].shape.begin(), impl_->outputs[i].shape.end());
    tensors.emplace_back(std::move(shape), std::move(rows[i]));
  }
  return tensors;
}

std::span<float> CpuModel::room() { return impl_->inputOf(impl_->slots.front()); }

Result<std::vector<std::span<const float>>> CpuModel::compute(std::int64_t count) {
  assert(count >= 1 && count <= impl_->options.batch);
  auto& slot = impl_->slots.front();
  impl_->fill(slot, count);
  PB_CHECK(caught([&] { slot.request.infer(); }));
  auto rows = impl_->rowsOf(slot);
  slot.count = 0;
  return rows;
}

Result<std::int64_t> CpuModel::run(const Source& source, const Sink& sink) {
  std::int64_t delivered = 0;
  Result<> problem;
  bool more = true;
  const auto collect = [&](Slot& slot) {
    if (slot.count == 0) return;
    auto waited = caught([&] { slot.request.wait(); });
    if (problem && !waited) problem = waited;
    if (problem) problem = sink(delivered, slot.count, impl_->rowsOf(slot));
    if (problem) delivered += slot.count;
    slot.count = 0;
  };
  // Slots are used in turn, so that results come in source order.
  for (std::size_t turn = 0; more && problem; turn = (turn + 1) % impl_->slots.size()) {
    auto& slot = impl_->slots[turn];
    collect(slot);
    if (!problem) break;
    const auto count = source(impl_->inputOf(slot), impl_->options.batch);
    if (!count) problem = fail(count.error());
    else if (*count <= 0) more = false;
    else problem = caught([&] { impl_->start(slot, std::min(*count, impl_->options.batch)); });
    if (problem && more) continue;
    // The rest, oldest first; after a failure they are only waited for.
    for (std::size_t i = 1; i < impl_->slots.size(); ++i) collect(impl_->slots[(turn + i) % impl_->slots.size()]);
    break;
  }
  for (auto& slot : impl_->slots) collect(slot);
  if (!problem) return fail(std::move(problem).error());
  return delivered;
}

std::string openvinoVersion() { return ov::get_openvino_version().buildNumber; }

}  // namespace patchbay::openvino
