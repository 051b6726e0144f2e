import { type Page } from "@playwright/test";
import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

const RANGE = "Enter a whole number from 5 to 43 200 (30 days).";
const REFUSED = [
  ["4", `At least 5 minutes. ${RANGE}`],
  ["43201", `At most 43 200 minutes. ${RANGE}`],
  ["8h", `Not a whole number. ${RANGE}`],
  ["", RANGE],
] as const;

test("a bad session lifetime is refused as the field is left, in the server's words", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const field = security.field("sessions.lifetime");
  for (const [typed, words] of REFUSED) {
    await field.fill(typed);
    await field.blur();
    await expect(security.error("sessions.lifetime")).toHaveText(words);
    await expect(field).toHaveValue(typed);
  }
  await field.fill("60");
  await field.blur();
  await expect(security.error("sessions.lifetime")).toHaveText("");
  await security.save();
  await security.expectSaved();
  await security.open();
  await expect(field).toHaveValue("60");
});

test("a save that somebody overtook overwrites nothing", async ({ ada, browser, bailey, watch }) => {
  watch.expect(/409/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const other = await Security.of("grace@example.org", "admin", browser, bailey);
  await other.field("sessions.lifetime").fill("60");
  await other.save();
  await other.expectSaved();
  await security.field("sessions.lifetime").fill("90");
  await security.press();
  const conflict = ada.getByRole("alert").filter({ hasText: "nothing was overwritten" });
  await expect(conflict).toContainText("changed by grace@example.org");
  for (const version of ["480 minutes", "60 minutes", "90 minutes"]) await expect(conflict).toContainText(version);
  await other.page.reload();
  await expect(other.field("sessions.lifetime")).toHaveValue("60");
  await other.page.context().close();
});

test("what was saved survives the program being killed", async ({ ada, bailey, watch }) => {
  watch.expect(/ERR_CONNECTION/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("61");
  await security.save();
  await security.expectSaved();
  await bailey.kill();
  await bailey.start();
  await security.open();
  await expect(security.field("sessions.lifetime")).toHaveValue("61");
});

test("a setting is found by another word for it", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await ada.keyboard.press("/");
  await ada.keyboard.type("OTP");
  await expect(security.field("two_factor.require_admins")).toBeVisible();
  await expect(security.field("two_factor.passkeys")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toBeHidden();
  await ada.getByLabel("Search settings").fill("nothing is called that");
  await expect(ada.getByText("No setting is like that.")).toBeVisible();
  await ada.getByRole("button", { name: "Show all settings" }).click();
  await expect(security.field("sessions.lifetime")).toBeVisible();
  await expect(ada.getByLabel("Search settings")).toHaveValue("");
});

test("a section says what is changed in it and what is to fix", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const sessions = ada.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Sessions" });
  await security.field("sessions.idle_timeout").fill("60");
  await expect(sessions).toHaveText("Sessions 1 changed");
  await security.field("sessions.lifetime").fill("x");
  await security.field("sessions.step_up").focus();
  await expect(sessions).toHaveText("Sessions 2 changed · 1 to fix");
});

test("every word of a search is marked, and a row that was found by another word says by which", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const search = ada.getByLabel("Search settings");
  const row = (key: string) => ada.locator(".row", { has: security.field(key) });
  await search.fill("timeout idle");
  await expect(row("sessions.idle_timeout").locator("label").first().locator("mark")).toHaveText(["Idle", "timeout"]);
  await expect(row("sessions.idle_timeout").locator(".other")).toHaveText("");
  await search.fill("clickjacking");
  await expect(row("headers.csp").locator(".other")).toHaveText("Found by clickjacking");
  await expect(row("headers.csp").locator(".other mark")).toHaveText("clickjacking");
  await search.fill("security clickjacking");
  await expect(row("headers.csp").locator("label").first().locator("mark")).toHaveText("Security");
  await expect(row("headers.csp").locator(".other")).toHaveText("Found by clickjacking");
  await search.fill("");
  await expect(ada.locator(".row mark")).toHaveCount(0);
  await expect(row("headers.csp").locator(".other")).toBeHidden();
});

test("the list of sections leads there, also while a search hides the section", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const sections = ada.getByRole("navigation", { name: "Sections" });
  const network = sections.getByRole("link", { name: "Network" });
  await network.click();
  await expect(network).toHaveAttribute("aria-current", "true");
  await expect(sections.locator("[aria-current]")).toHaveCount(1);
  await expect(ada.getByRole("heading", { name: "Network", exact: true })).toBeInViewport();
  await ada.getByLabel("Search settings").fill("OTP");
  const sessions = sections.getByRole("link", { name: "Sessions" });
  await sessions.click();
  await expect(ada.getByLabel("Search settings")).toHaveValue("");
  await expect(sessions).toHaveAttribute("aria-current", "true");
  await expect(ada.getByRole("heading", { name: "Sessions", exact: true })).toBeInViewport();
});

test("saving leaves the page where it is, and what came of it stands in the bar", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const field = security.field("links.email_claim");
  await field.fill("30");
  await expect(security.bar).toContainText("1 unsaved change");
  const place = async () => (await field.boundingBox())?.y;
  await security.review();
  await ada.keyboard.press("Escape");
  await expect(security.panel).toBeHidden();
  await expect(ada.getByRole("button", { name: "Review changes" })).toBeFocused();
  const before = await place();
  await security.save();
  await security.expectSaved();
  expect(await place()).toBe(before);
  const undo = security.bar.getByRole("link", { name: "Undo" });
  await expect(undo).toBeInViewport();
  await expect(security.bar.getByRole("button", { name: "Close" })).toBeFocused();
  await undo.click();
  await expect(ada.getByRole("heading", { name: "Undo revision 1" })).toBeVisible();
});

test("the bar saves at once what concerns nobody, and opens the review of what does", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("links.idea_view").fill("99");
  await expect(security.bar.getByRole("button")).toHaveText(["Discard", "Review changes", "Save settings"]);
  await security.pressSave();
  await expect(security.panel).toBeHidden();
  await security.expectSaved();
  await security.field("sessions.lifetime").fill("60");
  await security.pressSave();
  await expect(security.panel).toContainText("A change of Session lifetime can sign people out.");
  // One button is called so at a time, whoever looks for it.
  await ada.getByRole("button", { name: "Save settings" }).click();
  await security.expectSaved();
  await security.open();
  await expect(security.field("sessions.lifetime")).toHaveValue("60");
});

test("a list that its field allows is saved, and one that is too long is told beside it", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const line = (n: number) => `10.${n >> 8}.${n & 255}.0/24 # ${"ä".repeat(80)}\n`;
  const list = "127.0.0.0/8\n" + Array.from({ length: 98 }, (_, n) => line(n)).join("");
  const field = security.field("network.admin_allowlist");
  await field.fill(list + "x".repeat(60_000));
  await field.blur();
  await expect(security.error("network.admin_allowlist")).toContainText("Up to 10 000 characters");
  await security.pressSave();
  await expect(ada.getByRole("alert").filter({ hasText: "Nothing was saved" })).toBeVisible();
  await field.fill(list);
  await security.save();
  await security.expectSaved();
});

test("a number without limit has a box, and the box gives a number back", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const field = security.field("passwords.max_age");
  const never = security.field("passwords.max_age.never");
  await expect(never).toBeChecked();
  await expect(field).toHaveValue("");
  await never.uncheck();
  await expect(never).not.toBeChecked();
  await expect(field).toBeFocused();
  await field.blur();
  await expect(security.error("passwords.max_age")).toContainText("Enter a whole number");
  await field.fill("90");
  await expect(security.error("passwords.max_age")).toHaveText("");
  await never.check();
  await expect(field).toHaveValue("");
  await expect(security.bar).not.toContainText("unsaved");
  await never.uncheck();
  await expect(field).toHaveValue("90");
  await security.save();
  await security.expectSaved();
  await security.open();
  await expect(field).toHaveValue("90");
  // So has one whose 0 is something else than no limit.
  const atOnce = security.field("two_factor.grace_days.never");
  await expect(atOnce).toBeChecked();
  await security.field("two_factor.grace_days").fill("14");
  await expect(atOnce).not.toBeChecked();
  await expect(ada.locator(".row", { has: security.field("two_factor.grace_days") })).toContainText("= 2 weeks · was at once");
});

test("the key Enter in a field asks what a save would do", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("90");
  await security.field("sessions.lifetime").press("Enter");
  await expect(security.panel).toBeVisible();
});

test("nothing overflows a narrow page, whatever it was before, and the bar hides no field that has the focus", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await ada.setViewportSize({ width: 1280, height: 800 });
  await security.open();
  await awake(ada);
  const overflow = () => ada.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await security.field("audit.retention").scrollIntoViewIfNeeded();
  await security.field("sessions.lifetime").fill("77");
  for (const width of [640, 320]) {
    await ada.setViewportSize({ width, height: 568 });
    await expect.poll(overflow).toBeLessThanOrEqual(0);
  }
  await security.field("sessions.lifetime").focus();
  for (let stops = 0; stops < 70; stops += 1) {
    await ada.keyboard.press("Tab");
    const hidden = await ada.evaluate(() => {
      const [focused, bar] = [document.activeElement, document.querySelector(".save-bar")];
      if (!focused || !bar || focused === document.body || bar.contains(focused)) return "";
      const [at, above] = [focused.getBoundingClientRect(), bar.getBoundingClientRect()];
      return at.top >= above.top && at.bottom <= above.bottom ? focused.id || focused.textContent : "";
    });
    expect(hidden).toBe("");
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the same save works, and a bad one comes back with everything typed", async ({ ada, watch }) => {
    watch.expect(/422|csp$/);
    const security = new Security(ada);
    await security.open();
    for (const [typed, words] of REFUSED) {
      await security.field("sessions.lifetime").fill(typed);
      await security.field("sessions.idle_timeout").fill("77");
      await security.press();
      await expect(security.error("sessions.lifetime")).toHaveText(words);
      await expect(security.field("sessions.lifetime")).toHaveValue(typed);
      await expect(security.field("sessions.idle_timeout")).toHaveValue("77");
    }
    await security.field("sessions.lifetime").fill("120");
    await security.field("passwords.max_age").fill("90");
    await security.field("two_factor.require_admins").check();
    await security.review();
    await expect(security.panel).toContainText("90 days");
    await security.save();
    await expect(ada).toHaveURL(/\/profile\/two-factor/);
    await security.expectSaved();
    await expect(ada.getByText("Two-factor authentication is required by your organisation.")).toBeVisible();
  });
});

test("what is typed and chosen before the page is hydrated counts", { tag: "@anywhere" }, async ({ ada }) => {
  let wake = () => {};
  const later = new Promise<void>((go) => (wake = go));
  await ada.route("**/*.wasm", async (route) => {
    await later;
    await route.continue();
  });
  const security = new Security(ada);
  await security.open();
  await security.field("sessions.lifetime").fill("77");
  await security.field("passwords.policy").selectOption("strong");
  await security.field("two_factor.require_admins").check();
  wake();
  await awake(ada);
  await expect(ada.getByText("3 unsaved changes")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toHaveValue("77");
  await expect(security.field("passwords.policy")).toHaveValue("strong");
  await expect(security.field("two_factor.require_admins")).toBeChecked();
  await ada.getByRole("button", { name: "Discard" }).click();
});

/** How high each row is, whether the browser has drawn it or not. */
const heights = (page: Page) =>
  page.locator(".row").evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)));

// Otherwise the buttons at the end of the form move away under whoever is about to press one.
for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("a row is as high before it comes into view as afterwards", { tag: "@anywhere" }, async ({ ada, watch }) => {
      watch.expect(/csp$/);
      const security = new Security(ada);
      await security.open();
      if (javaScriptEnabled) await awake(ada);
      const before = await heights(ada);
      expect(before.length).toBeGreaterThan(50);
      for (const key of ["passwords.policy", "links.idea_view", "headers.csp", "files.allowed_extensions"]) {
        await security.field(key).scrollIntoViewIfNeeded();
        // A picture makes the browser draw what has come into view.
        await ada.screenshot();
      }
      expect(await heights(ada)).toEqual(before);
    });
  });
}
