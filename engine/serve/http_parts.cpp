// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/http_parts.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/base/digest.h"

namespace patchbay::serve {
namespace {
using namespace std::string_view_literals;

constexpr std::size_t longestTarget = 4096, longestPartHeader = 8192;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lowered(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), lower);
  return out;
}
std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Percent escapes decoded; nothing when one is broken or stands for what no name may have.
std::optional<std::string> unescaped(std::string_view text, bool plusIsSpace) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return {};
      const int high = hexDigit(text[i + 1]), low = hexDigit(text[i + 2]);
      if (high < 0 || low < 0) return {};
      c = static_cast<char>(high * 16 + low);
      i += 2;
      if (c == '/' || c == '\\') return {};
    } else if (c == '+' && plusIsSpace) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return {};
    out += c;
  }
  return out;
}

std::optional<std::map<std::string, std::string, std::less<>>> parseQuery(std::string_view text) {
  std::map<std::string, std::string, std::less<>> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = std::min(one.find('='), one.size());
    const auto name = unescaped(one.substr(0, equals), true);
    const auto value = unescaped(one.substr(std::min(equals + 1, one.size())), true);
    if (!name || !value) return {};
    if (!name->empty()) out.insert_or_assign(*name, *value);
  }
  return out;
}

/// The value of a parameter such as boundary="..." of a header.
std::string headerParameter(std::string_view header, std::string_view name) {
  for (std::size_t at = header.find(';'); at != header.npos; at = header.find(';', at)) {
    ++at;
    auto rest = header.substr(at);
    const auto skipped = rest.find_first_not_of(" \t");
    if (skipped == rest.npos) return {};
    rest.remove_prefix(skipped);
    const auto equals = rest.find('=');
    if (equals == rest.npos) return {};
    const bool wanted = lowered(trimmed(rest.substr(0, equals))) == name;
    rest = rest.substr(equals + 1);
    std::string value;
    std::size_t used = 0;
    if (rest.starts_with('"')) {
      for (used = 1; used < rest.size() && rest[used] != '"'; ++used) {
        if (rest[used] == '\\' && used + 1 < rest.size()) ++used;
        value += rest[used];
      }
    } else {
      used = std::min(rest.find(';'), rest.size());
      value = trimmed(rest.substr(0, used));
    }
    if (wanted) return value;
    at = static_cast<std::size_t>(rest.data() - header.data()) + std::min(used, rest.size());
  }
  return {};
}

Error badForm(Text cause) {
  return {ErrorKind::BadInput,
          "serve.form",
          std::move(cause),
          TR("serve", "Send the pictures as the files of a form, as `curl -F picture=@FILE` does."),
          {}};
}

}  // namespace

std::optional<Target> parseTarget(std::string_view target) {
  if (target.empty() || target.front() != '/' || target.size() > longestTarget) return {};
  target = target.substr(0, target.find('#'));
  const auto question = target.find('?');
  Target out;
  if (question != target.npos) {
    auto query = parseQuery(target.substr(question + 1));
    if (!query) return {};
    out.query = std::move(*query);
    target = target.substr(0, question);
  }
  target.remove_prefix(1);
  while (!target.empty()) {
    const auto end = std::min(target.find('/'), target.size());
    const auto segment = unescaped(target.substr(0, end), false);
    if (!segment || segment->empty() || *segment == "." || *segment == "..") return {};
    out.path.push_back(*segment);
    target.remove_prefix(std::min(end + 1, target.size()));
  }
  return out;
}

std::optional<std::string> decodeBase64(std::string_view text) {
  if (text.starts_with("data:")) {
    const auto comma = text.find(',');
    if (comma == text.npos || !text.substr(0, comma).ends_with(";base64")) return {};
    text.remove_prefix(comma + 1);
  }
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      if (++padding > 2) return {};
      continue;
    }
    int value;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    else if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    else if (c >= '0' && c <= '9') value = c - '0' + 52;
    else if (c == '+' || c == '-') value = 62;
    else if (c == '/' || c == '_') value = 63;
    else return {};
    if (padding > 0) return {};
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++count == 4) {
      out += static_cast<char>(bits >> 16 & 255);
      out += static_cast<char>(bits >> 8 & 255);
      out += static_cast<char>(bits & 255);
      bits = 0;
      count = 0;
    }
  }
  if (count == 1 || (padding > 0 && static_cast<int>(padding) + count != 4)) return {};
  if (count >= 2) out += static_cast<char>(bits >> (6 * count - 8) & 255);
  if (count == 3) out += static_cast<char>(bits >> 2 & 255);
  return out;
}

std::string encodeBase64(std::string_view bytes) {
  constexpr auto digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"sv;
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto n = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (k < n ? static_cast<std::uint8_t>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? digits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

MediaType parseMediaType(std::string_view header) {
  return {lowered(trimmed(header.substr(0, header.find(';')))), headerParameter(header, "boundary")};
}

Result<std::vector<FormPart>> parseMultipart(std::string_view body, std::string_view boundary, std::size_t most) {
  if (boundary.empty() || boundary.size() > 70) return fail(badForm(TR("serve", "The form does not say where its parts end.")));
  const auto line = "--" + std::string{boundary};
  std::vector<FormPart> parts;
  auto at = body.find(line);
  if (at == body.npos || (at != 0 && body[at - 1] != '\n')) return fail(badForm(TR("serve", "The form has no beginning.")));
  for (;;) {
    auto rest = body.substr(at + line.size());
    if (rest.starts_with("--")) return parts;
    const auto newline = rest.find("\r\n");
    if (newline == rest.npos || !trimmed(rest.substr(0, newline)).empty())
      return fail(badForm(TR("serve", "A part of the form has no head.")));
    rest.remove_prefix(newline + 2);
    FormPart part;
    // The head ends with an empty line; it may have no line of its own.
    const auto head = rest.starts_with("\r\n") ? 0 : rest.substr(0, longestPartHeader).find("\r\n\r\n");
    if (head == rest.npos) return fail(badForm(TR("serve", "A part of the form has no head.")));
    for (auto lines = rest.substr(0, head); !lines.empty();) {
      const auto end = std::min(lines.find("\r\n"), lines.size());
      const auto one = lines.substr(0, end);
      lines.remove_prefix(std::min(end + 2, lines.size()));
      const auto colon = one.find(':');
      if (colon == one.npos || lowered(trimmed(one.substr(0, colon))) != "content-disposition") continue;
      part.name = headerParameter(one, "name");
      part.fileName = headerParameter(one, "filename");
    }
    rest.remove_prefix(head + (head == 0 ? 2 : 4));
    const auto stop = rest.find("\r\n" + line);
    if (stop == rest.npos) return fail(badForm(TR("serve", "The form ends in the middle of a part.")));
    part.data = rest.substr(0, stop);
    if (parts.size() == most)
      return fail(badForm(TR("serve", "The form has more than {n} part(s).").count(static_cast<std::int64_t>(most))));
    at = static_cast<std::size_t>(rest.data() - body.data()) + stop + 2;
    parts.push_back(std::move(part));
  }
}

std::optional<std::string> hostName(std::string_view header) {
  header = trimmed(header);
  std::string_view name, port;
  if (header.starts_with('[')) {
    const auto end = header.find(']');
    if (end == header.npos) return {};
    name = header.substr(1, end - 1);
    port = header.substr(end + 1);
    if (name.find_first_not_of("0123456789abcdefABCDEF:.") != name.npos) return {};
  } else {
    const auto colon = std::min(header.find(':'), header.size());
    name = header.substr(0, colon);
    port = header.substr(colon);
    for (const char c : name)
      if (!(lower(c) >= 'a' && lower(c) <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') return {};
  }
  if (name.empty() || name.size() > 255) return {};
  if (!port.empty() && (port.front() != ':' || port.size() > 6 || port.substr(1).find_first_not_of("0123456789") != port.npos)) return {};
  return lowered(name);
}

bool equalSecrets(std::string_view a, std::string_view b) {
  // Digests have one length, and where they differ says nothing about where the secrets do.
  const auto x = digestOf(a), y = digestOf(b);
  unsigned different = 0;
  for (std::size_t i = 0; i < x.bytes.size(); ++i) different |= static_cast<unsigned>(x.bytes[i] ^ y.bytes[i]);
  return different == 0;
}

std::string_view bearerToken(std::string_view authorization) {
  constexpr auto scheme = "bearer "sv;
  if (authorization.size() <= scheme.size() || lowered(authorization.substr(0, scheme.size())) != scheme) return {};
  return trimmed(authorization.substr(scheme.size()));
}

}  // namespace patchbay::serve
