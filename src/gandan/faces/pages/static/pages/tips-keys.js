/* Keys: made here, signed by the city's root elsewhere; what came before is sealed anew to a new one. And a custodian's half of an identity. */
"use strict";
(() => {
  const make = document.getElementById("make");
  if (make) make.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = make.querySelector("[role=alert]"), [phrase, once] = make.querySelectorAll("[type=password]");
    if (phrase.value.length < 12) return desk.tell(told, desk.said("short"));
    if (phrase.value !== once.value) return desk.tell(told, desk.said("differ"));
    await sodium.ready;
    const { holder, side } = make.dataset, raw = sodium.randombytes_buf(64), me = sealing.member(raw), seat = make.querySelector("[name=seat]").value;
    desk.save(`${holder}.key.json`, "application/json", sealing.lock(raw, phrase.value, holder));
    const asked = { gandan: "tip key request 1", seat, side, holder, box: sodium.to_hex(me.box), verify: sodium.to_hex(me.sign.publicKey) };
    setTimeout(() => desk.save(`${holder}.request.json`, "application/json", JSON.stringify(asked)), 300);
    phrase.value = once.value = "";
    make.querySelector("output").textContent = sodium.to_hex(sodium.crypto_generichash(8, me.box, null)).toUpperCase().replace(/(.{4})(?!$)/g, "$1 ");
    make.querySelector("[data-made]").hidden = false;
  });

  document.addEventListener("unlocked", () => {
    for (const told of document.querySelectorAll(".key-row [role=status], form[data-half] [role=alert]")) desk.tell(told, "");
  });

  for (const button of document.querySelectorAll("[data-reseal]")) button.addEventListener("click", async () => {
    const me = desk.opened(), told = button.parentElement.querySelector("[role=status]");
    if (!me) return desk.tell(told, desk.said("unlock-first"));
    button.disabled = true;
    let done = 0;
    try {
      for (;;) {
        const found = await desk.ask(button.dataset.reseal), to = sealing.bytes(found.to), seals = [];
        for (const one of found.messages) {
          try { seals.push({ message: one.id, seal: sealing.again(one.seal, sealing.bytes(one.tip), one.direction, one.sequence, me, to) }); }
          catch { /* one that was changed, or not sealed to this key: it stays behind and is counted */ }
        }
        if (!seals.length) break;
        done += (await desk.ask(button.dataset.reseal, { seals })).made;
        desk.tell(told, `${desk.said("resealed")} ${done}`, true);
      }
      desk.tell(told, `${desk.said("resealed")} ${done}`, true);
    } catch (wrong) { desk.tell(told, wrong.message); button.disabled = false; }
  });

  for (const form of document.querySelectorAll("form[data-half]")) form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const me = desk.opened(), told = form.querySelector("[role=alert]");
    if (!me) return desk.tell(told, desk.said("unlock-first"));
    try {
      const content = sealing.again(form.dataset.seal, sealing.bytes(form.dataset.tip), "identity", 0, me, sealing.bytes(form.dataset.to));
      await desk.ask(form.dataset.half, { opening: form.dataset.opening, content });
      form.querySelector("button").disabled = true;
      desk.tell(told, desk.said("given"), true);
    } catch (wrong) { desk.tell(told, wrong.message); }
  });
})();
