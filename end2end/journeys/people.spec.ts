// People who can't use their second step, and what an admin does about it.
import { Bailey, awake, expect, PASSWORD, signIn, signOut, test as base } from "../bailey";
import { TwoFactor } from "../pages/two_factor";
import { link } from "../sink";

const GRACE = "grace@example.org";

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

for (const ending of ["the admin removes it", "the member cancels it"] as const) {
  test(`a second step that can't be used: ${ending}`, async ({ ada, bailey, browser }) => {
    bailey.member(GRACE, "member");
    const context = await browser.newContext({ baseURL: bailey.url });
    const grace = await context.newPage();
    await signIn(grace, GRACE);
    await grace.goto("/profile/two-factor");
    await new TwoFactor(grace).setUpApp();
    await signOut(grace);
    await signIn(grace, GRACE);
    await expect(grace).toHaveURL("/sign-in/second-step");
    await grace.getByText("I can't use my second step").click();
    await expect(grace.getByRole("link", { name: "use one above" })).toBeVisible();
    await grace.getByRole("button", { name: "Ask an admin to remove it" }).click();
    await expect(grace.getByText("An admin was asked to remove your second step")).toBeVisible();
    const told = link(await bailey.mail.latest(GRACE, "Somebody asks to have your second step removed"));
    await ada.goto("/admin/help-requests");
    await expect(ada.getByText(GRACE).first()).toBeVisible();
    await expect(ada.getByRole("button", { name: /Remove the second step/ })).toBeDisabled();
    if (ending === "the member cancels it") {
      await grace.goto(told);
      await grace.getByRole("button", { name: "It wasn't me: cancel it" }).click();
      await expect(grace.getByText("The request was cancelled")).toBeVisible();
      await ada.reload();
      await expect(ada.getByText("Nobody waits for help with their second step.")).toBeVisible();
      await context.close();
      return;
    }
    bailey.moveClock(61 * 60);
    // The session has idled: whoever comes back signs in anew.
    await signIn(ada, "ada@example.org", PASSWORD, bailey.url);
    await ada.goto("/admin/help-requests");
    await awake(ada);
    await ada.getByLabel("Reason").fill("I called her at her desk.");
    await ada.getByRole("button", { name: /Remove the second step/ }).click();
    await expect(ada.getByText("The member's second factors were removed")).toBeVisible();
    await bailey.mail.latest(GRACE, "Your second factors were removed");
    await signIn(grace, GRACE, PASSWORD, bailey.url);
    await expect(grace).toHaveURL("/");
    await context.close();
  });
}
