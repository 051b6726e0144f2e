import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

test("three changes are found, reviewed, saved, seen in history and audit, and undone", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await ada.keyboard.press("/");
  await ada.keyboard.type("OTP");
  await expect(security.field("two_factor.require_everyone")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toBeHidden();
  await security.field("two_factor.authenticator").uncheck();
  await ada.getByLabel("Search settings").fill("");
  await security.field("sessions.lifetime").fill("600");
  await security.field("headers.referrer_policy").selectOption("no-referrer");
  await expect(ada.getByText("3 unsaved changes")).toBeVisible();
  await security.review();
  for (const words of ["Session lifetime", "480 minutes", "600 minutes", "Authenticator apps", "Referrer-Policy"]) {
    await expect(security.panel).toContainText(words);
  }
  await security.panel.getByRole("button", { name: "Save settings" }).click();
  await security.expectSaved();
  await ada.getByRole("link", { name: "History", exact: true }).first().click();
  await expect(ada.getByText("Session lifetime, Authenticator apps and 1 more")).toBeVisible();
  await ada.goto("/admin/audit?channel=settings");
  await expect(ada.getByText("Updated application settings")).toBeVisible();
  await ada.goto("/admin/history?undo=yes");
  await expect(ada.getByRole("heading", { name: "Undo revision 1" })).toBeVisible();
  await ada.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(ada.getByText("The settings were put back")).toBeVisible();
  await ada.goto("/admin/history?restore=1");
  await expect(ada.getByRole("heading", { name: "Restore revision 1" })).toBeVisible();
  await security.open();
  await expect(security.field("sessions.lifetime")).toHaveValue("480");
  await expect(security.field("two_factor.authenticator")).toBeChecked();
});

test("a risky change waits to be confirmed, and is kept or put back", async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("60");
  await security.review();
  await security.panel.getByRole("button", { name: "Save with confirmation" }).click();
  await expect(ada).toHaveURL(/\/admin\/settings\/confirm/);
  await expect(ada.getByText("They go back by themselves unless you confirm them.")).toBeVisible();
  await ada.goto("/admin/settings");
  await expect(ada.getByText("goes back by itself at")).toBeVisible();
  await ada.getByRole("link", { name: "Confirm or put back" }).click();
  await ada.getByRole("button", { name: "Keep these settings" }).click();
  await expect(ada.getByText("Confirmed. The settings stay as they are.")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toHaveValue("60");
  await awake(ada);
  await security.field("sessions.lifetime").fill("45");
  await security.review();
  await security.panel.getByRole("button", { name: "Save with confirmation" }).click();
  await ada.getByRole("button", { name: "Put them back" }).click();
  await expect(ada.getByText("The settings were put back")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toHaveValue("60");
});

test("an open tab follows what becomes of a change that waits", async ({ ada, watch }) => {
  watch.expect(/409/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("60");
  await security.review();
  await security.panel.getByRole("button", { name: "Save with confirmation" }).click();
  await expect(ada).toHaveURL(/\/admin\/settings\/confirm/);
  await security.open();
  await awake(ada);
  const note = ada.locator("#waiting");
  await expect(note).toContainText("goes back by itself at");
  // What is refused meanwhile tells the instant in the zone of the reader.
  await security.field("sessions.lifetime").fill("90");
  await security.press();
  await expect(security.bar.locator("time")).toHaveAttribute("title", /UTC$/);
  await expect(security.bar).not.toContainText("UTC");
  await security.bar.getByRole("button", { name: "Discard" }).click();
  const other = await ada.context().newPage();
  await other.goto("/admin/settings/confirm");
  await other.getByRole("button", { name: "Keep these settings" }).click();
  await expect(other.getByText("Confirmed. The settings stay as they are.")).toBeVisible();
  await other.close();
  await ada.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(note).toHaveText("");
});

test("a change that nobody confirms goes back by itself, even over a restart", async ({ ada, bailey, watch }) => {
  watch.expect(/ERR_CONNECTION|Failed to fetch/);
  await awake(ada);
  await bailey.kill();
  await bailey.start(true);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("60");
  await security.review();
  await security.panel.getByRole("button", { name: "Save with confirmation" }).click();
  await expect(ada).toHaveURL(/confirm/);
  await awake(ada);
  await bailey.kill();
  await bailey.start(true);
  bailey.moveClock(301);
  await expect(async () => {
    await security.open();
    await expect(security.field("sessions.lifetime")).toHaveValue("480", { timeout: 500 });
  }).toPass();
  await ada.goto("/admin/history");
  await expect(ada.getByText("put back 1")).toBeVisible();
});

test("nobody locks themselves out of the admin pages by mistake", async ({ ada, watch }) => {
  watch.expect(/403/);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("network.admin_allowlist").fill("203.0.113.0/24 # the office");
  await security.review();
  await expect(security.panel).toContainText("You are not on this list yourself");
  // Nobody else could undo it, so nothing is offered that would be refused.
  await expect(security.panel).toContainText("No super-admin could reach the settings any more");
  await expect(security.panel.getByLabel("To save all the same")).toHaveCount(0);
  await expect(security.panel.getByRole("button", { name: /^Save/ })).toHaveCount(0);
  await security.panel.getByRole("button", { name: "Add my address to the list" }).click();
  await expect(security.field("network.admin_allowlist")).toHaveValue("203.0.113.0/24 # the office\n127.0.0.1/32");
  await security.save();
  await security.expectSaved();
  await ada.goto("/admin");
  await expect(ada.getByRole("heading", { name: "Overview" })).toBeVisible();
});

test("what was typed survives a reload, and leaving asks first", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await security.field("sessions.lifetime").fill("123");
  const leave = ada.getByRole("dialog", { name: "Leave without saving?" });
  await ada.getByRole("link", { name: "Audit log" }).first().click();
  await leave.getByRole("button", { name: "Stay on this page" }).click();
  await expect(leave).toBeHidden();
  await expect(ada).toHaveURL("/admin/settings");
  ada.on("dialog", (dialog) => dialog.accept());
  await ada.reload();
  await awake(ada);
  await expect(ada.getByText("What you had typed before is back.")).toBeVisible();
  await expect(security.field("sessions.lifetime")).toHaveValue("123");
  await ada.getByRole("button", { name: "Discard" }).click();
  await expect(security.field("sessions.lifetime")).toHaveValue("480");
  await security.field("sessions.lifetime").fill("124");
  await ada.getByRole("link", { name: "Audit log" }).first().click();
  await leave.getByRole("button", { name: "Leave without saving" }).click();
  await expect(ada).toHaveURL("/admin/audit");
  await security.open();
  await awake(ada);
  await expect(security.field("sessions.lifetime")).toHaveValue("480");
});

test("every kind of field says what is wrong in the server's words", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  for (const [key, typed, words] of [
    ["network.admin_allowlist", "10.0.0.1/8", "“10.0.0.1/8” has host bits set. Did you mean 10.0.0.0/8?"],
    ["headers.csp", "img-src self", "Write 'self' in quotes: without them it would be a host of that name."],
    ["headers.permissions_policy", "camra=()", "“camra” is no feature. Did you mean camera?"],
    ["files.allowed_extensions", "exe", "“exe” files can carry programs or scripts and are never accepted."],
    ["analytics.google", "UA-1", "Universal Analytics has ended. Enter the ID of a Google Analytics 4 stream, which begins with G-."],
    ["links.password_reset", "3", "At least 5 minutes."],
  ] as const) {
    await security.field(key).fill(typed);
    await security.field(key).blur();
    await expect(security.error(key)).toContainText(words);
  }
  await ada.getByText("What a visitor gets over HTTPS").click();
  await security.field("headers.hsts_max_age").fill("30");
  await expect(ada.getByText("max-age=2592000")).toBeVisible();
});

test("members see the policies that apply to them", { tag: "@anywhere" }, async ({ ada }) => {
  await ada.goto("/profile/policies");
  const lifetime = ada.locator(".policy").filter({ hasText: "Session lifetime" });
  await expect(lifetime.getByRole("definition")).toHaveText("8 hours Default of Bailey");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a save is answered with the review where it needs one, and is done where it needs none", async ({ ada, watch }) => {
    watch.expect(/csp$/);
    const security = new Security(ada);
    await security.open();
    await security.field("links.idea_view").fill("99");
    await security.pressSave();
    await security.expectSaved();
    await security.field("sessions.lifetime").fill("60");
    await security.pressSave();
    await expect(security.panel).toContainText("A change of Session lifetime can sign people out.");
    await expect(security.field("sessions.lifetime")).toHaveValue("60");
    await security.panel.getByRole("button", { name: "Save settings" }).click();
    await security.expectSaved();
    await expect(security.field("sessions.lifetime")).toHaveValue("60");
  });

  test("review, save with confirmation and undo are forms that post", async ({ ada, watch }) => {
    watch.expect(/csp$/);
    const security = new Security(ada);
    await security.open();
    await security.field("sessions.lifetime").fill("60");
    await security.review();
    await expect(security.panel).toContainText("60 minutes");
    await expect(security.field("sessions.lifetime")).toHaveValue("60");
    await security.panel.getByRole("button", { name: "Save with confirmation" }).click();
    await ada.getByRole("button", { name: "Keep these settings" }).click();
    await expect(security.field("sessions.lifetime")).toHaveValue("60");
    await ada.goto("/admin/history?undo=yes");
    await ada.getByRole("button", { name: "Undo", exact: true }).click();
    await security.open();
    await expect(security.field("sessions.lifetime")).toHaveValue("480");
  });
});
