#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes golden.json beside this file: small data sets, and what scikit-learn and scipy make of them.

Run with any Python that has numpy, scipy and scikit-learn (made with scikit-learn 1.9.1); the tests only read the JSON.
"""
import json
import os

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.covariance import ledoit_wolf_shrinkage
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.neighbors import KNeighborsClassifier

rng = np.random.default_rng(7)


def blobs(rows, features, classes, spread):
    y = np.concatenate([np.arange(classes), rng.choice(classes, rows - classes, p=np.arange(1, classes + 1) / (classes * (classes + 1) / 2))])
    x = rng.normal(size=(rows, features)) @ rng.normal(size=(features, features)) * 0.5 + spread * rng.normal(size=(classes, features))[y] + 0.7
    return np.round(x, 4).astype(np.float32).astype(np.float64), y


def objective(model, x, y, c, weights=None):
    z = model.decision_function(x)
    if z.ndim == 1:
        loss = np.logaddexp(0, z) - z * y
    else:
        loss = np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - z[np.arange(len(y)), y]
    if weights is not None:
        loss = loss * weights
    return float(c * loss.sum() + 0.5 * (model.coef_**2).sum())


def flat(a):
    return [float(v) for v in np.ravel(a)]


def logistic(name, x, y, c, balanced=False, weights=None):
    model = LogisticRegression(C=c, tol=1e-10, max_iter=20000, class_weight="balanced" if balanced else None)
    model.fit(x, y, sample_weight=weights)
    effective = np.ones(len(y)) if weights is None else weights.copy()
    if balanced:
        mass = np.bincount(y, weights=effective)
        effective = effective * (effective.sum() / (len(mass) * mass))[y]
    return {"name": name, "c": c, "balanced": balanced, "weights": [] if weights is None else flat(weights),
            "objective": objective(model, x, y, c, effective), "probabilities": flat(model.predict_proba(x[:8]))}


out = {"logistic": []}
for name, classes, rows, features in (("three", 3, 90, 7), ("two", 2, 70, 5), ("many", 13, 260, 20)):
    x, y = blobs(rows, features, classes, 0.8)
    w = np.round(rng.uniform(0.2, 2, rows), 3).astype(np.float32).astype(np.float64)
    cases = [logistic(f"{name} c={c}", x, y, c) for c in (0.01, 1.0, 30.0)]
    cases += [logistic(f"{name} balanced", x, y, 1.0, True), logistic(f"{name} weighted", x, y, 0.5, False, w)]
    out["logistic"].append({"rows": rows, "features": features, "classes": classes, "x": flat(x), "y": [int(v) for v in y], "cases": cases})
    if name == "three":
        ridge = RidgeClassifier(alpha=2.0).fit(x, y)
        lda = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3).fit(x, y)
        centred = x - np.array([x[y == k].mean(0) for k in range(classes)])[y]
        unit = x / np.linalg.norm(x, axis=1, keepdims=True)
        knn = KNeighborsClassifier(20, weights=lambda d: np.exp((1 - d**2 / 2) / 0.07)).fit(unit[10:], y[10:])
        out["closed"] = {"ridge": flat(ridge.decision_function(x)), "lda": flat(lda.predict_proba(x)),
                         "ledoit_wolf": float(ledoit_wolf_shrinkage(centred, assume_centered=True)),
                         "knn": flat(knn.predict_proba(unit[:10]))}

n = 80
truth = rng.integers(0, 2, n)
score = np.round(np.clip(0.5 + 0.25 * (truth - 0.5) + 0.2 * rng.normal(size=n), 0.01, 0.99), 1)  # One decimal: many ties.
predicted = (score >= 0.5).astype(int)
fpr, tpr, _ = metrics.roc_curve(truth, score, drop_intermediate=False)
out["binary"] = {
    "truth": truth.tolist(), "score": flat(score), "auroc": metrics.roc_auc_score(truth, score),
    "average_precision": metrics.average_precision_score(truth, score), "f1": metrics.f1_score(truth, predicted),
    "accuracy": metrics.accuracy_score(truth, predicted), "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
    "log_loss": metrics.log_loss(truth, score), "brier": metrics.brier_score_loss(truth, score), "fpr": flat(fpr), "tpr": flat(tpr),
}
k = 4
truth = rng.integers(0, k, n)
p = np.exp(1.2 * np.eye(k)[truth] + rng.normal(size=(n, k)))
p = np.round(p / p.sum(1, keepdims=True), 6)
p[:, -1] = 1 - p[:, :-1].sum(1)
predicted = p.argmax(1)
pr, rc, f1, support = metrics.precision_recall_fscore_support(truth, predicted)
out["multi"] = {
    "truth": truth.tolist(), "p": flat(p), "confusion": metrics.confusion_matrix(truth, predicted).ravel().tolist(),
    "precision": flat(pr), "recall": flat(rc), "f1": flat(f1), "support": support.tolist(),
    "macro_f1": metrics.f1_score(truth, predicted, average="macro"),
    "auroc": metrics.roc_auc_score(truth, p, multi_class="ovr"), "log_loss": metrics.log_loss(truth, p),
}
labels = rng.integers(0, 2, (n, 3))
s = np.round(np.clip(0.5 + 0.3 * (labels - 0.5) + 0.25 * rng.normal(size=labels.shape), 0, 1), 2)
out["multilabel"] = {
    "truth": labels.ravel().tolist(), "score": flat(s), "map": metrics.average_precision_score(labels, s, average="macro"),
    "micro_f1": metrics.f1_score(labels, s >= 0.5, average="micro"), "macro_f1": metrics.f1_score(labels, s >= 0.5, average="macro"),
}
wilson = [[a, b, *stats.binomtest(a, b).proportion_ci(0.95, "wilson")] for a, b in ((8, 10), (0, 5), (5, 5), (850, 1000))]
a = [0.81, 0.83, 0.80, 0.85, 0.82]
b = [0.84, 0.85, 0.83, 0.86, 0.86]
t = stats.ttest_rel(b, a).confidence_interval(0.95)
out["intervals"] = {"wilson": [flat(w) for w in wilson], "a": a, "b": b, "paired_t": [float(t.low), float(t.high)],
                    "t975": [[d, float(stats.t.ppf(0.975, d))] for d in (1, 2, 4, 30, 1000)], "z975": float(stats.norm.ppf(0.975))}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as f:
    json.dump(out, f, separators=(",", ":"))
    f.write("\n")
