// A Bailey of its own for each test: a fresh database, a free port, and whatever goes wrong is seen. Where
// BAILEY_E2E_URL names an installation that runs already, the journeys that are tagged `@anywhere` go through that.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Sink } from "./sink";

/** The installation that runs already, if there is one. */
export const RUNNING = process.env.BAILEY_E2E_URL?.replace(/\/+$/, "");
export const PASSWORD = "correct horse battery staple";
/** Who signs in as `ada`: a super-admin without a second factor. */
const ADA = RUNNING
  ? { email: process.env.BAILEY_E2E_EMAIL ?? "ada@example.org", password: process.env.BAILEY_E2E_PASSWORD ?? PASSWORD }
  : { email: "ada@example.org", password: PASSWORD };
const BIN = resolve(process.env.BAILEY_BIN ?? "../target/dev/bailey");

/** The library that moves a program's clock from outside, so that the program needs no such control. */
const FAKETIME = () => {
  const found = readdirSync("/usr/lib").map((dir) => `/usr/lib/${dir}/faketime/libfaketimeMT.so.1`).find(existsSync);
  if (!found) throw new Error("libfaketime is missing: make tools-test installs it");
  return found;
};

export const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** What a journey needs beyond the pages; a journey that does goes through no installation but its own. */
const ownOnly = () => {
  if (RUNNING) throw new Error("This journey needs a Bailey of its own: take its tag @anywhere away.");
};

export class Bailey {
  readonly dir = mkdtempSync(join(tmpdir(), "bailey-"));
  readonly mail = new Sink();
  setUpLink = "";
  private process?: ChildProcess;
  constructor(readonly port: number) {}

  /** Moves the clock of the program by so many seconds; only where it was started with one that moves. */
  moveClock(seconds: number) {
    ownOnly();
    writeFileSync(this.clock, `+${seconds}s\n`);
  }

  private get clock() {
    return join(this.dir, "clock");
  }

  get url() {
    return RUNNING ?? `http://localhost:${this.port}`;
  }

  /** The name of a cookie: it carries the port of the public URL, and over HTTPS a prefix. */
  cookie(ending = "") {
    const { protocol, port } = new URL(this.url);
    return `${protocol === "https:" ? "__Host-" : ""}bailey${port && `-${port}`}${ending}`;
  }

  private get environment() {
    return {
      PATH: process.env.PATH,
      BAILEY_LISTEN: `127.0.0.1:${this.port}`,
      BAILEY_PUBLIC_URL: this.url,
      BAILEY_DATA_DIR: this.dir,
    };
  }

  async start(movesClock = false, more: NodeJS.ProcessEnv = {}) {
    if (RUNNING) return;
    if (!this.process) await this.mail.start();
    const env: NodeJS.ProcessEnv = { ...this.environment, BAILEY_SMTP_URL: this.mail.url, ...more };
    if (movesClock) {
      this.moveClock(0);
      Object.assign(env, { LD_PRELOAD: FAKETIME(), FAKETIME_TIMESTAMP_FILE: this.clock, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" });
    }
    const child = spawn(BIN, ["serve"], { cwd: this.dir, env });
    this.process = child;
    let said = "";
    let complained = "";
    child.stderr.on("data", (text) => (complained += text));
    await new Promise<void>((ready, failed) => {
      child.on("exit", (code) => failed(new Error(`bailey ended with ${code}: ${complained}`)));
      child.stdout.on("data", (text) => {
        said += text;
        if (said.includes("Bailey is at")) ready();
      });
    });
    await expect(async () => expect((await fetch(`${this.url}/readyz`)).status).toBe(200)).toPass();
    this.setUpLink = said.match(/\S+\/set-up\?token=\S+/)?.[0] ?? "";
  }

  /** Ends the program at once, as a power cut would. */
  async kill() {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners("exit");
    // Only once it is gone is its port free for the next one.
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
  }

  async stop() {
    await this.kill();
    if (!RUNNING) await this.mail.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Creates a member from the console. */
  member(email: string, role: string, name = "Grace Hopper", ...more: string[]) {
    ownOnly();
    const args = ["admin", "create", "--email", email, "--name", name, "--role", role, "--password-stdin", ...more];
    execFileSync(BIN, args, { env: this.environment, input: PASSWORD, cwd: this.dir });
  }

  console(...args: string[]) {
    ownOnly();
    return execFileSync(BIN, args, { env: this.environment, cwd: this.dir, encoding: "utf8" });
  }
}

/** Collects what a page should never do; a test may say that it expects some of it. */
export class Watch {
  readonly faults: string[] = [];
  private expected: RegExp[] = [];

  expect(...patterns: RegExp[]) {
    this.expected.push(...patterns);
  }

  on(context: BrowserContext) {
    context.on("console", (message) => {
      if (message.type() === "error") this.faults.push(`console: ${message.text()}`);
    });
    context.on("weberror", (error) => this.faults.push(`error: ${error.error().message}`));
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      if (why !== "net::ERR_ABORTED") this.faults.push(`request: ${request.url()} ${why}`);
    });
  }

  check() {
    expect(this.faults.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)))).toEqual([]);
  }
}

export const test = base.extend<{ bailey: Bailey; watch: Watch; ada: Page }>({
  bailey: async ({}, use) => {
    const bailey = new Bailey(await freePort());
    await bailey.start();
    await use(bailey);
    await bailey.stop();
  },
  baseURL: async ({ bailey }, use) => use(bailey.url),
  watch: [
    async ({ context }, use) => {
      const watch = new Watch();
      watch.on(context);
      await use(watch);
      watch.check();
    },
    { auto: true },
  ],
  /** A page on which Ada, a super-admin, is signed in. */
  ada: async ({ bailey, page }, use) => {
    if (!RUNNING) bailey.member(ADA.email, "super-admin", "Ada Lovelace");
    await signIn(page, ADA.email, ADA.password);
    await expect(page).toHaveURL("/");
    await use(page);
  },
});

/** The page answers to clicks once its WebAssembly runs. */
export const awake = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);

export async function signIn(page: Page, email: string, password = PASSWORD, at = "") {
  await page.goto(`${at}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Opens the menu of whoever is signed in. */
export const openAccount = (page: Page) => page.locator(".account > summary").click();

/** Signs out by the menu of whoever is signed in; a way in has the button on the page itself. */
export async function signOut(page: Page) {
  const button = page.getByRole("button", { name: "Sign out" });
  if (!(await button.isVisible())) await openAccount(page);
  await button.click();
}

/** A code of the authenticator app, computed by another implementation, some steps from now. */
export function code(secret: string, steps = 0) {
  const at = new Date(Date.now() + steps * 30_000).toISOString().replace("T", " ").replace(/\..*/, " UTC");
  return execFileSync("oathtool", ["--totp", "-b", secret, "--now", at], { encoding: "utf8" }).trim();
}

/** Gives the page an authenticator that verifies its person without asking. */
export async function virtualAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

export { expect };
