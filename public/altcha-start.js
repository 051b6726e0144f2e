// Tells the captcha's widget which worker solves its challenge: the build without inlined workers knows none.
$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker("/captcha-worker.js"));
$altcha.i18n.set("en", {
  ...$altcha.i18n.get("en"),
  label: "A check that needs nothing from you",
  verifying: "Your browser is solving a small puzzle…",
  verified: "Done: you can send the form",
});
