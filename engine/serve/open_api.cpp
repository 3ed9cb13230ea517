// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/routes.h"

namespace patchbay::serve {
namespace {

Value json(const char* schema) {
  return Value::Map{{"application/json", Value::Map{{"schema", Value::Map{{"$ref", std::string{"#/components/schemas/"} + schema}}}}}};
}

Value type(const char* name) { return Value::Map{{"type", name}}; }

Value listOf(Value items) { return Value::Map{{"type", "array"}, {"items", std::move(items)}}; }

Value reply(const char* description, Value content = {}) {
  Value out{Value::Map{{"description", description}}};
  if (!content.isNull()) out["content"] = std::move(content);
  return out;
}

Value errors() {
  Value out{Value::Map{}};
  for (const auto& [status, why] : {std::pair{"400", "The request cannot be understood"},
                                    {"401", "The token is missing or wrong"},
                                    {"403", "Another Host or Origin"},
                                    {"404", "No such model"},
                                    {"408", "The body came too slowly"},
                                    {"413", "The body or the picture is too large"},
                                    {"415", "The body is compressed"},
                                    {"422", "No picture could be read"},
                                    {"429", "Too many pictures are waiting; Retry-After says when to come again"},
                                    {"431", "The header is too long"}})
    out[status] = reply(why, json("Error"));
  return out;
}

Value schemas() {
  const Value error{Value::Map{
      {"type", "object"}, {"properties", Value::Map{{"code", type("string")}, {"message", type("string")}, {"hint", type("string")}}}}};
  const Value map{Value::Map{{"type", "object"},
                             {"properties", Value::Map{{"width", type("integer")},
                                                       {"height", type("integer")},
                                                       {"class", type("string")},
                                                       {"method", type("string")},
                                                       {"values", Value::Map{{"type", "string"},
                                                                             {"format", "byte"},
                                                                             {"description",
                                                                              "width * height bytes, row by row: 0 nothing, "
                                                                              "255 the most evidence for the class"}}}}}}};
  const Value unlike{Value::Map{
      {"type", "object"},
      {"description",
       "How unlike the training pictures it is; percentile: of familiar pictures that are more alike. Absent "
       "where the export does not know its pictures"},
      {"properties",
       Value::Map{
           {"score", type("number")}, {"threshold", type("number")}, {"percentile", type("number")}, {"warning", type("boolean")}}}}};
  const Value result{
      Value::Map{{"type", "object"},
                 {"properties", Value::Map{{"class", type("string")},
                                           {"probability", type("number")},
                                           {"scores", Value::Map{{"type", "object"}, {"additionalProperties", type("number")}}},
                                           {"logits", listOf(type("number"))},
                                           {"labels", listOf(type("string"))},
                                           {"unlike", unlike},
                                           {"heat_map", map},
                                           {"error", error}}}}};
  const Value model{Value::Map{{"type", "object"},
                               {"required", Value::List{"name"}},
                               {"properties", Value::Map{{"name", type("string")},
                                                         {"classes", listOf(type("string"))},
                                                         {"task", type("string")},
                                                         {"network", type("string")},
                                                         {"precision", type("string")},
                                                         {"digest", type("string")},
                                                         {"knows_its_pictures", type("boolean")},
                                                         {"problem", type("string")}}}}};
  return Value::Map{
      {"Error", Value::Map{{"type", "object"}, {"properties", Value::Map{{"error", error}}}}},
      {"Model", model},
      {"Models",
       Value::Map{{"type", "object"}, {"properties", Value::Map{{"models", listOf(Value::Map{{"$ref", "#/components/schemas/Model"}})}}}}},
      {"Pictures", Value::Map{{"type", "object"},
                              {"properties", Value::Map{{"pictures", listOf(Value::Map{{"type", "string"}, {"format", "byte"}})},
                                                        {"heat_map", type("boolean")},
                                                        {"class", type("string")}}}}},
      {"Predictions", Value::Map{{"type", "object"},
                                 {"properties", Value::Map{{"model", type("string")},
                                                           {"digest", type("string")},
                                                           {"milliseconds", type("number")},
                                                           {"results", listOf(result)}}}}}};
}

Value predict() {
  Value out{Value::Map{{"summary", "What is on pictures"}}};
  const auto parameter = [](const char* name, const char* in, const char* kind, bool required, const char* text) {
    return Value{Value::Map{{"name", name}, {"in", in}, {"required", required}, {"schema", type(kind)}, {"description", text}}};
  };
  out["parameters"] =
      Value::List{parameter("name", "path", "string", true, "Name of the model"),
                  parameter("heat_map", "query", "boolean", false, "Also where the evidence for the class lies"),
                  parameter("class", "query", "string", false, "The class the heat map is about; else the most probable one")};
  const Value file{Value::Map{{"type", "string"}, {"format", "binary"}}};
  const Value form{Value::Map{{"type", "object"}, {"properties", Value::Map{{"picture", listOf(file)}}}}};
  Value content = json("Pictures");
  content["multipart/form-data"] = Value::Map{{"schema", form}};
  for (const char* kind : {"image/*", "application/octet-stream"}) content[kind] = Value::Map{{"schema", file}};
  out["requestBody"] = Value::Map{{"required", true}, {"content", content}};
  out["responses"] = errors();
  out["responses"]["200"] = reply("One result a picture, in order", json("Predictions"));
  return out;
}

Value get(const char* summary, const char* description, Value content = {}) {
  return Value::Map{{"get", Value::Map{{"summary", summary}, {"responses", Value::Map{{"200", reply(description, std::move(content))}}}}}};
}

}  // namespace

std::string openApi(bool token) {
  Value out{Value::Map{{"openapi", "3.0.3"},
                       {"info", Value::Map{{"title", "Patchbay"}, {"version", "1"}, {"description", "Predictions of exported models."}}}}};
  out["paths"] = Value::Map{{"/v1/models", get("The models there are", "Models", json("Models"))},
                            {"/v1/models/{name}/predict", Value::Map{{"post", predict()}}},
                            {"/health", get("Whether it is up", "Up")},
                            {"/metrics", get("Figures for Prometheus", "Text format 0.0.4")},
                            {"/openapi.json", get("This description", "OpenAPI 3.0")}};
  out["components"] = Value::Map{{"schemas", schemas()}};
  if (token) {
    out["components"]["securitySchemes"] = Value::Map{{"token", Value::Map{{"type", "http"}, {"scheme", "bearer"}}}};
    out["security"] = Value::List{Value::Map{{"token", Value::List{}}}};
  }
  return toJson(out, JsonStyle::Pretty) + "\n";
}

}  // namespace patchbay::serve
