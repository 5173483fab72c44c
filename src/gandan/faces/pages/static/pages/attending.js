// At the door of a meeting: that one has come is kept on the phone where there is no network, and sent later, once.
"use strict";
(() => {
  if (!window.indexedDB) return;
  const { send, worker, who, kept, sent: went, signIn } = document.currentScript.dataset;
  const { keep, forget, mine } = keeping("gan-dan-doors", "doors", who);
  const tell = (words, good) => {
    document.querySelectorAll("[data-attending]").forEach((one) => one.remove());
    const line = document.createElement("p");
    line.dataset.attending = "";
    line.className = good ? "note" : "wrong";
    line.setAttribute("role", "status");
    line.textContent = words;
    (document.querySelector("main h1") || document.querySelector("main").firstElementChild).after(line);
  };
  const sendAll = async () => {
    if (!navigator.onLine) return;
    try {
      for (const item of await mine()) {
        const told = await sending(send, who, { door: item.key, at: item.at });
        if (told.signIn) return tell(signIn, false);
        await forget(item.key);
        tell(told.wrong || went, !told.wrong);
      }
    } catch { /* no network after all: it stays */ }
  };
  const form = document.querySelector("form[data-attend]");
  if (form) form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await keep({ key: location.pathname.split("/").filter(Boolean).pop(), who, at: new Date().toISOString() });
    form.querySelector("button").disabled = true;
    tell(kept, true);
    await sendAll();
  });
  addEventListener("online", sendAll);
  sendAll();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {});
})();
