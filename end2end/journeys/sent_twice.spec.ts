// Impatient people click twice. Each form by which something is used up is one act all the same.
import { type Page } from "@playwright/test";
import { code, expect, PASSWORD, signIn, signOut, test } from "../bailey";
import { TwoFactor } from "../pages/two_factor";

/** Presses a button twice, as fast as a hand does. */
const twice = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().dblclick();

test("whatever is pressed twice is done once, and nothing is lost or counted", async ({ ada, bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(new URL(request.url()).pathname));
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("grace@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await twice(page, "Sign in");
  await expect(page).toHaveURL("/");
  // The first code of an app, whose page with the recovery codes is shown once.
  await page.goto("/profile/two-factor");
  await page.getByRole("button", { name: "Set up authenticator app" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await page.getByTestId("totp-secret").textContent())!.replace(/\s/g, "");
  await page.getByLabel("Code", { exact: true }).fill(code(secret));
  await twice(page, "Verify");
  const codes = page.getByTestId("recovery-codes").getByRole("listitem");
  await expect(codes).toHaveCount(10);
  // New ones: those that are shown are those that work.
  await page.goto("/profile/two-factor");
  await twice(page, "Make new codes");
  await expect(codes).toHaveCount(10);
  const kept = await codes.allTextContents();
  await page.goto("/profile/step-up?next=/profile");
  await page.getByLabel("Recovery code").fill(kept[0]!);
  await twice(page, "Use recovery code");
  await expect(page).toHaveURL("/profile");
  await signOut(page);
  await signIn(page, "grace@example.org");
  await page.getByLabel("Code", { exact: true }).fill(code(secret, 1));
  await twice(page, "Verify");
  await expect(page).toHaveURL("/");
  await signOut(page);
  await signIn(page, "grace@example.org");
  await page.getByLabel("Recovery code").fill(kept[1]!);
  await twice(page, "Use recovery code");
  await expect(page).toHaveURL("/");
  await signOut(page);
  // A mailed link, and the password that it lets one choose.
  await page.goto("/forgot-password");
  await page.getByLabel("Email").fill("grace@example.org");
  await page.getByRole("button", { name: "Send me a link" }).click();
  const mail = await bailey.mail.latest("grace@example.org", "Choose a new password");
  await page.goto(mail.text.match(/\/link\/\S+/)![0]);
  await twice(page, "Choose a new password");
  await expect(page).toHaveURL("/choose-password");
  await page.getByLabel("New password", { exact: true }).fill("seven purple trombones march");
  await twice(page, "Set password");
  await expect(page).toHaveURL(/\/sign-in\?notice=password-chosen/);
  await ada.goto("/admin/audit");
  await expect(ada.getByText("Chose a new password by mail").first()).toBeVisible();
  await expect(ada.getByText(/refused/i)).toHaveCount(0);
  const counted = (path: string) => posts.filter((posted) => posted === path).length;
  expect(counted("/sign-in"), "both were sent").toBeGreaterThan(1);
  await page.close();
});
