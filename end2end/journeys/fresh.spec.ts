import { awake, Bailey, code, expect, openAccount, PASSWORD, signIn, test as base, virtualAuthenticator } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";

/** A Bailey whose clock the test moves. */
const test = base.extend({
  bailey: async ({ bailey: first }, use) => {
    const bailey = new Bailey(first.port);
    await first.kill();
    await bailey.start(true);
    await use(bailey);
    await bailey.stop();
  },
});

test("a risky save asks who you are, and what was typed is still there afterwards", async ({ ada, bailey, watch }) => {
  watch.expect(/403|422/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("600");
  bailey.moveClock(11 * 60);
  await security.save();
  await expect(security.bar.getByRole("alert")).toContainText("it has been a while since you proved who you are");
  await expect(security.bar.getByRole("link", { name: "Confirm that it is you", exact: true })).toBeInViewport();
  await ada.getByRole("link", { name: "Confirm that it is you", exact: true }).click();
  await expect(ada.getByRole("heading", { name: "Confirm that it is you" })).toBeVisible();
  await ada.getByLabel("Password", { exact: true }).fill("not it");
  await ada.getByRole("button", { name: "Confirm" }).click();
  await expect(ada.getByText("That is not your present password.")).toBeVisible();
  await ada.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.getByRole("button", { name: "Confirm" }).click();
  await expect(ada).toHaveURL(/\/admin\/settings/);
  await expect(security.field("sessions.lifetime")).toHaveValue("600");
  await security.save();
  await security.expectSaved();
});

test("without JavaScript a risky save is kept while its author proves who they are", async ({ bailey, browser }) => {
  bailey.member("ada@example.org", "super-admin");
  const context = await browser.newContext({ baseURL: bailey.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, "ada@example.org");
  const security = new Security(page);
  await security.open();
  await security.field("sessions.lifetime").fill("600");
  bailey.moveClock(11 * 60);
  await security.save();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Nothing was saved yet. What you typed is below")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toHaveValue("600");
  await security.save();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  await context.close();
});

test("whoever has a second factor proves it by that", async ({ ada, bailey, watch }) => {
  watch.expect(/403/);
  const twoFactor = new TwoFactor(ada);
  await ada.goto("/profile/two-factor");
  const { secret } = await twoFactor.setUpApp();
  bailey.moveClock(11 * 60);
  await ada.goto("/profile/two-factor");
  await awake(ada);
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ada).toHaveURL(/\/profile\/step-up/);
  await ada.getByLabel("Code", { exact: true }).fill(code(secret, 22));
  await ada.getByRole("button", { name: "Verify" }).click();
  await expect(ada).toHaveURL("/profile/two-factor");
  await ada.getByRole("button", { name: "Remove authenticator app" }).click();
  await expect(ada.getByText("The authenticator app was removed.")).toBeVisible();
});

test("a fresh proof does not forget where one wanted to go", async ({ ada, bailey, watch }) => {
  watch.expect(/403/);
  await virtualAuthenticator(ada);
  bailey.moveClock(11 * 60);
  const confirm = async () => {
    await expect(ada.getByRole("heading", { name: "Confirm that it is you" })).toBeVisible();
    await ada.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await ada.getByRole("button", { name: "Confirm" }).click();
    await expect(ada).toHaveURL("/profile/two-factor?next=%2Fideas");
  };
  await ada.goto("/profile/two-factor?next=%2Fideas");
  await ada.getByRole("button", { name: "Set up authenticator app" }).click();
  await confirm();
  await expect(ada.getByRole("button", { name: "Set up authenticator app" })).toBeVisible();
  bailey.moveClock(22 * 60);
  await awake(ada);
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await confirm();
  await awake(ada);
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await ada.getByRole("link", { name: "Continue" }).click();
  await expect(ada).toHaveURL("/ideas");
});

test("before a session ends the page says so, and one may stay", async ({ ada, bailey }) => {
  let asked = 0;
  ada.on("request", (request) => (asked += Number(request.url().endsWith("/session/left"))));
  await ada.clock.install();
  await ada.goto("/ideas");
  await awake(ada);
  await openAccount(ada);
  await ada.getByRole("link", { name: "My profile" }).click();
  const warning = ada.getByRole("alertdialog", { name: "Your session ends soon" });
  await expect(warning).toBeHidden();
  const before = ada.getByRole("link", { name: "Password", exact: true });
  await before.focus();
  bailey.moveClock(28 * 60 + 30);
  await ada.clock.fastForward("28:30");
  await expect(warning).toContainText(/You will be signed out in \d+/);
  expect(asked, "whatever pages came before, one of them watches").toBe(1);
  await expect(ada.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await ada.keyboard.press("Enter");
  await expect(warning).toBeHidden();
  await expect(before).toBeFocused();
  bailey.moveClock(45 * 60);
  await ada.reload();
  await expect(ada.getByRole("heading", { name: "My profile" })).toBeVisible();
});

test("the Security tab says so, too, and keeps what is typed", async ({ ada, bailey }) => {
  await ada.clock.install();
  await ada.goto("/admin/settings");
  await awake(ada);
  const field = ada.locator("[id='sessions.lifetime']");
  await field.fill("77");
  bailey.moveClock(28 * 60 + 30);
  await ada.clock.fastForward("28:30");
  await ada.getByRole("alertdialog", { name: "Your session ends soon" }).getByRole("button", { name: "Stay signed in" }).click();
  await expect(ada.getByRole("alertdialog")).toBeHidden();
  await expect(field).toHaveValue("77");
  await ada.getByRole("button", { name: "Discard" }).click();
});

test("a session that has ended says so without taking away what was typed", async ({ ada, bailey }) => {
  await ada.clock.install();
  await ada.goto("/profile/password");
  await awake(ada);
  await ada.getByLabel("Present password").fill("half typed");
  bailey.moveClock(31 * 60);
  await ada.clock.fastForward("31:00");
  const warning = ada.getByRole("alertdialog", { name: "Your session has ended" });
  await expect(warning).toContainText("Your session has ended. What you typed is still here");
  await expect(ada.getByLabel("Present password")).toHaveValue("half typed");
  const again = warning.getByRole("link", { name: "Sign in again" });
  await expect(again).toBeFocused();
  await expect(again).toHaveAttribute("href", "/sign-in?next=%2Fprofile%2Fpassword");
  const opened = ada.context().waitForEvent("page");
  await ada.keyboard.press("Enter");
  const other = await opened;
  await expect(other.getByText(/You were signed out because nothing happened/)).toBeVisible();
  await other.getByLabel("Email").fill("ada@example.org");
  await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other).toHaveURL("/profile/password");
  await other.close();
  await expect(ada.getByLabel("Present password")).toHaveValue("half typed");
});
