// The pictures of the README, into docs/images, where they are checked in.
import { type Browser, type Page } from "@playwright/test";
import { awake, type Bailey, signIn, test } from "../bailey";
import { Security } from "../pages/security";
import { TwoFactor } from "../pages/two_factor";

const FOLDER = "../docs/images";
const PEOPLE = [
  ["grace@example.org", "admin", "Grace Hopper"],
  ["joan@example.org", "it-admin", "Joan Clarke"],
  ["edith@example.org", "member", "Edith Clarke"],
  ["hedy@example.org", "member", "Hedy Lamarr"],
  ["katherine@example.org", "member", "Katherine Johnson"],
] as const;

/** A workspace in which something goes on: five more people, two of whom have a second factor. */
const settle = async (bailey: Bailey, browser: Browser) => {
  for (const [email, role, name] of PEOPLE) bailey.member(email, role, name);
  for (const [index, [email]] of PEOPLE.slice(0, 4).entries()) {
    const page = await browser.newPage({ baseURL: bailey.url });
    await signIn(page, email);
    await page.goto("/profile/two-factor");
    if (index < 2) await new TwoFactor(page).setUpApp();
    await page.close();
  }
};

/** A picture of what is in view, or of as much of it as holds something. */
const shot = async (page: Page, name: string, cropped = false) => {
  await awake(page);
  const end = await page.locator("main > :last-child").evaluate((last) => Math.ceil(last.getBoundingClientRect().bottom) + 32);
  const { width, height } = page.viewportSize()!;
  const clip = { x: 0, y: 0, width, height: cropped ? Math.min(end, height) : height };
  await page.screenshot({ path: `${FOLDER}/${name}.png`, clip });
};

for (const [kind, colorScheme, width, height] of [["light", "light", 1280, 860], ["dark", "dark", 1280, 860], ["phone", "light", 390, 844]] as const) {
  test(`the README's pictures, ${kind}`, async ({ ada, bailey, browser }) => {
    await settle(bailey, browser);
    await ada.emulateMedia({ colorScheme });
    await ada.setViewportSize({ width, height });
    if (kind === "light") {
      await ada.goto("/admin");
      await shot(ada, "overview", true);
      await ada.goto("/admin/members");
      await shot(ada, "members", true);
    }
    const security = new Security(ada);
    await security.open();
    await awake(ada);
    await security.field("sessions.idle_timeout").fill("10");
    await security.field("two_factor.require_admins").check();
    await security.field("sessions.idle_timeout").focus();
    await security.field("sessions.idle_timeout").evaluate((field) => field.scrollIntoView({ block: "center" }));
    await shot(ada, `security-${kind}`);
    await security.bar.getByRole("button", { name: "Discard" }).click();
  });
}
