// A photo straight from a telephone may be larger than what is taken: it is drawn smaller here, before any of it is sent.
"use strict";
for (const field of document.querySelectorAll("input[type=file][data-most]")) {
  const SIDE = 4000, TRIES = 4;
  const said = document.getElementById(`large_${field.id}`);
  const most = Number(field.dataset.most) * 2 ** 20;
  let busy = false, pressed = null;

  const smaller = async (file) => {
    const picture = await createImageBitmap(file);
    let scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    for (let nth = 0; nth < TRIES; nth++, scale *= 0.7) {
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (drawn && drawn.size <= most) return new File([drawn], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    }
    return null;
  };

  const told = (words) => {
    said.querySelector("span").textContent = words;
    said.hidden = !words;
    said.className = words === field.dataset.tooLarge ? "wrong" : "hint";
  };

  field.addEventListener("change", async () => {
    const [file] = field.files;
    told("");
    if (!file || file.size <= most) return;
    busy = true;
    let fits = null;
    try {
      fits = file.type.startsWith("image/") ? await smaller(file) : null;
    } catch { /* no picture that this browser can draw */ }
    busy = false;
    if (fits) {
      const taken = new DataTransfer();
      taken.items.add(fits);
      field.files = taken.files;
      told(field.dataset.smaller);
    } else {
      field.value = "";
      told(field.dataset.tooLarge);
    }
    if (pressed && fits) field.form.requestSubmit(pressed);
    pressed = null;
  });

  field.form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
  }, true);
}
