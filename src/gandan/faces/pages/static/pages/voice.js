// What the browser may add to writing a case: keep what is typed every few seconds, and fill in where one stands.
"use strict";
const form = document.querySelector("form[data-kept]");
if (form) {
  const said = form.querySelector("[data-kept-at]");
  let waiting = 0;
  const keep = async () => {
    waiting = 0;
    const body = new FormData(form);
    body.delete("file");
    body.set("do", "keep");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Kept": "1" } });
      said.textContent = answer.ok ? new Date().toLocaleTimeString() + " ✓" : "…";
    } catch {
      said.textContent = "…";
      waiting = setTimeout(keep, 15000);
    }
  };
  form.addEventListener("input", () => {
    if (!waiting) waiting = setTimeout(keep, 4000);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));

  form.querySelector("[data-here]")?.addEventListener("click", () => {
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(6);
      form.elements.longitude.value = coords.longitude.toFixed(6);
      form.querySelector("button[value='keep']").click();
    });
  });
}

// Robots pay for each sending: a little work, done while somebody writes. Who has no scripts takes the time of writing.
const work = document.querySelector("form [data-proof]");
if (work && window.Worker) {
  const sending = work.form;
  const worker = new Worker(work.dataset.worker);
  let pressed = null;
  worker.onmessage = (told) => {
    if (!told.data.proof) return;
    work.value = told.data.proof;
    worker.terminate();
    if (pressed) sending.requestSubmit(pressed);
  };
  worker.postMessage({ begins: work.dataset.begins, bits: Number(work.dataset.bits), rounds: Number(work.dataset.rounds) });
  sending.addEventListener("submit", (event) => {
    if (event.submitter?.value !== work.dataset.press || work.value) return;
    event.preventDefault();
    pressed = event.submitter;
    sending.querySelector("[data-working]").hidden = false;
  });
}
