import { awake, Bailey, expect, PASSWORD, signIn, test as base } from "../bailey";
import { openChoosePassword } from "../pages/reset";
import { Security } from "../pages/security";
import { codeIn, link } from "../sink";

const test = base.extend({
  bailey: async ({ bailey: first }, use) => {
    const bailey = new Bailey(first.port);
    await first.kill();
    await bailey.start(true);
    await use(bailey);
    await bailey.stop();
  },
});

test("idle for too long: the page says so and leads back", async ({ ada, bailey }) => {
  await ada.goto("/profile/sessions");
  bailey.moveClock(31 * 60);
  await ada.reload();
  await expect(ada.getByText(/You were signed out because nothing happened for 30.minutes/)).toBeVisible();
  await ada.getByLabel("Email").fill("ada@example.org");
  await ada.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ada).toHaveURL("/profile/sessions");
});

test("within the days of grace a member is reminded on every page, and held up afterwards", async ({ ada, bailey, browser }) => {
  const security = new Security(ada);
  await security.open();
  await security.field("two_factor.require_everyone").check();
  await security.field("two_factor.grace_days").fill("3");
  await security.save();
  await security.expectSaved();
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await expect(page.getByText("Your organisation asks you to set up two-factor authentication by")).toBeVisible();
  bailey.moveClock(3 * 86_400 + 60);
  await signIn(page, "grace@example.org");
  await expect(page.getByText("Two-factor authentication is required by your organisation. Set it up to continue.").first()).toBeVisible();
  await page.close();
});

test("a busy server says so, keeps what was typed and tries again by itself", async ({ bailey, page, watch }) => {
  watch.expect(/503|422/);
  await bailey.kill();
  await bailey.start(false, { BAILEY_HASH_CONCURRENCY: "1", BAILEY_HASH_WAIT: "1", BAILEY_TRUSTED_PROXIES: "127.0.0.1/32" });
  await page.goto("/sign-in");
  let flooding = true;
  const one = async (name: number) => {
    for (let n = 0; flooding; n += 1) {
      const body = new URLSearchParams({ email: `a${name}-${n}@example.org`, password: "wrong" });
      await fetch(`${bailey.url}/sign-in`, { method: "POST", body, headers: { "sec-fetch-site": "same-origin", "x-forwarded-for": `10.0.${name}.${n % 250}` }, redirect: "manual" })
        .then((answer) => answer.arrayBuffer())
        .catch(() => undefined);
    }
  };
  const flood = Array.from({ length: 120 }, (_, name) => one(name));
  let email = "";
  for (let n = 0; n < 20 && !(await page.getByText("Many people are signing in at this moment.").isVisible()); n += 1) {
    email = `grace${n}@example.org`;
    await signIn(page, email, "wrong");
  }
  flooding = false;
  await expect(page.getByText("Many people are signing in at this moment. Nothing was lost")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await Promise.all(flood);
  await expect(page.getByText("Email or password is not right.")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(email);
});

test("an address that is not confirmed is confirmed by mail before the first sign-in", async ({ bailey, page, watch }) => {
  watch.expect(/403|422/);
  bailey.member("grace@example.org", "member", "Grace Hopper", "--unconfirmed");
  await signIn(page, "grace@example.org", "wrong");
  await expect(page.getByText("Email or password is not right.")).toBeVisible();
  await signIn(page, "grace@example.org");
  await expect(page.getByText("Your address is not confirmed yet.")).toBeVisible();
  await page.goto(link(await bailey.mail.latest("grace@example.org", "Confirm your address")));
  await expect(page.getByText("This confirms that grace@example.org is your address.")).toBeVisible();
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page.getByText("Your address is confirmed. Sign in with your password.")).toBeVisible();
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
});

test("a new password's list follows what is typed, strength included", async ({ bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await openChoosePassword(page, bailey, "grace@example.org");
  const line = (words: string) => page.getByRole("listitem").filter({ hasText: words });
  const field = page.getByLabel("New password", { exact: true });
  await field.pressSequentially("hopper-x");
  await expect(line("At least 12 characters")).toContainText("Missing: ");
  await expect(line("Without your name or your address")).toContainText("Missing: ");
  await field.fill("password12345");
  await expect(line("At least 12 characters")).toContainText("Done: ");
  await expect(line("Not easy to guess")).toContainText("Missing: ");
  await expect(line("Not on the list of used passwords")).not.toContainText("Missing: ");
  await field.blur();
  await expect(line("Not on the list of used passwords")).toContainText("Missing: ");
  await field.fill("purple anvil over lunch");
  await field.blur();
  for (const words of ["At least 12", "Without your name", "Not on the list", "Not easy"]) {
    await expect(line(words)).toContainText("Done: ");
  }
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set")).toBeVisible();
  await page.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a forgotten password is replaced by mail, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ bailey, browser }) => {
    bailey.member("grace@example.org", "member");
    const context = await browser.newContext({ baseURL: bailey.url, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByLabel("Email").fill("grace@example.org");
    await page.getByRole("button", { name: "Send me a link" }).click();
    await expect(page.getByText("a mail with a link is on its way to it")).toBeVisible();
    await page.goto(link(await bailey.mail.latest("grace@example.org", "Choose a new password")));
    await page.getByRole("button", { name: "Choose a new password" }).click();
    await page.getByLabel("New password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.locator("#password-error")).toBeVisible();
    await page.getByLabel("New password", { exact: true }).fill("purple anvil over lunch");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Your new password is set, and you are signed out everywhere.")).toBeVisible();
    await signIn(page, "grace@example.org", "purple anvil over lunch");
    await expect(page).toHaveURL("/");
    await context.close();
  });
}

test("no mail about one's own account holds anything that a mail program fetches", async ({ bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await page.goto("/profile/two-factor");
  await page.getByRole("button", { name: "Turn codes by e-mail on" }).click();
  await expect(page.getByText("From now on you are asked")).toBeVisible();
  await page.close();
  const other = await browser.newPage({ baseURL: bailey.url });
  await signIn(other, "grace@example.org");
  const code = await bailey.mail.latest("grace@example.org", "Your code for signing in");
  await other.getByLabel("Code", { exact: true }).fill(codeIn(code));
  await other.getByRole("button", { name: "Verify" }).click();
  await expect(other).toHaveURL("/");
  await other.close();
  const told = await bailey.mail.latest("grace@example.org", "You signed in from a new browser");
  for (const { html } of [code, told]) expect(html).not.toMatch(/<(img|script|link|iframe)|url\(/i);
});
