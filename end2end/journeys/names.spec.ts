// What assistive technology and tests find a control by.
import { awake, expect, test } from "../bailey";
import { Security } from "../pages/security";

test("the label of a setting names one control, and everything else in its row refers to it", { tag: "@anywhere" }, async ({ ada }) => {
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await expect(ada.getByLabel("Require MFA for admins")).toHaveCount(1);
  const labels = await ada.locator(".row > label").evaluateAll((all) => all.map((label) => [label.getAttribute("for"), label.textContent] as const));
  expect(labels.length).toBeGreaterThan(50);
  for (const [key, label] of labels) {
    // A name that is part of another one, as that of a list and of its mode, is looked for as a whole.
    const exact = labels.filter(([, other]) => other!.toLowerCase().includes(label!.toLowerCase())).length > 1;
    const found = ada.getByLabel(label!, { exact });
    await expect(found, label!).toHaveCount(1);
    await expect(found, label!).toHaveAttribute("id", key!);
  }
  const others = ada.locator(".row").locator("button:not(.banner-preview button), summary, .never input");
  const named = await others.evaluateAll((all) =>
    all.map((other) => [other.outerHTML.slice(0, 120), other.getAttribute("aria-describedby"), other.closest(".row")?.querySelector("label")?.id]),
  );
  expect(named.length).toBeGreaterThan(labels.length);
  for (const [other, refersTo, row] of named) expect(refersTo, other!).toBe(row);
});
