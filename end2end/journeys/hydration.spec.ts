import { type Page } from "@playwright/test";
import { awake, expect, openAccount, test } from "../bailey";

/** Holds back the code of the page itself; the router is there long before it. */
const hold = async (page: Page) => {
  let go = () => {};
  const later = new Promise<void>((done) => (go = done));
  await page.route(/admin.*\.wasm$/, async (route) => {
    await later;
    await route.continue();
  });
  return go;
};

test("a link that is followed while the page wakes leads on, and what was said is not said again", async ({ ada }) => {
  await ada.goto("/admin/settings/communities");
  const go = await hold(ada);
  await ada.getByLabel("Name").fill("Research");
  const held = ada.waitForRequest(/admin.*\.wasm$/);
  await ada.getByRole("button", { name: "Add the community" }).click();
  await expect(ada.getByText("The community was added.")).toBeVisible();
  await held;
  await ada.getByRole("link", { name: "Ideas" }).first().click();
  await expect(ada.getByRole("heading", { name: "Ideas" })).toBeVisible();
  go();
  await awake(ada);
  await expect(ada.getByText("The community was added.")).toBeHidden();
  await openAccount(ada);
  await ada.getByRole("link", { name: "My profile" }).click();
  await expect(ada.getByRole("heading", { name: "My profile" })).toBeVisible();
});

test("the router leads to the Security tab from anywhere inside the application, and on from there", async ({ ada }) => {
  let documents = 0;
  ada.on("request", (request) => (documents += request.isNavigationRequest() ? 1 : 0));
  await ada.goto("/admin/history");
  await awake(ada);
  await ada.getByRole("link", { name: "Members", exact: true }).first().click();
  await expect(ada.getByRole("heading", { name: "Members", exact: true })).toBeVisible();
  await ada.getByRole("link", { name: "Settings" }).first().click();
  await expect(ada.getByRole("heading", { name: "Security", level: 1 })).toBeFocused();
  await ada.getByRole("searchbox").fill("idle");
  await expect(ada.locator(".row:not([hidden]) mark").first()).toBeVisible();
  await ada.locator('[id="sessions.idle_timeout"]').fill("44");
  await expect(ada.getByText("1 unsaved change")).toBeVisible();
  // The history of the browser asks nobody, so what was typed is kept.
  await ada.goBack();
  await expect(ada.getByRole("heading", { name: "Members", exact: true })).toBeVisible();
  await ada.goForward();
  await expect(ada.getByText("What you had typed before is back.")).toBeVisible();
  await expect(ada.locator('[id="sessions.idle_timeout"]')).toHaveValue("44");
  await ada.getByRole("button", { name: "Discard" }).click();
  await ada.getByRole("link", { name: "Overview" }).first().click();
  await ada.getByRole("link", { name: "Change" }).first().click();
  await expect(ada.locator('[id="two_factor.require_admins"]')).toBeFocused();
  await expect(ada.locator('[id="two_factor.require_admins"]')).toBeInViewport();
  expect(documents).toBe(1);
});
