// The application is one: the router leads from any page to any other. Where a document has to be loaded all the same
// is told in one_application.spec.ts.
import { type Page } from "@playwright/test";
import { awake, expect, openAccount, test } from "../bailey";
import { PAGES, type Row } from "../sitemap";

/** Counts the documents that a page loads from now on. */
const documents = (page: Page) => {
  let loaded = 0;
  page.on("request", (request) => (loaded += Number(request.isNavigationRequest() && request.frame() === page.mainFrame())));
  return () => loaded;
};

/** Pages that come by themselves, as their rows say: with headers of their own, or a form that comes with them. */
const APART = ["/profile/step-up", "/admin/settings/confirm"];
/** Where a form leads, and what the navigation has only for whom it concerns. */
const WITHOUT_LINK = ["/admin/members/several", "/assessments"];
/** The pages among which the router leads, by path. */
const within = new Map(
  PAGES.filter(({ path, area }) => ![...APART, ...WITHOUT_LINK].includes(path) && !["public", "second-step"].includes(area) && !path.includes(":")).map((row) => [row.path, row]),
);
const here = (page: Page) => new URL(page.url()).pathname;
const shows = (page: Page, { title }: Row) => expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();

/** The paths of the other pages to which something in view leads, or the menu of whoever is signed in. */
const ways = async (page: Page) => {
  // A page shows its heading first, and what it loads afterwards.
  await expect(page.locator(".placeholder")).toHaveCount(0);
  const links = page.locator("a[href^='/']").filter({ visible: true }).or(page.locator(".account a"));
  const hrefs = await links.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
  return [...new Set(hrefs)].filter((path) => within.has(path) && path !== here(page));
};

/** Follows the first link that leads to a page. */
const follow = async (page: Page, path: string) => {
  const link = page.locator(`a[href="${path}"], a[href^="${path}?"], a[href^="${path}#"]`).filter({ visible: true });
  if (!(await link.count())) await openAccount(page);
  await link.first().click();
  await expect(page).toHaveURL((url) => url.pathname === path);
  await shows(page, within.get(path)!);
};

test("the router leads from every page to every other, the Security tab included", { tag: "@anywhere" }, async ({ ada }) => {
  test.setTimeout(240_000);
  await awake(ada);
  const loaded = documents(ada);
  const left = new Map<string, Set<string>>();
  const known = new Map<string, string[]>();
  /** The way to the nearest page from which a link is left to follow, by links that were followed before. */
  const onwards = (from: string) => {
    const seen = new Set([from]);
    const paths = [[from]];
    for (const path of paths) {
      for (const next of known.get(path.at(-1)!) ?? []) {
        if (seen.has(next)) continue;
        if (!left.has(next) || left.get(next)!.size > 0) return [...path, next][1]!;
        seen.add(next);
        paths.push([...path, next]);
      }
    }
    return undefined;
  };
  for (;;) {
    const from = here(ada);
    if (!known.has(from)) {
      known.set(from, await ways(ada));
      left.set(from, new Set(known.get(from)));
    }
    const to = [...left.get(from)!][0] ?? onwards(from);
    if (!to) break;
    left.get(from)!.delete(to);
    await follow(ada, to);
    expect(loaded(), `from ${from} to ${to}`).toBe(0);
  }
  expect([...known.keys()].sort()).toEqual([...within.keys()].sort());
});

test("the browser's back and forward are the router's, too", { tag: "@anywhere" }, async ({ ada }) => {
  await awake(ada);
  const loaded = documents(ada);
  for (const path of ["/admin", "/admin/settings", "/admin/history", "/profile"]) await follow(ada, path);
  for (const path of ["/admin/history", "/admin/settings", "/admin"]) {
    await ada.goBack();
    await expect(ada).toHaveURL(path);
    await shows(ada, within.get(path)!);
  }
  await ada.goForward();
  await shows(ada, within.get("/admin/settings")!);
  expect(loaded()).toBe(0);
});
