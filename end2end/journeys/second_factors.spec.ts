// A member's life with second factors: codes to keep, a browser to trust, a phone that is lost; and the ways in
// on a browser without JavaScript.
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { awake, code, expect, PASSWORD, signIn, signOut, test } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";

test("recovery codes are kept, used, counted and replaced", async ({ ada }) => {
  await ada.goto("/profile/two-factor");
  const { codes } = await new TwoFactor(ada).setUpApp();
  const download = ada.waitForEvent("download");
  await ada.getByRole("link", { name: "Download" }).click();
  const kept = readFileSync(await (await download).path(), "utf8").trim().split("\n");
  expect(kept[0]).toMatch(/^Recovery codes of ada@example\.org, for signing in to /);
  expect(kept.slice(-10)).toEqual(codes);
  await ada.evaluate(() => Object.assign(window, { print: () => document.body.setAttribute("data-printed", "") }));
  await ada.getByRole("button", { name: "Print" }).click();
  await expect(ada.locator("body[data-printed]")).toHaveCount(1);
  await signOut(ada);
  await signIn(ada, "ada@example.org");
  await ada.getByLabel("Recovery code").fill(codes[3]!);
  await ada.getByRole("button", { name: "Use recovery code" }).click();
  await expect(ada).toHaveURL("/");
  await ada.goto("/profile/two-factor");
  await expect(ada.getByText("9 codes left.")).toBeVisible();
  await ada.getByRole("button", { name: "Make new codes" }).click();
  const fresh = ada.getByTestId("recovery-codes").getByRole("listitem");
  await expect(fresh).toHaveCount(10);
  expect(await fresh.allTextContents()).not.toContain(codes[0]);
});

test("a browser that is trusted skips the second step until that is ended", async ({ ada, bailey, browser }) => {
  const security = new Security(ada);
  await security.open();
  await security.field("two_factor.trusted_device_days").fill("7");
  await security.save();
  await security.expectSaved();
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await page.goto("/profile/two-factor");
  const { secret } = await new TwoFactor(page).setUpApp();
  await signOut(page);
  await signIn(page, "grace@example.org");
  await page.getByLabel("Code", { exact: true }).fill(code(secret, 1));
  await page.getByLabel("Don't ask on this browser for 7 days").first().check();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page).toHaveURL("/");
  await signOut(page);
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  await page.goto("/profile/sessions");
  const trusted = page.getByRole("region", { name: "Trusted browsers" });
  await trusted.getByRole("button").first().click();
  await expect(page.getByText("That browser takes the second step again.")).toBeVisible();
  await signOut(page);
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/sign-in/second-step");
  await page.close();
});

test("a lost phone: an admin removes the second factors, and the member is told", async ({ ada, bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await page.goto("/profile/two-factor");
  await new TwoFactor(page).setUpApp();
  await ada.goto("/admin/members");
  await ada.getByText("Change Grace Hopper").click();
  await ada.getByRole("button", { name: "Remove the second factors grace@example.org" }).click();
  await expect(ada.getByText("The member's second factors were removed")).toBeVisible();
  const mail = await bailey.mail.latest("grace@example.org", "Your second factors were removed");
  expect(mail.text).toContain("an admin removed every second factor of your account");
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  await page.close();
});

/** An instant as a reader in Kathmandu is told it. */
const inKathmandu = (page: Page, utc: string | null) =>
  page.evaluate((utc) => new Date(utc!).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Kathmandu" }), utc);

test("a locked second step says until when in the reader's zone, and counts down", async ({ bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url, timezoneId: "Asia/Kathmandu" });
  await signIn(page, "grace@example.org");
  await page.goto("/profile/two-factor");
  await new TwoFactor(page).setUpApp();
  await signOut(page);
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/sign-in/second-step");
  await awake(page);
  const type = async (code: string) => {
    await page.getByLabel("Code", { exact: true }).fill(code);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Verify" }).click()]);
  };
  for (const text of ["", "abc"]) {
    await type(text);
    await expect(page.locator("#code-error")).toBeVisible();
  }
  for (let tries = 0; tries < 4; tries += 1) {
    await type("000000");
    await expect(page.locator("#code-error")).toContainText("Wait for the next code");
  }
  await type("000000");
  await expect(page.locator("#code-error")).not.toContainText("Wait for the next code");
  const refused = page.getByRole("alert").filter({ hasText: "Too many wrong codes." });
  await expect(refused).toBeVisible();
  await expect(refused).not.toContainText("passkey");
  await awake(page);
  const until = refused.locator("time");
  await expect(until).toHaveText(await inKathmandu(page, await until.getAttribute("datetime")));
  await expect(until).toHaveAttribute("title", /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  for (const place of ["Code", "Recovery code"]) {
    const form = page.locator("form").filter({ has: page.getByLabel(place, { exact: true }) });
    const button = form.getByRole("button");
    await expect(button).toBeDisabled();
    await expect(button).toHaveText(/^Wait 1[45]:\d\d$/);
  }
  await page.close();
});

test("the lock of a sign-in is told in the reader's zone, and its button can be read at once", async ({ bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url, timezoneId: "Asia/Kathmandu" });
  for (let tries = 0; tries < 5; tries += 1) await signIn(page, "grace@example.org", "wrong");
  const refused = page.getByRole("alert").filter({ hasText: "Signing in is locked for" });
  await expect(refused).toBeVisible();
  await awake(page);
  const until = refused.locator("time");
  await expect(until).toHaveText(await inKathmandu(page, await until.getAttribute("datetime")));
  const waits = page.getByRole("button", { name: /^Wait / });
  await expect(waits).toBeDisabled();
  await expect(waits).toHaveCSS("transition-duration", "0s");
  await page.close();
});

test("a passkey without a name is asked for one beside the field, before the device makes it", { tag: "@anywhere" }, async ({ ada }) => {
  await ada.goto("/profile/two-factor");
  await awake(ada);
  const asked: string[] = [];
  ada.on("request", (request) => request.url().includes("/passkeys/") && asked.push(request.url()));
  const name = ada.getByLabel("Passkey name");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ada.locator("#passkey-name-error")).toHaveText("Give it a name that you will recognise.");
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveAttribute("aria-describedby", "passkey-name-help passkey-name-error");
  expect(asked).toEqual([]);
});

test("the ways in work without JavaScript", async ({ ada, bailey, browser }) => {
  const security = new Security(ada);
  await security.open();
  await security.field("sessions.allow_concurrent").uncheck();
  await security.field("two_factor.require_everyone").check();
  await security.field("lockout.sign_in.max_attempts").fill("3");
  await security.save();
  await security.expectSaved();
  bailey.member("grace@example.org", "member");
  const plain = () => browser.newContext({ baseURL: bailey.url, javaScriptEnabled: false });
  const context = await plain();
  const page = await context.newPage();
  await signIn(page, "grace@example.org", "wrong");
  await expect(page.getByText("Email or password is not right.")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("grace@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Two-factor authentication is required by your organisation. Set it up to continue.").first()).toBeVisible();
  const { secret, codes } = await new TwoFactor(page).setUpApp();
  await signOut(page);
  await signIn(page, "grace@example.org");
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("That code is not right").first()).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(code(secret, 1));
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page).toHaveURL("/");
  const elsewhere = await plain();
  const other = await elsewhere.newPage();
  await signIn(other, "grace@example.org");
  await other.getByLabel("Recovery code").fill(codes[0]!);
  await other.getByRole("button", { name: "Use recovery code" }).click();
  await expect(other).toHaveURL("/");
  await page.goto("/profile");
  await expect(page.getByText("You were signed out because you signed in elsewhere")).toBeVisible();
  const strange = await plain();
  const stranger = await strange.newPage();
  for (let n = 0; n < 3; n += 1) await signIn(stranger, "grace@example.org", "wrong");
  await expect(stranger.getByText(/locked|Too many/).first()).toBeVisible();
  await stranger.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await stranger.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(stranger).toHaveURL("/sign-in");
  for (const each of [context, elsewhere, strange]) await each.close();
});
