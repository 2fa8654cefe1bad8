import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it, test } from 'node:test';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import type { OutgoingMail } from '../../kernel/mail.ts';
import { refuse } from '../../kernel/result.ts';
import { testServer } from '../../../test/support/test-server.ts';
import { temporaryCity, type TemporaryCity } from '../../../test/support/temporary-city.ts';
import { htmlLang, html as markup, type Lang } from '../ui/html.ts';
import { demoCarrier, smtpCarrier, type MailCarrier, type MailUnderWay } from './carriers.ts';
import { demoPostRoutes } from './demo-post.ts';
import { mailJobs } from './mail.ts';

const MAIL: OutgoingMail = {
  lang: 'de',
  to: 'erika@example.de',
  subject: 'Neue Nachricht in Ihrem Postfach – Größe',
  text: 'Guten Tag,\n\nim Postfach wartet eine Nachricht.\n\nhttp://localhost:8080/postfach\n',
};

interface Delivered {
  readonly to: string;
  readonly raw: string;
}

/** A real SMTP server on this machine; refuses recipients named `unbekannt`. */
async function smtpServer(delivered: Delivered[]): Promise<{ url: string; server: SMTPServer; close: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, callback) =>
      callback(address.startsWith('unbekannt') ? Object.assign(new Error(`<${address}> unknown`), { responseCode: 550 }) : null),
    onData(stream, session, callback) {
      let raw = '';
      stream.setEncoding('utf8');
      stream
        .on('data', (text: string) => (raw += text))
        .on('end', () => {
          delivered.push({ to: session.envelope.rcptTo[0]!.address, raw });
          callback();
        });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, server, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

let city: TemporaryCity;
before(async () => (city = await temporaryCity()));
after(() => city.close());

/** What every carrier must do, the real and the demo one alike. */
function carrierContract(
  name: string,
  open: () => Promise<{
    carrier: MailCarrier;
    arrived: () => Promise<readonly { to: string; subject: string; text: string; id: string; lang: string }[]>;
    close: () => Promise<void>;
  }>,
): void {
  describe(`mail carrier: ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    before(async () => (opened = await open()));
    after(() => opened.close());
    const mail: MailUnderWay = { id: '0123456789abcdef', ...MAIL };

    it('brings address, subject and text, umlauts and all', async () => {
      await opened.carrier.deliver(mail);
      const [first] = await opened.arrived();
      assert.equal(first?.to, MAIL.to);
      assert.equal(first.subject, MAIL.subject);
      assert.equal(first.text.trim(), MAIL.text.trim());
    });

    it('delivered again, it is recognisably the same mail', async () => {
      await opened.carrier.deliver(mail);
      const ids = new Set((await opened.arrived()).map(({ id }) => id));
      assert.equal(ids.size, 1);
    });

    it('says in which language it is: of Leichte Sprache that it is German', async () => {
      await opened.carrier.deliver({ ...mail, id: 'fedcba0123456789', lang: 'en' });
      assert.deepEqual(new Set((await opened.arrived()).map(({ lang }) => lang)), new Set(['de', 'en']));
      await opened.carrier.deliver({ ...mail, id: '0000000123456789', lang: 'leicht' });
      assert.deepEqual(new Set((await opened.arrived()).map(({ lang }) => lang)), new Set(['de', 'en']));
    });
    it('keeps apart what is apart', async () => {
      await opened.carrier.deliver({ ...mail, id: 'fedcba9876543210', to: 'yusuf@example.de' });
      assert.deepEqual(new Set((await opened.arrived()).map(({ to }) => to)), new Set([MAIL.to, 'yusuf@example.de']));
    });
  });
}

carrierContract('demo', async () => ({
  carrier: demoCarrier(city.database, city.clock.now),
  async arrived() {
    const found = await sql<{
      id: string;
      recipient: string;
      subject: string;
      body: string;
      lang: Lang;
    }>`select * from platform.demo_mail order by sent_at, id`.execute(city.database.read);
    return found.rows.map(({ id, recipient, subject, body, lang }) => ({ id, to: recipient, subject, text: body, lang: htmlLang(lang) }));
  },
  close: async () => void (await city.database.write((tx) => sql`delete from platform.demo_mail`.execute(tx))),
}));

const decoded = (raw: string, header: string): string => {
  const value = new RegExp(`^${header}: ((?:.|\\r\\n[ \\t])*)$`, 'im').exec(raw)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';
  return value
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : quotedPrintable(text.replaceAll('_', ' ')),
    );
};
const quotedPrintable = (text: string): string =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
function bodyOf(raw: string): string {
  const text = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  if (/transfer-encoding: base64/i.test(raw)) return Buffer.from(text, 'base64').toString();
  return (/transfer-encoding: quoted-printable/i.test(raw) ? quotedPrintable(text) : text).replaceAll('\r\n', '\n');
}

carrierContract('SMTP', async () => {
  const delivered: Delivered[] = [];
  const { url, close } = await smtpServer(delivered);
  const carrier = smtpCarrier({ smtpUrl: url, mailFrom: 'post@stadt.example', publicUrl: 'https://stadt.example' });
  return {
    carrier,
    arrived: async () =>
      delivered.map(({ to, raw }) => ({
        to,
        subject: decoded(raw, 'Subject'),
        text: bodyOf(raw),
        id: decoded(raw, 'Message-ID'),
        lang: decoded(raw, 'Content-Language'),
      })),
    async close() {
      carrier.close();
      await close();
    },
  };
});

test('a refusing server: the error names its code and no address', async () => {
  const { url, close } = await smtpServer([]);
  const carrier = smtpCarrier({ smtpUrl: url, mailFrom: 'post@stadt.example', publicUrl: 'https://stadt.example' });
  await assert.rejects(
    carrier.deliver({ id: 'a', ...MAIL, to: 'unbekannt@example.de' }),
    (error) => error instanceof Error && /550/.test(error.message) && !/unbekannt|@/.test(`${error.message}${error.stack}`),
  );
  carrier.close();
  await close();
});

test('a mail leaves with its transaction, once, and its address stays out of queue and log', async () => {
  const { ctx, database, jobs, log } = city;
  await database.transaction(async (tx) => (await ctx.mailer.send(tx, 'verworfen', MAIL), refuse('nein')));
  for (let i = 0; i < 3; i += 1) await database.write((tx) => ctx.mailer.send(tx, 'postfach:1', MAIL));
  const queued = await sql<{ data: object }>`select data from platform_jobs.job where name = 'platform.send-mail'`.execute(database.read);
  assert.equal(queued.rows.length, 1);
  assert.doesNotMatch(JSON.stringify(queued.rows), /erika|Postfach/);
  await jobs.drain();
  const sent = await sql<{ recipient: string }>`select recipient from platform.demo_mail`.execute(database.read);
  assert.deepEqual(sent.rows, [{ recipient: MAIL.to }]);
  const kept = await sql<{ recipient: string; body: string }>`select recipient, body from platform.mail where sent_at is not null`.execute(database.read);
  assert.deepEqual(kept.rows, [{ recipient: '', body: '' }], 'after delivery only the fact remains');
  assert.doesNotMatch(JSON.stringify(log.lines), /erika/);
});

test('a job run again after the mail has left sends nothing', async () => {
  const [send] = mailJobs(city.database, { deliver: () => Promise.reject(new Error('must not be called')), close() {} }, city.clock.now);
  const { rows } = await sql<{ id: string }>`select id from platform.mail where sent_at is not null`.execute(city.database.read);
  await send!.handle({ id: rows[0]!.id } as never);
  await send!.handle({ id: 'unbekannt' } as never);
});

for (const wrong of [
  { ...MAIL, to: 'a@b.de\r\nBcc: alle@b.de' },
  { ...MAIL, subject: 'Hallo\nBcc: alle@b.de' },
]) {
  test(`a line break in ${wrong.to === MAIL.to ? 'the subject' : 'the address'} is refused`, async () => {
    await assert.rejects(
      city.database.write((tx) => city.ctx.mailer.send(tx, 'x', wrong)),
      /in einer Zeile/,
    );
  });
}

test('/demo/post shows what would have been sent, escaped, with links, labelled as a demo', async () => {
  await city.database.write((tx) =>
    city.ctx.mailer.send(tx, 'böse', { lang: 'de', to: '<script>@example.de', subject: '<b>', text: 'Sehen Sie http://localhost:8080/postfach an.' }),
  );
  await city.jobs.drain();
  const render = (_: unknown, { title, body }: { title: string; body: Parameters<typeof markup>[1] }) => markup`<h1>${title}</h1>${body}`;
  const server = testServer(demoPostRoutes(city.database, render));
  const page = await (await server.request('/demo/post')).text();
  assert.match(page, /Hier verlässt keine Mail das Haus/);
  assert.match(page, /&lt;script&gt;@example\.de/);
  assert.match(page, /<a href="http:\/\/localhost:8080\/postfach">/);
  const list = (await (await server.request('/api/demo/post?an=erika%40example.de')).json()) as { to: string }[];
  assert.deepEqual(
    list.map(({ to }) => to),
    [MAIL.to],
  );
});

test('old mails are forgotten after 30 days', async () => {
  city.clock.advance({ days: 31 });
  const forget = mailJobs(city.database, demoCarrier(city.database, city.clock.now), city.clock.now)[1]!;
  await forget.handle({} as never);
  assert.equal((await sql`select 1 from platform.demo_mail`.execute(city.database.read)).rows.length, 0);
});
