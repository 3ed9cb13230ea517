# SPDX-License-Identifier: Apache-2.0
"""The benchmarks. Each is a function of a Bench that adds its figures; its docstring is what --list shows."""
import json
import shutil
import statistics
import subprocess
import time

from harness import HERE, PeakMemory, Refused, cells_node, node, pipeline

BENCHES = {}


def bench(name):
    def register(function):
        BENCHES[name] = function
        return function

    return register


# ---- Embedding ------------------------------------------------------------------------------------------------------


def photos(b):
    """Eight drawn photographs of 2 MP."""
    return b.once("photos", lambda folder: b.output([b.python(), HERE / "vision_peer.py", "--make", folder]))


def embed_cpu(b, name, files):
    got = b.figures([b.program("embed_bench"), "cpu", b.weights(), b.size(3, 1), *files])
    alone = got["decode"] + got["forward"]
    b.add_ratio(name, got["embed"], "ms processor time a picture", "decode + forward alone", alone, got["embed"] / alone, "ratio <= 1.1")
    b.add(name + "-load", got["load"], "ms processor time a job")


@bench("embed-png-cpu")
def embed_png_cpu(b):
    """processor time of the Embed block beside decoding and the network alone, 300 x 300 PNG"""
    table = b.cell_table(b.scratch_folder, b.size(2624, 60))
    embed_cpu(b, "embed-png-cpu", [b.cells / line.split()[0] for line in table.read_text().splitlines()])


@bench("embed-jpeg-cpu")
def embed_jpeg_cpu(b):
    """the same for as many JPEGs of 2 MP"""
    embed_cpu(b, "embed-jpeg-cpu", sorted(photos(b).glob("*.jpg")) * b.size(328, 4))


def embed_pipeline(b, source):
    return pipeline(b.scratch_folder / "embed.json",
                    [source, node("backbone", "backbone.pretrained", resize="stretch"), node("embed", "backbone.embed")],
                    ["pictures.data embed.data", "backbone.model embed.model"])


@bench("embed-process")
def embed_process(b):
    """whole process, from files to features of the solar cells, beside Python on ONNX Runtime (and PyTorch)"""
    count = b.size(2624, 200)
    table, pilot = b.cell_table(b.scratch_folder, count), b.cell_table(b.scratch_folder, min(count, b.size(256, 64)))
    model = b.scratch_folder / "features.onnx"
    b.output([b.program("embed_bench"), "onnx", b.weights(), model])

    def ours():
        project = b.scratch_folder / "project"
        seconds, last = b.run(embed_pipeline(b, cells_node(table, b.cells)), project)
        if {block["name"]: block["state"] for block in last["blocks"]}.get("embed") != "ran":
            raise Refused(f"The Embed block did not run: {last['blocks']}")
        shutil.rmtree(project)
        return seconds

    def peer(runtime, way, pictures):
        return b.seconds([b.python(runtime == "torch"), HERE / "embed_peer.py", "--runtime", runtime, "--way", way, "--model", model, "--table",
                          pictures, "--folder", b.cells, "--out", b.scratch_folder / "features.npy"])

    def best_way(runtime, ways):
        return min(ways, key=lambda way: peer(runtime, way, pilot))

    ways = ["serial-1", "serial-2", "pool-2", "processes-2"]
    way = best_way("onnx", [*ways, "pool-2-quiet"])
    mine, theirs = b.in_turn(b.size(3, 1), ours, lambda: peer("onnx", way, table))
    b.add("embed-process", mine, "s", f"Python, ONNX Runtime, {way}", theirs, "ratio >= 1.25")
    if b.with_torch:
        way = best_way("torch", [w + layout for w in ways for layout in ("", "-nhwc")])
        mine, theirs = b.in_turn(1, ours, lambda: peer("torch", way, table))
        b.add("embed-process-torch", mine, "s", f"PyTorch eager, {way}", theirs, "ratio >= 4.5")


@bench("decode-resize")
def decode_resize(b):
    """JPEGs of 2 MP to 224 x 224 floats beside Pillow in two processes, at full size and with scaled decoding"""
    folder = photos(b)
    command = [b.program("vision_bench"), "--benchmark_filter=loadBatches/threads:2", "--benchmark_format=json",
               f"--benchmark_min_time={b.size(2, 0.05)}"]

    def ours():
        out = {}
        for one in json.loads(b.output(command, PATCHBAY_BENCH_PICTURES=str(folder)))["benchmarks"]:
            kind = "scaled" if "scaled:1" in one["name"] else "full"
            out[kind], out[kind + "-cpu"] = one["items_per_second"], one["cpu_time"] / 64
        return out

    theirs = {"full": "pillow_2_processes", "full-cpu": "pillow_cpu", "scaled": "pillow_draft_2_processes", "scaled-cpu": "pillow_draft_cpu"}
    rounds = []
    for _ in range(b.size(3, 1)):
        rounds.append((ours(), b.figures([b.python(), HERE / "vision_peer.py", folder])))
    for kind in theirs:
        mine, other = statistics.median(r[0][kind] for r in rounds), statistics.median(r[1][theirs[kind]] for r in rounds)
        if kind.endswith("-cpu"):
            b.add("decode-resize-" + kind, mine, "ms processor time", "Pillow", other)
        else:
            peer = "Pillow, 2 processes" + (", draft" if kind == "scaled" else "")
            b.add("decode-resize-" + kind, mine, "pictures/s", peer, other, "ratio >= 1.6", larger_is_better=True)


# ---- Linear probe ---------------------------------------------------------------------------------------------------


def probe_sets(b):
    return b.once("probe-sets", lambda folder: b.output([b.python(), HERE / "learn_peer.py", "--make", folder]))


def probe(b, kind, job):
    figures = b.figures([b.program("learn_bench"), probe_sets(b), kind, job])
    return {name.removeprefix(f"learn.{kind}."): value for name, value in figures.items()}


def sklearn(b, kind, job, tolerance=1e-4, processes="1,2"):
    figures = b.figures([b.python(), HERE / "learn_peer.py", probe_sets(b), kind, job, tolerance, processes])
    return {name.removeprefix(f"learn.{kind}."): value for name, value in figures.items()}


def equal_loss(b, kind):
    """The optimum and scikit-learn's loosest tolerance that comes within 1e-4 of it; asked once."""
    return b.remember(("probe", kind), lambda: sklearn(b, kind, "reference"))


def probe_fit(b, kind):
    wanted = equal_loss(b, kind)
    tolerance, losses = wanted["fit.equal_loss_tolerance"], []

    def ours():
        got = probe(b, kind, "fit")
        losses.append(got["fit.objective"])
        return got["fit"]

    works = [ours, lambda: sklearn(b, kind, "fit", tolerance)["fit"]]
    if tolerance != 1e-4:
        works.append(lambda: sklearn(b, kind, "fit")["fit"])
    seconds = b.in_turn(b.size(3, 1), *works)
    name = f"probe-fit-{kind}"
    b.add(name, seconds[0], "s", f"scikit-learn, tol {tolerance:.0e} (equal loss)", seconds[1], "ratio >= 2")
    b.add(name + "-default", seconds[0], "s", "scikit-learn, default tol 1e-04", seconds[-1])
    gap = abs(losses[-1] - wanted["fit.optimum"]) / wanted["fit.optimum"]
    b.add(name + "-loss", gap, "relative distance from the optimum", target="value <= 1e-4")


def probe_search(b, kind):
    tolerance = equal_loss(b, kind)["fit.equal_loss_tolerance"]
    ours = lambda: probe(b, kind, "search")["search"]
    if b.quick:
        b.add(f"probe-search-{kind}", ours(), "s")
        return
    before, default, middle = ours(), sklearn(b, kind, "search"), ours()
    peer = default if tolerance == 1e-4 else sklearn(b, kind, "search", tolerance, int(default["search.processes"]))
    mine = statistics.median([before, middle, ours()])
    name = f"probe-search-{kind}"
    b.add(name, mine, "s", f"scikit-learn, tol {tolerance:.0e} (equal loss)", peer["search"], "ratio >= 4")
    b.add(name + "-default", mine, "s", "scikit-learn, default tol 1e-04", default["search"])


for the_kind in ("easy", "hard"):
    fit_bench = lambda b, kind=the_kind: probe_fit(b, kind)
    fit_bench.__doc__ = f"one logistic regression at 5,000 x 1,280 x 10, {the_kind} data, equal loss"
    BENCHES[f"probe-fit-{the_kind}"] = fit_bench
for the_kind in ("easy", "hard"):
    search_bench = lambda b, kind=the_kind: probe_search(b, kind)
    search_bench.__doc__ = f"8 lambdas x 5 folds, {the_kind} data"
    BENCHES[f"probe-search-{the_kind}"] = search_bench


@bench("probe-refit")
def probe_refit(b):
    """the probe again after 20 added labels"""
    for kind in ("easy", "hard"):
        b.add(f"probe-refit-{kind}", probe(b, kind, "refit")["refit_20"], "s", target="value < 0.3")


# ---- Training -------------------------------------------------------------------------------------------------------


def train(b, name, only, job, targets):
    """`targets`: (suffix, what the peer is, its variants, target); the peer only with --with-torch."""
    steps = b.size(8, 2)
    ours = lambda: b.figures([b.program("torch_bench"), "--threads", 2, "--steps", steps, "--only", only])[only]

    def peer(flags, threads, count):
        return float(b.output([b.python(True), HERE / "torch_peer.py", "--job", job, "--threads", threads, "--steps", count, *flags]))

    if not b.with_torch:
        b.add(name, b.in_turn(b.size(3, 1), ours)[0], "images/s", target=next((t for _, _, v, t in targets if not v), None), larger_is_better=True)
        return
    for suffix, what, variants, target in targets:
        if not variants:
            b.add(name, b.in_turn(b.size(3, 1), ours)[0], "images/s", target=target)
            continue
        flags, threads = max(((v, t) for v in variants for t in (1, 2)), key=lambda way: peer(*way, 2))
        mine, theirs = b.in_turn(b.size(3, 1), ours, lambda: peer(flags, threads, steps))
        label = ", ".join([what, f"{threads} threads", *(flag.lstrip("-") for flag in flags if flag == "--channels-last")])
        b.add(name + suffix, mine, "images/s", label, theirs, target, larger_is_better=True)


@bench("train-full")
def train_full(b):
    """full fine-tuning of Lite0, batch 32, float32; beside PyTorch with --with-torch"""
    tuned = ["--tuned", "--folded", "--fused"]
    train(b, "train-full", "full, BatchNorm folded", "full", [
        ("", "PyTorch eager", [[], ["--channels-last"]], "ratio >= 1.3"),
        ("-alike", "PyTorch, allocator tuned, BatchNorm folded", [tuned, [*tuned, "--channels-last"]], "ratio >= 1"),
    ])


@bench("train-last-stages")
def train_last_stages(b):
    """the last stages of Lite0 from cached activations, batch 32, float32"""
    tuned = ["--tuned", "--folded", "--fused"]
    train(b, "train-last-stages", "last-stages", "last-stages", [
        ("", "", [], "value >= 90"),
        ("-alike", "PyTorch, allocator tuned, BatchNorm folded", [tuned, [*tuned, "--channels-last"]], None),
    ])


# ---- The engine -----------------------------------------------------------------------------------------------------


def twelve_blocks(b, table):
    judge = {"positive": "defective"}
    nodes = [cells_node(table, b.cells), node("split", "data.split"), node("few", "data.labelled_subset", shots=10),
             node("backbone", "backbone.pretrained", resize="stretch"), node("embed", "backbone.embed"),
             node("probe", "train.linear_probe", c=0.01, strength="fixed"), node("probe_few", "train.linear_probe", c=0.01, strength="fixed"),
             node("evaluate", "evaluate.evaluate", **judge), node("evaluate_few", "evaluate.evaluate", **judge),
             node("compare", "evaluate.compare"), node("summary", "evaluate.summary"), node("table", "deploy.write_predictions", name="table")]
    links = ["pictures.data split.data", "split.data few.data", "pictures.data embed.data", "backbone.model embed.model",
             "embed.embedding probe.embedding", "split.data probe.data", "embed.embedding probe_few.embedding", "few.data probe_few.data",
             "probe.predictions evaluate.predictions", "split.data evaluate.data", "probe_few.predictions evaluate_few.predictions",
             "split.data evaluate_few.data", "probe_few.predictions compare.baseline", "probe.predictions compare.candidate",
             "evaluate.report summary.reports", "evaluate_few.report summary.reports", "probe.predictions table.predictions",
             "split.data table.data"]
    return pipeline(b.scratch_folder / "twelve.json", nodes, links)


@bench("cached-run")
def cached_run(b):
    """a second run of an unchanged pipeline of 12 blocks over the solar cells, and the workers it starts"""
    count = b.size(2624, 200)
    file, project = twelve_blocks(b, b.cell_table(b.scratch_folder, count)), b.scratch_folder / "project"
    b.run(file, project)

    def again():
        seconds, last = b.run(file, project)
        states = [block["state"] for block in last["blocks"]]
        if states != ["cached"] * 12:
            raise Refused(f"Something was computed again: {last['blocks']}")
        return seconds

    b.add("cached-run", b.in_turn(b.size(5, 2), again)[0], "s", target="value < 1")
    if not shutil.which("strace"):
        raise Refused("Whether a worker is started is seen with strace. Run app/setup/install --tests.")
    # The engine of the runs above may still be there; a copy of the project gets one of its own, under strace from its beginning.
    log, copy = b.scratch_folder / "strace.txt", b.scratch_folder / "copy"
    shutil.copytree(project, copy)
    b.output(["strace", "-f", "-qq", "-e", "trace=execve", "-o", log, b.program("patchbay"), "run", file, "--project", copy, "--json"])
    started = [line for line in log.read_text(errors="replace").splitlines() if "execve(" in line and ") = 0" in line]
    if not any("patchbay-engine" in line for line in started):
        raise Refused("strace did not see the engine start, so it would not see a worker either.")
    b.add("cached-run-workers", sum("patchbay-worker" in line for line in started), "workers started", target="value == 0")


def thousand_blocks(b):
    table = b.cell_table(b.scratch_folder, 20)
    nodes = [cells_node(table, b.cells), node("backbone", "backbone.pretrained"), node("embed", "backbone.embed"), node("summary", "evaluate.summary")]
    links = ["pictures.data embed.data", "backbone.model embed.model"]
    for i in range(249):
        nodes += [node(f"split_{i}", "data.split", seed=i), node(f"few_{i}", "data.labelled_subset"),
                  node(f"probe_{i}", "train.linear_probe"), node(f"evaluate_{i}", "evaluate.evaluate")]
        links += [f"pictures.data split_{i}.data", f"split_{i}.data few_{i}.data", f"few_{i}.data probe_{i}.data",
                  f"embed.embedding probe_{i}.embedding", f"probe_{i}.predictions evaluate_{i}.predictions",
                  f"split_{i}.data evaluate_{i}.data", f"evaluate_{i}.report summary.reports"]
    return pipeline(b.scratch_folder / "thousand.json", nodes, links)


@bench("plan-1000")
def plan_1000(b):
    """reading, checking and planning a pipeline of 1,000 blocks; the whole command `patchbay plan` beside it"""
    file, catalogue = thousand_blocks(b), b.scratch_folder / "catalogue.json"
    catalogue.write_text('{"blocks": ' + b.output([b.program("patchbay"), "blocks", "--json"]) + "}")
    got = b.figures([b.program("engine_bench"), "plan", catalogue, file, b.size(15, 3)])
    b.add("plan-1000", got["all"], "ms", target="value < 100")
    command = [b.program("patchbay"), "plan", file, "--project", b.scratch_folder / "project", "--json"]
    b.output(command)
    b.add("plan-1000-command", b.in_turn(b.size(5, 1), lambda: b.seconds(command))[0] * 1e3, "ms")


@bench("cli-help")
def cli_help(b):
    """`patchbay --help`, whole process"""
    command = [b.program("patchbay"), "--help"]

    def once():
        begin = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begin

    once()
    b.add("cli-help", b.in_turn(b.size(31, 5), once)[0] * 1e3, "ms", target="value < 30")


@bench("job-start")
def job_start(b):
    """from asking for a run to a worker that has taken its job, on a warm engine; and to the end of a job that splits 20 items"""
    file = pipeline(b.scratch_folder / "split.json", [cells_node(b.cell_table(b.scratch_folder, 20), b.cells), node("split", "data.split")],
                    ["pictures.data split.data"])
    got = b.figures([b.program("engine_bench"), "job-start", b.scratch_folder / "project", file, "split", b.size(21, 3)])
    b.add("job-start", got["start"], "ms", target="value < 50")
    b.add("job-start-to-end", got["end"], "ms")


@bench("data-million")
def data_million(b):
    """a data set of a million made-up pictures: import, open, filter by class, pages, one label to disk, memory"""
    few, many = b.size((250_000, 1_000_000), (1_000, 4_000))
    memory = {}
    for count in (few, many):
        folder = b.scratch_folder / f"data-{count}"
        made = b.figures([b.program("data_bench"), "make", folder, count])
        got = b.figures([b.program("data_bench"), "use", folder, b.size(21, 3)])
        memory[count] = got["memory"]
    b.add("data-million-import", made["import"], "s")
    b.add("data-million-import-memory", made["import_memory"], "MB")
    b.add("data-million-file", made["file"], "MB")
    b.add("data-million-open", got["open"], "s", target="value < 3")
    b.add("data-million-filter", got["filter_p95"], "ms (95 of 100)", target="value < 200")
    b.add("data-million-first-screen", got["first_screen"], "ms", target="value < 500")
    b.add("data-million-page", got["page"], "ms for 200 in the middle")
    b.add("data-million-by-path", got["by_path"], "ms")
    b.add("data-million-by-path-cold", got["by_path_cold"], "ms to the first screen, nothing in memory", target="value < 500")
    b.add("data-million-label", got["label"], "ms to disk", "the disk alone", got["disk"], target="value < 5")
    b.add("data-million-label-p95", got["label_p95"], "ms (95 of 100)", target="value < 5")
    b.add("data-million-label-worst", got["label_worst"], "ms")
    b.add("data-million-memory", memory[many], "MB", target="value < 150")
    b.add("data-million-memory-growth", memory[many] - memory[few], f"MB more than with {few:,}")
    value = b.figures([b.program("data_bench"), "value", folder])
    b.add("data-million-value", value["value_whole"], "s for the whole set as a port's value")
    b.add("data-million-value-again", value["value_again"], "s after one label")
    b.add("data-million-value-memory", value["value_memory"], "MB")


@bench("memory")
def memory(b):
    """highest memory of embedding 10,000 drawn pictures, all processes together, and how it grows with their number"""
    counts = b.size((2500, 10000), (500, 1000))
    peaks = []
    for count in counts:
        folder = b.once(f"drawn-{count}", lambda folder, n=count: b.output([b.python(), HERE / "draw.py", folder, n]))
        watch = PeakMemory(b)
        watch.start()
        project = b.scratch_folder / f"project-{count}"
        try:
            b.run(embed_pipeline(b, node("pictures", "data.picture_folder", folder=str(folder))), project)
        finally:
            both = watch.megabytes()
        peaks.append(both)
        shutil.rmtree(project)
    b.add("memory", peaks[1][0], "MB", target="value < 1200")
    b.add("memory-worker", peaks[1][1], "MB in the largest process")
    b.add("memory-growth", peaks[1][0] / peaks[0][0], f"times the peak at {counts[0]:,} pictures", target="value <= 1.1")


# ---- The Studio -----------------------------------------------------------------------------------------------------


@bench("map")
def picture_map(b):
    """the map of pictures: as many rows as the solar cells, and 10,000, of 1,280 features"""
    counts = b.size((2624, 10000), (200, 400))
    seconds = b.figures([b.program("map_bench"), *counts])
    for count, target in zip(counts, (20, 90)):
        b.add(f"map-{count}", seconds[str(count)], "s", target=f"value < {target}")


@bench("assist")
def assist(b):
    """labelling: 20 more labels at 5,000 cached pictures, refit and new scores for all; clicks on a picture of 12 megapixels"""
    figures = b.figures([b.program("assist_bench"), "labels", probe_sets(b)])
    for before in (100, 1000, 4980):
        b.add(f"assist-refit-{before}", figures[f"assist.{before}.refit"], "s", target="value < 0.5")
        b.add(f"assist-scores-{before}", figures[f"assist.{before}.scores_and_next"], "s", target="value < 3")
    folder = b.scratch_folder / "tools"
    folder.mkdir()
    figures = b.figures([b.program("assist_bench"), "tools", folder])
    for name, target in (("prepare", None), ("wand", 100), ("grabcut", 200), ("refine", None)):
        b.add(f"tools-{name}", figures[f"tools.{name}"], "ms", **({"target": f"value < {target}"} if target else {}))


@bench("canvas")
def canvas(b):
    """2,000 blocks and 3,000 links at 1,600 x 1,000 under Xvfb: a whole frame from input to paint, 95th percentile"""
    if not shutil.which("xvfb-run"):
        raise Refused("The canvas is measured in a real window. Run app/setup/install --tests.")
    # Without xvfb-run's Xauthority file in the user's home; the display is gone when the program ends.
    command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1200x24", b.program("canvas_bench"), b.size(2000, 400), b.size(200, 20)]
    rounds = [b.figures(command, QT_QPA_PLATFORM="xcb", QT_ACCESSIBILITY="0") for _ in range(b.size(3, 1))]
    figure = lambda name: statistics.median(one[name] for one in rounds)
    for name, target in (("pan", 6), ("pan-all-visible", 6), ("zoom", 12), ("drag-200", 12), ("drag-200-all-visible", 12), ("rubber-band", 8)):
        b.add(f"canvas-{name}", figure(name + ".p95"), "ms", target=f"value <= {target}")
    b.add("canvas-undo-paste", figure("undo-paste"), "ms", target="value < 100")
    b.add("canvas-open-10000", figure("open"), "ms", target="value < 3000")


@bench("gallery")
def gallery(b):
    """a million items in the gallery at 1,600 x 1,000 under Xvfb: a whole frame of scrolling, 95th percentile; the first screen"""
    if not shutil.which("xvfb-run"):
        raise Refused("The gallery is measured in a real window. Run app/setup/install --tests.")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1200x24", b.program("gallery_bench"), b.size(1_000_000, 20_000), b.size(600, 30)]
    rounds = [b.figures(command, QT_QPA_PLATFORM="xcb", QT_ACCESSIBILITY="0") for _ in range(b.size(3, 1))]
    figure = lambda name: statistics.median(one[name] for one in rounds)
    for name in ("wheel", "pages", "handle"):
        b.add(f"gallery-{name}", figure(name + ".p95"), "ms", target="value <= 16")
    b.add("gallery-first-screen", figure("first-screen"), "ms", target="value < 500")
    b.add("gallery-memory-grown", figure("memory-grown"), "MB after scrolling over all", target="value < 150")


# ---- Data sets ------------------------------------------------------------------------------------------------------


@bench("import-coco")
def import_coco(b):
    """a COCO file of 100,000 annotations until its last item, beside pycocotools' loading and turning it into arrays"""
    images, annotations = b.size(20_000, 400), b.size(100_000, 2_000)
    folder = b.once(f"coco-{annotations}", lambda f: b.output([b.python(), HERE / "formats_peer.py", "--make", f / "instances_x.json", images, annotations]))
    file = folder / "instances_x.json"

    def theirs():
        got = b.figures([b.python(), HERE / "formats_peer.py", file])
        return got["load"] + got["convert"]

    mine, peer = b.in_turn(b.size(5, 1), lambda: b.figures([b.program("formats_bench"), file, "coco", 1])["import"], theirs)
    b.add("import-coco", mine, "s", "pycocotools", peer, "ratio >= 2")
