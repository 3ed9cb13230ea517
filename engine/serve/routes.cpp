// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/routes.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "engine/base/file.h"

namespace patchbay::serve {
namespace {

Reply jsonReply(const Value& value, int status = 200) { return {.status = status, .body = toJson(value) + "\n"}; }

Error notFound() {
  return {ErrorKind::NotFound,
          "serve.path",
          TR("serve", "There is nothing at this address."),
          TR("serve", "GET /openapi.json says what there is."),
          {}};
}

Error badRequest(Text cause, Text hint) { return {ErrorKind::BadInput, "serve.request", std::move(cause), std::move(hint), {}}; }

Reply wrongMethod(const char* allowed) {
  auto reply = errorReply(405, {ErrorKind::Usage,
                                "serve.method",
                                TR("serve", "This address does not take such a request."),
                                TR("serve", "Use {method}.").with("method", allowed),
                                {}});
  reply.headers["Allow"] = allowed;
  return reply;
}

bool isNumeric(std::string_view host) { return host.find(':') != host.npos || host.find_first_not_of("0123456789.") == host.npos; }

bool loopback(std::string_view host) { return host == "localhost" || host == "::1" || (isNumeric(host) && host.starts_with("127.")); }

std::string machineName() {
  char name[256] = {};
  ::gethostname(name, sizeof name - 1);
  std::string out{name};
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

Reply errorReply(int status, const Error& error) {
  return jsonReply(Value::Map{{"error", Value::Map{{"code", error.code}, {"message", render(error.cause)}, {"hint", render(error.hint)}}}},
                   status);
}

Routes::Routes(const ServeOptions& options, const ModelShelf& shelf, Metrics& metrics)
    : options_{options}, shelf_{shelf}, metrics_{metrics} {}

Result<> Routes::open() {
  for (const auto& [path, name, type] : {std::tuple{"", "page.html", "text/html; charset=utf-8"},
                                         {"page.css", "page.css", "text/css; charset=utf-8"},
                                         {"page.js", "page.js", "text/javascript; charset=utf-8"}}) {
    PB_TRY(auto bytes, readFile(options_.pageFolder / name, std::size_t{1} << 20));
    Reply reply{.type = type, .body = std::move(bytes)};
    // Names of classes come from outside: whatever they are, nothing that is not the page's own runs or is fetched.
    reply.headers["Content-Security-Policy"] =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'";
    files_.emplace(path, std::move(reply));
  }
  return {};
}

/// Names under which a browser can only mean this very machine: a page elsewhere whose name was made to point here
/// (DNS rebinding) has another Host.
bool Routes::knownHost(std::string_view header) const {
  const auto name = hostName(header);
  if (!name) return false;
  if (loopback(*name) || *name == options_.host || std::ranges::find(options_.allowedHosts, *name) != options_.allowedHosts.end())
    return true;
  return !loopback(options_.host) && (isNumeric(*name) || *name == machineName());
}

std::optional<Reply> Routes::refused(const Head& head, bool needsToken) const {
  if (head.hosts != 1 || !knownHost(head.host))
    return errorReply(403, {ErrorKind::Permission,
                            "serve.host",
                            TR("serve", "The request is meant for another machine."),
                            TR("serve", "Use the address that `patchbay serve` printed, or start it with --allow-host."),
                            {}});
  if (!head.origin.empty()) {
    const auto scheme = head.origin.find("://");
    if (scheme == head.origin.npos || head.origin.substr(scheme + 3) != head.host)
      return errorReply(403, {ErrorKind::Permission,
                              "serve.origin",
                              TR("serve", "Pages of other addresses may not ask."),
                              TR("serve", "Ask from a program, or from the test page."),
                              {}});
  }
  if (needsToken && !options_.token.empty() && !equalSecrets(bearerToken(head.authorization), options_.token)) {
    auto reply = errorReply(401, {ErrorKind::Permission,
                                  "serve.token",
                                  TR("serve", "The token is missing or wrong."),
                                  TR("serve", "Send the header \"Authorization: Bearer TOKEN\"."),
                                  {}});
    reply.headers["WWW-Authenticate"] = "Bearer";
    return reply;
  }
  return {};
}

Asked Routes::ask(const Head& head, const Metrics::Now& now, bool stopping) const {
  Asked out;
  const auto replies = [&](Reply reply) {
    out.reply = std::move(reply);
    return std::move(out);
  };
  const auto target = parseTarget(head.target);
  if (!target)
    return replies(
        errorReply(400, badRequest(TR("serve", "The address cannot be read."), TR("serve", "GET /openapi.json says what there is."))));
  const auto& path = target->path;
  const auto joined = path.size() == 1 ? path[0] : std::string{};
  const bool file = path.empty() || (path.size() == 1 && files_.contains(joined));
  if (auto no = refused(head, !file && joined != "health")) return replies(std::move(*no));
  const bool read = head.method == "GET" || head.method == "HEAD";
  if (file) return replies(read ? files_.find(joined)->second : wrongMethod("GET"));
  if (joined == "health")
    return replies(read ? jsonReply(Value::Map{{"status", stopping ? "stopping" : "ok"}}, stopping ? 503 : 200) : wrongMethod("GET"));
  if (joined == "metrics") {
    if (!read) return replies(wrongMethod("GET"));
    return replies({.type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics_.text(now)});
  }
  if (joined == "openapi.json") return replies(read ? Reply{.body = openApi(!options_.token.empty())} : wrongMethod("GET"));
  if (path.size() < 2 || path[0] != "v1" || path[1] != "models") return replies(errorReply(404, notFound()));
  if (path.size() == 2) return replies(read ? jsonReply(Value::Map{{"models", shelf_.list()}}) : wrongMethod("GET"));
  out.model = shelf_.find(path[2]);
  if (!out.model)
    return replies(errorReply(404, {ErrorKind::NotFound,
                                    "serve.model",
                                    TR("serve", "There is no model \"{name}\".").with("name", displayText(path[2])),
                                    TR("serve", "GET /v1/models lists those there are."),
                                    {}}));
  out.modelName = path[2];
  if (path.size() == 3) {
    auto about = out.model->about();
    about["name"] = path[2];
    return replies(read ? jsonReply(about) : wrongMethod("GET"));
  }
  if (path.size() != 4 || path[3] != "predict") return replies(errorReply(404, notFound()));
  if (head.method != "POST") return replies(wrongMethod("POST"));
  if (!head.contentEncoding.empty() && head.contentEncoding != "identity")
    return replies(errorReply(415, badRequest(TR("serve", "Compressed bodies are not taken."), TR("serve", "Send the body as it is."))));
  out.type = parseMediaType(head.contentType);
  const auto wants = target->query.find("heat_map");
  out.heatMap = wants != target->query.end() && wants->second != "0" && wants->second != "false";
  if (const auto about = target->query.find("class"); about != target->query.end()) out.about = about->second;
  out.what = Asked::What::Predict;
  return out;
}

Result<> Routes::addFromJson(Order& order, const Asked& asked) const {
  const auto hint = TR("serve", "Send {\"pictures\": [\"base64 of a picture file\", ...]}.");
  auto value = parseJson(order.body);
  if (!value)
    return fail(badRequest(render(value.error().cause).empty() ? TR("serve", "The body is no JSON.") : value.error().cause, hint));
  if (!value->isMap()) return fail(badRequest(TR("serve", "The body is no JSON object."), hint));
  std::vector<Value> list = (*value)["pictures"].asList();
  if (value->contains("picture")) list.push_back((*value)["picture"]);
  if (list.size() > options_.mostPictures)
    return fail(badRequest(
        TR("serve", "There are more than {n} picture(s) in the request.").count(static_cast<std::int64_t>(options_.mostPictures)),
        TR("serve", "Send them in several requests.")));
  const bool heatMap = asked.heatMap || (*value)["heat_map"].asBool();
  const auto about = asked.about.empty() ? (*value)["class"].asText() : asked.about;
  order.body.clear();
  for (const auto& one : list) {
    auto bytes = one.isText() ? decodeBase64(one.asText()) : std::nullopt;
    if (!bytes) return fail(badRequest(TR("serve", "A picture is not written in base64."), hint));
    order.decoded.push_back(std::move(*bytes));
  }
  for (const auto& bytes : order.decoded)
    order.pictures.push_back({{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, heatMap, about});
  return {};
}

Result<std::shared_ptr<Order>> Routes::order(const Asked& asked, std::string body) const {
  auto order = std::make_shared<Order>();
  order->modelName = asked.modelName;
  order->model = asked.model;
  order->body = std::move(body);
  const auto add = [&](std::string_view bytes) {
    order->pictures.push_back({{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, asked.heatMap, asked.about});
  };
  if (asked.type.type == "application/json") {
    PB_CHECK(addFromJson(*order, asked));
  } else if (asked.type.type == "multipart/form-data") {
    PB_TRY(const auto parts, parseMultipart(order->body, asked.type.boundary, options_.mostPictures));
    for (const auto& part : parts) add(part.data);
  } else if (!order->body.empty()) {
    add(order->body);
  }
  if (order->pictures.empty())
    return fail(badRequest(TR("serve", "There is no picture in the request."),
                           TR("serve", "Send the bytes of a picture file, a form with files, or JSON with base64.")));
  return order;
}

Reply Routes::answer(const Order& order, double milliseconds) const {
  Value results{Value::List{}};
  const Error* first = nullptr;
  bool any = false;
  for (const auto& one : order.answers) {
    if (*one) {
      any = true;
      results.push(**one);
      continue;
    }
    const auto& error = one->error();
    if (!first) first = &error;
    results.push(Value::Map{{"error", Value::Map{{"code", error.code}, {"message", render(error.cause)}, {"hint", render(error.hint)}}}});
  }
  if (!any && first) {
    const bool ours = first->kind == ErrorKind::Internal || first->kind == ErrorKind::OutOfMemory;
    return errorReply(first->code == "picture.too-large" ? 413 : ours ? 500 : 422, *first);
  }
  return jsonReply(Value::Map{{"model", order.modelName},
                              {"digest", order.model->about()["digest"]},
                              {"milliseconds", milliseconds},
                              {"results", std::move(results)}});
}

}  // namespace patchbay::serve
