import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Lang } from '../../kernel/lang.ts';
import type { Clock } from '../../kernel/time.ts';
import type { Database } from '../database/port.ts';
import type { JobKind, Outbox } from '../jobs/port.ts';
import type { MailCarrier } from './carriers.ts';
import type { Mailer } from './port.ts';

const SEND_MAIL = 'platform.send-mail';

/** A line break would let an address or a subject add headers of its own. */
const ONE_LINE = /^[^\r\n]*$/;

/**
 * Mails through the outbox: the mail is a row in the same transaction as its cause, the job carries
 * only the row's id. So no address stands in a queue or a log.
 */
export function createMailer(outbox: Outbox): Mailer {
  return {
    async send(tx, key, mail) {
      if (!ONE_LINE.test(mail.to) || !ONE_LINE.test(mail.subject)) throw new Error('Adresse und Betreff einer Mail stehen in einer Zeile.');
      const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
      const kept = await sql`insert into platform.mail (id, recipient, subject, body, lang)
        values (${id}, ${mail.to}, ${mail.subject}, ${mail.text}, ${mail.lang}) on conflict (id) do nothing returning id`.execute(tx);
      if (kept.rows.length === 1) await outbox.enqueue(tx, SEND_MAIL, { id }, { key: id });
    },
  };
}

interface MailRow {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly lang: Lang;
  readonly sent_at: Temporal.Instant | null;
}

/** Sends what waits, and forgets what was sent: after delivery only the fact remains, for 30 days. */
export function mailJobs(database: Database, carrier: MailCarrier, clock: Clock): readonly JobKind<never>[] {
  const send: JobKind<{ id: string }> = {
    name: SEND_MAIL,
    async handle({ id }) {
      const found = await sql<MailRow>`select id, recipient, subject, body, lang, sent_at from platform.mail where id = ${id}`.execute(database.read);
      const row = found.rows[0];
      if (row === undefined || row.sent_at !== null) return;
      await carrier.deliver({ id, to: row.recipient, subject: row.subject, text: row.body, lang: row.lang });
      await database.write((tx) => sql`update platform.mail set sent_at = ${clock()}, recipient = '', subject = '', body = '' where id = ${id}`.execute(tx));
    },
  };
  const forget: JobKind<object> = {
    name: 'platform.forget-mails',
    cron: '17 3 * * *',
    async handle() {
      const limit = clock().subtract({ hours: 30 * 24 });
      await database.write(async (tx) => {
        await sql`delete from platform.mail where sent_at < ${limit}`.execute(tx);
        await sql`delete from platform.demo_mail where sent_at < ${limit}`.execute(tx);
      });
    },
  };
  return [send, forget];
}
