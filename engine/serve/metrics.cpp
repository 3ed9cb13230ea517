// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/metrics.h"

#include <cstdio>

namespace patchbay::serve {
namespace {

/// A label's value between quotes.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') out += "\\n";
    else out += c;
  }
  return out + "\"";
}

std::string number(double v) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.9g", v);
  return buffer;
}

void head(std::string& out, const char* name, const char* kind, const char* help) {
  out += std::string{"# HELP "} + name + " " + help + "\n# TYPE " + name + " " + kind + "\n";
}

}  // namespace

void Metrics::answered(const std::string& model, int status) {
  const std::lock_guard lock{mutex_};
  ++requests_[{model, status}];
}
void Metrics::took(const std::string& model, double seconds) {
  const std::lock_guard lock{mutex_};
  auto& h = seconds_[model];
  for (std::size_t i = 0; i < bounds.size(); ++i) h.counts[i] += seconds <= bounds[i];
  ++h.all;
  h.sum += seconds;
}
void Metrics::predicted(const std::string& model, std::size_t pictures) {
  const std::lock_guard lock{mutex_};
  pictures_[model] += pictures;
}
void Metrics::batch(std::size_t pictures) {
  const std::lock_guard lock{mutex_};
  ++batches_;
  batched_ += pictures;
}
void Metrics::reloaded(const std::string& model, bool good) {
  const std::lock_guard lock{mutex_};
  ++reloads_[{model, good}];
}
void Metrics::refusedConnection() {
  const std::lock_guard lock{mutex_};
  ++refused_;
}

std::string Metrics::text(const Now& now) const {
  const std::lock_guard lock{mutex_};
  std::string out;
  head(out, "patchbay_requests_total", "counter", "Requests answered, by model and status.");
  for (const auto& [key, n] : requests_)
    out +=
        "patchbay_requests_total{model=" + quoted(key.first) + ",code=\"" + std::to_string(key.second) + "\"} " + std::to_string(n) + "\n";
  head(out, "patchbay_pictures_total", "counter", "Pictures predicted.");
  for (const auto& [model, n] : pictures_) out += "patchbay_pictures_total{model=" + quoted(model) + "} " + std::to_string(n) + "\n";
  head(out, "patchbay_request_seconds", "histogram", "Time from a whole request to its answer.");
  for (const auto& [model, h] : seconds_) {
    const auto label = "model=" + quoted(model);
    for (std::size_t i = 0; i < bounds.size(); ++i)
      out += "patchbay_request_seconds_bucket{" + label + ",le=\"" + number(bounds[i]) + "\"} " + std::to_string(h.counts[i]) + "\n";
    out += "patchbay_request_seconds_bucket{" + label + ",le=\"+Inf\"} " + std::to_string(h.all) + "\n";
    out += "patchbay_request_seconds_sum{" + label + "} " + number(h.sum) + "\n";
    out += "patchbay_request_seconds_count{" + label + "} " + std::to_string(h.all) + "\n";
  }
  head(out, "patchbay_batches_total", "counter", "Batches computed.");
  out += "patchbay_batches_total " + std::to_string(batches_) + "\n";
  head(out, "patchbay_batched_pictures_total", "counter", "Pictures in these batches.");
  out += "patchbay_batched_pictures_total " + std::to_string(batched_) + "\n";
  head(out, "patchbay_reloads_total", "counter", "Changed exports taken up (good) or refused (bad).");
  for (const auto& [key, n] : reloads_)
    out += "patchbay_reloads_total{model=" + quoted(key.first) + ",result=\"" + (key.second ? "good" : "bad") + "\"} " + std::to_string(n) +
           "\n";
  head(out, "patchbay_refused_connections_total", "counter", "Connections closed because there were too many.");
  out += "patchbay_refused_connections_total " + std::to_string(refused_) + "\n";
  head(out, "patchbay_connections", "gauge", "Connections that are open.");
  out += "patchbay_connections " + std::to_string(now.connections) + "\n";
  head(out, "patchbay_waiting_pictures", "gauge", "Pictures that wait to be computed.");
  out += "patchbay_waiting_pictures " + std::to_string(now.waiting) + "\n";
  return out;
}

}  // namespace patchbay::serve
