import { awake, expect, openAccount, signIn, test } from "../bailey";
import { Security } from "../pages/security";
import { link } from "../sink";

/** What people choose who join. */
const CHOSEN = "lantern otter 47 climbs";

test("an invitation leads to the first sign-in", async ({ ada, bailey, browser }) => {
  await ada.goto("/admin/invitations");
  await awake(ada);
  await ada.getByLabel("Email", { exact: true }).fill("joan@example.org");
  await ada.getByRole("button", { name: "Send the mail" }).click();
  await expect(ada.getByRole("row").or(ada.getByRole("listitem")).filter({ hasText: "joan@example.org" }).first()).toBeVisible();
  const sent = link(await bailey.mail.latest("joan@example.org", "You are invited to join"));
  const context = await browser.newContext({ baseURL: bailey.url });
  const joan = await context.newPage();
  await joan.goto(sent);
  await joan.getByRole("button", { name: "Join" }).click();
  await joan.getByLabel("Your name").fill("Joan Clarke");
  await joan.getByLabel("Password", { exact: true }).fill(CHOSEN);
  await joan.getByRole("button", { name: "Join" }).click();
  await expect(joan).toHaveURL(/\/(sign-in)?(\?.*)?$/);
  if (joan.url().includes("sign-in")) await signIn(joan, "joan@example.org", CHOSEN, bailey.url);
  await expect(joan.getByRole("heading", { name: "Home" })).toBeVisible();
  await openAccount(joan);
  await expect(joan.getByText("joan@example.org").first()).toBeVisible();
  await context.close();
});

for (const decision of ["Approve", "Reject"] as const) {
  test(`whoever asks to join waits for a moderator, who presses ${decision} in their mail`, async ({ ada, bailey, browser, watch }) => {
    watch.expect(/403|410|422/);
    const security = new Security(ada);
    await security.open();
    await security.field("members.registration").selectOption("by-approval");
    await security.save();
    await security.expectSaved();
    const context = await browser.newContext({ baseURL: bailey.url });
    const alan = await context.newPage();
    await alan.goto("/sign-in");
    await alan.getByRole("link", { name: /join/i }).click();
    await alan.getByLabel("Your name").fill("Alan Turing");
    await alan.getByLabel("Email").fill("alan@example.org");
    await alan.getByRole("button", { name: "Ask to join" }).click();
    await expect(alan.getByText("A mail is on its way to")).toBeVisible();
    await alan.goto(link(await bailey.mail.latest("alan@example.org", "Confirm that you want to join")));
    await alan.getByRole("button", { name: "Confirm my address" }).click();
    const asked = await bailey.mail.latest("ada@example.org", "Somebody asks to join");
    const links = [...asked.text.matchAll(/https?:\/\/\S+\/link\/\S+/g)].map(([found]) => found);
    await ada.goto(links[decision === "Approve" ? 0 : 1]);
    await ada.getByRole("button", { name: decision }).click();
    await expect(ada.getByRole("button", { name: decision })).toBeHidden();
    if (decision === "Approve") {
      await alan.goto(link(await bailey.mail.latest("alan@example.org", "Finish joining")));
      await alan.getByRole("button", { name: "Join" }).click();
      await alan.getByLabel("Password", { exact: true }).fill(CHOSEN);
      await alan.getByRole("button", { name: "Join" }).click();
      await expect(alan).toHaveURL(/\/(sign-in)?(\?.*)?$/);
      if (alan.url().includes("sign-in")) await signIn(alan, "alan@example.org", CHOSEN, bailey.url);
      await expect(alan.getByRole("heading", { name: "Home" })).toBeVisible();
    } else {
      await signIn(alan, "alan@example.org", CHOSEN, bailey.url);
      await expect(alan.getByRole("heading", { name: "Sign in" })).toBeVisible();
    }
    await context.close();
  });
}
