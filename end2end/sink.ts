// A mail server that takes every mail and shows it to the test.
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { type AddressInfo } from "node:net";
import { expect } from "@playwright/test";

/** A mail that has arrived. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export class Sink {
  readonly arrived: Mail[] = [];
  /** Whether the latest mail came over an encrypted connection. */
  overTls = false;
  private readonly server: SMTPServer;

  /** Speaks without encryption unless it is given a key: from the first byte where `secure`, else by STARTTLS. */
  constructor(tls?: { secure: boolean; key: Buffer; cert: Buffer }) {
    this.server = new SMTPServer({
      authOptional: true,
      ...(tls ?? { disabledCommands: ["STARTTLS"] }),
      onData: (stream, session, done) => this.take(stream, session, done),
    });
    // Whoever turns away from its certificate is no fault of the test's.
    this.server.on("error", () => {});
  }

  private take(stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error | null) => void) {
    this.overTls = !!session.secure;
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
        const to = session.envelope.rcptTo[0]?.address ?? "";
        this.arrived.push({ to, subject: mail.subject ?? "", text: mail.text ?? "", html: mail.html ?? "" });
        done();
      }, done);
    });
  }

  async start() {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
  }

  get port() {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url() {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** The latest mail to somebody whose subject begins so, once it has arrived. */
  async latest(to: string, subject: string): Promise<Mail> {
    const find = () => this.arrived.findLast((mail) => mail.to === to && mail.subject.startsWith(subject));
    await expect.poll(find, { message: `a mail to ${to} about ${subject}` }).toBeTruthy();
    return find()!;
  }

  async stop() {
    await new Promise<void>((closed) => this.server.close(closed));
  }
}

/** The address of the page that a mail links to. */
export const link = (mail: Mail) => new URL(mail.text.match(/https?:\/\/\S+\/link\/\S+/)![0]).pathname;

/** The code that a mail holds. */
export const codeIn = (mail: Mail) => mail.text.match(/\d{4} \d{4}/)![0];
