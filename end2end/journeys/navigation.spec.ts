// Finding one's way: the two areas, the menus, the palette, the first steps, and whoever has to do something first.
import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { PASSWORD, awake, expect, openAccount, signIn, test } from "../bailey";
import { Security } from "../pages/security";

const clean = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).options({ rules: { "target-size": { enabled: true } } }).analyze();
  expect(violations.map((v) => `${v.id} ${v.nodes.map((n) => n.target).join(" ")}`)).toEqual([]);
};
const fits = async (page: Page) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
};
const menu = (page: Page) => page.locator(".narrow > summary");
const admin = (page: Page) => page.getByRole("navigation", { name: "Admin" });

test("the admin area has a sidebar by group, and on a narrow screen a menu, in light and dark", async ({ ada }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await ada.emulateMedia({ colorScheme });
    await ada.setViewportSize({ width: 1280, height: 800 });
    await ada.goto("/admin/history");
    await awake(ada);
    await expect(admin(ada).getByRole("list", { name: "Policy" }).getByRole("link")).toHaveText(["Settings", "History"]);
    await expect(admin(ada).getByRole("link", { name: "History" })).toHaveAttribute("aria-current", "page");
    await expect(menu(ada)).toBeHidden();
    await clean(ada);
    for (const width of [360, 320]) {
      await ada.setViewportSize({ width, height: 640 });
      await expect(admin(ada)).toBeHidden();
      await menu(ada).click();
      await expect(admin(ada)).toBeVisible();
      await clean(ada);
      await fits(ada);
      await menu(ada).click();
      await openAccount(ada);
      await fits(ada);
      await expect(ada.getByRole("button", { name: "Sign out" })).toBeInViewport();
      await openAccount(ada);
    }
    await menu(ada).click();
    await admin(ada).getByRole("link", { name: "Audit log" }).click();
    await expect(ada.getByRole("heading", { name: "Audit log", level: 1 })).toBeVisible();
    await expect(admin(ada)).toBeHidden();
  }
});

test("menus open and close by keyboard, one at a time", async ({ ada }) => {
  await ada.goto("/ideas");
  await awake(ada);
  await ada.locator(".bell > summary").focus();
  await ada.keyboard.press("Enter");
  await expect(ada.getByText("Nothing waits for you.")).toBeVisible();
  await ada.keyboard.press("Tab");
  await expect(ada.locator(".account > summary")).toBeFocused();
  await expect(ada.getByText("Nothing waits for you.")).toBeHidden();
  await ada.keyboard.press("Enter");
  await ada.keyboard.press("Tab");
  await expect(ada.getByRole("link", { name: "My profile" })).toBeFocused();
  await ada.keyboard.press("Escape");
  await expect(ada.getByRole("link", { name: "My profile" })).toBeHidden();
  await expect(ada.locator(".account > summary")).toBeFocused();
  await ada.keyboard.press("Enter");
  await ada.getByLabel("Theme").selectOption("dark");
  await expect(ada.locator("html")).toHaveAttribute("data-theme", "dark");
  await ada.getByRole("heading", { level: 1 }).click();
  await expect(ada.getByLabel("Theme")).toBeHidden();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("every menu opens, leads on, and signs out", async ({ ada, watch }) => {
    watch.expect(/csp/);
    await ada.setViewportSize({ width: 360, height: 640 });
    await ada.goto("/admin/lockouts");
    await expect(ada.getByRole("button", { name: /^Go to/ })).toBeHidden();
    await menu(ada).click();
    await admin(ada).getByRole("link", { name: "Mail" }).click();
    await expect(ada).toHaveURL("/admin/mail");
    await menu(ada).click();
    await ada.getByRole("navigation", { name: "Workspace" }).getByRole("link", { name: "Home" }).click();
    await expect(ada).toHaveURL("/");
    await openAccount(ada);
    await ada.getByRole("button", { name: "Sign out" }).click();
    await expect(ada).toHaveURL(/\/sign-in/);
  });
});

test("the palette leads to a page, a setting, a member and what a reference tells, by keyboard alone", async ({ ada, bailey }) => {
  bailey.member("grace@example.org", "member");
  await ada.goto("/");
  await awake(ada);
  let loaded = 0;
  ada.on("request", (request) => (loaded += Number(request.isNavigationRequest())));
  const palette = ada.getByRole("dialog", { name: "Go to" });
  const field = palette.getByRole("combobox");
  const open = async () => {
    await ada.keyboard.press("Control+k");
    await expect(field).toBeFocused();
  };
  await open();
  await expect(palette.getByRole("group", { name: "Pages" }).getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await clean(ada);
  await ada.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await open();
  await ada.keyboard.type("audit");
  await expect(field).toHaveAttribute("aria-activedescendant", "palette-0");
  await ada.keyboard.press("Enter");
  await expect(ada.getByRole("heading", { name: "Audit log", level: 1 })).toBeFocused();

  await open();
  await expect(field).toHaveValue("");
  await ada.keyboard.type("grace");
  const grace = palette.getByRole("group", { name: "Members" }).getByRole("option", { name: /grace@example\.org/ });
  await expect(grace).toBeVisible();
  await ada.keyboard.press("ArrowUp");
  await expect(grace).toHaveAttribute("aria-selected", "true");
  await ada.keyboard.press("Enter");
  await expect(ada).toHaveURL("/admin/members?holds=grace%40example.org");
  await expect(ada.getByRole("rowheader")).toHaveText([/grace@example\.org/]);

  await open();
  await ada.keyboard.type("idle timeout");
  await expect(palette.getByRole("option").first()).toContainText("Idle timeout");
  await ada.keyboard.press("ArrowDown");
  await ada.keyboard.press("ArrowUp");
  await ada.keyboard.press("Enter");
  await expect(ada.locator('[id="sessions.idle_timeout"]')).toBeFocused();

  await open();
  await ada.keyboard.type("019a0000-0000-7aaa-8bbb-ccccddddeeee");
  await expect(palette.getByRole("group", { name: "Reference" }).getByRole("option")).toContainText("2025");
  await field.fill("nothing of the kind");
  await expect(palette.getByRole("status")).toHaveText("Nothing is called so.");
  await clean(ada);
  expect(loaded).toBe(0);
});

test("a member's palette has a button, leads to their pages alone, and fits a phone", async ({ page, bailey }) => {
  bailey.member("grace@example.org", "member");
  await signIn(page, "grace@example.org");
  await page.setViewportSize({ width: 320, height: 568 });
  await awake(page);
  await page.getByRole("button", { name: "Go to a page" }).click();
  const palette = page.getByRole("dialog", { name: "Go to" });
  await expect(palette.getByRole("option", { name: "Ideas", exact: true })).toBeVisible();
  await fits(page);
  await palette.getByRole("combobox").fill("settings");
  await expect(palette.getByRole("option")).toHaveCount(0);
  await palette.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Go to a page" })).toBeFocused();
});

test("the first run leads through its steps, is left, and what is undone stands on the overview", async ({ page, bailey }) => {
  await page.goto(bailey.setUpLink);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create super-admin" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(page, "ada@example.org");
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps.getByRole("listitem").filter({ hasText: "Connect mail" })).toContainText("(done)");
  await steps.getByRole("button", { name: "Send me a test mail" }).click();
  await expect(page.getByText("A test mail is on its way to you.")).toBeVisible();
  await bailey.mail.latest("ada@example.org", "");
  await page.goto("/");
  await steps.getByRole("link", { name: "Set up your own second factor" }).click();
  await expect(page).toHaveURL("/profile/two-factor");
  await page.goBack();
  await clean(page);
  await steps.getByRole("button", { name: "Leave these steps" }).click();
  await expect(page.getByText("You left the first steps.")).toBeVisible();
  await expect(steps).toBeHidden();
  await page.goto("/admin");
  const left = page.getByRole("region", { name: "Left to set up" });
  await expect(left.getByRole("link")).toHaveText(["Name the workspace", "Set up your own second factor", "Invite people"]);
  await page.goto("/");
  await expect(steps).toBeHidden();
});

test("whoever has to enrol first meets no navigation that leads nowhere", async ({ ada, watch }) => {
  watch.expect(/401|403/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("two_factor.require_admins").check();
  await security.save();
  await security.expectSaved();
  await ada.goto("/");
  await expect(ada).toHaveURL(/\/profile\/two-factor/);
  await awake(ada);
  await expect(ada.getByRole("banner").getByRole("link")).toHaveCount(0);
  await expect(ada.getByRole("button", { name: /^Go to/ })).toHaveCount(0);
  await ada.keyboard.press("Control+k");
  await expect(ada.getByRole("dialog", { name: "Go to" })).toHaveCount(0);
  await openAccount(ada);
  await expect(ada.locator(".account").getByRole("link")).toHaveCount(0);
  await expect(ada.getByRole("button", { name: "Sign out" })).toBeVisible();
  await clean(ada);
});

test("what waits stands at the bell, on the start page, and beside the link that leads to it", async ({ ada, bailey, watch }) => {
  watch.expect(/429|422/);
  bailey.member("grace@example.org", "member");
  const stranger = await ada.context().browser()!.newPage({ baseURL: bailey.url });
  for (let tries = 0; tries < 5; tries += 1) await signIn(stranger, "grace@example.org", "wrong");
  await stranger.close();
  await ada.goto("/");
  await awake(ada);
  const card = ada.getByRole("region", { name: "Waiting for you" });
  await expect(card.getByRole("link", { name: "1 member is locked out" })).toBeVisible();
  await clean(ada);
  await ada.locator(".bell > summary").click();
  await ada.locator(".bell").getByRole("link", { name: "1 member is locked out" }).click();
  await expect(ada).toHaveURL("/admin/lockouts");
  await expect(admin(ada).locator(".badge")).toHaveText("1");
});
