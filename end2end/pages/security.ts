import { type Browser, type Page } from "@playwright/test";
import { awake, type Bailey, expect, signIn } from "../bailey";

const SAVED = "Settings saved. Some changes (session lifetime, SSO credentials) take effect on the next request.";

/** Admin, Settings: the Security tab. */
export class Security {
  constructor(readonly page: Page) {}

  /** The tab of another admin, who is new and has a browser of their own. */
  static async of(email: string, role: string, browser: Browser, bailey: Bailey) {
    bailey.member(email, role);
    const context = await browser.newContext({ baseURL: bailey.url });
    const security = new Security(await context.newPage());
    await signIn(security.page, email);
    await security.open();
    await awake(security.page);
    return security;
  }

  async open() {
    await this.page.goto("/admin/settings");
    await expect(this.page.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
  }

  field(key: string) {
    return this.page.locator(`[id="${key}"]`);
  }

  error(key: string) {
    return this.page.locator(`[id="${key}-error"]`);
  }

  /** The bar below the form, which is in view while something is unsaved. */
  get bar() {
    return this.page.getByRole("group", { name: "Unsaved changes" });
  }

  /** The dialog that says what a save does. */
  get panel() {
    return this.page.locator("#review");
  }

  /** Asks for the review; what comes may also be what is to fix. */
  async press() {
    await this.page.getByRole("button", { name: "Review changes" }).click();
  }

  async review() {
    await this.press();
    await expect(this.panel).toBeVisible();
  }

  /** Reviews, and saves what the review shows. */
  async save() {
    await this.review();
    await this.panel.getByRole("button", { name: "Save settings" }).click();
  }

  /** Presses *Save settings* in the bar, which saves at once what needs no review. */
  async pressSave() {
    await this.bar.getByRole("button", { name: "Save settings" }).click();
  }

  async expectSaved() {
    await expect(this.page.getByRole("status").filter({ hasText: SAVED })).toBeVisible();
  }
}
