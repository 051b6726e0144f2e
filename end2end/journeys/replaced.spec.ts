// A tab that is open while the program is replaced by another build of it: what it asks for next is gone, or answers in
// another shape. The page is loaded anew, once, and what was typed is in its fields.
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Page } from "@playwright/test";
import { awake, type Bailey, expect, test } from "../bailey";
import { Security } from "../pages/security";

const SITE = resolve(process.env.BAILEY_SITE ?? "../target/release/site");

/** The front-end of another build: the same files in a folder of another name, where none of the earlier ones is. */
const anotherSite = (bailey: Bailey) => {
  const site = join(bailey.dir, "site");
  cpSync(SITE, site, { recursive: true });
  const [build] = readdirSync(join(site, "pkg"));
  const folder = join(site, "pkg", "another");
  renameSync(join(site, "pkg", build!), folder);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (/\.(br|gz)$/.test(name)) rmSync(path);
    else if (name.endsWith(".js")) writeFileSync(path, readFileSync(path, "utf8").replaceAll(`pkg/${build}`, "pkg/another"));
  }
  return site;
};

const replace = async (bailey: Bailey) => {
  await bailey.kill();
  await bailey.start(false, { BAILEY_SITE_ROOT: anotherSite(bailey) });
};

const documents = (page: Page) => {
  let loaded = 0;
  page.on("request", (request) => (loaded += Number(request.isNavigationRequest() && request.frame() === page.mainFrame())));
  return () => loaded;
};

test("a part of the application that is gone: the page that was asked for is loaded, once", async ({ ada, bailey, watch }) => {
  watch.expect(/404|Failed to fetch|ERR_CONNECTION|dynamically imported module|WebAssembly/);
  await ada.goto("/profile");
  await awake(ada);
  await ada.waitForLoadState("networkidle");
  await replace(bailey);
  const loaded = documents(ada);
  await ada.getByRole("link", { name: "Admin", exact: true }).click();
  await expect(ada.getByRole("heading", { name: "Overview" })).toBeVisible();
  await awake(ada);
  await ada.getByRole("link", { name: "Lockouts" }).first().click();
  await expect(ada.getByRole("heading", { name: "Lockouts" })).toBeVisible();
  expect(loaded()).toBe(1);
});

for (const [how, answer] of [
  ["is gone", { status: 404, contentType: "text/plain", body: "" }],
  ["answers in another shape", { status: 200, contentType: "application/json", body: '{"something":"else"}' }],
] as const) {
  test(`a server function that ${how}: the page is loaded anew, once, with what was typed`, async ({ ada, bailey, watch }) => {
    watch.expect(/404|Failed to fetch|ERR_CONNECTION/);
    const security = new Security(ada);
    await security.open();
    await awake(ada);
    await ada.waitForLoadState("networkidle");
    await security.field("sessions.lifetime").fill("77");
    await security.field("passwords.policy").selectOption("strong");
    await security.field("two_factor.require_admins").check();
    await replace(bailey);
    const loaded = documents(ada);
    await ada.route("**/api/app/settings/**", (route) => route.fulfill(answer));
    ada.on("dialog", (dialog) => dialog.accept());
    await security.press();
    await expect.poll(loaded).toBe(1);
    await ada.unroute("**/api/app/settings/**");
    await awake(ada);
    await expect(security.field("sessions.lifetime")).toHaveValue("77");
    await expect(security.field("passwords.policy")).toHaveValue("strong");
    await expect(security.field("two_factor.require_admins")).toBeChecked();
    await security.save();
    await security.expectSaved();
    expect(loaded()).toBe(1);
  });
}

for (const [how, answer] of [
  ["is gone", { status: 404, contentType: "text/plain", body: "" }],
  ["answers in another shape", { status: 200, contentType: "application/json", body: '{"something":"else"}' }],
] as const) {
  test(`a passkey whose challenge ${how}: the page is loaded anew, once, and its name is still there`, async ({ ada, bailey, watch }) => {
    watch.expect(/404|Failed to fetch|ERR_CONNECTION/);
    await ada.goto("/profile/two-factor");
    await awake(ada);
    await ada.waitForLoadState("networkidle");
    await ada.getByLabel("Passkey name").fill("Laptop");
    await replace(bailey);
    const loaded = documents(ada);
    await ada.route("**/api/app/passkeys/**", (route) => route.fulfill(answer));
    await ada.getByRole("button", { name: "Add a passkey" }).click();
    await expect.poll(loaded).toBe(1);
    await awake(ada);
    await expect(ada.getByLabel("Passkey name")).toHaveValue("Laptop");
    await ada.getByRole("button", { name: "Add a passkey" }).click();
    await expect(ada.getByRole("button", { name: "Add a passkey" })).toBeEnabled();
    expect(loaded(), "once").toBe(1);
  });
}
