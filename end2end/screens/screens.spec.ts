// Every screen in light, dark and at 360 px, into the ignored folder screens/ of the project.
import { type Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { awake, signIn, test } from "../bailey";
import { TwoFactor } from "../pages/two_factor";

const FOLDER = "../screens";
mkdirSync(FOLDER, { recursive: true });

for (const [kind, colorScheme, width] of [["light", "light", 1280], ["dark", "dark", 1280], ["phone", "light", 360]] as const) {
  test(`screens, ${kind}`, async ({ page, bailey, watch }) => {
    test.slow();
    watch.expect(/./);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 860 });
    const shot = async (name: string, path?: string, on: Page = page) => {
      if (path) await on.goto(path);
      await awake(on);
      await on.screenshot({ path: `${FOLDER}/${name}-${kind}.png`, fullPage: true });
    };
    await shot("sign-in", "/sign-in");
    await shot("set-up", bailey.setUpLink);
    await shot("link-dead", "/link/x");
    bailey.member("grace@example.org", "admin");
    bailey.member("ada@example.org", "super-admin", "Ada Lovelace");
    await signIn(page, "ada@example.org", "wrong");
    await shot("sign-in-wrong");
    await signIn(page, "ada@example.org");
    await shot("home", "/");
    await shot("profile", "/profile");
    await shot("two-factor", "/profile/two-factor");
    await page.getByRole("button", { name: "Set up authenticator app" }).click();
    await shot("two-factor-set-up");
    await page.goto("/admin/settings");
    await awake(page);
    await page.locator("[id='sessions.idle_timeout']").fill("10");
    await page.locator("[id='sessions.lifetime']").fill("4");
    await page.locator("[id='sessions.lifetime']").blur();
    await page.locator("[id='two_factor.require_admins']").check();
    await page.locator("[id='sessions.idle_timeout']").focus();
    await page.screenshot({ path: `${FOLDER}/security-${kind}.png` });
    await shot("security-whole");
    await page.locator("[id='sessions.lifetime']").fill("60");
    await page.getByRole("button", { name: "Review changes" }).click();
    await page.locator("#review").waitFor();
    await page.screenshot({ path: `${FOLDER}/review-${kind}.png` });
    await page.locator("[id='sessions.lifetime']").fill("60");
    await page.locator("[id='two_factor.require_admins']").uncheck();
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByRole("status").filter({ hasText: "Settings saved." }).waitFor();
    await shot("security-saved");
    await shot("audit", "/admin/audit");
    await page.locator(".log summary").first().click();
    await shot("audit-open");
    await shot("history", "/admin/history");
    await page.locator(".log summary").first().click();
    await shot("history-open");
    await shot("restore", "/admin/history?undo=yes");
    await page.goto("/admin/settings/communities");
    await page.getByLabel("Name", { exact: true }).fill("Research");
    await page.getByRole("button", { name: "Add the community" }).click();
    await shot("communities");
    await shot("policies", "/profile/policies");
    await shot("overview", "/admin");
    await shot("sessions", "/profile/sessions");
    await shot("missing", "/nothing");
    await page.goto("/profile/two-factor");
    const cancel = page.getByRole("button", { name: /Cancel|Stop/ });
    if (await cancel.count()) await cancel.first().click();
    await new TwoFactor(page).setUpApp();
    await shot("recovery-codes");
    if (width < 640) await page.getByText("Menu", { exact: true }).click();
    await page.getByRole("button", { name: "Sign out" }).filter({ visible: true }).click();
    await signIn(page, "ada@example.org");
    await shot("second-step", "/sign-in/second-step");
  });
}
