import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

test("a community overrides a setting, its members see where it comes from, and it goes back to what it inherits", async ({ ada, watch }) => {
  // A value that is refused.
  watch.expect(/422/);
  const security = new Security(ada);
  await security.open();
  const row = ada.locator(".row", { has: security.field("passwords.reuse_limit") });
  await row.getByRole("link", { name: "Inherited by every community" }).click();
  await awake(ada);
  await ada.getByLabel("Name", { exact: true }).fill("Lab");
  await ada.getByRole("button", { name: "Add the community" }).click();
  const lab = ada.getByRole("region", { name: /^Lab/ });
  await lab.getByLabel("Add a member by address").fill("ada@example.org");
  await lab.getByRole("button", { name: "Add the member" }).click();
  await expect(lab).toContainText("1 member");

  const limit = lab.getByRole("listitem").filter({ hasText: "Password reuse limit" });
  await expect(limit).toContainText("Inherited");
  await limit.getByRole("textbox").fill("99");
  await limit.getByRole("button", { name: "Override" }).click();
  await expect(limit).toContainText("At most 24 passwords.");
  await expect(limit.getByRole("textbox")).toHaveValue("99");
  await limit.getByRole("textbox").fill("12");
  await limit.getByRole("button", { name: "Override" }).click();
  await expect(limit).toContainText("Overridden");
  await expect(limit).toContainText("12 passwords; the workspace has 5 passwords");

  await ada.goto("/profile/policies");
  const policy = ada.locator(".policy").filter({ hasText: "Password reuse limit" });
  await expect(policy.getByRole("definition")).toHaveText("12 passwords Set by the community Lab");
  await security.open();
  await row.getByRole("link", { name: "Overridden in 1 community" }).click();
  await limit.getByRole("button", { name: "Reset" }).click();
  await expect(limit).toContainText("Inherited");
  await expect(limit.getByRole("textbox")).toHaveValue("");
  await ada.goto("/profile/policies");
  await expect(policy.getByRole("definition")).toHaveText("5 passwords Default of Bailey");
});
