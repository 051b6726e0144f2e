import { type Page } from "@playwright/test";
import { awake, Bailey, expect, signIn, test as base } from "../bailey";
import { link } from "../sink";

/** A Bailey whose clock the test moves. */
const test = base.extend({
  bailey: async ({ bailey: first }, use) => {
    const bailey = new Bailey(first.port);
    await first.kill();
    await bailey.start(true);
    await use(bailey);
    await bailey.stop();
  },
});

/** Ada and Grace belong to one community. */
async function together(ada: Page, bailey: Bailey) {
  bailey.member("grace@example.org", "member");
  await ada.goto("/admin/settings/communities");
  await ada.getByLabel("Name").fill("Research");
  await ada.getByRole("button", { name: "Add the community" }).click();
  for (const email of ["ada@example.org", "grace@example.org"]) {
    await ada.getByLabel("Add a member by address").fill(email);
    await ada.getByRole("button", { name: "Add the member" }).click();
    await expect(ada.getByText("The member was added to the community.")).toBeVisible();
  }
}

test("a conversation goes on by mail", async ({ ada, bailey, browser, watch }) => {
  watch.expect(/422/);
  await together(ada, bailey);
  await ada.goto("/conversations");
  await awake(ada);
  await ada.getByLabel("With").fill("joan@example.org");
  await ada.getByLabel("Subject").fill("Plants in the stairwell");
  await ada.getByLabel("Message").fill("Shall we?\nOn Monday.");
  await ada.getByRole("button", { name: "Send the message" }).click();
  await expect(ada.getByText("Nobody in this community has the address joan@example.org.")).toBeVisible();
  await expect(ada.getByLabel("Message")).toHaveValue("Shall we?\nOn Monday.");
  await ada.getByLabel("With").fill("grace@example.org");
  await ada.getByRole("button", { name: "Send the message" }).click();
  await expect(ada.getByRole("heading", { name: "Plants in the stairwell" })).toBeVisible();

  const mail = await bailey.mail.latest("grace@example.org", "New message: Plants in the stairwell");
  expect(mail.text).toContain("On Monday.");
  const context = await browser.newContext({ baseURL: bailey.url });
  const grace = await context.newPage();
  await signIn(grace, "grace@example.org");
  await expect(grace).toHaveURL("/");
  await grace.goto(link(mail));
  await grace.getByRole("button", { name: "Continue" }).click();
  await expect(grace).toHaveURL(/\/conversations\/[0-9a-f-]{36}#message-1$/);
  await expect(grace.getByText("Shall we?")).toBeVisible();
  await expect(grace.getByText("1 new message.")).toBeVisible();
  await grace.getByLabel("Message").fill("Yes.");
  await grace.getByRole("button", { name: "Send the message" }).click();
  await expect(grace.getByText("Your message was sent.")).toBeVisible();
  await expect(grace.getByRole("button", { name: "Mark as read" })).toBeHidden();

  await bailey.mail.latest("ada@example.org", "New message: Plants in the stairwell");
  await ada.goto("/");
  await ada.getByRole("link", { name: "1 message is new" }).first().click();
  await ada.getByRole("link", { name: "Plants in the stairwell" }).click();
  await ada.getByRole("button", { name: "Mark as read" }).click();
  await expect(ada.getByText("Read. Nothing is new in this conversation.")).toBeVisible();
  await context.close();
});

test("whoever is asked for an assessment is reminded until it is done", async ({ ada, bailey, browser, watch }) => {
  watch.expect(/409|422/);
  await together(ada, bailey);
  await ada.goto("/ideas");
  await ada.getByLabel("Title").fill("Plants in the stairwell");
  await ada.getByLabel("Description").fill("Green.");
  await ada.getByRole("button", { name: "Post the idea" }).click();
  await expect(ada.getByRole("heading", { name: "Plants in the stairwell" })).toBeVisible();
  await ada.goto("/assessments");
  await ada.getByRole("link", { name: "Research" }).click();
  await ada.getByLabel("Title").fill("Spring");
  await ada.getByLabel("Criteria").fill("Cost\nUse");
  await ada.getByLabel("Plants in the stairwell").check();
  await ada.getByLabel("Assessors").fill("grace@example.org");
  await ada.getByRole("button", { name: "Ask them" }).click();
  await expect(ada.getByText("A mail with a link to this assessment is on its way to each assessor.")).toBeVisible();
  const page = ada.url().split("?")[0];
  await bailey.mail.latest("grace@example.org", "Your rank assessment is wanted: Spring");
  await ada.getByRole("button", { name: "Remind them by mail" }).click();
  await expect(ada.getByText("was mailed about it within the last day")).toBeVisible();

  bailey.moveClock(25 * 60 * 60);
  await signIn(ada, "ada@example.org");
  await ada.goto(page);
  const before = bailey.mail.arrived.length;
  await ada.getByRole("button", { name: "Remind them by mail" }).click();
  await expect(ada.getByText("A mail is on its way to whoever has not finished.")).toBeVisible();
  await expect.poll(() => bailey.mail.arrived.length).toBeGreaterThan(before);

  const context = await browser.newContext({ baseURL: bailey.url });
  const grace = await context.newPage();
  await signIn(grace, "grace@example.org");
  await expect(grace).toHaveURL("/");
  await grace.goto(link(await bailey.mail.latest("grace@example.org", "Your rank assessment is wanted: Spring")));
  await grace.getByRole("button", { name: "Continue" }).click();
  await grace.getByLabel("Cost").selectOption("4");
  await grace.getByRole("button", { name: "Save and go on later" }).click();
  await expect(grace.getByText("Saved. Submit it once everything is answered.")).toBeVisible();
  await expect(grace.getByLabel("Cost")).toHaveValue("4");
  await grace.getByRole("button", { name: "Submit" }).click();
  await expect(grace.getByText("Choose an answer.")).toBeVisible();
  await grace.getByLabel("Use").selectOption("2");
  await grace.getByRole("button", { name: "Submit" }).click();
  await expect(grace.getByText("Submitted. You see what came of it once it is over.")).toBeVisible();
  await expect(grace.getByRole("img", { name: "Average of all criteria, from 1 to 5" })).toBeVisible();
  await context.close();

  await ada.goto(page);
  await expect(ada.getByRole("row", { name: "Plants in the stairwell 4.00" })).toBeVisible();
  await expect(ada.getByRole("button", { name: "Remind them by mail" })).toBeHidden();
});
