import { awake, expect, test } from "../bailey";

test("the sign-in page weighs at most 200 KiB and loads nothing of the admin's", async ({ page }) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  let weight = 0;
  const loaded: string[] = [];
  cdp.on("Network.loadingFinished", (event) => (weight += event.encodedDataLength));
  cdp.on("Network.responseReceived", (event) => loaded.push(new URL(event.response.url).pathname));
  await page.goto("/sign-in");
  await awake(page);
  await page.waitForLoadState("networkidle");
  expect(loaded.filter((path) => /admin|settings|security|audit|profile/i.test(path))).toEqual([]);
  expect(weight, loaded.join(" ")).toBeLessThanOrEqual(200 * 1024);
  expect(weight).toBeGreaterThan(10 * 1024);
});
