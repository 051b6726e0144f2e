// Starts the captcha's widget. One module imports the other, so that nothing comes between: a widget that
// begins before it is told which worker solves its challenge fails.
import "/altcha/altcha.min.js";

// The build without inlined workers knows none.
$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker("/captcha-worker.js"));
$altcha.i18n.set("en", {
  ...$altcha.i18n.get("en"),
  label: "A check that needs nothing from you",
  verifying: "Your browser is solving a small puzzle…",
  verified: "Done: you can send the form",
});
