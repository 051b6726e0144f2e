import { defineConfig } from "@playwright/test";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  outputDir: "test-results",
  // An installation that runs already is left as it is: what needs a console, a clock or a mail server, or changes
  // something, has no such tag.
  grep: process.env.BAILEY_E2E_URL ? /@anywhere/ : undefined,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ["line"],
    ["json", { outputFile: "test-results/results.json" }],
    ["html", { outputFolder: "playwright-report", open: "never" }],
  ],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.BAILEY_CHROMIUM ?? "/usr/bin/chromium", args: flags },
    locale: "en-GB",
    timezoneId: "Europe/London",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "journeys", testDir: "journeys" },
    { name: "screens", testDir: "screens" },
    // What records a run takes its time from what is measured.
    { name: "bench", testDir: "bench", use: { trace: "off" } },
  ],
});
