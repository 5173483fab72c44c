// Security keys: what the browser refuses is said in the page.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("key-failed");
  if (said) said.hidden = false;
});
