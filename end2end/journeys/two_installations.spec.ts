import { Bailey, expect, freePort, signIn, signOut, test } from "../bailey";

test("two installations at ports of one host do not sign each other out", async ({ ada, bailey }) => {
  const other = new Bailey(await freePort());
  await other.start();
  try {
    other.member("ada@example.org", "member", "Ada Byron");
    const there = await ada.context().newPage();
    await signIn(there, "ada@example.org", undefined, other.url);
    await expect(there).toHaveURL(`${other.url}/`);
    await ada.goto("/profile");
    await expect(ada).toHaveURL("/profile");
    await signOut(there);
    await expect(there).toHaveURL(/\/sign-in/);
    await ada.goto("/profile");
    await expect(ada).toHaveURL("/profile");
    const names = (await ada.context().cookies()).map(({ name }) => name);
    expect(names).toContain(bailey.cookie());
    expect(names).not.toContain(other.cookie());
  } finally {
    await other.stop();
  }
});
