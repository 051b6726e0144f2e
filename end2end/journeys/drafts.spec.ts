import { type Browser, type Page } from "@playwright/test";
import { awake, type Bailey, expect, PASSWORD, test } from "../bailey";
import { Security } from "../pages/security";

/** Grace saves these choices and numbers in a browser of her own. */
const graceSaves = async (browser: Browser, bailey: Bailey, change: (security: Security) => Promise<void>) => {
  const security = await Security.of("grace@example.org", "super-admin", browser, bailey);
  await change(security);
  await security.save();
  await security.expectSaved();
  await security.page.context().close();
};

const opened = async (page: Page) => {
  const security = new Security(page);
  await security.open();
  await awake(page);
  return security;
};

test("whoever goes back to the tab finds what is saved now, not what stood there before", async ({ ada, browser, bailey }) => {
  const security = await opened(ada);
  await ada.getByRole("link", { name: "History" }).first().click();
  await expect(ada.getByRole("heading", { name: "History" })).toBeVisible();
  await graceSaves(browser, bailey, async (hers) => {
    await hers.field("passwords.policy").selectOption("strong");
    await hers.field("two_factor.email").uncheck();
    await hers.field("network.admin_allowlist").fill("127.0.0.0/8");
  });
  await ada.goBack();
  await awake(ada);
  await expect(security.field("passwords.policy")).toHaveValue("strong");
  await expect(security.field("two_factor.email")).not.toBeChecked();
  await expect(security.field("network.admin_allowlist")).toHaveValue("127.0.0.0/8");
  await expect(ada.getByText(/\d unsaved change/)).toHaveCount(0);
});

test("a draft that is put back is what was typed, and takes nothing back that others saved", async ({ ada, browser, bailey, watch }) => {
  watch.expect(/409/);
  const security = await opened(ada);
  await security.field("sessions.lifetime").fill("90");
  await graceSaves(browser, bailey, async (hers) => {
    await hers.field("sessions.idle_timeout").fill("45");
    await hers.field("passwords.policy").selectOption("strong");
    await hers.field("two_factor.email").uncheck();
  });
  ada.on("dialog", (dialog) => dialog.accept());
  await ada.reload();
  await awake(ada);
  await expect(ada.getByText("What you had typed before is back.")).toBeVisible();
  await expect(ada.getByText("1 unsaved change")).toBeVisible();
  await expect(security.field("passwords.policy")).toHaveValue("strong");
  await security.press();
  await expect(ada.locator("#conflict")).toContainText("Session lifetime");
  await expect(ada.locator("#conflict")).not.toContainText("Password policy");
  await security.review();
  await expect(security.panel).toContainText("90 minutes");
  await expect(security.panel).not.toContainText("Standard");
  await security.panel.getByRole("button", { name: "Save settings" }).click();
  await security.expectSaved();
  await ada.reload();
  await awake(ada);
  for (const [key, value] of [["sessions.lifetime", "90"], ["sessions.idle_timeout", "45"], ["passwords.policy", "strong"]] as const) {
    await expect(security.field(key)).toHaveValue(value);
  }
  await expect(ada.getByText("What you had typed before is back.")).toBeHidden();
});

test("what is typed after the session has ended is kept as well, and what is discarded is not", async ({ ada, watch }) => {
  watch.expect(/401/);
  const security = await opened(ada);
  await security.field("sessions.lifetime").fill("90");
  await ada.context().clearCookies();
  await security.press();
  await expect(ada.getByText("Everything you typed is kept in this browser.")).toBeVisible();
  await security.field("sessions.idle_timeout").fill("44");
  await ada.getByRole("link", { name: "Sign in", exact: true }).click();
  await expect(ada).toHaveURL(/sign-in/);
  await ada.getByLabel("Email").fill("ada@example.org");
  await ada.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ada).toHaveURL("/admin/settings");
  await awake(ada);
  await expect(ada.getByText("2 unsaved changes")).toBeVisible();
  await expect(security.field("sessions.idle_timeout")).toHaveValue("44");
  await ada.getByRole("button", { name: "Discard" }).click();
  await ada.reload();
  await awake(ada);
  await expect(ada.getByText("What you had typed before is back.")).toBeHidden();
  await expect(security.field("sessions.lifetime")).toHaveValue("480");
});

test("a row stays while somebody types in it, and a link to one that a search hides leads there", async ({ ada }) => {
  const security = await opened(ada);
  await security.field("sessions.lifetime").fill("333");
  await security.save();
  await security.expectSaved();
  await ada.getByLabel("Show", { exact: true }).selectOption("changed");
  await security.field("sessions.lifetime").fill("");
  await security.field("sessions.lifetime").pressSequentially("4800");
  await expect(security.field("sessions.lifetime")).toHaveValue("4800");
  await ada.getByLabel("Show", { exact: true }).selectOption("all");
  await security.field("sessions.lifetime").fill("4");
  await ada.getByRole("searchbox").fill("two-factor");
  await expect(security.field("two_factor.passkeys")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toBeHidden();
  await security.press();
  await ada.locator("#summary").getByRole("link", { name: "Session lifetime" }).click();
  await expect(security.field("sessions.lifetime")).toBeFocused();
});
