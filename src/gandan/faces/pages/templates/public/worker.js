// Keeps the public part for days without a network: its style, its advice, and the pages for everyone that were looked at last.
"use strict";
const CACHE = "public-{{ version }}";
const SEEN = "public-seen";
const FILES = {{ files|safe }};
const PAGES = {{ pages|safe }};
const MOST = 60;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      await cache.addAll(FILES);
      await Promise.all(PAGES.map((page) => fetch(page, { credentials: "omit" }).then((answer) => answer.ok && cache.put(page, answer)).catch(() => {})));
      await self.skipWaiting();
    }),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter((name) => name.startsWith("public-") && ![CACHE, SEEN].includes(name)).map((name) => caches.delete(name)));
      await self.clients.claim();
    }),
  );
});

// Only what its server lets anybody keep: a page that is somebody's own says "private".
const forEveryone = (answer) => answer.ok && !answer.redirected && (answer.headers.get("Cache-Control") || "").includes("public");

const keep = async (request, answer) => {
  const cache = await caches.open(SEEN);
  await cache.put(request, answer);
  const known = await cache.keys();
  await Promise.all(known.slice(0, Math.max(0, known.length - MOST)).map((old) => cache.delete(old)));
};

const kept = async (request) =>
  (await (await caches.open(SEEN)).match(request, { ignoreVary: true })) ||
  (await caches.match(new URL(request.url).pathname, { ignoreVary: true })) ||
  caches.match(PAGES[0], { ignoreVary: true });

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (FILES.includes(pathname)) {
    event.respondWith(caches.match(pathname, { ignoreVary: true }).then((found) => found || fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(
      fetch(request)
        .then((answer) => {
          if (forEveryone(answer)) event.waitUntil(keep(request, answer.clone()).catch(() => {}));
          return answer;
        })
        .catch(() => kept(request)),
    );
  }
});
