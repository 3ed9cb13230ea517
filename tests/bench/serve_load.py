#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Load on `patchbay serve`, in fp32 and where there is one in int8: requests/s at saturation beside what the network alone and the
network with decoding would give on the same cores, and beside Python servers; tail at half load; what happens at twice the capacity.

usage: serve_load.py EXPORT [--picture FILE] [--seconds 10] [--peers] [--overload SECONDS] [--build DIR] [--json FILE]
--peers also measures FastAPI under uvicorn with OpenVINO and with ONNX Runtime, in an environment made from serve_requirements.txt.
"""
import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "patchbay"


class Load:
    """Keep-alive clients, each asking again at once, or all together at an even rate (serve_client.cpp)."""

    def __init__(self, build, port, path, picture):
        self.words = [build / "bench" / "serve_client", str(port), path, picture]
        self.path = path

    def run(self, clients, seconds, rate=None):
        words = [*self.words, str(clients), str(seconds), *([str(rate)] if rate else [])]
        got = json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout)
        results = [json.loads("{" + text)["results"][0] for text in got.pop("results")]
        return {**got, "answers": len({(result["class"], round(result["probability"], 3)) for result in results})}


def saturate(port, path, picture, connections, seconds, folder):
    """Answers a second to keep-alive clients that ask again at once: wrk, which others know."""
    body, script = folder / "body", folder / "post.lua"
    body.write_bytes(picture)
    script.write_text('wrk.method = "POST"\nwrk.headers["Content-Type"] = "image/png"\n'
                      f'local file = io.open("{body}", "rb")\nwrk.body = file:read("*all")\nfile:close()\n')
    said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "60s", "-s", script, f"http://127.0.0.1:{port}{path}"],
                          capture_output=True, text=True, check=True).stdout
    answered = int(re.search(r"(\d+) requests in ([\d.]+)s", said)[1])
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1]) * (1 - int(refused[1]) / answered if refused else 1)


def start(words, ready, folder, environment=None):
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=open(folder / "server.log", "ab"), env={**os.environ, **(environment or {})}, cwd=HERE)
    port = ready(process)
    return process, port


def resident(pid):
    return int(next(line for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")).split()[1]) / 1024


def forward_rate(patchbay, export, precision, threads, seconds, picture=None):
    """Every thread its own network, pairs of pictures: nothing is sent. Without a picture on prepared inputs, so that nothing is decoded
    either. Pictures a second, and milliseconds that a single one takes."""
    words = [patchbay, "measure", export, "--threads", "1", "--batch", "2", "--seconds", str(seconds), "--json"]
    words += ["--picture", picture] if picture else []
    running = [subprocess.Popen(words, stdout=subprocess.PIPE) for _ in range(threads)]
    rate = 0
    single = []
    for process in running:
        measured = json.loads(process.communicate()[0])
        model = next(m for m in measured["models"] if m["precision"] == precision)
        rate += max(r["pictures_per_second"] for r in model["latency"])
        single.append(model["ms"])
    return rate, max(single)


def environment():
    """The peers' Python."""
    folder = CACHE / "venv-serve"
    pins = (HERE / "serve_requirements.txt").read_text()
    if not (folder / "pins").exists() or (folder / "pins").read_text() != pins:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "-r", HERE / "serve_requirements.txt"], check=True)
        (folder / "pins").write_text(pins)
    return folder / "bin" / "python"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--overload", type=float, default=10)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--build", type=Path, default=HERE.parents[1] / "build" / "release")
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    export, build = words.export.resolve(), words.build.resolve()
    patchbay = build / "bin" / "patchbay"
    subprocess.run(["cmake", "--build", build, "--target", "serve_client"], stdout=sys.stderr, check=True)
    file = (words.picture or export / "test_vectors" / "1_square.png").resolve()
    picture = file.read_bytes()
    threads, results = os.cpu_count(), []
    folder = Path(tempfile.mkdtemp(prefix="serve-load-"))

    def ours(precision):
        def ready(process):
            return int(process.stdout.readline().decode().strip().rsplit(":", 1)[1])

        process, port = start([patchbay, "serve", f"m={export}", "--port", "0", "--precision", precision], ready, folder)
        try:
            load = Load(build, port, "/v1/models/m/predict", file)
            load.run(4, 2)
            full = saturate(port, load.path, picture, 4 * threads, words.seconds, folder)
            half = load.run(4 * threads, 2 * words.seconds, rate=full / 2)
            before = resident(process.pid)
            over = load.run(128, words.overload, rate=None)
            after = resident(process.pid)
        finally:
            process.terminate()
            process.wait(60)
        raw, single = forward_rate(patchbay, export, precision, threads, words.seconds / 2)
        decoding, decoded_single = forward_rate(patchbay, export, precision, threads, words.seconds / 2, file)
        results.append({"server": "patchbay serve", "precision": precision, "requests_per_second": full, "raw_forward_per_second": raw,
                        "share_of_raw": full / raw, "decode_and_forward_per_second": decoding, "share_of_decode_and_forward": full / decoding,
                        "single_forward_ms": single, "single_decode_and_forward_ms": decoded_single, "p50_at_half_load_ms": half["p50_ms"],
                        "p95_at_half_load_ms": half["p95_ms"], "p99_at_half_load_ms": half["p99_ms"],
                        "p99_over_single": half["p99_ms"] / single, "overload": over["statuses"], "overload_answers": over["answers"],
                        "resident_mb_before_overload": before, "resident_mb_after": after})

    def peer(runtime):
        port = 18200 + os.getpid() % 1000

        def ready(process):
            for _ in range(600):
                try:
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
                    connection.request("GET", "/health")
                    if connection.getresponse().status == 200:
                        return port
                except OSError:
                    time.sleep(.1)
            raise SystemExit((folder / "server.log").read_text()[-2000:])

        process, _ = start([environment(), "-m", "uvicorn", "serve_peer:app", "--port", str(port), "--workers", str(threads), "--log-level", "warning",
                            "--no-access-log"], ready, folder, {"PEER_EXPORT": str(export), "PEER_RUNTIME": runtime})
        try:
            load = Load(build, port, "/v1/models/m/predict", file)
            load.run(4 * threads, 3)
            full = saturate(port, load.path, picture, 4 * threads, words.seconds, folder)
        finally:
            process.terminate()
            process.wait(60)
        results.append({"server": f"FastAPI, uvicorn, {runtime}", "precision": "fp32", "requests_per_second": full})

    before = os.getloadavg()[0]
    ours("fp32")
    if (export / "model_int8.onnx").exists():
        ours("int8")
    if words.peers:
        for runtime in ("openvino", "onnxruntime"):
            peer(runtime)
            results[-1]["patchbay_is_times"] = results[0]["requests_per_second"] / results[-1]["requests_per_second"]
    out = {"threads": threads, "load_before": before, "results": results}
    print(json.dumps(out, indent=1))
    if words.json:
        words.json.write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
