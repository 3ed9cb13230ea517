// SPDX-License-Identifier: Apache-2.0
#pragma once
// RapidCheck generators of values and of pipelines, valid and otherwise.
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "tests/support/test_blocks.h"

namespace patchbay::test {

/// Any JSON value, `depth` levels deep, with keys a pipeline uses among them.
inline rc::Gen<Value> anyValue(int depth) {
  using namespace rc;
  const auto word = gen::element<std::string>("version", "nodes", "links", "groups", "notes", "id", "name", "type", "params", "pos", "mode",
                                              "from", "to", "kind", "axes", "values", "count", "bind", "title", "", "太阳", "a.b",
                                              "for-each", "mute", "test.probe", "test.split", "x\ny");
  const auto scalar = gen::oneOf(
      gen::just(Value{}), gen::map(gen::arbitrary<bool>(), [](bool v) { return Value{v}; }),
      gen::map(gen::inRange<std::int64_t>(-3, 20), [](std::int64_t v) { return Value{v}; }),
      gen::map(gen::inRange(-1000, 1000), [](int v) { return Value{v / 7.0}; }), gen::map(word, [](std::string v) { return Value{v}; }),
      gen::element(Value{Value::Literal{"1.0e2"}}, Value{Value::Literal{"99999999999999999999999"}}, Value{Value::Literal{"1e-999"}}));
  if (depth == 0) return scalar;
  const auto inner = anyValue(depth - 1);
  return gen::oneOf(
      scalar, gen::map(gen::resize(5, gen::container<std::vector<Value>>(inner)), [](std::vector<Value> v) { return Value{std::move(v)}; }),
      gen::map(gen::resize(6, gen::container<std::vector<std::pair<std::string, Value>>>(gen::pair(word, inner))), [](const auto& pairs) {
        Value out{Value::Map{}};
        for (const auto& [key, value] : pairs) out[key] = value;
        return out;
      }));
}

/// A pipeline file as another program might write it: known structure, unknown fields and blocks everywhere.
inline Value foreignFile() {
  using namespace rc;
  const auto extra = [](Value& map) {
    if (*gen::arbitrary<bool>()) map["future"] = *anyValue(2);
  };
  const auto id = gen::element<std::string>("a", "b", "c", "d");
  Value file{Value::Map{{"version", 1}, {"nodes", Value::List{}}, {"links", Value::List{}}, {"groups", Value::List{}}}};
  extra(file);
  const auto nodes = *gen::inRange(0, 6);
  for (int i = 0; i < nodes; ++i) {
    Value node{Value::Map{{"id", *id},
                          {"type", *gen::element<std::string>("test.split", "test.probe", "test.compare", "test.augment", "alien.block")},
                          {"type_version", *gen::inRange(1, 4)}}};
    if (*gen::arbitrary<bool>()) node["name"] = *gen::element<std::string>("n", "m", "probe", "has space");
    if (*gen::arbitrary<bool>()) node["params"] = Value{Value::Map{{"rate", *anyValue(1)}, {"future", *anyValue(2)}}};
    if (*gen::arbitrary<bool>()) node["pos"] = Value::List{*gen::inRange(-9, 9), 1.5};
    if (*gen::arbitrary<bool>()) node["mode"] = *gen::element<std::string>("normal", "bypass", "mute");
    extra(node);
    file["nodes"].push(std::move(node));
  }
  const auto port = gen::element<std::string>("data", "out", "split", "report", "reports", "embedding", "odd");
  const auto links = *gen::inRange(0, 8);
  for (int i = 0; i < links; ++i) {
    Value link{Value::Map{{"from", Value::List{*id, *port}}, {"to", Value::List{*id, *port}}}};
    extra(link);
    file["links"].push(std::move(link));
  }
  const auto groups = *gen::inRange(0, 4);
  for (int i = 0; i < groups; ++i) {
    Value group{Value::Map{{"id", "g" + std::to_string(i)},
                           {"kind", *gen::element<std::string>("frame", "for-each")},
                           {"nodes", Value::List{*id, *id, "g" + std::to_string(*gen::inRange(0, 4))}}}};
    Value axis{Value::Map{{"name", *gen::element<std::string>("seed", "fold", "")},
                          {"values", *gen::element(Value{Value::List{}}, Value{Value::List{1, 2}}, Value{Value::List{"x", nullptr}})},
                          {"bind", Value::List{*gen::element<std::string>("n.fold", "m.rate", "split.seed", "x", "")}}}};
    if (*gen::arbitrary<bool>()) axis["together"] = true;
    extra(axis);
    group["axes"].push(std::move(axis));
    file["groups"].push(std::move(group));
  }
  return file;
}

/// A valid pipeline of augment and split blocks in random order, some of them in a loop, one compare at the end.
inline Document validDocument() {
  using namespace rc;
  auto d = Document::create("random");
  d.id = "random";
  add(d, "folder", "test.folder", Value::Map{{"folder", "pictures"}});
  std::vector<std::string> made{"folder.data"};
  const auto count = *gen::inRange(1, 12);
  Group loop{"loop", "", GroupKind::ForEach, {}, {}, {}};
  for (int i = 0; i < count; ++i) {
    const auto name = "n" + std::to_string(i);
    const bool split = *gen::arbitrary<bool>();
    // What comes after a loop may only be in it: the toy blocks take one dataset.
    const bool inside = !loop.nodes.empty() || *gen::weightedElement<bool>({{3, false}, {1, true}});
    add(d, name, split ? "test.split" : "test.augment",
        split ? Value::Map{{"fold", *gen::inRange(0, 5)}} : Value::Map{{"amount", *gen::inRange(0, 9) / 8.0}});
    link(d, made[static_cast<std::size_t>(*gen::inRange(0, static_cast<int>(made.size())))], name + ".data");
    made.push_back(name + (split ? ".split" : ".out"));
    if (inside) loop.nodes.push_back(name);
    if (!split && *gen::weightedElement<bool>({{4, false}, {1, true}})) (void)d.setMode({name}, NodeMode::Bypass);
  }
  if (!loop.nodes.empty()) {
    loop.axes.push_back({"seed", {1, 2, 3}, {}, {}, {}});
    loop.axes.push_back({"k", {}, *gen::inRange<std::int64_t>(1, 4), {}, {}});
    (void)d.setGroup(std::move(loop));
  }
  return d;
}

}  // namespace patchbay::test
