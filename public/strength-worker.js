// Says how soon a password would be guessed, off the page's own thread, and, once its field is left, whether it is on
// the blocklist. The server is asked for the hashes that begin as its own does: the password leaves the page for nowhere.
// Where its module does not load, or the server does not answer, it says nothing: the server judges all the same.
"use strict";

const ready = (async () => {
  importScripts("/strength/strength.js");
  await wasm_bindgen({ module_or_path: "/strength/strength_bg.wasm" });
  return wasm_bindgen.guesses;
})().catch(() => null);

const isBlocked = async (typed) => {
  const bytes = new TextEncoder().encode(typed.toLowerCase());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const start = Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const answer = await fetch(`/password-blocklist?prefix=${start.slice(0, 3)}`, { credentials: "omit" });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.text()).split("\n").includes(start);
};

self.onmessage = async ({ data: [typed, name, email, left] }) => {
  const blocked = left && typed ? isBlocked(typed).catch(() => undefined) : undefined;
  const guesses = await ready;
  self.postMessage([typed, guesses ? guesses(typed, name, email) : undefined, await blocked]);
};
