import { type Page } from "@playwright/test";
import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

/** The Security tab where there is room for the explanation beside it. */
const explained = async (page: Page) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const security = new Security(page);
  await security.open();
  await awake(page);
  return { security, beside: page.getByRole("complementary", { name: "About the setting" }) };
};

test("the explanation says whom a setting concerns now, and leads to them", async ({ ada, bailey }) => {
  bailey.member("grace@example.org", "member");
  const { security, beside } = await explained(ada);
  await security.field("sessions.lifetime").focus();
  await expect(beside).toContainText("1 live session of 1 member");
  await security.field("headers.csp").focus();
  await expect(beside).toContainText("Whoever opens a page");
  await security.field("two_factor.require_everyone").focus();
  const whom = beside.getByRole("link", { name: "Nobody as it stands. Otherwise 2 members, 2 of them not enrolled" });
  await whom.click();
  await expect(ada.getByRole("heading", { name: "Members", level: 1 })).toBeVisible();
});

test("the explanation follows a save", async ({ ada }) => {
  const { security, beside } = await explained(ada);
  await security.field("sign_in.captcha").check();
  await expect(beside).toContainText("Nobody as it stands. Otherwise whoever comes to sign in");
  await security.save();
  await security.expectSaved();
  await expect(beside).toContainText("Whoever comes to sign in");
  await expect(beside).not.toContainText("Nobody");
});

test("an address is tried against the list before anything is saved", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  const address = ada.getByLabel("Would this address pass?");
  const verdict = ada.locator(".try").getByRole("status");
  await address.fill("198.51.100.7");
  await expect(verdict).toHaveText("Yes: the list is empty, so every address passes.");
  await security.field("network.admin_allowlist").fill("203.0.113.0/24 # office");
  await expect(verdict).toHaveText("No: nothing on the list holds it.");
  await address.fill("::ffff:203.0.113.7");
  await expect(verdict).toHaveText("Yes: 203.0.113.0/24 holds it (office).");
  await security.field("network.admin_allowlist").fill("10.0.0.1/8");
  await expect(verdict).toHaveText("The list can't be read as it stands. Mend it first.");
  await security.field("network.admin_allowlist").fill("203.0.113.0/24");
  await address.fill("the office");
  await expect(verdict).toContainText("This is no IP address.");
  await address.press("Enter");
  await expect(security.panel).toBeHidden();
  await expect(security.bar).toContainText("1 unsaved change");
});

test("a page that was hydrated holds nothing unsaved and has said nothing", { tag: "@anywhere" }, async ({ ada }) => {
  await ada.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const look = () => {
      const bar = document.querySelector(".save-bar");
      if (bar?.classList.contains("dirty")) said.push(bar.textContent ?? "");
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await expect(security.bar.getByRole("status")).toHaveText("");
  expect(await ada.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([]);
  await ada.reload();
  await awake(ada);
  await expect(security.field("sessions.lifetime")).toHaveValue("480");
});
