// What a phone keeps until there is a network again, and how it is sent: once, by whoever kept it.
"use strict";
const keeping = (database, name, who) => {
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open(database, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(name, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const store = async (mode, act) => {
    const kept = (await opened).transaction(name, mode).objectStore(name);
    return new Promise((resolve, reject) => {
      const asked = act(kept);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  };
  return {
    keep: (item) => store("readwrite", (kept) => kept.put(item)),
    forget: (item) => store("readwrite", (kept) => kept.delete(item)),
    mine: async () => (await store("readonly", (kept) => kept.getAll())).filter((item) => item.who === who),
  };
};
// Returns what the site answers, or that somebody has to sign in; throws where there is no network.
const sending = async (address, who, fields) => {
  const turn = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  const told = await turn.json();
  if (turn.status === 401 || told.who !== who) return { signIn: true };
  const body = new URLSearchParams(fields);
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": told.token }, credentials: "same-origin" });
  if (answer.status >= 500) throw new Error("try later");
  return answer.json();
};
