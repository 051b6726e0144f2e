import { type Page } from "@playwright/test";
import { awake, expect, PASSWORD, signIn, test } from "../bailey";
import { address, PAGES } from "../sitemap";
import { openChoosePassword } from "../pages/reset";
import { Security } from "../pages/security";

/** What Chromium says of a form that asks for a password and names no account. */
const COMPLAINT = /\[DOM\] Password forms should have \(optionally hidden\) username fields/;

/** Collects what Chromium says of the forms of a page from now on. */
const complaints = (page: Page) => {
  const found: string[] = [];
  page.on("console", (message) => {
    if (COMPLAINT.test(message.text())) found.push(`${page.url()}: ${message.text()}`);
  });
  return found;
};

/** Chromium looks at the forms once the page is idle, and says what it found in one go. */
const looked = (page: Page) => page.waitForTimeout(500);

/** Opens a page, which has to ask for a password. */
async function asks(page: Page, at: string) {
  await page.goto(at);
  await expect(page.locator("input[type=password]").first()).toBeVisible();
  await awake(page);
  await looked(page);
}

test("Chromium misses the name of the account in no form that asks for a password", async ({ ada, bailey, browser, watch }) => {
  // It looks at every page there is.
  test.slow();
  watch.expect(/40\d|410|422/);
  const found = complaints(ada);
  await ada.route("**/without-account", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><form action=x><input type=password autocomplete=current-password><button>Go</button></form>" }),
  );
  await ada.goto("/without-account");
  await expect.poll(() => found.length, { message: "it complains where there is reason to" }).toBeGreaterThan(0);
  found.length = 0;

  for (const at of ["/profile/password", "/profile/step-up"]) await asks(ada, at);
  for (const row of PAGES) {
    await ada.goto(address(row));
    await looked(ada);
  }
  expect(found).toEqual([]);

  bailey.member("grace@example.org", "member");
  const security = new Security(ada);
  await security.open();
  await security.field("passwords.policy").selectOption("strong");
  await security.save();
  await security.expectSaved();
  const context = await browser.newContext({ baseURL: bailey.url });
  const page = await context.newPage();
  const others = complaints(page);
  for (const at of ["/sign-in", bailey.setUpLink]) {
    await page.goto(at);
    await looked(page);
  }
  await openChoosePassword(page, bailey, "grace@example.org");
  await looked(page);
  await signIn(page, "grace@example.org", PASSWORD);
  await expect(page).toHaveURL("/");
  expect(others).toEqual([]);
  await context.close();
});
