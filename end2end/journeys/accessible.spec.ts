import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { awake, expect, signIn, signOut, test } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";
import { address, PAGES } from "../sitemap";

const OUTSIDE = ["public", "second-step"];
const WAYS_IN = PAGES.filter((row) => row.area === "public");
const WITHIN = PAGES.filter((row) => !OUTSIDE.includes(row.area));

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
    for (const row of WAYS_IN) await look(page, address(row));
    await look(page, bailey.setUpLink);
    bailey.member("ada@example.org", "super-admin");
    await signIn(page, "ada@example.org");
    for (const row of WITHIN) {
      await look(page, address(row));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(row.title);
    }
    await look(page, "/nothing");
    const twoFactor = new TwoFactor(page);
    await page.goto("/profile/two-factor");
    await twoFactor.setUpApp();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((v) => v.id)).toEqual([]);
    await signOut(page);
    await signIn(page, "ada@example.org");
    for (const row of PAGES.filter((row) => row.area === "second-step")) await look(page, address(row));
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
  for (const row of WITHIN) await fits(address(row));
  await fits("/nothing");
});
