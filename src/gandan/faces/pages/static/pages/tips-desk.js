/* The desk: a thread is opened, answered and passed on here, in the browser of whoever holds a key. */
"use strict";
(() => {
  const panel = document.getElementById("thread"), root = panel.dataset.root;
  let shown = null;

  async function show(number) {
    const me = desk.opened();
    for (const link of document.querySelectorAll("[data-tip]")) link.setAttribute("aria-current", link.dataset.tip === number ? "true" : "false");
    if (!me) return desk.tell(panel.querySelector("[data-note]"), desk.said("unlock-first"));
    try {
      const found = await desk.ask(`${root}${number}/`);
      await sodium.ready;
      shown = { number, found, tip: sealing.bytes(found.tip), notes: {} };
      draw(me);
    } catch (wrong) { desk.tell(panel.querySelector("[data-note]"), wrong.message); }
  }

  function draw(me) {
    const { number, found, tip } = shown, view = desk.clone("t-thread");
    desk.fill(view, { number, about: found.about, state: found.state, received: found.received_on, due: found.due, erase: found.erase_on, pledge: found.pledge });
    const list = view.querySelector("[data-messages]");
    for (const message of found.messages) list.append(drawMessage(message, tip, me));
    gaps(found.messages, list);
    for (const one of found.extracts) drawExtract(one, view.querySelector("[data-extracts]"));
    for (const one of found.openings) drawOpening(one, view.querySelector("[data-openings]"), me);
    for (const part of view.querySelectorAll("[data-if]")) part.hidden = !found.may.includes(part.dataset.if);
    for (const form of view.querySelectorAll("form")) form.addEventListener("submit", (event) => { event.preventDefault(); act(form, event.submitter); });
    panel.replaceChildren(view);
    view.querySelector("h2").focus();
  }

  function drawMessage(message, tip, me) {
    const view = desk.clone("t-message"), verify = message.direction === "in" ? sealing.bytes(shown.found.verify) : sealing.bytes(message.signer);
    view.classList.add(message.direction);
    desk.fill(view, { who: desk.said(`from-${message.direction}`), day: message.day.split("-").reverse().join("/") });
    try {
      const said = sealing.open(message, tip, verify, me);
      desk.fill(view, { text: said.text });
      if (message.direction === "note") shown.notes[message.sequence] = said.text;
      for (const file of said.files || []) {
        const button = desk.clone("t-file");
        desk.fill(button, { name: `${file.name} (${Math.ceil(file.size / 1024)} KB)` });
        if (file.original) button.querySelector("[data-original]").hidden = false;
        button.querySelector("button").addEventListener("click", async () => {
          try {
            desk.save(file.name, file.original ? "application/octet-stream" : file.type, await sealing.file(file, tip, (id, nth) => desk.piece(`${root}${shown.number}/files/${id}/${nth}/`)));
          } catch { desk.tell(button.querySelector("[role=alert]"), desk.said("broken")); }
        });
        view.append(button);
      }
    } catch { desk.tell(view.querySelector("[data-slot=text]"), message.seal ? desk.said("broken") : desk.said("not-mine")); }
    return view;
  }

  /* Somebody who can write in the database could take a message away; the turns then have a gap. */
  function gaps(messages, list) {
    for (const direction of ["in", "out"]) {
      const turns = messages.filter((one) => one.direction === direction).map((one) => one.sequence).sort((a, b) => a - b);
      if (turns.some((turn, at) => turn !== at + 1)) { const note = desk.clone("t-gap"); list.prepend(note); }
    }
  }

  function drawExtract(one, list) {
    const view = desk.clone("t-extract"), words = shown.notes[one.sequence] || "";
    desk.fill(view, { unit: one.unit, words, state: desk.said(one.handed ? "x-handed" : one.refused ? "x-refused" : one.checked ? "x-checked" : one.mine ? "x-waits" : "x-check") });
    const form = view.querySelector("form");
    form.hidden = one.checked || one.mine;
    form.dataset.extract = one.id;
    form.dataset.words = words;
    list.append(view);
  }

  function drawOpening(one, list, me) {
    const view = desk.clone("t-opening");
    desk.fill(view, { why: desk.said(`why-${one.why}`), halves: one.halves });
    const button = view.querySelector("button");
    button.hidden = !(one.mine && one.halves === 2);
    button.addEventListener("click", async () => {
      try { desk.fill(view, { identity: sealing.identity(await desk.ask(`${root}identities/${one.id}/`), me) }); }
      catch (wrong) { desk.tell(view.querySelector("[data-slot=identity]"), wrong.message); }
    });
    list.append(view);
  }

  const next = (direction) => 1 + Math.max(0, ...shown.found.messages.filter((one) => one.direction === direction).map((one) => one.sequence));

  async function act(form, button) {
    const me = desk.opened(), { found, tip, number } = shown, step = button.value, told = form.querySelector("[role=alert]");
    const area = form.querySelector("textarea"), sender = { id: "", box: found.public };
    let body = { step };
    if (area && !area.value.trim()) return desk.tell(told, desk.said("empty"));
    if (step === "answer" || step === "ask") body = { step: "say", final: step === "answer", ...sealing.seal(area.value.trim(), tip, "out", next("out"), [...found.readers, sender], me) };
    if (step === "extract") body = { step, unit: form.querySelector("[name=unit]").value, ...sealing.seal(area.value.trim(), tip, "note", next("note"), found.readers, me) };
    if (step === "pass") body = { step, extract: form.dataset.extract, text: form.dataset.words };
    if (step === "refuse") body = { step, extract: form.dataset.extract };
    if (step === "identity") body = { step, why: form.querySelector("[name=why]").value };
    if (step === "reward") body = { step, amount: Number(form.querySelector("[name=amount]").value) };
    button.disabled = true;
    try { await desk.ask(`${root}${number}/`, body); await show(number); }
    catch (wrong) { desk.tell(told, wrong.message); button.disabled = false; }
  }

  for (const link of document.querySelectorAll("[data-tip]")) link.addEventListener("click", () => show(link.dataset.tip));
  document.addEventListener("unlocked", () => desk.tell(panel.querySelector("[data-note]"), desk.said("choose"), true));
})();
