import { createTransport } from 'nodemailer';
import { sql } from 'kysely';
import type { OutgoingMail } from '../../kernel/mail.ts';
import type { Clock } from '../../kernel/time.ts';
import type { Database } from '../database/port.ts';
import { htmlLang } from '../ui/html.ts';

/** A mail on its way; `id` stays the same when a delivery is repeated. */
export interface MailUnderWay extends OutgoingMail {
  readonly id: string;
}

/** Brings a mail to its reader. Throwing means that it is tried again; messages hold no person data. */
export interface MailCarrier {
  deliver(mail: MailUnderWay): Promise<void>;
  close(): void;
}

/** Through the city's SMTP server. A repeated mail carries the same Message-ID, so that servers can tell. */
export function smtpCarrier(settings: { readonly smtpUrl: string; readonly mailFrom: string; readonly publicUrl: string }): MailCarrier {
  const transport = createTransport(settings.smtpUrl, { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as object);
  const { host } = new URL(settings.publicUrl);
  return {
    async deliver({ id, to, subject, text, lang }) {
      try {
        await transport.sendMail({
          from: settings.mailFrom,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${host}>`,
          // RFC 3834: nobody's holiday notice needs to answer this; RFC 3282: programs that read aloud ask for the language
          headers: { 'auto-submitted': 'auto-generated', 'content-language': htmlLang(lang) },
        });
      } catch (error) {
        throw withoutAddresses(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Servers quote the address in their refusals; job results and logs must not. */
function withoutAddresses(error: unknown): Error {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const facts = [code, responseCode].filter((fact) => typeof fact === 'string' || typeof fact === 'number');
  return new Error(`Der Mail-Server hat die Mail nicht angenommen (${facts.join(' ') || 'ohne Angabe'}).`);
}

/** In a demo city nothing leaves: the mail is kept and shown at `/demo/post`. */
export function demoCarrier(database: Database, clock: Clock): MailCarrier {
  return {
    async deliver({ id, to, subject, text, lang }) {
      await database.write((tx) =>
        sql`insert into platform.demo_mail (id, sent_at, recipient, subject, body, lang)
          values (${id}, ${clock()}, ${to}, ${subject}, ${text}, ${lang}) on conflict (id) do nothing`.execute(tx),
      );
    },
    close: () => {},
  };
}
