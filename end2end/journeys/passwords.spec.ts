import { type Browser } from "@playwright/test";
import { awake, type Bailey, expect, PASSWORD, signIn, signOut, test } from "../bailey";
import { Security } from "../pages/security";

const NEW = "purple anvil over lunch";

/** Another browser in which Ada is signed in. */
async function elsewhere(browser: Browser, bailey: Bailey) {
  const other = await browser.newContext({ baseURL: bailey.url });
  const there = await other.newPage();
  await signIn(there, "ada@example.org");
  await expect(there).toHaveURL("/");
  return there;
}

test("a password is changed, the list follows what is typed, and the other browser is told why", async ({ ada, browser, bailey, watch }) => {
  watch.expect(/422/);
  const security = new Security(ada);
  await security.open();
  await security.field("passwords.change_interval").fill("0");
  await security.save();
  await security.expectSaved();
  const there = await elsewhere(browser, bailey);

  await ada.goto("/profile/password");
  await awake(ada);
  const wanted = ada.getByRole("list", { name: "What it has to be" });
  await ada.getByLabel("New password", { exact: true }).fill("lovelace");
  await expect(wanted.getByRole("listitem").first()).toContainText("Missing: At least 12 characters");
  await expect(wanted.getByRole("listitem").nth(1)).toContainText("Missing: Without your name");
  await ada.getByLabel("New password", { exact: true }).fill(NEW);
  await expect(wanted.getByRole("listitem").first()).toContainText("Done: At least 12 characters");
  await ada.getByLabel("Present password").fill("not it");
  await ada.getByRole("button", { name: "Change password" }).click();
  await expect(ada.getByText("That is not your present password.")).toBeVisible();
  await ada.getByLabel("Present password").fill(PASSWORD);
  await ada.getByLabel("New password", { exact: true }).fill(NEW);
  await ada.getByRole("button", { name: "Change password" }).click();
  await expect(ada.getByText("Your password was changed. You are signed out everywhere else.")).toBeVisible();

  await there.goto("/profile");
  await expect(there.getByText("your password or a second factor was changed in another browser")).toBeVisible();
  await signIn(there, "ada@example.org", NEW);
  await expect(there).toHaveURL("/");
  await there.context().close();
});

test("a tightened policy asks for a new password at the next sign-in, without JavaScript too", async ({ ada, browser, bailey }) => {
  const short = "tulip-Wk7-ox";
  const security = new Security(ada);
  await security.open();
  await security.field("passwords.change_interval").fill("0");
  await security.save();
  await security.expectSaved();
  await ada.goto("/profile/password");
  await ada.getByLabel("Present password").fill(PASSWORD);
  await ada.getByLabel("New password", { exact: true }).fill(short);
  await ada.getByRole("button", { name: "Change password" }).click();
  await expect(ada.getByText("Your password was changed.")).toBeVisible();
  await security.open();
  await security.field("passwords.policy").selectOption("strong");
  await security.save();
  await security.expectSaved();

  const plain = await browser.newContext({ baseURL: bailey.url, javaScriptEnabled: false });
  const page = await plain.newPage();
  await signIn(page, "ada@example.org", short);
  await expect(page).toHaveURL("/profile/password?next=%2F");
  await expect(page.getByText("Your password is less than your organisation asks for by now.")).toBeVisible();
  await expect(page.getByText("Hard to guess, even for a machine")).toBeVisible();
  await page.getByLabel("Present password").fill(short);
  await page.getByLabel("New password", { exact: true }).fill(NEW);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page).toHaveURL("/");
  await plain.close();
});

test("after too many wrong passwords the form counts down, and an admin unlocks", async ({ ada, browser, bailey }) => {
  const security = new Security(ada);
  await security.open();
  await security.field("lockout.sign_in.max_attempts").fill("2");
  await security.field("lockout.prompt_delay").fill("2");
  await security.save();
  await security.expectSaved();
  bailey.member("grace@example.org", "member");
  const theirs = await browser.newContext({ baseURL: bailey.url });
  const page = await theirs.newPage();
  for (const password of ["wrong", "wrong again"]) await signIn(page, "grace@example.org", password);
  await expect(page.getByText(/Signing in is locked for 15.minutes, until .*\d\d:\d\d/)).toBeVisible();
  await awake(page);
  await expect(page.getByRole("button", { name: /^Wait 0:0/ })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await signIn(page, "grace@example.org");
  await expect(page.getByText("Too many wrong passwords.")).toBeVisible();
  await ada.goto("/admin/lockouts");
  await ada.getByRole("button", { name: "Unlock grace@example.org" }).click();
  await expect(ada.getByText("Nobody is locked out.")).toBeVisible();
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  await theirs.close();
});

test("signing in elsewhere ends the first session and says why", async ({ ada, browser, bailey }) => {
  const security = new Security(ada);
  await security.open();
  await security.field("sessions.allow_concurrent").uncheck();
  await security.save();
  await security.expectSaved();
  const there = await elsewhere(browser, bailey);
  await ada.goto("/profile");
  await expect(ada.getByText("You were signed out because you signed in elsewhere.")).toBeVisible();
  await there.context().close();
});

test("whoever stays signed in is greeted by name", async ({ page, bailey }) => {
  bailey.member("ada@example.org", "member");
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Stay signed in").check();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/");
  const session = (await page.context().cookies()).find((cookie) => cookie.name === bailey.cookie());
  expect(session?.expires).toBeGreaterThan(Date.now() / 1000);
  await signOut(page);
  await expect(page.getByLabel("Email")).toHaveValue("ada@example.org");
});
