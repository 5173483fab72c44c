/* What the pages of the tip desk share: asking the server, offering a file, and the key that is open as long as the page is. */
"use strict";
globalThis.desk = (() => {
  const said = (name) => document.querySelector(`[data-words] [data-${name}]`).textContent;
  async function ask(address, body) {
    const options = { headers: { Accept: "application/json" }, cache: "no-store" };
    if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) }),
      Object.assign(options.headers, { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value });
    const answer = await fetch(address, options), found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(found.error || said("failed"));
    return found;
  }
  async function piece(address) {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw new Error(said("failed"));
    return new Uint8Array(await answer.arrayBuffer());
  }
  function save(name, type, data) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const clone = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);
  const fill = (element, slots) => {
    for (const [slot, value] of Object.entries(slots)) {
      const place = element.querySelector(`[data-slot=${slot}]`);
      if (place) place.textContent = value;
    }
    return element;
  };
  const tell = (element, words, good) => {
    element.hidden = !words;
    element.textContent = words;
    element.classList.toggle("wrong", !good);
  };

  let me = null;
  const form = document.getElementById("unlock");
  const opened = () => me;
  if (form) form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("[role=alert]"), button = form.querySelector("button");
    tell(told, "");
    button.disabled = true;
    try {
      await sodium.ready;
      me = sealing.unlock(await form.querySelector("[type=file]").files[0].text(), form.querySelector("[type=password]").value);
      form.hidden = true;
      document.getElementById("unlocked").hidden = false;
      document.dispatchEvent(new Event("unlocked"));
    } catch {
      tell(told, said("not-unlocked"));
    } finally {
      form.querySelector("[type=password]").value = "";
      button.disabled = false;
    }
  });
  return { ask, piece, save, clone, fill, tell, said, opened };
})();
