#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The engine's linear probes against scikit-learn's logistic regression on the same embeddings and folds.

usage: probe_against_sklearn.py PROJECT [BLOCK]      needs numpy and scikit-learn

PROJECT is a project in which `patchbay run solar-cells-evidence` has run; BLOCK the probe's name (default "probe"). Every
fitted fold is fitted again with the same C on standardised features; accuracy and AUROC of the test fold are compared.
"""
import json
import os
import sqlite3
import struct
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.preprocessing import StandardScaler


def main(project, block):
    objects = Path(project) / "objects"

    def blob(digest):
        return (objects / digest[:2] / digest[2:]).read_bytes()

    def features(digest):
        manifest = json.loads(blob(digest))
        ids, rows = [], []
        for name, part in sorted(manifest["parts"].items()):
            if not name.startswith("chunk/"):
                continue
            data = blob(part)
            count, columns = struct.unpack_from("<II", data, 4)
            ids += [data[12 + 32 * i : 44 + 32 * i] for i in range(count)]
            rows.append(np.frombuffer(data, np.float16, count * columns, 12 + 32 * count).reshape(count, columns))
        return ids, np.concatenate(rows).astype(np.float64)

    def predictions(digest):
        data = blob(json.loads(blob(digest))["parts"]["rows"])
        count, classes = struct.unpack_from("<II", data, 4)
        kind = np.dtype([("id", "S32"), ("truth", "<i4"), ("split", "u1"), ("p", "<f4", (classes,))])
        return np.frombuffer(data, kind, count, 12)

    database = sqlite3.connect(f"file:{os.path.abspath(project)}/project.db?mode=ro", uri=True)
    steps = database.execute("select distinct a.parts, a.outputs from steps s join actions a on a.key = s.key "
                             "where s.name like ? || '[%' and s.type like '%linear_probe'", (block,)).fetchall()
    if not steps:
        sys.exit(f"No run of a block named {block} in {project}.")
    ours, theirs, known = [], [], {}
    for parts, outputs in steps:
        parts = json.loads(parts)
        digest = parts["inputs"]["embedding"][0]
        ids, x = known.setdefault(digest, None) or features(digest)
        known[digest] = (ids, x)
        table = predictions(json.loads(outputs)["predictions"])
        row = {name: i for i, name in enumerate(ids)}
        x = x[[row[name] for name in table["id"]]]
        train, test = table["split"] == 1, table["split"] == 3
        scaler = StandardScaler().fit(x[train])
        model = LogisticRegression(C=parts["params"]["c"], max_iter=5000, tol=1e-8).fit(scaler.transform(x[train]), table["truth"][train])
        score, truth = model.predict_proba(scaler.transform(x[test]))[:, 1], table["truth"][test]
        theirs.append((accuracy_score(truth, score >= 0.5), roc_auc_score(truth, score)))
        ours.append((accuracy_score(truth, table["p"][test][:, 1] >= 0.5), roc_auc_score(truth, table["p"][test][:, 1])))
    ours, theirs = np.array(ours), np.array(theirs)
    for i, name in enumerate(("accuracy", "AUROC")):
        print(f"{name:9} ours {ours[:, i].mean():.4f}  scikit-learn {theirs[:, i].mean():.4f}  difference of the means "
              f"{ours[:, i].mean() - theirs[:, i].mean():+.4f}  largest of a fold {np.abs(ours[:, i] - theirs[:, i]).max():.4f}  ({len(ours)} folds)")
    return 0 if np.abs(ours.mean(0) - theirs.mean(0)).max() <= 0.005 else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "probe"))
