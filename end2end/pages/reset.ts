// The way to a new password without the old one.
import { type Page } from "@playwright/test";
import { awake, type Bailey, expect } from "../bailey";
import { link } from "../sink";

/** Asks for a link, follows it, and comes to where a new password is chosen. */
export const openChoosePassword = async (page: Page, bailey: Bailey, email: string) => {
  await page.goto("/forgot-password");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.goto(link(await bailey.mail.latest(email, "Choose a new password")));
  await page.getByRole("button", { name: "Choose a new password" }).click();
  await expect(page).toHaveURL("/choose-password");
  await awake(page);
};
