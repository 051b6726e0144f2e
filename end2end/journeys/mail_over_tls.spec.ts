import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../bailey";
import { Sink } from "../sink";

/** A certificate for localhost, signed by an authority of its own; answers both, and the key. */
function certificate(dir: string) {
  const at = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "2", "-subj", "/CN=Test authority");
  openssl("req", "-x509", ...key, "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-keyout", at("mail.key"), "-out", at("mail.pem"), "-days", "2",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE");
  return { authority: at("ca.pem"), key: readFileSync(at("mail.key")), cert: readFileSync(at("mail.pem")) };
}

for (const secure of [true, false]) {
  test(`mail goes over ${secure ? "TLS" : "STARTTLS"} to a server that can prove its name, and to no other`, async ({ ada, bailey }) => {
    const { authority, key, cert } = certificate(bailey.dir);
    const server = new Sink({ secure, key, cert });
    await server.start();
    const BAILEY_SMTP_URL = secure ? `smtps://localhost:${server.port}` : `smtp://localhost:${server.port}?tls=required`;
    const again = async (env: Record<string, string>) => {
      await ada.waitForLoadState("networkidle");
      await bailey.kill();
      await bailey.start(false, { BAILEY_SMTP_URL, ...env });
      await ada.goto("/admin/mail");
      await ada.getByRole("button", { name: "Send me a test mail" }).click();
      await expect(ada.getByText("A test mail is on its way to you.")).toBeVisible();
    };
    await again({});
    const row = ada.getByRole("row", { name: /A test mail/ });
    await expect(async () => {
      await ada.goto("/admin/mail");
      await expect(row).toContainText(/certificate|UnknownIssuer/i, { timeout: 1_000 });
    }).toPass();
    expect(server.arrived).toEqual([]);
    await again({ SSL_CERT_FILE: authority });
    await server.latest("ada@example.org", "A test mail");
    expect(server.overTls).toBe(true);
    await ada.waitForLoadState("networkidle");
    await bailey.kill();
    await server.stop();
  });
}
