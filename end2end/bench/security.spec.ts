// How much the Security tab weighs, how soon it is hydrated, and how it keeps up with typing. It prints; it judges
// nothing. The budgets stand in docs/adr/0004-hydration.md.
import { type CDPSession, type Page } from "@playwright/test";
import { awake, test } from "../bailey";
import { Security } from "../pages/security";
import { weigh } from "../weight";

const LOADS = 5;
const KEYS = 40;
/** As DevTools has it, bytes a second and milliseconds. */
const FAST_4G = { offline: false, downloadThroughput: (9_000_000 / 8) * 0.9, uploadThroughput: (1_500_000 / 8) * 0.9, latency: 165 };

const at = (all: number[], part: number) => [...all].sort((a, b) => a - b)[Math.ceil(all.length * part) - 1] ?? 0;

test("the Security tab", async ({ ada }) => {
  test.setTimeout(300_000);
  const client = await ada.context().newCDPSession(ada);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  await ada.addInitScript(watch);
  await weight(ada);
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await hydration(ada, client);
  await typing(ada, client);
});

/** Notes when the page is hydrated, how long it was blocked before, and how long each interaction takes. */
const watch = () => {
  const noted = { hydrated: 0, blocked: 0, interactions: {} as Record<number, number> };
  Object.assign(window, { noted });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) if (!noted.hydrated) noted.blocked += Math.max(0, task.duration - 50);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const event of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      const id = event.interactionId;
      if (id) noted.interactions[id] = Math.max(noted.interactions[id] ?? 0, event.duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  const look = () => {
    if (document.documentElement?.hasAttribute("data-hydrated")) noted.hydrated = performance.now();
    else setTimeout(look, 5);
  };
  look();
};

type Noted = { hydrated: number; blocked: number; interactions: Record<number, number> };
const noted = (page: Page) => page.evaluate(() => (window as unknown as { noted: Noted }).noted);

const opened = async (page: Page) => {
  // What the page before is still loading is not this page's.
  await page.waitForLoadState("networkidle");
  await page.goto("about:blank");
  await new Security(page).open();
  await awake(page);
};

const weight = async (ada: Page) => {
  await ada.waitForLoadState("networkidle");
  await ada.goto("about:blank");
  const weights = weigh(ada);
  await new Security(ada).open();
  await awake(ada);
  await ada.waitForLoadState("networkidle");
  const { loaded, weight } = await weights();
  if (process.env.BENCH_FILES) console.log(loaded.map((line) => `  ${line}`).join("\n"));
  console.log(`weight                  ${(weight / 1024).toFixed(1)} KiB compressed: page and files, first load`);
};

/** The time until the page answers at 4x CPU and Fast 4G, and how much of it the page was blocked. */
const hydration = async (ada: Page, client: CDPSession) => {
  await client.send("Network.emulateNetworkConditions", FAST_4G);
  const loads: Noted[] = [];
  for (let i = 0; i < LOADS; i += 1) {
    await opened(ada);
    loads.push(await noted(ada));
  }
  const median = (of: (load: Noted) => number) => `${(at(loads.map(of), 0.5) / 1_000).toFixed(2)} s`;
  console.log(`hydrated, Fast 4G, 4x   ${median((load) => load.hydrated)}, blocked for ${median((load) => load.blocked)}: median of ${LOADS}`);
  await client.send("Network.emulateNetworkConditions", { offline: false, downloadThroughput: -1, uploadThroughput: -1, latency: 0 });
};

/** How long each key takes until the page shows it, at 4x CPU. */
const typing = async (ada: Page, client: CDPSession) => {
  await opened(ada);
  const security = new Security(ada);
  const all: number[] = [];
  const search = ada.getByRole("searchbox");
  const fields = ["sessions.lifetime", "network.admin_allowlist", "headers.csp", "sign_in.banner"];
  for (const [name, field] of [...fields.map((key) => [key, security.field(key)] as const), ["the search", search] as const]) {
    await field.selectText();
    await ada.waitForTimeout(1_000);
    await ada.evaluate(() => ((window as unknown as { noted: Noted }).noted.interactions = {}));
    const took = await type(ada, client);
    all.push(...took);
    console.log(`typing, 4x              ${at(took, 0.5)} ms median, ${at(took, 0.95)} ms p95, ${at(took, 1)} ms longest   ${name}`);
  }
  console.log(`typing, 4x, all         ${at(all, 0.95)} ms p95 of ${all.length} keys`);
};

/** Types four digits where the focus is, takes them away again, and so on. */
const type = async (page: Page, client: CDPSession) => {
  for (let i = 0; i < KEYS; i += 1) {
    // Straight to the browser: what the runner does about an action of its own would be measured too.
    const digit = "1440"[i % 8];
    const key = digit ? { key: digit, text: digit } : { key: "Backspace", windowsVirtualKeyCode: 8 };
    await client.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    await client.send("Input.dispatchKeyEvent", { type: "keyUp", key: key.key });
    await new Promise((go) => setTimeout(go, 120));
  }
  await page.waitForTimeout(1_000);
  const { interactions } = await noted(page);
  // What is shorter than a frame is not told.
  const took = Object.values(interactions);
  return [...took, ...Array<number>(Math.max(0, KEYS - took.length)).fill(16)];
};
