import { expect, signIn, signOut, test } from "../bailey";

test("a wrong password is refused, and then the right one signs in", async ({ page, bailey, watch }) => {
  watch.expect(/422/);
  bailey.member("ada@example.org", "admin");
  await page.goto("/admin/audit");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Email or password is not right.")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/admin/audit");
  await expect(page.getByText("Sign-in refused").first()).toBeVisible();
});

test("the box that keeps somebody signed in says until when", { tag: "@anywhere" }, async ({ page }) => {
  await page.goto("/sign-in");
  const box = page.getByLabel("Stay signed in");
  await expect(box).toHaveAccessibleName("Stay signed in");
  await expect(box).toHaveAccessibleDescription(/^On this browser, until you are away for 30\sminutes$/);
});

test("signing out ends the session", { tag: "@anywhere" }, async ({ ada }) => {
  await ada.goto("/profile");
  await signOut(ada);
  await expect(ada).toHaveURL(/\/sign-in/);
  await ada.goto("/profile");
  await expect(ada).toHaveURL(/\/sign-in\?next=/);
});

test("other sessions can be ended from one of them", async ({ ada, browser, bailey }) => {
  const other = await browser.newContext({ baseURL: bailey.url });
  const there = await other.newPage();
  await signIn(there, "ada@example.org");
  await expect(there).toHaveURL("/");
  await ada.goto("/profile/sessions");
  await expect(ada.getByText("This session")).toBeVisible();
  await ada.getByRole("button", { name: "End all other sessions" }).click();
  await expect(ada.getByRole("button", { name: "End session" })).toHaveCount(0);
  await there.goto("/profile");
  await expect(there.getByText("this session was ended from another browser")).toBeVisible();
  await other.close();
});
