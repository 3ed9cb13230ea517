// SPDX-License-Identifier: Apache-2.0
#include "engine/net/pickle.h"

#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <optional>

#include "engine/base/value.h"

namespace patchbay::net::pickle {
namespace {
constexpr std::array<std::pair<std::string_view, DType>, 10> storageTypes{{{"torch.FloatStorage", DType::F32},
                                                                           {"torch.HalfStorage", DType::F16},
                                                                           {"torch.BFloat16Storage", DType::BF16},
                                                                           {"torch.DoubleStorage", DType::F64},
                                                                           {"torch.CharStorage", DType::I8},
                                                                           {"torch.ShortStorage", DType::I16},
                                                                           {"torch.IntStorage", DType::I32},
                                                                           {"torch.LongStorage", DType::I64},
                                                                           {"torch.ByteStorage", DType::U8},
                                                                           {"torch.BoolStorage", DType::Bool}}};
constexpr std::array<std::string_view, 5> callables{"collections.OrderedDict", "torch.Size", "torch._utils._rebuild_tensor",
                                                    "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter"};
// One node costs about 100 bytes and at least one byte of input; real checkpoints stay below a hundred thousand.
constexpr std::size_t maxNodes = 20'000'000;

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::BadInput, "pth.damaged", TR("net", "This is not a readable PyTorch file: {what}.").with("what", what),
              TR("net", "Fetch the file again, or save it anew with torch.save(model.state_dict(), path)."));
}

std::optional<DType> storageType(std::string_view name) {
  for (const auto& [global, dtype] : storageTypes)
    if (global == name) return dtype;
  return std::nullopt;
}

Result<Shape> integers(Ref node) {
  const auto* sequence = node->as<Sequence>();
  if (!sequence) return damaged("a tensor without a shape");
  Shape out;
  for (const Ref item : sequence->items) {
    const auto* value = item->as<std::int64_t>();
    if (!value || *value < 0) return damaged("a tensor with a bad shape");
    out.push_back(*value);
  }
  return out;
}

class Machine {
 public:
  Machine(std::string_view& bytes, Arena& arena) : bytes_{bytes}, arena_{arena} {}

  Result<Ref> run() {
    for (;;) {
      PB_TRY(const auto opcode, number<std::uint8_t>());
      if (opcode == '.') return pop();
      if (arena_.size() > maxNodes) return damaged("it holds too many objects");
      PB_CHECK(step(opcode));
    }
  }

 private:
  Result<> step(std::uint8_t opcode) {
    switch (opcode) {
      case 0x80:  // PROTO
        return protocol();
      case 0x95:  // FRAME: a hint about buffering only
        return take(8).map([](auto) {});
      case '(':
        marks_.push_back(stack_.size());
        return {};
      case '0':  // POP
        return pop().map([](auto) {});
      case 'N':
        return push(std::monostate{});
      case 0x88:
        return push(true);
      case 0x89:
        return push(false);
      case ')':
      case ']':
        return push(Sequence{});
      case '}':
        return push(Dict{});
      case 'c':
        return global();
      case 0x93:
        return stackGlobal();
      case 'R':
        return reduce();
      case 'b':  // BUILD: the attributes of a container (torch keeps "_metadata" there) are not needed
        return build();
      case 'Q':
        return persistent();
      default:
        break;
    }
    if (auto done = literal(opcode)) return *done;
    if (auto done = container(opcode)) return *done;
    if (auto done = memo(opcode)) return *done;
    return fail(ErrorKind::Unsupported, "pth.opcode",
                TR("net", "The file's pickle uses operation {opcode}, which weights do not need.").with("opcode", std::int64_t{opcode}),
                TR("net", "Save the weights alone, with torch.save(model.state_dict(), path) or as safetensors."));
  }

  std::optional<Result<>> literal(std::uint8_t opcode) {
    switch (opcode) {
      case 'J':
        return number<std::int32_t>().and_then([&](auto v) { return push(std::int64_t{v}); });
      case 'K':
        return number<std::uint8_t>().and_then([&](auto v) { return push(std::int64_t{v}); });
      case 'M':
        return number<std::uint16_t>().and_then([&](auto v) { return push(std::int64_t{v}); });
      case 0x8A:
        return longInteger();
      case 'G':
        return bigEndianDouble();
      case 'X':  // BINUNICODE
      case 'B':  // BINBYTES
      case 'T':  // BINSTRING
        return number<std::uint32_t>().and_then([&](auto n) { return text(n); });
      case 0x8C:  // SHORT_BINUNICODE
      case 'C':   // SHORT_BINBYTES
      case 'U':   // SHORT_BINSTRING
        return number<std::uint8_t>().and_then([&](auto n) { return text(n); });
      default:
        return std::nullopt;
    }
  }

  std::optional<Result<>> container(std::uint8_t opcode) {
    switch (opcode) {
      case 't':
        return popMark().and_then([&](auto items) { return push(Sequence{std::move(items)}); });
      case 0x85:
      case 0x86:
      case 0x87:
        return smallTuple(opcode - 0x84u);
      case 'a':
        return pop().and_then([&](Ref item) { return append({item}); });
      case 'e':
        return popMark().and_then([&](auto items) { return append(std::move(items)); });
      case 's':
        return pop().and_then([&](Ref value) { return pop().and_then([&](Ref key) { return setItems({key, value}); }); });
      case 'u':
        return popMark().and_then([&](auto items) { return setItems(std::move(items)); });
      default:
        return std::nullopt;
    }
  }

  std::optional<Result<>> memo(std::uint8_t opcode) {
    switch (opcode) {
      case 'q':
        return number<std::uint8_t>().and_then([&](auto at) { return remember(at); });
      case 'r':
        return number<std::uint32_t>().and_then([&](auto at) { return remember(at); });
      case 0x94:
        return remember(static_cast<std::uint32_t>(memo_.size()));
      case 'h':
        return number<std::uint8_t>().and_then([&](auto at) { return recall(at); });
      case 'j':
        return number<std::uint32_t>().and_then([&](auto at) { return recall(at); });
      default:
        return std::nullopt;
    }
  }

  Result<> protocol() {
    PB_TRY(const auto version, number<std::uint8_t>());
    if (version < 2 || version > 5) return damaged("pickle protocol " + std::to_string(version));
    return {};
  }

  Result<> longInteger() {
    PB_TRY(const auto size, number<std::uint8_t>());
    PB_TRY(const auto raw, take(size));
    // Longer ones only occur as the magic number of old files, whose value the caller checks in the bytes.
    std::int64_t value = !raw.empty() && (static_cast<std::uint8_t>(raw.back()) & 0x80) != 0 ? -1 : 0;
    std::memcpy(&value, raw.data(), std::min<std::size_t>(raw.size(), sizeof value));
    return push(value);
  }

  Result<> bigEndianDouble() {
    PB_TRY(const auto bits, number<std::uint64_t>());
    return push(std::bit_cast<double>(__builtin_bswap64(bits)));
  }

  Result<> text(std::size_t size) {
    PB_TRY(const auto raw, take(size));
    return push(std::string{raw});
  }

  Result<> smallTuple(std::size_t size) {
    Sequence tuple;
    tuple.items.resize(size);
    for (std::size_t i = size; i-- > 0;) {
      PB_TRY(tuple.items[i], pop());
    }
    return push(std::move(tuple));
  }

  Result<> append(std::vector<Ref> items) {
    auto* list = stack_.empty() ? nullptr : stack_.back()->as<Sequence>();
    if (!list) return damaged("an append to something that is no list");
    list->items.insert(list->items.end(), items.begin(), items.end());
    return {};
  }

  Result<> setItems(std::vector<Ref> items) {
    auto* dict = stack_.empty() ? nullptr : stack_.back()->as<Dict>();
    if (!dict || items.size() % 2 != 0) return damaged("an entry for something that is no dictionary");
    for (std::size_t i = 0; i < items.size(); i += 2) dict->items.emplace_back(items[i], items[i + 1]);
    return {};
  }

  Result<> global() {
    PB_TRY(const auto module, line());
    PB_TRY(const auto name, line());
    return admit(std::string{module} + "." + std::string{name});
  }

  Result<> stackGlobal() {
    PB_TRY(const Ref name, pop());
    PB_TRY(const Ref module, pop());
    if (!name->as<std::string>() || !module->as<std::string>()) return damaged("a global without a name");
    return admit(*module->as<std::string>() + "." + *name->as<std::string>());
  }

  Result<> admit(std::string name) {
    bool known = storageType(name).has_value();
    for (const auto callable : callables) known |= callable == name;
    if (known) return push(Global{std::move(name)});
    return fail(
        ErrorKind::Unsupported, "pth.global",
        TR("net", "The file wants to use {name} while it is read. Patchbay runs nothing that a weight file brings, so it was not read.")
            .with("name", displayText(name)),
        TR("net", "If you trust its origin, load it in Python and save the weights alone, with torch.save(model.state_dict(), path)."));
  }

  Result<> reduce() {
    PB_TRY(const Ref arguments, pop());
    PB_TRY(const Ref function, pop());
    const auto* called = function->as<Global>();
    const auto* given = arguments->as<Sequence>();
    if (!called || !given) return damaged("a call of something that is no function");
    if (called->name == "collections.OrderedDict") {
      if (!given->items.empty()) return damaged("an OrderedDict made from arguments");
      return push(Dict{});
    }
    if (called->name == "torch.Size") {
      if (given->items.size() != 1 || !given->items[0]->as<Sequence>()) return damaged("a torch.Size of no tuple");
      return push(*given->items[0]->as<Sequence>());
    }
    if (called->name == "torch._utils._rebuild_parameter") {
      if (given->items.empty() || !given->items[0]->as<TensorRef>()) return damaged("a parameter without a tensor");
      return push(*given->items[0]->as<TensorRef>());
    }
    if (storageType(called->name)) return damaged("a storage called as a function");
    return rebuildTensor(given->items);
  }

  Result<> rebuildTensor(const std::vector<Ref>& arguments) {
    if (arguments.size() < 4 || !arguments[0]->as<StorageRef>() || !arguments[1]->as<std::int64_t>())
      return damaged("a tensor without storage");
    TensorRef tensor;
    tensor.storage = *arguments[0]->as<StorageRef>();
    tensor.offset = *arguments[1]->as<std::int64_t>();
    PB_TRY(tensor.shape, integers(arguments[2]));
    PB_TRY(tensor.strides, integers(arguments[3]));
    if (tensor.offset < 0 || tensor.shape.size() != tensor.strides.size()) return damaged("a tensor with bad strides");
    return push(std::move(tensor));
  }

  Result<> build() {
    PB_TRY([[maybe_unused]] const Ref state, pop());
    if (stack_.empty() || !stack_.back()->as<Dict>()) return damaged("attributes for something that is no dictionary");
    return {};
  }

  /// ("storage", type, key, device, element count[, view]).
  Result<> persistent() {
    PB_TRY(const Ref id, pop());
    const auto* fields = id->as<Sequence>();
    if (!fields || fields->items.size() < 5) return damaged("a storage without a name");
    const auto& items = fields->items;
    const auto* kind = items[0]->as<std::string>();
    const auto* type = items[1]->as<Global>();
    const auto* key = items[2]->as<std::string>();
    const auto* count = items[4]->as<std::int64_t>();
    if (!kind || *kind != "storage" || !type || !key || !count || *count < 0) return damaged("a storage without a name");
    const auto dtype = storageType(type->name);
    if (!dtype) return damaged("a storage of an unknown type");
    StorageRef storage{*key, *dtype, 0, *count};
    if (items.size() > 5 && !items[5]->as<std::monostate>()) return damaged("a storage that is a view of another");
    return push(std::move(storage));
  }

  Result<> remember(std::uint32_t at) {
    if (stack_.empty()) return damaged("a reference to nothing");
    memo_[at] = stack_.back();
    return {};
  }

  Result<> recall(std::uint32_t at) {
    const auto found = memo_.find(at);
    if (found == memo_.end()) return damaged("a reference to nothing");
    stack_.push_back(found->second);
    return {};
  }

  template <class T>
  Result<> push(T value) {
    arena_.push_back(Node{std::move(value)});
    stack_.push_back(&arena_.back());
    return {};
  }

  Result<Ref> pop() {
    // Nothing below the newest mark may be taken: that belongs to an unfinished container.
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) return damaged("its stack is empty");
    const Ref top = stack_.back();
    stack_.pop_back();
    return top;
  }

  Result<std::vector<Ref>> popMark() {
    if (marks_.empty()) return damaged("a container that never began");
    const auto from = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<Ref> items(from, stack_.end());
    stack_.erase(from, stack_.end());
    marks_.pop_back();
    return items;
  }

  Result<std::string_view> take(std::size_t size) {
    if (size > bytes_.size()) return damaged("it ends in the middle");
    const auto out = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return out;
  }

  template <class T>
  Result<T> number() {
    PB_TRY(const auto raw, take(sizeof(T)));
    T out;
    std::memcpy(&out, raw.data(), sizeof out);
    return out;
  }

  Result<std::string_view> line() {
    const auto end = bytes_.find('\n');
    if (end == std::string_view::npos) return damaged("it ends in the middle");
    const auto out = bytes_.substr(0, end);
    bytes_.remove_prefix(end + 1);
    return out;
  }

  std::string_view& bytes_;
  Arena& arena_;
  std::vector<Ref> stack_;
  std::vector<std::size_t> marks_;
  std::map<std::uint32_t, Ref> memo_;
};
}  // namespace

Result<Ref> read(std::string_view& bytes, Arena& arena) { return Machine{bytes, arena}.run(); }

}  // namespace patchbay::net::pickle
