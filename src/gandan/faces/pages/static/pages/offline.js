// Without a network: dossiers that were kept, what is written and sent later, once. Every page works without it.
"use strict";
(() => {
  const { worker, later } = document.documentElement.dataset;
  if (!worker || !window.indexedDB) return;
  const dossiers = keeping("gan-dan-dossiers", "dossiers", "here");
  const written = keeping("gan-dan-written", "written", "here");
  const told = document.querySelector("[data-offline]");
  const show = () => { if (told) told.hidden = navigator.onLine; };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {});

  const keeper = document.querySelector("[data-keep-dossier]");
  if (keeper) {
    const { number, what, why, procedure, unit } = keeper.dataset;
    const item = () => ({ key: number, who: "here", number, what, why, procedure, unit, at: new Date().toISOString() });
    const label = (kept) => { keeper.textContent = kept ? keeper.dataset.drop : keeper.dataset.keep; keeper.setAttribute("aria-pressed", kept); };
    dossiers.mine().then(async (all) => {
      const kept = all.some((one) => one.key === number);
      if (kept) await dossiers.keep(item()); // as it stands today
      label(kept);
    }).catch(() => {});
    keeper.addEventListener("click", async () => {
      const kept = (await dossiers.mine()).some((one) => one.key === number);
      await (kept ? dossiers.forget(number) : dossiers.keep(item()));
      label(!kept);
    });
  }

  // Returns what became of it; throws where there is no network after all.
  const sent = async (item) => {
    const body = new URLSearchParams({ ...item.typed, code: item.key });
    const answer = await fetch(item.to || later, { method: "POST", body, headers: { "X-Kept": "1" }, credentials: "same-origin" });
    if (answer.status >= 500 || answer.status === 429) throw new Error("try later");
    return answer.json();
  };

  const line = (tag, words, name) => {
    const one = document.createElement(tag);
    one.textContent = words;
    if (name) one.className = name;
    return one;
  };
  const drop = (words, act) => {
    const one = line("button", words, "btn plain tight");
    one.type = "button";
    one.addEventListener("click", async () => { await act(); await list(); });
    return one;
  };
  const grouped = (code) => code.replace(/(.{4})(?=.)/g, "$1 ");

  const list = async () => {
    const places = { dossiers: document.querySelector("[data-dossiers]"), written: document.querySelector("[data-written]") };
    if (places.dossiers) {
      const all = await dossiers.mine();
      places.dossiers.hidden = !all.length;
      places.dossiers.querySelector("ul").replaceChildren(...all.map((one) => {
        const row = document.createElement("li");
        const said = document.createElement("p");
        said.append(line("b", one.procedure), document.createElement("br"), `${one.number} · ${one.unit}`, document.createElement("br"), one.what, " ", one.why,
          document.createElement("br"), line("span", `${places.dossiers.dataset.asOf} ${new Date(one.at).toLocaleString(document.documentElement.lang)}`, "small quiet"));
        row.append(said, drop(places.dossiers.dataset.drop, () => dossiers.forget(one.key)));
        return row;
      }));
    }
    if (places.written) {
      const all = await written.mine();
      places.written.hidden = !all.length;
      places.written.querySelector("ul").replaceChildren(...all.map((one) => {
        const row = document.createElement("li");
        const said = document.createElement("p");
        said.append(line("span", one.typed.text || one.typed.words), document.createElement("br"), line("span", grouped(one.key), "figures"), " · ",
          line("b", places.written.dataset[one.state || "waits"]), one.why ? ` ${one.why}` : "");
        row.append(said, drop(places.written.dataset.drop, () => written.forget(one.key)));
        return row;
      }));
    }
  };

  let busy = false;
  const sendAll = async () => {
    if (busy || !navigator.onLine) return;
    busy = true;
    try {
      for (const item of await written.mine()) {
        if (item.state) continue;
        const answer = await sent(item);
        if (answer.done) await written.keep({ ...item, state: "sent" });
        else if (answer.draft) await written.keep({ ...item, state: "draft", why: answer.why });
        else if (answer.wrong) await written.keep({ ...item, state: "wrong", why: Object.values(answer.wrong).flat().join(" ") });
      }
    } catch { /* no network after all: it stays */ }
    busy = false;
    await list();
  };

  const code = () => Array.from(crypto.getRandomValues(new Uint32Array(16)), (one) => one % 10).join("");
  const form = document.querySelector("form[data-later]");
  if (form) {
    form.addEventListener("submit", async (event) => {
      if (navigator.onLine && !("always" in form.dataset)) return; // it goes by itself
      event.preventDefault();
      const typed = Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["code", "csrfmiddlewaretoken"].includes(name)));
      if (!(typed.text || typed.words || "").trim()) return form.querySelector("textarea").focus();
      const key = (form.elements.code && form.elements.code.value) || code();
      await written.keep({ key, who: "here", typed, to: form.dataset.to || "" });
      form.querySelector("textarea").value = "";
      if (form.elements.code) form.elements.code.value = code();
      const said = form.querySelector("[data-kept-now]");
      said.hidden = false;
      said.querySelector("b").textContent = grouped(key);
      await list();
      await sendAll();
    });
  }
  window.addEventListener("online", sendAll);
  list().then(sendAll).catch(() => {});
})();
