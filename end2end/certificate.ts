// What servers on this machine prove their name with.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate for localhost, signed by an authority of its own; answers both, and the key. */
export function certificate(dir: string) {
  const at = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "2", "-subj", "/CN=Test authority");
  openssl("req", "-x509", ...key, "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-keyout", at("mail.key"), "-out", at("mail.pem"), "-days", "2",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE");
  return { authority: at("ca.pem"), key: readFileSync(at("mail.key")), cert: readFileSync(at("mail.pem")) };
}
