import { type Page } from "@playwright/test";
import { awake, expect, PASSWORD, signIn, test } from "../bailey";
import { Security } from "../pages/security";
import { link } from "../sink";

/** Ada shares an idea with Grace, who belongs to the same community; answers the path of the link in the mail. */
const shared = test.extend<{ sent: string }>({
  sent: async ({ ada, bailey }, use) => {
    bailey.member("grace@example.org", "member");
    bailey.member("joan@example.org", "member", "Joan Clarke");
    await ada.goto("/admin/settings/communities");
    await ada.getByLabel("Name").fill("Research");
    await ada.getByRole("button", { name: "Add the community" }).click();
    for (const email of ["ada@example.org", "grace@example.org"]) {
      await ada.getByLabel("Add a member by address").fill(email);
      await ada.getByRole("button", { name: "Add the member" }).click();
      await expect(ada.getByText("The member was added to the community.")).toBeVisible();
    }
    await ada.getByRole("link", { name: "Ideas" }).first().click();
    await ada.getByLabel("Title").fill("Plants in the stairwell");
    await ada.getByRole("button", { name: "Post the idea" }).click();
    await expect(ada.getByText(/Describe it in 1 to 5.000 characters\./)).toBeVisible();
    await expect(ada.getByLabel("Title")).toHaveValue("Plants in the stairwell");
    await ada.getByLabel("Description").fill("Green.\nCheap.");
    await ada.getByRole("button", { name: "Post the idea" }).click();
    await expect(ada.getByRole("heading", { name: "Plants in the stairwell" })).toBeVisible();
    await ada.getByLabel("Email").fill("grace@example.org");
    await ada.getByRole("button", { name: "Send the mail" }).click();
    await expect(ada.getByText("A mail with a link to this idea is on its way.")).toBeVisible();
    await use(link(await bailey.mail.latest("grace@example.org", "An idea was shared with you")));
  },
});

for (const allowed of [false, true]) {
  shared(`the link to an idea ${allowed ? "leads straight on for its recipient alone" : "asks everybody first"}`, async ({ ada, bailey, browser, sent, watch }) => {
    watch.expect(/422/);
    if (allowed) {
      const security = new Security(ada);
      await security.open();
      await security.field("links.auto_login").check();
      await security.save();
      await security.expectSaved();
    }
    const idea = /\/ideas\/[0-9a-f-]{36}$/;
    const open = async (who?: string) => {
      const context = await browser.newContext({ baseURL: bailey.url });
      const page = await context.newPage();
      if (who) {
        await signIn(page, who);
        await expect(page).toHaveURL("/");
      }
      await page.goto(sent);
      return page;
    };

    const grace = await open("grace@example.org");
    if (!allowed) {
      await expect(grace.getByText("This link leads to an idea that was shared with grace@example.org.")).toBeVisible();
      await grace.getByRole("button", { name: "Continue" }).click();
    }
    await expect(grace).toHaveURL(idea);
    await expect(grace.getByText("Green.")).toBeVisible();
    await grace.context().close();

    const joan = await open("joan@example.org");
    await expect(joan.getByText("It was sent to grace@example.org, and you are signed in as joan@example.org.")).toBeVisible();
    await joan.getByRole("button", { name: "Sign out, and sign in as grace@example.org" }).click();
    await signInHere(joan);
    await expect(joan).toHaveURL(idea);
    await joan.context().close();

    const nobody = await open();
    await expect(nobody.getByText("You have to sign in first.")).toBeVisible();
    await nobody.getByRole("button", { name: "Continue" }).click();
    await expect(nobody).toHaveURL(/\/sign-in\?next=/);
    await signInHere(nobody);
    await expect(nobody).toHaveURL(idea);
    await awake(nobody);
    await nobody.context().close();
  });
}

async function signInHere(page: Page) {
  await page.getByLabel("Email").fill("grace@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
