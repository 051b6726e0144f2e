// A link to a setting leads to it, whatever somebody has to prove first.
import { type Page } from "@playwright/test";
import { awake, code, expect, PASSWORD, signIn, test } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";

const LINK = "/admin/settings#headers.csp";

const landed = async (page: Page) => {
  await expect(page).toHaveURL(LINK);
  await awake(page);
  await expect(new Security(page).field("headers.csp")).toBeFocused();
  await expect(new Security(page).field("headers.csp")).toBeInViewport();
};

const submit = async (page: Page) => {
  await awake(page);
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
};

test("through the sign-in, also after a wrong password", async ({ bailey, page, watch }) => {
  watch.expect(/422/);
  bailey.member("ada@example.org", "super-admin");
  await page.goto(LINK);
  await awake(page);
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("not it");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Email or password is not right.")).toBeVisible();
  await submit(page);
  await landed(page);
});

test("through the second step", async ({ ada, browser, bailey }) => {
  await ada.goto("/profile/two-factor");
  await awake(ada);
  const { secret } = await new TwoFactor(ada).setUpApp();
  const page = await (await browser.newContext({ baseURL: bailey.url })).newPage();
  await page.goto(LINK);
  await submit(page);
  await page.getByLabel("Code", { exact: true }).fill(code(secret, 1));
  await page.getByRole("button", { name: "Verify" }).click();
  await landed(page);
});

test("through the proof of who one is", async ({ ada }) => {
  await ada.goto("/profile/step-up?next=%2Fadmin%2Fsettings#headers.csp");
  await awake(ada);
  await ada.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.getByRole("button", { name: "Confirm" }).click();
  await landed(ada);
});

test("through an enrolment that is asked for", async ({ bailey, page }) => {
  bailey.member("ada@example.org", "super-admin");
  await signIn(page, "ada@example.org");
  await page.goto("/profile/two-factor?next=%2Fadmin%2Fsettings#headers.csp");
  await awake(page);
  await new TwoFactor(page).setUpApp();
  await new TwoFactor(page).continue();
  await landed(page);
});

test("a link of Bailey's own goes straight to the place on the page", async ({ ada }) => {
  await ada.goto("/admin");
  await awake(ada);
  await ada.getByRole("link", { name: "Change" }).first().click();
  await expect(ada).toHaveURL("/admin/settings#two_factor.require_admins");
  await expect(new Security(ada).field("two_factor.require_admins")).toBeFocused();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a link of Bailey's own keeps its place through the sign-in", async ({ bailey, page, watch }) => {
    // What a browser does not run it does not load ahead either, and says so.
    watch.expect(/csp/);
    bailey.member("ada@example.org", "super-admin");
    await page.goto("/admin/settings?setting=headers.csp");
    await page.getByLabel("Email").fill("ada@example.org");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(LINK);
    await expect(new Security(page).field("headers.csp")).toBeInViewport();
  });
});
