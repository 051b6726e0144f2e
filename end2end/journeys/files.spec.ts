import { readFileSync } from "node:fs";
import { awake, expect, signIn, test } from "../bailey";
import { link } from "../sink";

/** A PNG of two pixels by two. */
const PICTURE = Buffer.from(
  "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001d74455874436f6d6d656e740074616b656e2061742034372e33374e20382e3534451ce8db45000000104944415478da6338c1c505440c100a001b160371d04dc1cb0000000049454e44ae426082",
  "hex",
);

/** Whoever attaches a file needs an idea to attach it to. */
async function withIdea(ada: import("@playwright/test").Page) {
  await ada.goto("/admin/settings/communities");
  await awake(ada);
  await ada.getByLabel("Name", { exact: true }).fill("Research");
  await ada.getByRole("button", { name: "Add the community" }).click();
  await ada.getByLabel("Add a member by address").fill("ada@example.org");
  await ada.getByRole("button", { name: "Add the member" }).click();
  await ada.goto("/ideas");
  await awake(ada);
  await ada.getByLabel("Title").fill("Plants in the stairwell");
  await ada.getByLabel("Description").fill("Green, and cheap.");
  await ada.getByRole("button", { name: "Post the idea" }).click();
  await expect(ada).toHaveURL(/\/ideas\/.+/);
}

test("an attachment is refused with what is taken, then taken, then downloaded", async ({ ada, watch }) => {
  watch.expect(/422/);
  await withIdea(ada);
  const file = ada.getByLabel("File", { exact: true });
  await file.setInputFiles({ name: "tool.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") });
  await ada.getByRole("button", { name: "Attach the file" }).click();
  await expect(ada.getByRole("alert")).toContainText("These can be uploaded: csv, docx");
  await file.setInputFiles({ name: "page.png", mimeType: "image/png", buffer: Buffer.from("<!DOCTYPE html><p>no") });
  await ada.getByRole("button", { name: "Attach the file" }).click();
  await expect(ada.getByRole("alert")).toContainText("It does not hold what a “png” file holds.");
  await file.setInputFiles({ name: "Pläne.png", mimeType: "image/png", buffer: PICTURE });
  await ada.getByRole("button", { name: "Attach the file" }).click();
  await expect(ada.getByText("The file was attached.")).toBeVisible();
  const shown = ada.locator("img.attachment");
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2);
  const [download] = await Promise.all([ada.waitForEvent("download"), ada.getByRole("link", { name: "Pläne.png" }).click()]);
  expect(download.suggestedFilename()).toBe("Pläne.png");
  expect(readFileSync(await download.path())).toEqual(PICTURE);
  await ada.getByRole("button", { name: "Remove Pläne.png" }).click();
  await expect(ada.getByText("The file was removed.")).toBeVisible();
});

test("the workspace's mark stands before its name, and is removed again", async ({ ada, bailey, browser }) => {
  await ada.goto("/admin/settings/general");
  await awake(ada);
  await ada.getByLabel("What it shows").fill("A green leaf");
  await ada.getByLabel("Picture").setInputFiles({ name: "leaf.png", mimeType: "image/png", buffer: PICTURE });
  await ada.getByRole("button", { name: "Use this picture" }).click();
  await expect(ada.locator("header img.workspace-mark")).toHaveAttribute("alt", "A green leaf");
  const context = await browser.newContext({ baseURL: bailey.url });
  const stranger = await context.newPage();
  await stranger.goto("/sign-in");
  const mark = stranger.locator("img.workspace-mark");
  await expect(mark).toBeVisible();
  expect(await mark.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(192);
  await context.close();
  await ada.getByRole("button", { name: "Remove the mark" }).click();
  await expect(ada.locator("header span.workspace-mark")).toBeVisible();
});

test("a report is made in the background, downloaded by whoever asked for it, and by nobody else", async ({ ada, bailey, browser, watch }) => {
  watch.expect(/404/);
  bailey.member("grace@example.org", "admin");
  await ada.goto("/admin/reports");
  await awake(ada);
  await ada.getByRole("button", { name: "Members" }).click();
  await expect(ada.getByText("The report is being made.")).toBeVisible();
  const sent = link(await bailey.mail.latest("ada@example.org", "Your report is ready"));
  await ada.goto("/admin/reports");
  await expect(ada.getByText("Ready", { exact: true })).toBeVisible();
  await ada.goto(sent);
  const [download] = await Promise.all([ada.waitForEvent("download"), ada.getByRole("button", { name: "Download it" }).click()]);
  const lines = readFileSync(await download.path(), "utf8").split("\r\n");
  expect(lines[0]).toContain("Address,Name,Role");
  expect(lines.some((line) => line.startsWith("grace@example.org,"))).toBe(true);
  await ada.goto("/admin/reports");
  const address = await ada.getByRole("link", { name: "Download Members" }).getAttribute("href");
  const context = await browser.newContext({ baseURL: bailey.url });
  const grace = await context.newPage();
  await signIn(grace, "grace@example.org");
  await expect(grace).toHaveURL("/");
  expect((await grace.request.get(address!)).status()).toBe(404);
  await context.close();
});
