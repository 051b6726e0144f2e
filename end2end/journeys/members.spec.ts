import { expect, signIn, test } from "../bailey";

test("a member is signed out everywhere, banned, is out at once and told why, and is let in again", async ({ ada, bailey, browser, watch }) => {
  watch.expect(/403/);
  bailey.member("grace@example.org", "member");
  const page = await browser.newPage({ baseURL: bailey.url });
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  const change = async (act: string, said = "Done. It holds at once.") => {
    await ada.goto("/admin/members");
    await ada.getByLabel("Name or address").fill("grace");
    await ada.getByRole("button", { name: "Find" }).click();
    await expect(ada.getByRole("row", { name: /grace@example.org/ })).toBeVisible();
    await expect(ada.getByRole("row", { name: /ada@example.org/ })).toHaveCount(0);
    await ada.getByText("Change Grace Hopper").click();
    await ada.getByRole("button", { name: `${act} grace@example.org` }).click();
    await expect(ada.getByText(said)).toBeVisible();
    await expect(ada.getByRole("row", { name: /ada@example.org/ })).toHaveCount(0);
  };
  await change("End all sessions", "The member was signed out everywhere, and is told why.");
  await page.goto("/profile");
  await expect(page.getByText("an admin of this workspace ended your sessions")).toBeVisible();
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  await change("Ban");
  await page.goto("/profile");
  await expect(page.getByText("You were signed out because this account is no longer active.")).toBeVisible();
  await signIn(page, "grace@example.org");
  await expect(page.getByText("This account was banned")).toBeVisible();
  await change("Activate");
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
  await change("Deactivate");
  await signIn(page, "grace@example.org");
  await expect(page.getByText("This account is not active. An admin of this workspace can activate it again.")).toBeVisible();
  await page.close();
});

test("whoever has not enrolled is found from the overview and from the setting that asks for it", async ({ ada, bailey }) => {
  bailey.member("grace@example.org", "member");
  await ada.goto("/admin");
  await ada.getByRole("link", { name: "Who is missing" }).last().click();
  await expect(ada.getByLabel("Who")).toHaveValue("not-enrolled");
  await expect(ada.getByRole("row", { name: /grace@example.org/ })).toBeVisible();
  await ada.goto("/admin/settings");
  await ada.getByRole("link", { name: "1 of 1 admin not enrolled" }).click();
  await expect(ada.getByLabel("Who")).toHaveValue("admins-not-enrolled");
  await expect(ada.getByRole("row", { name: /ada@example.org/ })).toBeVisible();
  await expect(ada.getByRole("row", { name: /grace@example.org/ })).toHaveCount(0);
  await ada.getByLabel("Who").selectOption("With a passkey");
  await ada.getByRole("button", { name: "Find" }).click();
  await expect(ada.getByText("There is nobody of this kind.")).toBeVisible();
});
