import { PASSWORD, expect, signIn, test } from "../bailey";

test("the set-up link of the console makes the first super-admin", async ({ page, bailey, watch }) => {
  watch.expect(/422|410/);
  await page.goto(bailey.setUpLink);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("too short");
  await page.getByRole("button", { name: "Create super-admin" }).click();
  await expect(page.getByText("Use at least 12 characters")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("ada@example.org");
  await expect(page.getByLabel("Your name")).toHaveValue("Ada Lovelace");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create super-admin" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(bailey.setUpLink);
  await expect(page.getByText("This link no longer works")).toBeVisible();
  await signIn(page, "ada@example.org");
  await expect(page).toHaveURL("/");
  await page.goto("/admin/settings");
  await expect(page.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
});
