import { certificate } from "../certificate";
import { expect, test } from "../bailey";
import { Sink } from "../sink";

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
