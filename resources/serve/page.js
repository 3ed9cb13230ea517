// SPDX-License-Identifier: Apache-2.0
"use strict";
// The test page. What comes from outside - names of classes and models, messages - is only ever text, never markup.

const texts = {
  en: {
    model: "Model", token: "Token", drop: "Drop a picture here, paste one, or click to choose", heat: "Show where the evidence lies",
    api: "Description of the interface (OpenAPI)", asking: "Looking at the picture …", lost: "The server does not answer.",
    needs: "Type the token of this server first.", none: "No label", several: "Labels", other: "中文", otherLanguage: "zh-CN",
    facts: (ms, network, precision) => `${network}, ${precision}: ${ms} ms with waiting and heat map`,
    unseen: "This browser cannot show the picture; the answer is about it all the same.",
    unlike: (percent) => `Unlike the pictures it was trained on: ${percent} % of those are more alike. Do not rely on the answer.`,
  },
  zh: {
    model: "模型", token: "令牌", drop: "将图片拖到这里、粘贴，或点击选择", heat: "显示判断依据的位置",
    api: "接口说明（OpenAPI）", asking: "正在查看图片……", lost: "服务器没有响应。",
    needs: "请先输入此服务器的令牌。", none: "没有标签", several: "标签", other: "English", otherLanguage: "en",
    facts: (ms, network, precision) => `${network}，${precision}：${ms} 毫秒（含等待与热力图）`,
    unseen: "此浏览器无法显示该图片，但结果仍然有效。",
    unlike: (percent) => `这张图片与训练图片不相似：训练所用的同类图片中有 ${percent}% 更为相近。请勿依赖此结果。`,
  },
};
const asked = new URLSearchParams(location.search).get("lang");
let language = (asked || navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en";
const at = (id) => document.getElementById(id);
let models = [], chosen = null, count = 0;

function speak() {
  const words = texts[language];
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = words[element.dataset.text];
  at("language").textContent = words.other;
  at("language").lang = words.otherLanguage;
}

function say(sentence, bad) {
  at("status").textContent = sentence;
  at("status").classList.toggle("bad", Boolean(bad));
}

async function ask(path, options = {}) {
  const headers = {};
  if (at("token").value) headers.Authorization = "Bearer " + at("token").value.trim();
  const answer = await fetch(path, { ...options, headers });
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 401) at("token-row").hidden = false;
  if (!answer.ok) throw new Error(answer.status === 401 ? texts[language].needs : body.error ? `${body.error.message} ${body.error.hint}` : String(answer.status));
  return body;
}

function problem(error) {
  at("answer").hidden = true;
  say(error instanceof TypeError ? texts[language].lost : error.message, true);
}

async function loadModels() {
  try {
    models = (await ask("/v1/models")).models;
  } catch (error) {
    return problem(error);
  }
  at("token-row").hidden = !at("token").value;
  say("");
  at("model").replaceChildren(...models.map((model) => new Option(model.name, model.name)));
  if (chosen) look(chosen);
}

/// Dark where nothing is, then red, yellow and white; half seen through.
function colour(v) {
  return [Math.min(255, v * 3), Math.min(255, Math.max(0, v - 85) * 3), Math.max(0, v - 170) * 3, Math.min(190, v * 1.5)];
}

async function draw(file, map) {
  const canvas = at("picture");
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    canvas.hidden = true;
    at("invitation").hidden = false;
    at("invitation").textContent = texts[language].unseen;
    return;
  }
  const shrink = Math.min(1, 1024 / Math.max(bitmap.width, bitmap.height));
  const grow = Math.max(1, 320 / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * shrink * grow));
  canvas.height = Math.max(1, Math.round(bitmap.height * shrink * grow));
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  if (map) {
    const bytes = Uint8Array.from(atob(map.values), (c) => c.charCodeAt(0));
    const pixels = new ImageData(map.width, map.height);
    bytes.forEach((v, i) => pixels.data.set(colour(v), 4 * i));
    context.drawImage(await createImageBitmap(pixels), 0, 0, canvas.width, canvas.height);
  }
  canvas.hidden = false;
  at("invitation").hidden = true;
}

function show(model, answer, result) {
  const words = texts[language];
  at("label").textContent = result.labels ? result.labels.join(", ") || words.none : result.class;
  const odd = Boolean(result.unlike && result.unlike.warning);
  at("unlike").hidden = !odd;
  at("unlike").textContent = odd ? words.unlike(Math.floor(result.unlike.percentile)) : "";
  const rows = Object.entries(result.scores).sort((a, b) => b[1] - a[1]).slice(0, 20).map(([name, score]) => {
    const row = document.createElement("tr");
    const cells = [0, 1, 2].map(() => row.appendChild(document.createElement("td")));
    cells[0].textContent = name;
    const meter = cells[1].appendChild(document.createElement("meter"));
    meter.value = score;
    meter.setAttribute("aria-label", name);
    cells[2].textContent = (100 * score).toFixed(1) + " %";
    return row;
  });
  at("scores").replaceChildren(...rows);
  const facts = models.find((one) => one.name === model) || {};
  at("facts").textContent = words.facts(answer.milliseconds.toFixed(1), facts.network, facts.precision);
  at("answer").hidden = false;
}

async function look(file) {
  chosen = file;
  const model = at("model").value, mine = ++count;
  if (!model) return;
  say(texts[language].asking);
  try {
    const heat = at("heat").checked ? "?heat_map=1" : "";
    const answer = await ask(`/v1/models/${encodeURIComponent(model)}/predict${heat}`, { method: "POST", body: file });
    if (mine !== count) return;
    await draw(file, answer.results[0].heat_map);
    show(model, answer, answer.results[0]);
    say("");
  } catch (error) {
    if (mine === count) problem(error);
  }
}

at("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); if (chosen) look(chosen); });
at("file").addEventListener("change", () => at("file").files[0] && look(at("file").files[0]));
at("model").addEventListener("change", () => chosen && look(chosen));
at("heat").addEventListener("change", () => chosen && look(chosen));
at("token").addEventListener("change", loadModels);
at("drop").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); at("file").click(); } });
for (const kind of ["dragenter", "dragover"]) addEventListener(kind, (event) => { event.preventDefault(); at("drop").classList.add("over"); });
for (const kind of ["dragleave", "drop"]) addEventListener(kind, (event) => { event.preventDefault(); at("drop").classList.remove("over"); });
addEventListener("drop", (event) => event.dataTransfer.files[0] && look(event.dataTransfer.files[0]));
addEventListener("paste", (event) => event.clipboardData.files[0] && look(event.clipboardData.files[0]));
speak();
loadModels();
