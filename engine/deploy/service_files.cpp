// SPDX-License-Identifier: Apache-2.0
#include "engine/deploy/service_files.h"

#include "engine/base/file.h"

namespace patchbay::deploy {
namespace {
namespace fs = std::filesystem;

/// A word of a unit's command line: quoted, and with nothing in it that systemd would replace.
std::string unitWord(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%' || c == '$') out += c;
    out += c;
  }
  return out + "\"";
}

/// A word of a shell's command line.
std::string shellWord(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

/// A name as part of a file name and of an image's.
std::string plainName(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ? c : '-';
  return out;
}
/// Names of images have small letters alone, and begin with one.
std::string imageName(const std::string& text) {
  auto out = plainName(text);
  for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return "patchbay-" + out;
}

std::string unit(const ServicePlan& plan, const std::string& name) {
  std::string out = "# SPDX-License-Identifier: 0BSD\n";
  if (plan.open)
    out += "# The token, for the eyes of root alone:\n#   openssl rand -hex 32 | sudo install -m 600 /dev/stdin /etc/patchbay-" + name +
           ".token\n";
  out += "# Whoever it runs as must be able to read the models: chmod -R o+rX\n# sudo cp patchbay-" + name +
         ".service /etc/systemd/system/ && sudo systemctl enable --now patchbay-" + name +
         "\n[Unit]\nDescription=Predictions of a Patchbay model\nAfter=network.target\n\n[Service]\nExecStart=" +
         unitWord(plan.program.native()) + " serve";
  for (const auto& model : plan.models)
    out += " " + unitWord(model.name + "=" + (model.below.empty() ? plan.folder : plan.folder / model.below).native());
  out += " --port " + std::to_string(plan.port) + " --precision " + plan.precision;
  if (plan.open) out += " --host 0.0.0.0 --token-file ${CREDENTIALS_DIRECTORY}/token";
  out += "\n";
  if (plan.open) out += "LoadCredential=token:/etc/patchbay-" + name + ".token\n";
  // It reads the models and answers: nothing else is allowed.
  return out +
         "Restart=on-failure\nTimeoutStopSec=40\nDynamicUser=yes\nProtectSystem=strict\nProtectHome=read-only\nPrivateTmp=yes\n"
         "PrivateDevices=yes\nProtectKernelTunables=yes\nProtectKernelModules=yes\nProtectControlGroups=yes\nNoNewPrivileges=yes\n"
         "CapabilityBoundingSet=\nRestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\nLockPersonality=yes\nRestrictRealtime=yes\n"
         "LimitNOFILE=16384\n\n[Install]\nWantedBy=multi-user.target\n";
}

std::string containerFile(const ServicePlan& plan) {
  const auto port = std::to_string(plan.port), folder = plan.folder.filename().native(), image = imageName(folder);
  std::string out =
      "# SPDX-License-Identifier: 0BSD\n"
      "# In the folder that holds " +
      displayText(folder) +
      ", beside the archive that `cpack -G TGZ` makes of Patchbay:\n"
      "#   docker build -f " +
      shellWord(displayText(folder) + "/service/Containerfile") + " -t " + image + " --build-arg " +
      shellWord("EXPORT=" + displayText(folder)) +
      " .\n"
      "#   openssl rand -hex 32 > token && chmod 600 token && sudo chown 65534 token\n"
      "#   docker run -p " +
      port + ":" + port + " -v \"$PWD/token:/run/token:ro\" " + image +
      "\n"
      "# Words behind the image's name are further options of `patchbay serve`: --allow-host NAME for each name it is reached by.\n"
      "FROM debian:12-slim\n"
      "RUN apt-get update && apt-get install -y --no-install-recommends";
  std::size_t column = 200;
  for (const auto& package : containerPackages()) {
    if (column + package.size() > 120) {
      out += " \\\n     ";
      column = 5;
    }
    out += " " + package;
    column += package.size() + 1;
  }
  out +=
      " \\\n    && rm -rf /var/lib/apt/lists/*\n"
      "ARG EXPORT\n"
      "ADD patchbay-*-linux-x86_64.tar.gz /opt/\n"
      "RUN mv /opt/patchbay-* /opt/patchbay\n"
      "COPY [\"${EXPORT}\", \"/model\"]\n"
      "USER 65534:65534\n"
      "EXPOSE " +
      port + "\nENTRYPOINT ";
  Value words{Value::List{"/opt/patchbay/bin/patchbay", "serve"}};
  for (const auto& model : plan.models)
    words.push(model.name + "=" + displayText((model.below.empty() ? fs::path{"/model"} : fs::path{"/model"} / model.below).native()));
  for (const std::string word :
       {"--host", "0.0.0.0", "--port", port.c_str(), "--token-file", "/run/token", "--precision", plan.precision.c_str()})
    words.push(word);
  return out + toJson(words) + "\n";
}

}  // namespace

const std::vector<std::string>& containerPackages() {
  static const std::vector<std::string> all{
      "libdeflate0",  "libfmt9", "libjpeg62-turbo", "libonnx1", "libopencv-core406", "libopencv-imgproc406", "libprotobuf32", "libspng0",
      "libsqlite3-0", "libssl3", "libstdc++6",      "libtiff6", "libwebp7",          "libwebpdemux2",        "libzstd1"};
  return all;
}

std::vector<ServiceFile> serviceFiles(const ServicePlan& plan) {
  const auto name = plainName(plan.folder.filename().native());
  return {{"patchbay-" + name + ".service", unit(plan, name)}, {"Containerfile", containerFile(plan)}};
}

Result<fs::path> writeServiceFiles(const ServicePlan& plan) {
  std::error_code ec;
  for (const auto& model : plan.models)
    if (const auto at = plan.folder / model.below; !fs::exists(at / "model.onnx", ec))
      return fail(ErrorKind::NotFound, "predict.no_model",
                  TR("block", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(plan.folder.native())),
                  TR("block", "Give the folder that the Export block wrote."));
  const auto folder = plan.folder / "service";
  fs::create_directories(folder, ec);
  if (ec) return fail(systemError(ec.value(), "make", displayText(folder.native())));
  for (const auto& file : serviceFiles(plan)) PB_CHECK(writeFileAtomically(folder / file.name, file.bytes));
  return folder;
}

}  // namespace patchbay::deploy
