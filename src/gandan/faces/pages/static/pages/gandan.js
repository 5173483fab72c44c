// What the browser may add: menus that close, forms that go by themselves, charts that answer. Every page works without it.
"use strict";
document.documentElement.classList.add("scripted");

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
  const taken = event.target.closest("[data-take]");
  if (taken) {
    const [picker, words] = [taken.closest(".picker"), taken.dataset.take];
    const field = picker.querySelector("input");
    const before = "many" in field.dataset ? field.value.replace(/[^,]*$/, "").replace(/,\s*$/, ", ") : "";
    field.value = "many" in field.dataset ? `${before}${words}, ` : words;
    picker.querySelector(".results").replaceChildren();
    field.focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    for (const results of document.querySelectorAll(".picker .results")) results.replaceChildren();
  }
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const find = document.querySelector("[data-find]");
    if (find && find.offsetParent) {
      event.preventDefault();
      find.focus();
    }
  }
  const picker = event.target.closest(".picker");
  if (picker && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const links = [...picker.querySelectorAll(".results a, .results button")];
    if (!links.length) return;
    event.preventDefault();
    const at = links.indexOf(document.activeElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) picker.querySelector("input").focus();
    else links[Math.min(next, links.length - 1)].focus();
  }
});

document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-all]");
  if (all) for (const one of document.getElementsByName(all.dataset.all)) one.checked = all.checked;
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  for (const input of form.querySelectorAll("input, select")) if (input.value === "") input.disabled = true;
  setTimeout(() => form.querySelectorAll("input, select").forEach((input) => (input.disabled = false)), 0);
});
