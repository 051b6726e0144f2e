// Solves a captcha's challenge off the page's own thread, in WebAssembly. Where that is not to be had, the
// protocol's reference worker takes over.
"use strict";

const REFERENCE = "/altcha/pbkdf2.js";
// Between so many derivations the worker listens whether it is still wanted.
const AT_ONCE = 25;
let wanted = true;

// Nothing where there is no WebAssembly, or where it does not load.
const solver = (async () => {
  importScripts("/captcha/solver.js");
  await wasm_bindgen({ module_or_path: "/captcha/solver_bg.wasm" });
  return wasm_bindgen.Search;
})().catch(() => null);

const solve = async (search, timeout) => {
  const began = performance.now();
  while (wanted && performance.now() - began < timeout) {
    const derivedKey = search.look(AT_ONCE);
    const time = Math.floor((performance.now() - began) * 10) / 10;
    if (derivedKey) return { counter: search.counter, derivedKey, time };
    await new Promise((resume) => setTimeout(resume));
  }
  return null;
};

self.onmessage = async ({ data }) => {
  if (data.type === "abort") wanted = false;
  if (data.type !== "work") return;
  const { challenge, counterMode = "uint32", counterStart = 0, counterStep = 1, timeout = 90_000 } = data;
  const { algorithm, cost, keyLength = 32, keyPrefix, nonce, salt } = challenge.parameters;
  const Search = await solver;
  const known = algorithm === "PBKDF2/SHA-256" && counterMode === "uint32";
  const search = known && Search?.begin(nonce, salt, keyPrefix, cost, keyLength, counterStart, counterStep);
  if (search) {
    self.postMessage(await solve(search, timeout));
  } else {
    // It listens in place of this one from now on.
    importScripts(REFERENCE);
    self.onmessage({ data });
  }
};
