// Managers of passkeys put themselves in the place of the browser's own, older browsers lack half of it, and a page lies
// open for hours: all ceremonies work all the same, and what fails is told as what it is.
import { type Page } from "@playwright/test";
import { awake, expect, signOut, test, virtualAuthenticator } from "../bailey";

/** What stands in the page instead of the browser's own, each run before anything of Bailey's runs. */
const MANAGERS = {
  "objects without toJSON": () => {
    Object.defineProperty(PublicKeyCredential.prototype, "toJSON", { value: undefined });
  },
  "a toJSON that throws": () => {
    PublicKeyCredential.prototype.toJSON = () => {
      throw new TypeError("Illegal invocation");
    };
  },
  "plain objects with raw buffers": () => {
    const plain = (made: PublicKeyCredential) => {
      const response: Record<string, unknown> = {};
      for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
        const buffer = (made.response as unknown as Record<string, ArrayBuffer | undefined>)[name];
        if (buffer) response[name] = name === "signature" ? new DataView(buffer) : new Uint8Array(buffer);
      }
      return { id: made.id, rawId: new Uint8Array(made.rawId), type: made.type, response };
    };
    for (const act of ["create", "get"] as const) {
      const own = navigator.credentials[act].bind(navigator.credentials);
      // What the manager hands out is what it is.
      navigator.credentials[act] = async (asked) => plain((await own(asked as object)) as PublicKeyCredential) as unknown as Credential;
    }
  },
  "a window of another realm": () => {
    // It is run in that window as well.
    if (window !== top) return;
    document.addEventListener("DOMContentLoaded", () => {
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const Foreign = (frame.contentWindow as unknown as { Uint8Array: typeof Uint8Array }).Uint8Array;
      const own = navigator.credentials.get.bind(navigator.credentials);
      navigator.credentials.get = async (asked) => {
        const made = (await own(asked)) as PublicKeyCredential;
        const { clientDataJSON, authenticatorData, signature, userHandle } = made.response as AuthenticatorAssertionResponse;
        const copy = (buffer: ArrayBuffer) => new Foreign(buffer).slice();
        const response = { clientDataJSON: copy(clientDataJSON), authenticatorData: copy(authenticatorData), signature: copy(signature), userHandle: copy(userHandle!) };
        return { id: made.id, type: "public-key", response } as unknown as Credential;
      };
    });
  },
  "a browser that reads no JSON": () => {
    for (const name of ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON", "isConditionalMediationAvailable"]) {
      Object.defineProperty(PublicKeyCredential, name, { value: undefined });
    }
    Object.defineProperty(PublicKeyCredential.prototype, "toJSON", { value: undefined });
  },
};

const addPasskey = async (page: Page) => {
  await page.goto("/profile/two-factor");
  await awake(page);
  await page.getByLabel("Passkey name").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
};

/** Presses a button that may be gone, since the browser offers the passkey by itself. */
const press = (page: Page, name: string) => page.getByRole("button", { name }).click({ timeout: 3_000 }).catch(() => {});

for (const [what, change] of Object.entries(MANAGERS)) {
  test(`every ceremony works beside ${what}`, async ({ ada }) => {
    await virtualAuthenticator(ada);
    await ada.addInitScript(change);
    await addPasskey(ada);
    await expect(ada.getByText("The passkey was added.")).toBeVisible();
    await ada.goto("/profile/step-up?next=/profile");
    await awake(ada);
    await ada.getByRole("button", { name: "Use a passkey" }).click();
    await expect(ada).toHaveURL("/profile");
    await signOut(ada);
    await expect(ada).toHaveURL(/\/sign-in|\/$/);
    await press(ada, "Sign in with a passkey");
    await expect(ada).toHaveURL("/");
  });
}

/** What fails, and the words for it. */
const FAILURES: [string, () => void, RegExp][] = [
  ["an answer that is nothing", () => (navigator.credentials.create = async () => null), /is no passkey/],
  ["an answer that is something else", () => (navigator.credentials.create = async () => ({ type: "password", id: "x" }) as Credential), /is no passkey/],
  [
    "a manager that fails",
    () => {
      navigator.credentials.create = () => {
        throw new TypeError("Cannot read properties of undefined");
      };
    },
    /could not do it \(TypeError\)/,
  ],
  ["an address that the browser takes for a wrong one", () => (navigator.credentials.create = () => Promise.reject(new DOMException("", "SecurityError"))), /at this address/],
  ["a key that can't check who holds it", () => (navigator.credentials.create = () => Promise.reject(new DOMException("", "ConstraintError"))), /fingerprint, face or PIN/],
  ["a device that has one already", () => (navigator.credentials.create = () => Promise.reject(new DOMException("", "InvalidStateError"))), /has a passkey for your account already/],
];

test("what fails is told as what it is", async ({ ada }) => {
  for (const [what, fail, words] of FAILURES) {
    await ada.goto("/profile/two-factor");
    await awake(ada);
    await ada.evaluate(fail);
    await ada.getByLabel("Passkey name").fill("Laptop");
    await ada.getByRole("button", { name: "Add a passkey" }).click();
    const alert = ada.getByRole("alert").filter({ hasText: words });
    await expect(alert, what).toBeVisible();
    await expect(alert, what).not.toContainText("could not be reached");
  }
});

test("a server that can't be reached is said to be so", async ({ ada, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  await ada.goto("/profile/two-factor");
  await awake(ada);
  await ada.route("**/api/app/passkeys/**", (route) => route.abort());
  await ada.getByLabel("Passkey name").fill("Laptop");
  await ada.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ada.getByRole("alert").filter({ hasText: "The server could not be reached" })).toBeVisible();
});

test("what waits behind the e-mail field gets a new challenge before the old one lapses", async ({ page }) => {
  await page.clock.install();
  await page.addInitScript(() => {
    const challenges: string[] = [];
    Object.assign(window, { challenges });
    PublicKeyCredential.isConditionalMediationAvailable = async () => true;
    navigator.credentials.get = (asked) => {
      challenges.push(String(new Uint8Array(asked!.publicKey!.challenge as ArrayBuffer)));
      return new Promise((_, failed) => {
        asked!.signal!.addEventListener("abort", () => failed(new DOMException("", "AbortError")));
      });
    };
  });
  await page.goto("/sign-in");
  await awake(page);
  const asked = () => page.evaluate(() => new Set((window as unknown as { challenges: string[] }).challenges).size);
  await expect.poll(asked).toBe(1);
  await page.clock.runFor("03:30");
  expect(await asked()).toBe(1);
  // Twice while the page lies open, and once after the device has slept for an hour.
  for (const renewed of [2, 3]) {
    await page.clock.runFor("04:05");
    await expect.poll(asked).toBe(renewed);
  }
  await page.clock.fastForward("01:00:00");
  await page.clock.runFor("00:10");
  await expect.poll(asked).toBe(4);
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveCount(0);
});
