// Minutes: saved as they are written, kept on this device while there is no network, and brought together by the server.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-minutes]")) {
    const field = form.elements.text;
    const state = form.querySelector("[data-state]");
    const store = `minutes-${form.dataset.minutes}`;
    const say = (name) => (state.textContent = state.dataset[name]);
    let timer = 0;
    let busy = false;
    let key = crypto.randomUUID();

    const draft = () => JSON.parse(localStorage.getItem(store) || "null");
    const keep = () => localStorage.setItem(store, JSON.stringify({ text: field.value, base: form.elements.base.value, key }));

    const save = async () => {
      if (busy) return;
      busy = true;
      keep();
      const sent = field.value;
      const body = new URLSearchParams({ text: sent, base: form.elements.base.value, key });
      try {
        const answer = await fetch(form.action, {
          method: "POST", body, credentials: "same-origin",
          headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        });
        const told = await answer.json();
        if (told.wrong) state.textContent = told.wrong;
        else {
          const typedSince = field.value !== sent;
          form.elements.base.value = told.version;
          if (typedSince) field.value = told.text + field.value.slice(sent.length);
          else field.value = told.text;
          key = crypto.randomUUID();
          if (!typedSince) localStorage.removeItem(store);
          say(told.both ? "both" : "saved");
        }
      } catch {
        say("kept");
        setTimeout(save, 15000);
      }
      busy = false;
    };

    field.addEventListener("input", () => {
      keep();
      say("typing");
      clearTimeout(timer);
      timer = setTimeout(save, 2500);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      save();
    });
    window.addEventListener("online", () => draft() && save());
    const left = draft();
    if (left && left.text !== field.value) {
      field.value = left.text;
      form.elements.base.value = left.base;
      key = left.key;
      save();
    }
  }
})();
