import { type Page } from "@playwright/test";
import { awake, expect, test } from "../bailey";

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
  await ada.getByRole("link", { name: "My profile" }).first().click();
  await expect(ada.getByRole("heading", { name: "My profile" })).toBeVisible();
});

test("the Security tab is loaded whole from anywhere inside the application", async ({ ada }) => {
  await ada.goto("/admin/history");
  await awake(ada);
  await ada.evaluate(() => Object.assign(window, { before: true }));
  await ada.getByRole("link", { name: "Members" }).first().click();
  await expect(ada.getByRole("heading", { name: "Members" })).toBeVisible();
  expect(await ada.evaluate(() => "before" in window)).toBe(true);
  await ada.getByRole("link", { name: "Settings" }).first().click();
  await awake(ada);
  expect(await ada.evaluate(() => "before" in window)).toBe(false);
  await ada.getByRole("searchbox").fill("idle");
  await expect(ada.locator(".row:not([hidden]) mark").first()).toBeVisible();
  await ada.goBack();
  await expect(ada.getByRole("heading", { name: "Members" })).toBeVisible();
});
