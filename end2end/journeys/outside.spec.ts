import { type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { awake, type Bailey, expect, openAccount, signIn, test } from "../bailey";
import { certificate } from "../certificate";
import { link } from "../sink";

/** Saves settings from the console. */
const apply = (bailey: Bailey, toml: string) => {
  const file = join(bailey.dir, "policy.toml");
  writeFileSync(file, toml);
  bailey.console("policy", "apply", file);
};

/** The requests that a browser makes to any other host than Bailey's, from now on; what they ask for is answered empty. */
const elsewhere = async (page: Page, bailey: Bailey) => {
  const asked: string[] = [];
  await page.context().route(
    (url) => !["data:", "blob:"].includes(url.protocol) && url.origin !== bailey.url,
    (route) => {
      asked.push(route.request().url());
      return route.fulfill({ status: 200, contentType: "text/javascript", body: "window.measured = true" });
    },
  );
  return asked;
};

/** A red picture of one pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

test("pictures come from this site alone, whether Gravatar is asked or not", async ({ ada, bailey }) => {
  const { authority, key, cert } = certificate(bailey.dir);
  const asked: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(200, { "content-type": "image/png" }).end(PICTURE);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await ada.waitForLoadState("networkidle");
  await bailey.kill();
  await bailey.start(false, {
    BAILEY_GRAVATAR_URL: `https://localhost:${port}/avatar/`,
    BAILEY_OUTBOUND_ALLOW: "127.0.0.0/8, ::1",
    BAILEY_OUTBOUND_CA_FILE: authority,
  });
  const others = await elsewhere(ada, bailey);
  const picture = ada.locator("img.avatar").first();
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await ada.goto("/");
  await expect(picture).toBeVisible();
  expect(await width(), "a pattern is drawn").toBe(120);
  expect(asked).toEqual([]);
  apply(bailey, "[members]\ngravatar = true\n");
  const shown = async () => (await ada.request.get((await picture.getAttribute("src"))!)).body();
  await expect.poll(async () => (await shown()).equals(PICTURE), { message: "it is fetched by the server" }).toBe(true);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^\/avatar\/[0-9a-f]{64}\?/);
  await ada.goto("/admin/members");
  await awake(ada);
  await expect(picture).toBeVisible();
  expect(others, "the browser asks nobody else").toEqual([]);
  server.close();
});

test("whoever agrees is measured in the workspace, and in no other document", async ({ ada, bailey }) => {
  const others = await elsewhere(ada, bailey);
  const tag = ada.locator('script[src*="googletagmanager"]');
  await ada.goto("/");
  await awake(ada);
  expect(others, "off by default").toEqual([]);
  apply(bailey, '[analytics]\ngoogle = "G-ABCD1234"\n');
  await ada.goto("/");
  await awake(ada);
  const ask = ada.getByRole("region", { name: "Statistics" });
  await expect(ask).toBeVisible();
  expect(others, "not before they agree").toEqual([]);
  await ask.getByRole("button", { name: "Allow", exact: true }).click();
  await expect(ask).toBeHidden();
  await expect(tag).toHaveCount(1);
  await expect.poll(() => others.length).toBeGreaterThan(0);
  expect(others.every((url) => url === "https://www.googletagmanager.com/gtag/js?id=G-ABCD1234")).toBe(true);
  expect(await ada.evaluate(() => "measured" in window)).toBe(true);
  for (const [name, heading] of [
    ["My profile", "My profile"],
    ["Admin", "Overview"],
  ] as const) {
    await ada.goto("/");
    await awake(ada);
    const before = others.length;
    if (name === "My profile") await openAccount(ada);
    await ada.getByRole("link", { name, exact: true }).first().click();
    await expect(ada.getByRole("heading", { level: 1 })).toHaveText(heading);
    await awake(ada);
    await expect(tag, `no tag in the document of ${name}`).toHaveCount(0);
    expect(await ada.evaluate(() => "measured" in window || "dataLayer" in window || "gtag" in window)).toBe(false);
    expect(others.length, "and nothing more is asked for").toBe(before);
  }
  await ada.goto("/profile");
  await ada.getByRole("button", { name: "Stop counting" }).click();
  await expect(ada.getByText("Your visits with this browser are not counted.")).toBeVisible();
  const before = others.length;
  await ada.goto("/ideas");
  await awake(ada);
  await expect(tag).toHaveCount(0);
  await expect(ask).toBeHidden();
  expect(others.length).toBe(before);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the answer about being measured is a plain form", async ({ ada, bailey, watch }) => {
    // Chromium refuses by the policy what it does not run.
    watch.expect(/csp$/);
    apply(bailey, '[analytics]\ngoogle = "G-ABCD1234"\n');
    await ada.goto("/ideas");
    await ada.getByRole("button", { name: "Don’t allow" }).click();
    await expect(ada).toHaveURL("/ideas");
    await expect(ada.getByRole("button", { name: "Don’t allow" })).toHaveCount(0);
  });
});

test("the link beside a code passes the second step in the browser that waits, and in no other", async ({ ada, bailey, browser, watch }) => {
  watch.expect(/409/);
  bailey.member("grace@example.org", "member");
  const context = await browser.newContext({ baseURL: bailey.url });
  const grace = await context.newPage();
  await signIn(grace, "grace@example.org");
  await grace.goto("/profile/two-factor");
  await grace.getByRole("button", { name: "Turn codes by e-mail on" }).click();
  await expect(grace.getByText("From now on you are asked for a code that is sent to you")).toBeVisible();
  await context.clearCookies();
  await signIn(grace, "grace@example.org");
  await expect(grace).toHaveURL(/second-step/);
  const path = link(await bailey.mail.latest("grace@example.org", "Your code for signing in"));
  await ada.goto(path);
  await expect(ada.getByRole("heading", { name: "Go back to where you sign in" })).toBeVisible();
  const tab = await context.newPage();
  await tab.goto(path);
  await tab.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(tab.getByRole("heading", { name: "Home" })).toBeVisible();
  await context.close();
});
