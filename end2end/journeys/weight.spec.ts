import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";
import { weigh } from "../weight";

test("the sign-in page weighs at most 150 KiB and loads nothing of the admin's", { tag: "@anywhere" }, async ({ page }) => {
  const weights = weigh(page);
  await page.goto("/sign-in");
  await awake(page);
  await page.waitForLoadState("networkidle");
  const { loaded, weight } = await weights();
  expect(loaded.filter((line) => /admin|settings|security|audit|profile/i.test(line))).toEqual([]);
  expect(weight, loaded.join("\n")).toBeLessThanOrEqual(150 * 1024);
  expect(weight).toBeGreaterThan(10 * 1024);
});

// 450 are wanted: docs/adr/0004-hydration.md says where it stands, and this keeps it from growing further.
test("the Security tab weighs at most 470 KiB, page and files as they are sent", { tag: "@anywhere" }, async ({ ada }) => {
  // What the page before is still loading is not this page's, and what it has loaded is loaded again.
  await ada.waitForLoadState("networkidle");
  await ada.goto("about:blank");
  const cdp = await ada.context().newCDPSession(ada);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const weights = weigh(ada);
  await new Security(ada).open();
  await awake(ada);
  await ada.waitForLoadState("networkidle");
  const { loaded, weight } = await weights();
  expect(weight, loaded.join("\n")).toBeLessThanOrEqual(470 * 1024);
  expect(loaded.length).toBeGreaterThan(10);
});
