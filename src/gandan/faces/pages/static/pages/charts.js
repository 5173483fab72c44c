// An interactive chart in place of the drawn one, when asked. No eval: vega-embed's interpreter walks the expressions.
"use strict";
(() => {
  const load = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  let ready;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-chart]");
    if (!button) return;
    const figure = button.closest(".chart");
    const place = figure.querySelector(".drawn");
    button.disabled = true;
    try {
      ready ??= button.dataset.scripts.split(" ").reduce((before, address) => before.then(() => load(address)), Promise.resolve());
      await ready;
      const spec = JSON.parse(document.getElementById(button.dataset.chart).textContent);
      const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true } };
      spec.width = Math.max(280, Math.min(place.clientWidth - 90, 900));
      await window.vegaEmbed(place, spec, options);
      button.hidden = true;
    } catch (error) {
      ready = undefined;
      button.disabled = false;
      console.warn(error);
    }
  });
})();
