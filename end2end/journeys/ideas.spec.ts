import { type Browser, type Page } from "@playwright/test";
import { awake, type Bailey, expect, PASSWORD, signIn, test } from "../bailey";
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

/** A community of Grace's, whose idea waits for Ada; answers the mail that asks Ada to decide. */
async function submitted(ada: Page, bailey: Bailey, browser: Browser) {
  bailey.member("grace@example.org", "member");
  await ada.goto("/admin/settings/communities");
  await ada.getByLabel("Name").fill("Research");
  await ada.getByRole("button", { name: "Add the community" }).click();
  await ada.getByLabel("Add a member by address").fill("grace@example.org");
  await ada.getByRole("button", { name: "Add the member" }).click();
  await expect(ada.getByText("The member was added to the community.")).toBeVisible();
  const context = await browser.newContext({ baseURL: bailey.url });
  const grace = await context.newPage();
  await signIn(grace, "grace@example.org");
  await expect(grace).toHaveURL("/");
  await grace.goto("/ideas");
  await grace.getByLabel("Title").fill("Plants in the stairwell");
  await grace.getByLabel("Description").fill("Green.");
  await grace.getByRole("button", { name: "Save as a draft" }).click();
  await expect(grace.getByText("The draft was saved. Nobody but you sees it.")).toBeVisible();
  await grace.getByLabel("Description").fill("Green.\nCheap.");
  await grace.getByRole("button", { name: "Submit the idea" }).click();
  await expect(grace.getByText("The idea waits until a moderator has decided.")).toBeVisible();
  const mail = await bailey.mail.latest("ada@example.org", "An idea waits for your decision");
  const links = [...mail.text.matchAll(/https?:\/\/\S+\/link\/\S+/g)].map(([found]) => found);
  return { grace, links };
}

for (const straightOn of [false, true]) {
  test(`an idea is approved from the mail and seen from the mail, ${straightOn ? "straight on" : "by an extra page"}`, async ({ ada, bailey, browser }) => {
    if (straightOn) {
      const security = new Security(ada);
      await security.open();
      await security.field("links.auto_login").check();
      await security.save();
      await security.expectSaved();
    }
    const { grace, links } = await submitted(ada, bailey, browser);
    await ada.goto("/");
    await expect(ada.getByRole("link", { name: "1 idea waits for a decision" })).toBeVisible();
    await ada.goto(links[0]);
    await expect(ada.getByText("This approves it: everybody there sees it then.")).toBeVisible();
    await ada.getByRole("button", { name: "Approve" }).click();
    await expect(ada.getByText("The idea was approved. Everybody in its community sees it.")).toBeVisible();
    await grace.goto(link(await bailey.mail.latest("grace@example.org", "Something happened on an idea")));
    if (!straightOn) await grace.getByRole("button", { name: "Continue" }).click();
    await expect(grace).toHaveURL(/\/ideas\/[0-9a-f-]{36}$/);
    await grace.getByRole("button", { name: "Vote for it" }).click();
    await expect(grace.getByRole("heading", { name: "1 vote" })).toBeVisible();
    await grace.getByLabel("Your comment").fill("<b>Mine</b>");
    await grace.getByRole("button", { name: "Post the comment" }).click();
    await expect(grace.getByText("<b>Mine</b>")).toBeVisible();
    await grace.context().close();
  });
}

test("an idea is rejected from the mail with a reason, and the mails are stopped by one click", async ({ ada, bailey, browser, watch }) => {
  watch.expect(/422/);
  const { grace, links } = await submitted(ada, bailey, browser);
  await ada.goto(links[1]);
  await ada.getByRole("button", { name: "Reject" }).click();
  await expect(ada.getByText("Say why, in 1 to 500 characters.")).toBeVisible();
  await ada.getByLabel("Reason").fill("Too green.");
  await ada.getByRole("button", { name: "Reject" }).click();
  await expect(ada.getByText("The idea was rejected. Its author is told why.")).toBeVisible();
  const mail = await bailey.mail.latest("grace@example.org", "Something happened on an idea");
  expect(mail.text).toContain("Too green.");
  await grace.reload();
  await expect(grace.getByText("It was rejected: Too green.")).toBeVisible();
  await grace.goto(mail.text.match(/https?:\/\/\S+\/unsubscribe\/\S+/)![0]);
  await grace.getByRole("button", { name: "Stop these mails" }).click();
  await expect(grace.getByText("You get no more mails about what happens on ideas.")).toBeVisible();
  await grace.goto("/profile");
  await expect(grace.getByLabel("Tell me")).toHaveValue("off");
  await grace.context().close();
});
