import { awake, expect, PASSWORD, signIn, signOut, test } from "../bailey";
import { Security } from "../pages/security";
import { codeIn, link } from "../sink";

test("a mail about a lock lets its owner in", async ({ bailey, page, browser, watch }) => {
  watch.expect(/422|429/);
  bailey.member("grace@example.org", "member");
  const stranger = await browser.newPage({ baseURL: bailey.url });
  for (let tries = 0; tries < 5; tries += 1) await signIn(stranger, "grace@example.org", "wrong");
  await expect(stranger.getByText("The owner of the account can unlock it earlier by the mail that they have got about it")).toBeVisible();
  await stranger.close();
  await signIn(page, "grace@example.org");
  await expect(page.getByText("Too many wrong passwords.")).toBeVisible();
  const mail = await bailey.mail.latest("grace@example.org", "Signing in is locked for a while");
  expect(mail.html).toContain("It was me: unlock");
  await page.goto(link(mail));
  await expect(page.getByText("This lifts the lock of grace@example.org")).toBeVisible();
  await page.getByRole("button", { name: "Unlock my account" }).click();
  await expect(page.getByText("Your account is unlocked. Sign in with your password.")).toBeVisible();
  await signIn(page, "grace@example.org");
  await expect(page).toHaveURL("/");
});

for (const javaScriptEnabled of [true, false]) {
  test(`a code by e-mail is the second step, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ bailey, browser }) => {
    bailey.member("grace@example.org", "member");
    const context = await browser.newContext({ baseURL: bailey.url, javaScriptEnabled });
    const page = await context.newPage();
    await signIn(page, "grace@example.org");
    await page.goto("/profile/two-factor");
    await page.getByRole("button", { name: "Turn codes by e-mail on" }).click();
    await expect(page.getByText("From now on you are asked for a code that is sent to you")).toBeVisible();
    await bailey.mail.latest("grace@example.org", "A way to sign in was added");
    await signOut(page);
    await signIn(page, "grace@example.org");
    await expect(page).toHaveURL("/sign-in/second-step");
    const mail = await bailey.mail.latest("grace@example.org", "Your code for signing in");
    await page.getByLabel("Code", { exact: true }).fill("0000 0000");
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.getByText("That code is not right, or it no longer works.")).toBeVisible();
    await page.getByLabel("Code", { exact: true }).fill("123456");
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.locator("#code-error")).toHaveText("The code in the mail has eight digits and nothing else.");
    await page.getByRole("button", { name: "Send another code" }).click();
    await expect(page.getByText(/another one can be sent in/)).toBeVisible();
    await page.getByLabel("Code", { exact: true }).fill(codeIn(mail));
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page).toHaveURL("/");
    await context.close();
  });
}

test("an admin sees what was sent and what people get", async ({ ada, bailey, watch }) => {
  watch.expect(/document's frame is sandboxed/);
  await ada.goto("/admin/mail");
  await awake(ada);
  await expect(ada.getByText("No mail was sent yet.")).toBeVisible();
  await ada.getByRole("button", { name: "Send me a test mail" }).click();
  await expect(ada.getByText("A test mail is on its way to you.")).toBeVisible();
  expect((await bailey.mail.latest("ada@example.org", "A test mail")).text).toContain("Bailey can send mail.");
  await ada.reload();
  await expect(ada.getByRole("row", { name: /A test mail/ })).toContainText("Handed over");
  await ada.getByText("Your code for signing in · ").first().click();
  await expect(ada.getByText("Never tell this code to anybody.")).toBeVisible();
  const tab = ada.context().waitForEvent("page");
  await ada.getByRole("link", { name: /As a page.*Your code for signing in/ }).click();
  await expect((await tab).getByText("1234 5678")).toBeVisible();
});

for (const [how, worker] of [["in WebAssembly", /\/captcha\/solver_bg\.wasm$/], ["by the reference worker", /\/altcha\/pbkdf2\.js$/]] as const) {
  test(`after a wrong password the browser solves a puzzle by itself, ${how}`, async ({ ada, bailey, browser, watch }) => {
    watch.expect(/422/);
    const security = new Security(ada);
    await security.open();
    await security.field("sign_in.captcha").check();
    await security.save();
    await security.expectSaved();
    bailey.member("grace@example.org", "member");
    const page = await browser.newPage({ baseURL: bailey.url });
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && !/422|ERR_FAILED/.test(message.text()) && faults.push(message.text()));
    const loaded: string[] = [];
    page.on("response", (response) => loaded.push(response.url()));
    // On a slow line its parts come one after the other.
    for (const late of ["**/altcha-start.js", "**/captcha-worker.js"]) {
      await page.route(late, async (route) => {
        await new Promise((go) => setTimeout(go, 400));
        await route.continue();
      });
    }
    if (how !== "in WebAssembly") await page.route("**/captcha/*", (route) => route.abort());
    await page.goto("/sign-in");
    await expect(page.locator("altcha-widget")).toHaveCount(0);
    await signIn(page, "grace@example.org", "wrong");
    await expect(page.getByText("Email or password is not right.")).toBeVisible();
    await expect(page.getByText("Done: you can send the form")).toBeVisible();
    expect(loaded.filter((url) => worker.test(url))).not.toEqual([]);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL("/");
    expect(faults).toEqual([]);
    await page.close();
  });
}
