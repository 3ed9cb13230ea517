// SPDX-License-Identifier: Apache-2.0
#include "app/cli/service_files.h"

#include "engine/base/file.h"

namespace patchbay::cli {
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

/// The model's name as part of a file name and of an image's.
std::string plainName(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ? c : '-';
  return out;
}

std::string unit(const ServicePlan& plan, const std::string& name) {
  std::string out = "# SPDX-License-Identifier: 0BSD\n";
  if (plan.open)
    out +=
        "# The token: openssl rand -hex 32 | sudo tee /etc/patchbay-" + name + ".token; sudo chmod 600 /etc/patchbay-" + name + ".token\n";
  out += "# sudo cp patchbay-" + name + ".service /etc/systemd/system/ && sudo systemctl enable --now patchbay-" + name +
         "\n[Unit]\nDescription=Predictions of a Patchbay model\nAfter=network.target\n\n[Service]\nExecStart=" +
         unitWord(plan.program.native()) + " serve " + unitWord("model=" + plan.folder.native()) + " --port " + std::to_string(plan.port) +
         " --precision " + plan.precision;
  if (plan.open) out += " --host 0.0.0.0 --token-file ${CREDENTIALS_DIRECTORY}/token";
  out += "\n";
  if (plan.open) out += "LoadCredential=token:/etc/patchbay-" + name + ".token\n";
  // It reads the export and answers: nothing else is allowed.
  return out +
         "Restart=on-failure\nTimeoutStopSec=40\nDynamicUser=yes\nProtectSystem=strict\nProtectHome=read-only\nPrivateTmp=yes\n"
         "PrivateDevices=yes\nProtectKernelTunables=yes\nProtectKernelModules=yes\nProtectControlGroups=yes\nNoNewPrivileges=yes\n"
         "CapabilityBoundingSet=\nRestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\nLockPersonality=yes\nRestrictRealtime=yes\n"
         "LimitNOFILE=16384\n\n[Install]\nWantedBy=multi-user.target\n";
}

std::string containerFile(const ServicePlan& plan, const std::string& name) {
  const auto port = std::to_string(plan.port);
  return "# SPDX-License-Identifier: 0BSD\n"
         "# Put the archive that `cpack -G TGZ` makes of Patchbay beside the export's folder, then there:\n"
         "#   docker build -f " +
         plainName(plan.folder.filename().native()) + "/service/Containerfile -t patchbay-" + name +
         " --build-arg EXPORT=" + plan.folder.filename().native() + " .\n#   docker run -p " + port + ":" + port +
         " -v /path/of/token:/run/token:ro patchbay-" + name +
         "\n"
         "FROM debian:12-slim\n"
         "RUN apt-get update && apt-get install -y --no-install-recommends libarchive13 libfmt9 libjpeg62-turbo libonnx1 libopencv-core406 "
         "\\\n"
         "      libopencv-imgproc406 libprotobuf32 libpugixml1v5 libre2-9 libsimdjson14 libspng0 libsqlite3-0 libssl3 libtiff6 libwebp7 "
         "\\\n"
         "      libwebpdemux2 libzstd1 && rm -rf /var/lib/apt/lists/*\n"
         "ARG EXPORT\n"
         "ADD patchbay-*-linux-x86_64.tar.gz /opt/\n"
         "RUN mv /opt/patchbay-* /opt/patchbay\n"
         "COPY ${EXPORT} /model\n"
         "USER 65534:65534\n"
         "EXPOSE " +
         port +
         "\n"
         "ENTRYPOINT [\"/opt/patchbay/bin/patchbay\", \"serve\", \"model=/model\", \"--host\", \"0.0.0.0\", \"--port\", \"" +
         port + "\", \"--token-file\", \"/run/token\", \"--precision\", \"" + plan.precision + "\"]\n";
}

}  // namespace

Result<fs::path> writeServiceFiles(const ServicePlan& plan) {
  std::error_code ec;
  if (!fs::exists(plan.folder / "model.onnx", ec))
    return fail(ErrorKind::NotFound, "predict.no_model",
                TR("block", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(plan.folder.native())),
                TR("block", "Give the folder that the Export block wrote."));
  const auto name = plainName(plan.folder.filename().native());
  const auto folder = plan.folder / "service";
  fs::create_directories(folder, ec);
  if (ec) return fail(systemError(ec.value(), "make", displayText(folder.native())));
  PB_CHECK(writeFileAtomically(folder / ("patchbay-" + name + ".service"), unit(plan, name)));
  PB_CHECK(writeFileAtomically(folder / "Containerfile", containerFile(plan, name)));
  return folder;
}

}  // namespace patchbay::cli
