import { awake, code, expect, signIn, signOut, test, virtualAuthenticator } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";

const REQUIRED = "Two-factor authentication is required by your organisation. Set it up to continue.";

test("requiring MFA stops its own author, who enrols an app and goes on", async ({ ada, watch }) => {
  watch.expect(/422|401|403/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("two_factor.require_admins").check();
  await security.save();
  await security.expectSaved();
  await ada.goto("/admin/audit");
  await expect(ada).toHaveURL(/\/profile\/two-factor\?next=%2Fadmin%2Faudit/);
  await expect(ada.getByText(REQUIRED)).toBeVisible();

  const twoFactor = new TwoFactor(ada);
  const { secret } = await twoFactor.setUpApp();
  await expect(ada.getByText(REQUIRED)).toHaveCount(0);
  await twoFactor.continue();
  await expect(ada).toHaveURL("/admin/audit");
  await expect(ada.getByText("Updated application settings").first()).toBeVisible();

  await signOut(ada);
  await signIn(ada, "ada@example.org");
  await expect(ada).toHaveURL("/sign-in/second-step");
  await ada.getByLabel("Code", { exact: true }).fill("000000");
  await ada.getByRole("button", { name: "Verify" }).click();
  await expect(ada.getByText("That code is not right")).toBeVisible();
  await ada.getByLabel("Code", { exact: true }).fill(code(secret, 1));
  await ada.getByRole("button", { name: "Verify" }).click();
  await expect(ada).toHaveURL("/");
});

test("a passkey satisfies the policy and then signs in alone", async ({ ada, watch }) => {
  watch.expect(/401|403/);
  await virtualAuthenticator(ada);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("two_factor.require_admins").check();
  await security.save();
  await security.expectSaved();
  await ada.goto("/profile");
  await expect(ada.getByText(REQUIRED)).toBeVisible();
  await awake(ada);
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ada.getByTestId("recovery-codes").getByRole("listitem")).toHaveCount(10);
  await ada.getByRole("link", { name: "Continue" }).click();
  await expect(ada).toHaveURL("/profile");
  await signOut(ada);
  // Where the browser offers the passkey by itself, the person is in before the button is pressed.
  await expect(ada).toHaveURL(/\/(sign-in.*)?$/);
  await ada.getByRole("button", { name: "Sign in with a passkey" }).click({ timeout: 3_000 }).catch(() => {});
  await expect(ada).toHaveURL("/");
  await ada.goto("/admin/settings");
  await expect(ada.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
});

test("who signs in with a passkey can stay signed in", async ({ ada, bailey }) => {
  await virtualAuthenticator(ada);
  await ada.goto("/profile/two-factor");
  await awake(ada);
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await ada.getByRole("link", { name: "Continue" }).click();
  await ada.context().clearCookies({ name: bailey.cookie() });
  // Without the offer behind the e-mail field, which would sign in before the box is ticked.
  await ada.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await ada.goto("/sign-in");
  await awake(ada);
  await ada.getByLabel("Stay signed in").check();
  await ada.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(ada).toHaveURL("/");
  const names = [bailey.cookie(), bailey.cookie("-name")];
  const kept = (await ada.context().cookies()).filter(({ name }) => names.includes(name));
  expect(kept.map(({ name }) => name).sort()).toEqual(names);
  expect(kept.every(({ expires }) => expires > Date.now() / 1_000)).toBe(true);
});

test("a passkey is renamed and removed", async ({ ada }) => {
  await virtualAuthenticator(ada);
  await ada.goto("/profile/two-factor");
  await awake(ada);
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ada.getByTestId("recovery-codes")).toBeVisible();
  await ada.goto("/profile/two-factor");
  await expect(ada.getByText("Laptop").first()).toBeVisible();
  await ada.getByRole("button", { name: /Remove/ }).first().click();
  await expect(ada.getByText("Laptop", { exact: true })).toHaveCount(0);
});

test("a recovery code stands in for the app, once", async ({ ada, watch }) => {
  watch.expect(/422/);
  await ada.goto("/profile/two-factor");
  const twoFactor = new TwoFactor(ada);
  const { codes } = await twoFactor.setUpApp();
  const use = async () => {
    await signOut(ada);
    await signIn(ada, "ada@example.org");
    await expect(ada).toHaveURL("/sign-in/second-step");
    const field = ada.getByLabel("Recovery code", { exact: true });
    if (!(await field.isVisible())) await ada.getByText("Recovery code").first().click();
    await field.fill(codes[0]!);
    await ada.getByRole("button", { name: "Use recovery code" }).click();
  };
  await use();
  await expect(ada).toHaveURL("/");
  await use();
  await expect(ada.getByText("That is none of your recovery codes, or it was used before")).toBeVisible();
});
