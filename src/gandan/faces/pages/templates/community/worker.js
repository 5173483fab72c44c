// Keeps one page for flight mode: that on which activities are noted, or the door of a meeting. What is said there is kept by the page itself.
"use strict";
const NAME = "{{ name }}-", CACHE = NAME + "{{ version }}";
const PAGE = new URL("./", self.location).pathname;
const SHELL = PAGE + "offline/", BENEATH = {{ beneath|yesno:"true,false" }};
const KEPT = {{ kept|safe }};

async function keepShell(cache) {
  const answer = await fetch(SHELL, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await cache.put(SHELL, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      await cache.addAll(KEPT);
      await keepShell(cache);
      await self.skipWaiting();
    }),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter((name) => name.startsWith(NAME) && name !== CACHE).map((name) => caches.delete(name)));
      await self.clients.claim();
    }),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate" && (path === PAGE || (BENEATH && path.startsWith(PAGE) && path !== SHELL))) {
    event.respondWith(
      fetch(request)
        .then((answer) => {
          if (answer.ok) event.waitUntil(caches.open(CACHE).then(keepShell).catch(() => {}));
          return answer;
        })
        .catch(() => caches.match(SHELL, { ignoreVary: true })),
    );
  } else if (KEPT.includes(path)) {
    event.respondWith(fetch(request).catch(() => caches.match(path, { ignoreVary: true })));
  }
});
