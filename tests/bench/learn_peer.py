#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scikit-learn's side of learn_bench: the same rows, the same C, the same folds, at its best of 1 and 2 threads.

  learn_peer.py --make FOLDER             writes easy.x/.y (separable) and hard.x/.y (correlated, overlapping), 5,000 x 1,280 x 10
  learn_peer.py FOLDER SET JOB TOLERANCE [PROCESSES]
                                          prints JSON lines {name, value, unit}; job: reference, fit, search or ridge;
                                          a search at its best of some numbers of processes, "1,2" unless told

Needs numpy and scikit-learn. OPENBLAS_CORETYPE, set on some machines for other programs' sake, is removed first: it
would pin OpenBLAS to an older processor.
"""
import json
import os
import sys
import time

if os.environ.pop("OPENBLAS_CORETYPE", None) is not None:
    os.execv(sys.executable, [sys.executable] + sys.argv)

import warnings

import numpy as np

ROWS, FEATURES, CLASSES = 5000, 1280, 10
GRID = [1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3]


def make(folder):
    rng = np.random.default_rng(0)
    os.makedirs(folder, exist_ok=True)
    y = rng.integers(0, CLASSES, ROWS)
    easy = rng.normal(size=(ROWS, FEATURES)) + 0.5 * rng.normal(size=(CLASSES, FEATURES))[y]
    mix = rng.normal(size=(64, FEATURES))
    z = rng.normal(size=(ROWS, 64)) * np.linspace(3, 0.3, 64) + 0.35 * rng.normal(size=(CLASSES, 64))[y]
    hard = 0.2 * z @ mix + 0.3 * rng.normal(size=(ROWS, FEATURES))
    for name, x in (("easy", easy), ("hard", hard)):
        x = (x - x.mean(0)) / x.std(0)
        x.astype("<f4").tofile(f"{folder}/{name}.x")
        y.astype("<i4").tofile(f"{folder}/{name}.y")


def report(name, value, unit):
    print(json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def objective(model, x, y, c):
    z = x.astype(np.float64) @ model.coef_.astype(np.float64).T + model.intercept_
    z -= z.max(1, keepdims=True)
    loss = (np.log(np.exp(z).sum(1)) - z[np.arange(len(y)), y]).sum()
    return c * loss + 0.5 * (model.coef_.astype(np.float64) ** 2).sum()


def timed(work, times):
    best, result = 1e30, None
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def reference(at, x, y):
    """The optimum, and the loosest tolerance with which a fit ends within 1e-4 of it, as the engine's fit does."""
    exact = LogisticRegression(C=1.0, max_iter=10000, tol=1e-8).fit(x.astype(np.float64), y)
    optimum = objective(exact, x, y, 1.0)
    report(f"{at}.fit.optimum", optimum, "nat")
    for tolerance in (1e-4, 1e-5, 1e-6, 1e-7, 1e-8):
        model = LogisticRegression(C=1.0, tol=tolerance, max_iter=10000).fit(x, y)
        if objective(model, x, y, 1.0) <= optimum * (1 + 1e-4):
            break
    report(f"{at}.fit.equal_loss_tolerance", tolerance, "1")


def fit(at, x, y, tolerance):
    fits = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            fits.append(timed(lambda: LogisticRegression(C=1.0, tol=tolerance, max_iter=10000).fit(x, y), 3))
    seconds, model = min(fits, key=lambda one: one[0])
    report(f"{at}.fit", seconds, "s")
    report(f"{at}.fit.objective", objective(model, x, y, 1.0), "nat")


def search(at, x, y, tolerance, processes):
    """At one BLAS thread, where it is fastest, in one process or in one a core."""
    searches = []
    for jobs in processes:
        with threadpool_limits(1):
            cv = lambda: LogisticRegressionCV(Cs=GRID, cv=5, tol=tolerance, max_iter=10000, n_jobs=jobs, scoring="neg_log_loss",
                                              use_legacy_attributes=False, l1_ratios=(0.0,)).fit(x, y)
            searches.append((*timed(cv, 1), jobs))
    seconds, model, jobs = min(searches, key=lambda one: one[0])
    report(f"{at}.search", seconds, "s")
    report(f"{at}.search.processes", jobs, "1")
    report(f"{at}.search.best_c", float(np.ravel(model.C_)[0]), "1")


def peer(folder, name, job, tolerance, processes):
    x = np.fromfile(f"{folder}/{name}.x", "<f4").reshape(ROWS, FEATURES)
    y = np.fromfile(f"{folder}/{name}.y", "<i4")
    at = f"learn.{name}"
    if job == "reference":
        reference(at, x, y)
    elif job == "fit":
        fit(at, x, y, tolerance)
    elif job == "search":
        search(at, x, y, tolerance, processes)
    elif job == "ridge":
        with threadpool_limits(2):
            report(f"{at}.ridge", timed(lambda: RidgeClassifier().fit(x, y), 3)[0], "s")


warnings.filterwarnings("ignore")
if len(sys.argv) == 3 and sys.argv[1] == "--make":
    make(sys.argv[2])
elif len(sys.argv) in (5, 6) and sys.argv[3] in ("reference", "fit", "search", "ridge"):
    from sklearn.linear_model import LogisticRegression, LogisticRegressionCV, RidgeClassifier
    from threadpoolctl import threadpool_limits

    peer(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]), [int(n) for n in "".join(sys.argv[5:]).split(",") if n] or [1, 2])
else:
    sys.exit(__doc__)
