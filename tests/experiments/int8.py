# SPDX-License-Identifier: Apache-2.0
"""What eight bits cost a network on the solar cells: the mean loss over several exports, each of its own seed and split. Fine-tuned, or
with a linear head on the pretrained features, which takes a tenth of the time.

Each export trains, calibrates on its training part, and is measured on its own validation part, as `measurements.json` says. The
figure that counts is the mean loss in points with its t interval; size and speed are those of the same files on this machine.
"""
import json
import math
from pathlib import Path

from experiment import figure
from harness import ROOT, Refused

STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776}  # two-sided 95 %, by degrees of freedom


def with_probe(value):
    """The same pipeline with a linear head instead of fine-tuning. All pictures are embedded once, whatever the split."""
    block = lambda name, kind: {"id": name, "name": name, "type": kind, "type_version": 1, "mode": "normal", "pos": [520, 0], "params": {}}  # noqa: E731
    value["nodes"] = [n for n in value["nodes"] if n["name"] != "fine_tune"]
    value["nodes"] += [block("embed", "patchbay.backbone.embed"), block("probe", "patchbay.train.linear_probe")]
    links = [link for link in value["links"] if link["to"][0] != "fine_tune"]
    for link in links:
        if link["from"][0] == "fine_tune":
            link["from"] = ["probe", "model"]
    for start, out, end, into in (("pictures", "data", "embed", "data"), ("backbone", "model", "embed", "model"),
                                  ("embed", "embedding", "probe", "embedding"), ("split", "data", "probe", "data")):
        links.append({"from": [start, out], "to": [end, into]})
    value["links"] = links


def pipeline(experiment, folder, seed, probe):
    """The template's way to a network, exported in eight bits as well, whatever that costs."""
    value = json.loads((ROOT / "resources" / "templates" / "solar-cells.json").read_text())
    if probe:
        with_probe(value)
    for node in value["nodes"]:
        if node["name"] == "pictures":
            table = experiment.cell_table(folder, 200) if experiment.quick else experiment.cells / "labels.csv"
            node["params"].update(file=str(table), folder=str(experiment.cells))
        elif node["name"] == "split":
            node["params"].update(seed=seed, validation=20)
        elif node["name"] == "fine_tune" and experiment.quick:
            node["params"].update(epochs=1, views="none")
        elif node["name"] == "export":
            node["params"].update(name=f"cells-{seed}", int8=True, int8_drop=100.0, unlike=False)
    file = folder / f"int8-{seed}.json"
    file.write_text(json.dumps(value))
    return file


def one(experiment, folder, seed, probe):
    _, last = experiment.run(pipeline(experiment, folder, seed, probe), folder / "project", "--seed", str(seed))
    (made,) = last["exports"]
    told = json.loads((Path(made) / "measurements.json").read_text())
    files, cost = {m["precision"]: m for m in told["models"]}, told["int8"]
    speed = {p: max(r["pictures_per_second"] for r in m["latency"]) for p, m in files.items()}
    return {"seed": seed, "validation": cost["validation_pictures"], "accuracy fp32": cost["accuracy_fp32"], "accuracy int8": cost["accuracy_int8"],
            "points lost": cost["drop_points"], "same answer": cost["same"], "size": files["int8"]["bytes"] / files["fp32"]["bytes"],
            "speed": speed["int8"] / speed["fp32"]}


def measured(experiment, probe):
    if not (experiment.cells / "labels.csv").exists():
        raise Refused("The solar cells are not installed. Run app/setup/install.")
    with experiment.scratch() as folder:
        rows = []
        for seed in (0,) if experiment.quick else (0, 1, 2):
            experiment.say(f"Export of seed {seed}")
            rows.append(one(experiment, folder, seed, probe))
    lost = [r["points lost"] for r in rows]
    mean = sum(lost) / len(lost)
    figures = [figure("points lost by int8 on validation, mean", mean, "<= 1"),
               figure("size of int8 over fp32, largest", max(r["size"] for r in rows), "<= 0.27"),
               figure("pictures/s of int8 over fp32, smallest", min(r["speed"] for r in rows))]
    if len(lost) > 1:
        spread = math.sqrt(sum((x - mean) ** 2 for x in lost) / (len(lost) - 1))
        figures.insert(1, figure("half of its 95 % interval", STUDENT[len(lost) - 1] * spread / math.sqrt(len(lost))))
    return {"title": "Eight bits on solar cells, " + ("linear head" if probe else "fine-tuned"), "about": " ".join(__doc__.split()), "figures": figures, "rows": rows}


def int8_cells(experiment):
    return measured(experiment, probe=False)


def int8_cells_probe(experiment):
    return measured(experiment, probe=True)
