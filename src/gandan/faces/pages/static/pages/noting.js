// Noting an activity: kept on the phone first, sent when there is a network, once. Without scripts the form goes by itself.
"use strict";
(() => {
  const form = document.querySelector("form[data-noting]");
  if (!form || !window.indexedDB) return;
  const { send, worker, who } = form.dataset;
  const waiting = document.querySelector("#waiting");
  const said = (name) => document.querySelector(`[data-say="${name}"]`);
  const show = (name) => document.querySelectorAll("[data-say]").forEach((one) => (one.hidden = one.dataset.say !== name));
  let key = form.elements.key.value;

  const { keep, forget, mine } = keeping("gan-dan", "notings", who);

  // Returns the address, or what is wrong; throws where there is no network.
  const sent = (item) => sending(send, item.who, { ...item.typed, key: item.key, offline: item.offline ? "1" : "" });

  // Begun at a model: in flight mode the address says which, and the page that is kept knows the names.
  const chosen = document.querySelector("[data-model]");
  const named = (number) => (number ? document.querySelector(`[data-model-of="${CSS.escape(number)}"]`) : null);
  const choose = (number) => {
    const link = named(number);
    form.elements.model.value = link ? number : "";
    chosen.hidden = !link;
    if (link) chosen.querySelector("b").textContent = link.textContent;
  };
  document.querySelectorAll("[data-model-of]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    choose(link.dataset.modelOf);
    link.closest("details").open = false;
  }));
  const begun = form.elements.model.value || new URLSearchParams(location.search).get("model") || "";
  choose(begun);

  const clear = () => {
    form.querySelectorAll(".wrong").forEach((one) => one.remove());
    form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
  };
  const complain = (wrong) => {
    for (const [name, several] of Object.entries(wrong)) {
      const field = form.elements[name];
      const line = document.createElement("p");
      line.className = "wrong";
      line.setAttribute("role", "alert");
      line.textContent = several.join(" ");
      if (name && field) {
        field.setAttribute("aria-invalid", "true");
        field.closest(".field").append(line);
        field.focus();
      } else form.prepend(line);
    }
  };
  const fill = (typed) => {
    for (const [name, value] of Object.entries(typed)) if (form.elements[name]) form.elements[name].value = value;
    choose(typed.model || "");
    label();
  };

  const list = async () => {
    const items = await mine();
    waiting.hidden = !items.length;
    const rows = items.map((item) => {
      const row = document.createElement("li");
      const what = document.createElement("span");
      const form_ = form.elements.form.querySelector(`[value="${item.typed.form}"]`);
      what.textContent = `${item.typed.day.split("-").reverse().join("/")} · ${form_ ? form_.textContent : ""} · ${item.typed.place} · ${item.typed.count}`;
      const model = named(item.typed.model);
      if (model) what.textContent += ` · ${model.textContent}`;
      row.append(what);
      if (item.wrong) {
        const why = document.createElement("p");
        why.className = "wrong";
        why.textContent = Object.values(item.wrong).flat().join(" ");
        row.append(why);
      }
      for (const [words, act] of [
        [waiting.dataset.edit, async () => { await forget(item.key); key = crypto.randomUUID(); fill(item.typed); complain(item.wrong || {}); }],
        [waiting.dataset.drop, async () => { await forget(item.key); }],
      ]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn plain tight";
        button.textContent = words;
        button.addEventListener("click", async () => { await act(); await list(); });
        row.append(button);
      }
      return row;
    });
    waiting.querySelector("ul").replaceChildren(...rows);
  };

  let busy = false;
  const sendAll = async () => {
    if (busy || !navigator.onLine) return;
    busy = true;
    try {
      let done = 0;
      for (const item of await mine()) {
        const told = await sent(item);
        if (told.signIn) { show("sign-in"); break; }
        if (told.wrong) await keep({ ...item, wrong: told.wrong });
        else { await forget(item.key); done += 1; }
      }
      if (done) { said("sent").querySelector("b").textContent = done; show("sent"); }
    } catch { /* no network after all: they stay */ }
    busy = false;
    await list();
  };

  const label = () => {
    const support = form.elements.form.value === "support";
    const words = form.querySelector("[data-heads]");
    words.textContent = support ? words.dataset.households : words.dataset.heads;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    const bad = [...form.elements].filter((one) => one.willValidate && !one.checkValidity());
    if (bad.length) {
      complain(Object.fromEntries(bad.reverse().map((one) => [one.name, [one.dataset.wrong || form.dataset.missing]])));
      return;
    }
    const typed = Object.fromEntries(["unit", "form", "topic", "day", "place", "partner", "count", "model"].map((name) => [name, form.elements[name].value]));
    const item = { key, who, typed, offline: !navigator.onLine };
    await keep(item);
    try {
      if (!navigator.onLine) throw new Error("flight mode");
      const told = await sent(item);
      if (told.wrong) { await forget(key); key = crypto.randomUUID(); complain(told.wrong); return; }
      if (told.address) { await forget(key); window.location.assign(told.address); return; }
      show("sign-in");
    } catch {
      await keep({ ...item, offline: true });
      show("kept");
    }
    key = crypto.randomUUID();
    form.elements.place.value = form.elements.count.value = "";
    choose(begun);
    form.elements.place.focus();
    await list();
  });

  form.elements.form.addEventListener("change", label);
  window.addEventListener("online", sendAll);
  label();
  list().then(sendAll);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).then(() => document.documentElement.classList.add("kept-here"), () => {});
})();
