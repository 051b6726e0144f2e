// How much the Security tab weighs, and how it keeps up with typing. It prints; it judges nothing.
import { awake, test } from "../bailey";
import { Security } from "../pages/security";

test("the Security tab", async ({ ada }) => {
  const client = await ada.context().newCDPSession(ada);
  await client.send("Network.enable");
  let bytes = 0;
  client.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await ada.waitForLoadState("networkidle");
  console.log(`Security tab            ${(bytes / 1024).toFixed(1).padStart(9)} KiB   compressed: page and files, first load`);
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await security.field("sessions.lifetime").focus();
  await ada.evaluate(() => {
    const took: number[] = [];
    Object.assign(window, { took });
    document.addEventListener("keydown", () => {
      const begin = performance.now();
      requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - begin)));
    }, true);
  });
  for (let i = 0; i < 20; i += 1) {
    await ada.keyboard.press(i % 4 === 3 ? "Backspace" : "1");
    await ada.waitForTimeout(60);
  }
  const took = await ada.evaluate(() => (window as unknown as { took: number[] }).took.sort((a, b) => a - b));
  const at = (part: number) => took[Math.floor((took.length - 1) * part)]?.toFixed(1);
  console.log(`typing, 4x throttled    ${at(0.5)} ms median, ${at(1)} ms worst, from key to painted frame`);
});
