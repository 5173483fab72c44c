// What the browser may add to writing an idea: now and then ask what others have said that is near to it.
"use strict";
const place = document.querySelector("[data-near]");
const words = document.querySelector("textarea[name='words']");
if (place && words) {
  let waiting = 0;
  let last = "";
  const ask = async () => {
    waiting = 0;
    if (words.value.trim().length < 12 || words.value === last) return;
    last = words.value;
    const body = new FormData();
    body.set("words", last);
    body.set("csrfmiddlewaretoken", words.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(place.dataset.near, { method: "POST", body });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      last = "";
    }
  };
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 700);
  });
}
