/* The door's pages: work off the proof while somebody writes, leave at once, and leave nothing behind. Everything works without this. */
"use strict";
(() => {
  const exit = document.querySelector("[data-exit]");
  const away = () => { document.documentElement.hidden = true; location.replace(exit.href); };
  exit.addEventListener("click", (event) => { event.preventDefault(); away(); });
  let escapes = 0;
  addEventListener("keydown", (event) => {
    escapes = event.key === "Escape" ? escapes + 1 : 0;
    if (escapes === 2) away();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace(exit.href); });
  if (location.search.includes("t=")) history.replaceState(null, "", location.pathname + (document.documentElement.lang === "en" ? "?lang=en" : ""));

  const forms = [...document.querySelectorAll("form[data-bits]")];
  if (!forms.length || !window.Worker) return;
  const first = forms[0], says = document.querySelector("[data-work]"), bar = says && says.querySelector("progress");
  const worker = new Worker(first.dataset.worker);
  let proof = "", waiting = null;
  for (const slow of document.querySelectorAll("[data-slow]")) slow.hidden = true;
  const send = (form, step) => {
    form.action = form.getAttribute("action") + "&p=" + proof;
    if (step) { const kept = document.createElement("input"); kept.type = "hidden"; kept.name = step.name; kept.value = step.value; form.append(kept); }
    form.submit();
  };
  worker.onmessage = (told) => {
    if (bar && told.data.done) bar.value = told.data.done;
    if (told.data.proof) {
      proof = told.data.proof;
      worker.terminate();
      document.documentElement.dataset.proven = String(Math.round(performance.now()));
      if (waiting) send(...waiting);
    }
  };
  worker.postMessage({ begins: first.dataset.begins, bits: Number(first.dataset.bits), rounds: Number(first.dataset.rounds) });
  for (const form of forms) form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) return;
    waiting = [form, event.submitter && event.submitter.name ? event.submitter : null];
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    if (says) says.hidden = false;
    if (proof) send(...waiting);
  });
})();
