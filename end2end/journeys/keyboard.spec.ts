import { type Page } from "@playwright/test";
import { PASSWORD, awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

/** Presses Tab until the element has focus. */
async function tabTo(page: Page, selector: string) {
  const focused = () => page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
  for (let i = 0; i < 80; i += 1) {
    if (await focused()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} can't be reached by keyboard`);
}

test("signing in and saving need no mouse", async ({ page, bailey }) => {
  bailey.member("ada@example.org", "super-admin");
  await page.goto("/sign-in?next=/admin/settings");
  await tabTo(page, "#email");
  await page.keyboard.type("ada@example.org");
  await tabTo(page, "#password");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  const security = new Security(page);
  await expect(page).toHaveURL("/admin/settings");
  await awake(page);
  await tabTo(page, "[id='sessions.lifetime']");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("120");
  await tabTo(page, "[id='two_factor.authenticator']");
  await page.keyboard.press("Space");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator("#review-title")).toBeFocused();
  await tabTo(page, "#review button[value=reviewed]");
  await page.keyboard.press("Enter");
  await security.expectSaved();
});
