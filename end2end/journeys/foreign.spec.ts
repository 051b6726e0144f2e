// A page lives beside extensions of the browser and translators, which change it before it is hydrated. It is then
// hydrated all the same, or stays a plain page that works.
import { type Page } from "@playwright/test";
import { expect, signIn, test } from "../bailey";
import { Security } from "../pages/security";

/** What they do, each run in the page as soon as it is read and before anything of Bailey's runs. */
const FOREIGN = {
  "puts an element into every form": () => {
    for (const form of document.forms) form.prepend(document.createElement("grammar-checker"));
  },
  "puts an element after every field": () => {
    for (const field of document.querySelectorAll("textarea, input")) field.after(document.createElement("span"));
  },
  "wraps every text as translators do": () => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all: Text[] = [];
    while (texts.nextNode()) if (texts.currentNode.nodeValue?.trim()) all.push(texts.currentNode as Text);
    for (const text of all) {
      if (text.parentElement?.closest("script, style, textarea, option, title")) continue;
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(text);
    }
  },
  "takes out the comments": () => {
    const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
    const all: Comment[] = [];
    while (comments.nextNode()) all.push(comments.currentNode as Comment);
    for (const comment of all) comment.remove();
  },
  "adds attributes to every field": () => {
    for (const field of document.querySelectorAll("input, textarea, select")) {
      field.setAttribute("data-manager", "1");
      field.setAttribute("autocomplete", "off");
    }
  },
};

/** Waits until the page is hydrated or a plain one. */
const settled = (page: Page) => page.waitForFunction(() => ["hydrated", "plain"].some((is) => is in document.documentElement.dataset));

for (const [what, change] of Object.entries(FOREIGN)) {
  test(`a script that ${what} keeps nobody from saving or signing in`, async ({ ada, watch }) => {
    watch.expect(/hydrat|unreachable|panicked|RuntimeError|closure|recursive/i);
    await ada.addInitScript(`document.addEventListener("readystatechange", () => { if (document.readyState === "interactive") (${change})(); })`);
    const security = new Security(ada);
    await ada.goto("/admin/settings");
    await settled(ada);
    await security.field("sessions.lifetime").fill("77");
    await security.save();
    await expect(security.field("sessions.lifetime")).toHaveValue("77");
    await ada.goto("/admin/audit");
    await settled(ada);
    await ada.getByRole("link", { name: "Members", exact: true }).first().click();
    await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Members");
    await ada.context().clearCookies();
    await ada.goto("/sign-in");
    await signIn(ada, "ada@example.org");
  });
}
