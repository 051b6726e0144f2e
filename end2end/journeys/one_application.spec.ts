import { type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { awake, type Bailey, expect, openAccount, test } from "../bailey";

/** Counts the documents that a page loads from now on. */
const loads = (page: Page) => {
  let count = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && !request.redirectedFrom()) count += 1;
  });
  return () => count;
};

/** Saves settings from the console. */
const apply = (bailey: Bailey, toml: string) => {
  const file = join(bailey.dir, "policy.toml");
  writeFileSync(file, toml);
  bailey.console("policy", "apply", file);
};

/** Follows a link in the head of the page or its menu, in the sidebar, or among the tabs, and waits for the answer that the page shows. */
const follow = async (page: Page, link: string, heading = link) => {
  const found = page.getByRole("link", { name: link, exact: true }).first();
  if (!(await found.isVisible())) await openAccount(page);
  await found.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  await awake(page);
};

test("inside the application the router leads on, and only what comes by itself is loaded", async ({ ada }) => {
  await ada.goto("/admin/history");
  await awake(ada);
  const loaded = loads(ada);
  await follow(ada, "Members");
  await follow(ada, "My profile");
  await follow(ada, "Two-factor", "Two-factor authentication");
  await follow(ada, "Ideas");
  await follow(ada, "Admin", "Overview");
  await follow(ada, "Audit log");
  expect(loaded()).toBe(0);
  await follow(ada, "My profile");
  await follow(ada, "Password");
  await follow(ada, "Forgot your present password?", "Forgot your password?");
  expect(loaded(), "a way in comes by itself").toBe(1);
  await ada.goto("/admin/settings/confirm");
  await awake(ada);
  await follow(ada, "History");
  expect(loaded(), "so does what is left from a page with headers of its own").toBe(3);
  await follow(ada, "Mail");
  expect(loaded()).toBe(3);
});

test("a place on the page at hand is gone to by the browser, and loads nothing", async ({ ada }) => {
  await ada.goto("/admin/history");
  await awake(ada);
  const loaded = loads(ada);
  await ada.keyboard.press("Tab");
  await expect(ada.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await ada.keyboard.press("Enter");
  await expect(ada).toHaveURL("/admin/history#main");
  expect(loaded()).toBe(0);
});

test("where pages carry another content security policy, a step to Bailey's own is loaded", async ({ ada, bailey }) => {
  apply(bailey, '[headers]\ncsp = "img-src https://images.example.org"\n');
  await ada.goto("/profile");
  await awake(ada);
  const loaded = loads(ada);
  await follow(ada, "Sessions");
  await follow(ada, "Admin", "Overview");
  expect(loaded()).toBe(0);
  await follow(ada, "My profile");
  await follow(ada, "Password");
  expect(loaded()).toBe(1);
  await follow(ada, "Two-factor", "Two-factor authentication");
  expect(loaded()).toBe(1);
  await follow(ada, "Details", "My profile");
  expect(loaded()).toBe(2);
});

test("while analytics is on, a step into its area or out of it is loaded", async ({ ada, bailey }) => {
  apply(bailey, '[analytics]\ngoogle = "G-ABCD1234"\n');
  await ada.goto("/ideas");
  await awake(ada);
  const loaded = loads(ada);
  await follow(ada, "My profile");
  expect(loaded(), "out of it").toBe(1);
  await follow(ada, "Sessions");
  await follow(ada, "Admin", "Overview");
  expect(loaded(), "from one page that is not measured to another").toBe(1);
  await follow(ada, "Lockouts");
  expect(loaded()).toBe(1);
  await follow(ada, "Ideas");
  expect(loaded(), "into it").toBe(2);
});

test("after an answer under a newer policy the next page is loaded, once", async ({ ada, bailey }) => {
  await ada.goto("/admin/history");
  await awake(ada);
  const loaded = loads(ada);
  apply(bailey, "[sessions]\nremember_me = false\n");
  await follow(ada, "Lockouts");
  expect(loaded(), "it is this page's answer that is newer").toBe(0);
  await follow(ada, "Members");
  expect(loaded()).toBe(1);
  await follow(ada, "Lockouts");
  expect(loaded()).toBe(1);
});

test("whoever goes back after such an answer gets a page that was loaded anew", async ({ ada, bailey }) => {
  await ada.goto("/admin/members");
  await awake(ada);
  await follow(ada, "Mail");
  const loaded = loads(ada);
  apply(bailey, "[sessions]\nremember_me = false\n");
  await follow(ada, "Lockouts");
  expect(loaded()).toBe(0);
  await ada.goBack();
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("Mail");
  expect(loaded()).toBe(1);
});

test("after an answer of another build the next page is loaded", async ({ ada }) => {
  await ada.goto("/admin/history");
  await awake(ada);
  const loaded = loads(ada);
  await ada.route(/\/api\/app\//, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "x-bailey-build": "another" } });
  });
  await follow(ada, "Lockouts");
  expect(loaded()).toBe(0);
  await follow(ada, "Members");
  expect(loaded()).toBe(1);
});
