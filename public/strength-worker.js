// Says how soon a password would be guessed, off the page's own thread. Where its module does not load it says
// nothing: the server judges all the same.
"use strict";

const ready = (async () => {
  importScripts("/strength/strength.js");
  await wasm_bindgen({ module_or_path: "/strength/strength_bg.wasm" });
  return wasm_bindgen.guesses;
})().catch(() => null);

self.onmessage = async ({ data: [typed, name, email] }) => {
  const guesses = await ready;
  if (guesses) self.postMessage([typed, guesses(typed, name, email)]);
};
