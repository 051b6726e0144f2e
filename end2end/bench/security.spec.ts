// How much the Security tab weighs, and how it keeps up with typing. It prints; it judges nothing.
import { type CDPSession, type Page } from "@playwright/test";
import { awake, test } from "../bailey";
import { Security } from "../pages/security";
import { weigh } from "../weight";

test("the Security tab", async ({ ada }) => {
  const context = ada.context();
  const client = await context.newCDPSession(ada);
  await client.send("Network.enable");
  let bytes = 0;
  const names = new Map<string, string>();
  client.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    if (process.env.BENCH_FILES) {
      console.log(`  ${(encodedDataLength / 1024).toFixed(1).padStart(7)} KiB   ${names.get(requestId)}`);
    }
  });
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  // What the page before is still loading is not this page's.
  await ada.waitForLoadState("networkidle");
  await ada.goto("about:blank");
  bytes = 0;
  const weights = weigh(ada);
  const security = new Security(ada);
  await security.open();
  await awake(ada);
  await ada.waitForLoadState("networkidle");
  const { weight } = await weights();
  const [sent, all] = [weight, bytes].map((n) => `${(n / 1024).toFixed(1)} KiB`);
  console.log(`Security tab            ${sent} compressed: page and files, first load; ${all} with their headers`);
  await client.send("Performance.enable");
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await count(ada);
  await new Promise((go) => setTimeout(go, 3_000));
  console.log(`idle, 4x throttled      ${await frames(ada)}`);
  // A number whose words change at each key, a list, and a text of which only the length is told.
  for (const key of ["sessions.lifetime", "network.admin_allowlist", "headers.csp"]) {
    // The first key takes what stands there away.
    await security.field(key).selectText();
    await ada.waitForTimeout(500);
    await frames(ada);
    const tab = await type(client);
    console.log(`typing in a field       ${await frames(ada)}   ${key}`);
    console.log(`  per key               ${tab}`);
  }
  // What the browser and this machine need for a key, whatever the page: less can't be had. The tab is at rest
  // by then: what is throttled keeps a core busy.
  await client.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await ada.close({ runBeforeUnload: false });
  const blank = await context.newPage();
  const other = await context.newCDPSession(blank);
  await blank.setContent("<input autofocus>");
  await blank.getByRole("textbox").focus();
  await other.send("Performance.enable");
  await other.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await count(blank);
  const least = await type(other);
  console.log(`typing on a blank page  ${await frames(blank)}`);
  console.log(`  per key               ${least}`);
});

/** Counts, from a moment later on, the time between two frames. */
const count = async (page: Page) => {
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    let before = performance.now();
    const next = (now: number) => {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await page.waitForTimeout(500);
  await frames(page);
};

/** The frames since one last asked. */
const frames = async (page: Page) => {
  const all = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.splice(0));
  all.sort((a, b) => a - b);
  const at = (part: number) => `${all[Math.floor((all.length - 1) * part)]?.toFixed(1)} ms`;
  return `${at(0.5)} median, ${at(0.99)} p99, ${at(1)} longest of ${all.length} frames, ${all.filter((ms) => ms > 25).length} dropped`;
};

const KEYS = 80;

/** Types four digits where the focus is, takes them away again, and so on; says what each key took. */
const type = async (client: CDPSession) => {
  const spent = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1_000;
    return { script: of("ScriptDuration"), style: of("RecalcStyleDuration"), layout: of("LayoutDuration"), all: of("TaskDuration") };
  };
  const before = await spent();
  for (let i = 0; i < KEYS; i += 1) {
    // Straight to the browser: what the runner does about an action of its own would be measured too.
    const digit = "1440"[i % 8];
    const key = digit ? { key: digit, text: digit } : { key: "Backspace", windowsVirtualKeyCode: 8 };
    await client.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    await client.send("Input.dispatchKeyEvent", { type: "keyUp", key: key.key });
    await new Promise((go) => setTimeout(go, 60));
  }
  const after = await spent();
  const each = (part: keyof typeof after) => ((after[part] - before[part]) / KEYS).toFixed(1);
  return `${each("script")} ms script, ${each("style")} ms style, ${each("layout")} ms layout, ${each("all")} ms in all`;
};
