import { type Page } from "@playwright/test";
import { expect } from "../bailey";

const SAVED = "Settings saved. Some changes (session lifetime, SSO credentials) take effect on the next request.";

/** Admin, Settings: the Security tab. */
export class Security {
  constructor(readonly page: Page) {}

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

  async save() {
    await this.page.getByRole("button", { name: "Save settings" }).click();
  }

  get panel() {
    return this.page.locator("#review");
  }

  async review() {
    await this.page.getByRole("button", { name: "Review changes" }).click();
    await expect(this.panel).toBeVisible();
  }

  async expectSaved() {
    await expect(this.page.getByRole("status").filter({ hasText: SAVED })).toBeVisible();
  }
}
