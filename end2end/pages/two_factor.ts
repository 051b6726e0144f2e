import { type Page } from "@playwright/test";
import { code, expect } from "../bailey";

/** My profile, Two-factor. */
export class TwoFactor {
  constructor(readonly page: Page) {}

  /** Sets up an authenticator app; answers its secret and the recovery codes. */
  async setUpApp() {
    await this.page.getByRole("button", { name: "Set up authenticator app" }).click();
    await expect(this.page.getByRole("img", { name: /QR code/ })).toBeVisible();
    const secret = (await this.page.getByTestId("totp-secret").textContent())!.replace(/\s/g, "");
    await this.page.getByLabel("Code", { exact: true }).fill(code(secret));
    await this.page.getByRole("button", { name: "Verify" }).click();
    const list = this.page.getByTestId("recovery-codes").getByRole("listitem");
    await expect(list).toHaveCount(10);
    return { secret, codes: await list.allTextContents() };
  }

  async continue() {
    await this.page.getByRole("link", { name: "Continue" }).click();
  }
}
