// Writing a section with others: what is typed is saved by itself, joined with what others saved, and kept here while offline.
"use strict";
for (const area of document.querySelectorAll("textarea[data-autosave]")) (() => {
  const said = area.form.querySelector("[data-saved]") || document.querySelector("[data-saved]");
  const token = area.form.querySelector("[name=csrfmiddlewaretoken]").value;
  const key = `gandan.draft.${area.dataset.autosave}`;
  let base = Number(area.dataset.base);
  let sent = area.value;
  let waiting = null;
  let busy = false;

  const tell = (words, tone) => { said.textContent = said.dataset[words] || ""; said.dataset.tone = tone || ""; };
  const keep = () => { try { localStorage.setItem(key, JSON.stringify({ base, text: area.value })); } catch { /* a private window */ } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* a private window */ } };

  const left = (() => { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } })();
  if (left && left.text !== area.value && left.base <= base) {
    area.value = left.text;  // what was typed before the connection was lost is sent again, from the version it was typed on
    base = left.base;
    sent = null;
  }

  async function save() {
    if (busy || area.value === sent) return;
    busy = true;
    const text = area.value;
    const body = new URLSearchParams({ position: area.dataset.position, base: String(base), text });
    try {
      const answer = await fetch(area.dataset.autosave, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      if (!answer.ok) { tell(answer.status === 409 ? "closed" : "failed", "late"); keep(); return; }
      const now = await answer.json();
      sent = text;
      base = now.sent;
      if (now.merged && area.value === text) {
        const at = area.selectionStart;
        area.value = now.text;
        area.setSelectionRange(at, at);
        sent = now.text;
        base = now.version;
      }
      area.form.querySelector("[name=base]").value = String(base);
      tell(now.both ? "both" : now.merged ? "merged" : "kept", now.both ? "risk" : "kept");
      if (area.value === sent) forget(); else keep();
    } catch {
      tell("offline", "risk");
      keep();
      later(5000);
    } finally {
      busy = false;
      if (sent !== null && area.value !== sent) later(1500);
    }
  }

  function later(wait) { clearTimeout(waiting); waiting = setTimeout(save, wait); }
  area.addEventListener("input", () => { keep(); tell("typing", ""); later(1500); });
  window.addEventListener("online", save);
  area.form.addEventListener("submit", () => { clearTimeout(waiting); forget(); });
  if (sent === null) save();
})();
