import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

test("the sign-in page weighs at most 64 KiB and loads nothing of the admin's", async ({ page }) => {
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
  expect(weight, loaded.join(" ")).toBeLessThanOrEqual(64 * 1024);
  expect(weight).toBeGreaterThan(10 * 1024);
});

test("the Security tab weighs at most 350 KiB, page and files as they are sent", async ({ ada }) => {
  // What the page before is still loading is not this page's, and what it has loaded is loaded again.
  await ada.waitForLoadState("networkidle");
  await ada.goto("about:blank");
  const cdp = await ada.context().newCDPSession(ada);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const weights: Promise<[string, number]>[] = [];
  ada.on("requestfinished", (request) =>
    weights.push(request.sizes().then(({ responseBodySize }) => [new URL(request.url()).pathname, responseBodySize])),
  );
  await new Security(ada).open();
  await awake(ada);
  await ada.waitForLoadState("networkidle");
  const loaded = await Promise.all(weights);
  const weight = loaded.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(weight, loaded.map(([path, bytes]) => `${path} ${bytes}`).join("\n")).toBeLessThanOrEqual(350 * 1024);
  expect(loaded.length).toBeGreaterThan(10);
});
