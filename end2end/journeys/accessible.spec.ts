import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { awake, expect, signIn, test } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";

const WITHIN = ["/", "/profile", "/profile/two-factor", "/profile/sessions", "/profile/password", "/profile/policies", "/admin", "/admin/settings", "/admin/settings/confirm", "/admin/settings/communities", "/admin/history", "/admin/members", "/admin/lockouts", "/admin/mail", "/admin/audit", "/profile/step-up", "/ideas", "/nothing"];

async function look(page: Page, path: string) {
  await page.goto(path);
  await awake(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${path}: ${v.id} ${v.nodes.map((n) => n.target).join(" ")}`)).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any page in ${colorScheme}`, async ({ page, bailey, watch }) => {
    test.slow();
    watch.expect(/404|410/);
    await page.emulateMedia({ colorScheme });
    await look(page, "/sign-in");
    await look(page, bailey.setUpLink);
    await look(page, "/link/x");
    await look(page, "/forgot-password");
    await look(page, "/choose-password");
    await look(page, "/claim-account");
    bailey.member("ada@example.org", "super-admin");
    await signIn(page, "ada@example.org");
    for (const path of WITHIN) await look(page, path);
    const twoFactor = new TwoFactor(page);
    await page.goto("/profile/two-factor");
    await twoFactor.setUpApp();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((v) => v.id)).toEqual([]);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await signIn(page, "ada@example.org");
    await look(page, "/sign-in/second-step");
  });
}

test("axe finds nothing on the Security tab while somebody works on it", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const clean = async () => {
    const { violations } = await new AxeBuilder({ page: ada }).options({ rules: { "target-size": { enabled: true } } }).analyze();
    expect(violations.map((v) => `${v.id} ${v.nodes.map((n) => n.target).join(" ")}`)).toEqual([]);
  };
  await security.field("sign_in.banner").fill("Welcome");
  await security.field("sessions.idle_timeout").fill("20");
  await clean();
  await security.review();
  await clean();
  await security.panel.getByRole("button", { name: "Save settings" }).click();
  await security.expectSaved();
  await clean();
});

test("nothing overflows at 320 pixels", async ({ page, bailey, watch }) => {
  watch.expect(/404|410/);
  await page.setViewportSize({ width: 320, height: 640 });
  const fits = async (path: string) => {
    await page.goto(path);
    await awake(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  };
  await fits("/sign-in");
  await fits(bailey.setUpLink);
  bailey.member("ada@example.org", "super-admin");
  await signIn(page, "ada@example.org");
  for (const path of WITHIN) await fits(path);
});
