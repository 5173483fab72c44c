// Minutes: saved as they are written, kept on this device while there is no network, and brought together by the server.
"use strict";
(() => {
  // What was typed while a saving was under way, put where it was typed into the text that came back: no word is lost.
  const rebased = (sent, now, told) => {
    if (told.trimEnd() === sent.trimEnd()) return now;
    let head = 0;
    while (head < Math.min(sent.length, now.length) && sent[head] === now[head]) head++;
    let tail = 0;
    while (tail < Math.min(sent.length, now.length) - head && sent.at(-1 - tail) === now.at(-1 - tail)) tail++;
    const piece = now.slice(head, now.length - tail), before = sent.slice(Math.max(0, head - 60), head);
    if (!piece) return told;
    if (!before) return piece + told;
    const at = told.lastIndexOf(before);
    if (at < 0) return `${told}\n${piece}`;
    return told.slice(0, at + before.length) + piece + told.slice(at + before.length);
  };

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

    const put = (text) => {
      if (field.value.trimEnd() === text.trimEnd()) return;
      text += field.value.slice(field.value.trimEnd().length);  // a line that was just begun stays begun
      const before = field.value.slice(0, field.selectionStart), at = text.indexOf(before);
      const place = at < 0 ? text.length : at + before.length;
      field.value = text;
      if (document.activeElement === field) field.setSelectionRange(place, place);
    };

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
          put(typedSince ? rebased(sent, field.value, told.text) : told.text);
          key = crypto.randomUUID();
          if (typedSince) { keep(); timer = setTimeout(save, 2500); }
          else localStorage.removeItem(store);
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
