import { expect, signIn, test } from "../bailey";

test("several members are searched, chosen, previewed and deactivated, and the report names whom it did not reach", async ({ ada, bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  bailey.member("joan@example.org", "member");
  bailey.member("top@example.org", "super-admin");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");

  await ada.goto("/admin/members");
  await ada.getByLabel("Name or address").fill("example.org");
  await ada.getByLabel("Role", { exact: true }).selectOption("Member");
  await ada.getByLabel("Order", { exact: true }).selectOption("By address, Z to A");
  await ada.getByRole("button", { name: "Find" }).click();
  await expect(ada.getByRole("row", { name: /grace@example.org/ })).toBeVisible();
  await expect(ada.getByRole("row", { name: /top@example.org/ })).toHaveCount(0);
  await expect(ada.locator("tbody tr").first()).toContainText("joan@example.org");

  await ada.getByLabel("Choose grace@example.org").check();
  await ada.getByLabel("What to do").selectOption("Deactivate");
  await ada.getByRole("button", { name: "Preview for those ticked" }).click();
  await expect(ada.getByRole("heading", { name: /^Deactivate: 1.member$/ })).toBeVisible();
  await page.goto("/profile");
  await expect(page).toHaveURL("/profile");
  await ada.getByRole("button", { name: /^Deactivate for 1.member$/ }).click();
  await expect(ada.getByRole("heading", { name: /^Deactivate: done for 1.member$/ })).toBeVisible();
  await page.goto("/profile");
  await expect(page.getByText("You were signed out because this account is no longer active.")).toBeVisible();

  await ada.goto("/admin/members");
  await ada.getByLabel("What to do").selectOption("Activate");
  await ada.getByRole("button", { name: "Preview for all who match" }).click();
  await expect(ada.getByRole("heading", { name: /^Activate: 1.member$/ })).toBeVisible();
  await expect(ada.getByRole("heading", { name: /^Left out: 3.members$/ })).toBeVisible();
  await expect(ada.getByRole("row", { name: /ada@example.org/ })).toContainText("your own account");
  await page.close();
});

test("a member's page shows what is theirs, gives a role and ends a session", async ({ ada, bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  await ada.goto("/admin/members?holds=grace");
  await ada.getByRole("link", { name: "Grace Hopper" }).click();
  await expect(ada.getByRole("heading", { name: "Grace Hopper" })).toBeVisible();
  await ada.getByLabel("Other role").selectOption("Admin");
  await ada.getByRole("button", { name: "Change the role" }).click();
  await expect(ada.getByText("The role was changed.")).toBeVisible();
  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await ada.getByRole("button", { name: /^End session/ }).click();
  await expect(ada.getByText("They are signed in nowhere.")).toBeVisible();
  await page.goto("/profile");
  await expect(page.getByText("an admin of this workspace ended your sessions")).toBeVisible();
  await ada.getByRole("link", { name: "All entries about them" }).click();
  await expect(ada.getByText("Changed the role of a member")).toBeVisible();
  await page.close();
});

test("a community gets a moderator, who sees it as its members do", async ({ ada, bailey, browser }) => {
  bailey.member("grace@example.org", "member");
  await ada.goto("/admin/communities");
  await ada.getByLabel("Name", { exact: true }).fill("Lab");
  await ada.getByLabel("Description").fill("What grows in the cellar");
  await ada.getByRole("button", { name: "Add the community" }).click();
  await ada.getByRole("link", { name: "Lab" }).click();
  await ada.getByLabel("Add a member by address").fill("grace@example.org");
  await ada.getByRole("button", { name: "Add the member" }).click();
  await ada.getByRole("button", { name: "Make a moderator grace@example.org" }).click();
  await expect(ada.getByText("Moderated by Grace Hopper")).toBeVisible();
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await page.getByRole("link", { name: "Lab" }).click();
  await expect(page.getByText("What grows in the cellar")).toBeVisible();
  await expect(page.getByText("Moderated by Grace Hopper.")).toBeVisible();
  await page.close();
});

test("list, preview and member's page fit a phone", async ({ ada, bailey }) => {
  bailey.member("a-very-long-address-that-has-to-break-somewhere@example.org", "member");
  await ada.setViewportSize({ width: 360, height: 740 });
  const fits = () => ada.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  await ada.goto("/admin/members");
  await expect(ada.getByRole("button", { name: "Preview for those ticked" })).toBeVisible();
  expect(await fits()).toBe(true);
  await ada.getByLabel("Choose a-very-long-address-that-has-to-break-somewhere@example.org").check();
  await ada.getByRole("button", { name: "Preview for those ticked" }).click();
  await expect(ada.getByRole("link", { name: "Back to the list" })).toBeVisible();
  expect(await fits()).toBe(true);
  await ada.goto("/admin/members?holds=very-long");
  await ada.locator("th a").click();
  await expect(ada.getByRole("heading", { name: "Sessions" })).toBeVisible();
  expect(await fits()).toBe(true);
});
