import { expect, signIn, test } from "../bailey";
import { TwoFactor } from "../pages/two_factor";

test("the console opens the way back in for somebody who lost every factor", async ({ ada, bailey }) => {
  await ada.goto("/profile/two-factor");
  await new TwoFactor(ada).setUpApp();
  expect(bailey.console("rescue", "reset-two-factor", "ada@example.org")).toContain("Removed every second factor");
  await ada.goto("/profile");
  await expect(ada.getByText("an operator reset your account")).toBeVisible();
  const link = bailey.console("rescue", "sign-in-link", "ada@example.org").match(/\S+\/link\/\S+/)![0];
  await ada.goto(link);
  await ada.getByRole("button", { name: "Sign in" }).click();
  await expect(ada).toHaveURL("/");
  expect(bailey.console("doctor")).toContain("chain whole");
});

test("requiring MFA can be taken back at the console", async ({ page, bailey }) => {
  bailey.member("ada@example.org", "super-admin");
  await signIn(page, "ada@example.org");
  expect(bailey.console("rescue", "mfa-off")).toContain("Nothing to do");
});
