import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { BrowserClient } from '../../../../test/support/browser-client.ts';
import { identityCity, signInAtProvider, type IdentityCity } from '../../../../test/support/identity-city.ts';
import { SoftwareAuthenticator } from '../../../../test/support/software-authenticator.ts';
import type { Notice } from '../../../platform/notice/port.ts';
import { advanceRecoveries } from '../application/recovery.ts';
import { sweepIdentity } from '../application/sweep.ts';
import { DEMO_PASSWORD } from '../domain/demo-people.ts';
import { exportAccount } from '../public.ts';

let city: IdentityCity;
const told: Notice[] = [];
before(async () => {
  city = await identityCity({
    notify: async (_tx, notice) => {
      told.push(notice);
      return { mail: true, others: 1 };
    },
  });
});
after(() => city.close());

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1';

async function signedIn(name: string, agent?: string): Promise<BrowserClient> {
  const browser = city.browser();
  const answer = await browser.raw('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(agent === undefined ? {} : { 'user-agent': agent }) },
    body: JSON.stringify({ email: `${name}@buerger.example`, password: DEMO_PASSWORD }),
  });
  assert.equal(answer.status, 201);
  return browser;
}
const idOf = async (browser: BrowserClient): Promise<string> => ((await (await browser.json('GET', '/api/me')).json()) as { accountId: string }).accountId;
async function mailsTo(address: string): Promise<{ subject: string; body: string }[]> {
  await city.jobs.drain();
  const { rows } = await sql<{ subject: string; body: string }>`select subject, body from platform.demo_mail
    where recipient = ${address} order by sent_at, id`.execute(city.database.read);
  return rows;
}
const linkIn = (text: string, path: string): string => new RegExp(`${path}([\\w-]{20,})`).exec(text)![1]!;
const status = async (browser: BrowserClient): Promise<number> => (await browser.json('GET', '/api/me')).status;
const journalled = async (accountId: string): Promise<string[]> =>
  (await city.ctx.journal.readStream(city.database.read, `account:${accountId}`)).map(({ kind }) => kind);

describe('an account without a password', () => {
  const begin = (email: string) => city.browser().post('/registrieren/passkey', { givenName: 'Nora', familyName: 'Neu', email, weiter: '/postfach' });

  it('is there only once its owner has opened the mail and made a passkey', async () => {
    assert.match((await begin('nora.neu@beispiel.example')).text, /Sehen Sie in Ihre Mails/);
    const { rows } = await sql`select 1 from identity.account where email = 'nora.neu@beispiel.example'`.execute(city.database.read);
    assert.equal(rows.length, 0);
    const [mail] = await mailsTo('nora.neu@beispiel.example');
    const token = linkIn(mail!.body, '/registrieren/passkey/');
    const browser = city.browser();
    assert.match((await browser.get(`/registrieren/passkey/${token}`)).text, /data-mode="sign-up"[\s\S]*Stattdessen ein Passwort/);
    const key = new SoftwareAuthenticator(city.url);
    const { challenge } = (await (await browser.json('POST', '/api/registrations/passkey/options', { token })).json()) as { challenge: string };
    const made = await browser.json('POST', '/api/registrations/passkey/completion', { token, response: key.register(challenge), label: 'Telefon' });
    assert.equal(made.status, 201, await made.clone().text());
    assert.deepEqual(await made.json(), { next: '/postfach' });
    assert.equal(await status(browser), 200);
    const held = await exportAccount(city.database.read, await idOf(browser));
    assert.deepEqual([held!.profile.emailConfirmed, held!.passwordLogin, held!.passkeys.length], [true, undefined, 1]);
    const other = city.browser();
    const asked = (await (await other.json('POST', '/api/passkeys/assertion-options')).json()) as { challenge: string };
    assert.equal((await other.json('POST', '/api/passkeys/assertion', { response: key.assert(asked.challenge) })).status, 200);
    assert.equal((await city.browser().get(`/registrieren/passkey/${token}`)).status, 409, 'the link is used up');
  });
  it('answers the same when the address has an account, by passkey or password; only its owner’s mail differs', async () => {
    const fresh = await begin('andere@beispiel.example');
    for (const email of ['nora.neu@beispiel.example', 'jan.niedrig@buerger.example']) {
      assert.equal((await begin(email)).text, fresh.text);
      assert.equal((await mailsTo(email)).filter(({ subject }) => /schon ein Servicekonto/.test(subject)).length, 1);
    }
    const registered = await city
      .browser()
      .post('/registrieren', { givenName: 'Nora', familyName: 'Zwei', email: 'nora.neu@beispiel.example', password: 'vier sehr lange Wörter' });
    assert.equal(registered.status, 200);
    assert.equal((await mailsTo('nora.neu@beispiel.example')).filter(({ subject }) => /schon ein Servicekonto/.test(subject)).length, 2);
  });
  it('begins with a password where there is no JavaScript', async () => {
    await begin('ohne@beispiel.example');
    const token = linkIn((await mailsTo('ohne@beispiel.example'))[0]!.body, '/registrieren/passkey/');
    const browser = city.browser();
    assert.equal((await browser.post(`/registrieren/passkey/${token}`, { password: 'kurz' })).status, 422);
    assert.equal((await browser.post(`/registrieren/passkey/${token}`, { password: 'vier sehr lange Wörter' })).url.pathname, '/postfach');
    const again = await city.browser().post('/anmelden', { email: 'ohne@beispiel.example', password: 'vier sehr lange Wörter' });
    assert.equal(again.url.pathname, '/konto');
  });
  it('is not kept from its owner by a stranger’s registration that nobody confirmed', async () => {
    const email = 'begehrt@beispiel.example';
    await city.browser().post('/registrieren', { givenName: 'Fremd', familyName: 'Person', email, password: 'das Passwort des Fremden' });
    await begin(email);
    const mail = (await mailsTo(email)).find(({ body }) => body.includes('/registrieren/passkey/'))!;
    const browser = city.browser();
    await browser.post(`/registrieren/passkey/${linkIn(mail.body, '/registrieren/passkey/')}`, { password: 'mein eigenes langes Wort' });
    assert.equal(await status(browser), 200);
    assert.equal((await city.browser().post('/anmelden', { email, password: 'das Passwort des Fremden' })).status, 401);
  });
  it('the link ends after a day, and refuses wrong passkeys', async () => {
    await begin('spaet@beispiel.example');
    const token = linkIn((await mailsTo('spaet@beispiel.example'))[0]!.body, '/registrieren/passkey/');
    const { challenge } = (await (await city.browser().json('POST', '/api/registrations/passkey/options', { token })).json()) as { challenge: string };
    const weak = new SoftwareAuthenticator(city.url).register(challenge, { userVerified: false });
    assert.equal((await city.browser().json('POST', '/api/registrations/passkey/completion', { token, response: weak })).status, 409);
    city.clock.advance({ hours: 24 });
    assert.equal((await city.browser().json('POST', '/api/registrations/passkey/options', { token })).status, 409);
    await sweepIdentity(city.ctx, city.clock.now());
    const { rows } = await sql`select 1 from identity.signup where email = 'spaet@beispiel.example'`.execute(city.database.read);
    assert.equal(rows.length, 0);
  });
});

describe('recovery codes', () => {
  const made = async (browser: BrowserClient): Promise<string[]> => {
    const page = await browser.post('/konto/sicherheit/codes', {});
    assert.equal(page.status, 201);
    return [...page.text.matchAll(/<code>([^<]+)<\/code>/g)].map((match) => match[1]!);
  };
  it('are ten, shown once, kept only as hashes, and each signs in once, with a notice', async () => {
    const owner = await signedIn('lena.schutz');
    const accountId = await idOf(owner);
    const codes = await made(owner);
    assert.equal(new Set(codes).size, 10);
    const page = (await owner.get('/konto/sicherheit')).text;
    for (const code of codes) assert.ok(!page.includes(code));
    const { rows } = await sql<{ all: string }>`select string_agg(r::text, ' ') as all from identity.recovery_code r`.execute(city.database.read);
    for (const code of codes) assert.ok(!rows[0]!.all.includes(code.replaceAll('-', '')));
    city.clock.advance({ hours: 24 * 7 }); // until they prove as much as a passkey
    const before = (await mailsTo('lena.schutz@buerger.example')).length;
    const browser = city.browser();
    const landed = await browser.post('/anmelden/code', { code: codes[3]!.toLowerCase().replaceAll('-', ' ') });
    assert.equal(landed.url.pathname, '/konto/sicherheit');
    assert.match(landed.text, /Neues Passwort ohne das alte/);
    assert.equal((await mailsTo('lena.schutz@buerger.example')).length, before + 1);
    assert.equal((await city.browser().post('/anmelden/code', { code: codes[3]! })).status, 401);
    assert.equal((await city.browser().json('POST', '/api/session/code', { code: codes[4]! })).status, 201);
    const entries = await city.ctx.journal.readStream(city.database.read, `account:${accountId}`);
    const uses = entries
      .filter(({ payload }) => (payload as { method?: string }).method === 'code')
      .map(({ payload }) => (payload as { codesLeft: number }).codesLeft);
    assert.deepEqual(uses, [9, 8]);
    const again = await made(await signedIn('lena.schutz'));
    assert.equal((await city.browser().post('/anmelden/code', { code: codes[0]! })).status, 200, 'for a week, so that a phished password takes no codes away');
    city.clock.advance({ hours: 24 * 7 });
    assert.equal((await city.browser().post('/anmelden/code', { code: codes[1]! })).status, 401, 'then new codes replace old ones');
    assert.equal((await city.browser().post('/anmelden/code', { code: again[0]! })).status, 200);
  });
  it('and passkeys are changed only shortly after a sign-in: a session left open makes no key of its own', async () => {
    const owner = await signedIn('lena.schutz');
    city.clock.advance({ minutes: 16 });
    const page = await owner.post('/konto/sicherheit/codes', {});
    assert.equal(page.status, 403);
    assert.match(page.text, /melden Sie sich noch einmal an/);
    const tries = [
      owner.json('POST', '/api/account/recovery-codes'),
      owner.json('POST', '/api/passkeys/registration-options'),
      owner.json('DELETE', '/api/account/passkeys/00000000-0000-7000-8000-000000000000'),
    ];
    for (const answer of await Promise.all(tries)) assert.equal(answer.status, 403);
  });
  it('open nothing for hostile input', async () => {
    for (const code of ['', "'; drop table", '0000-0000-0000-0000', 'A'.repeat(5000)])
      assert.equal((await city.browser().post('/anmelden/code', { code })).status, 401);
  });
  it('two at the same moment: one code lets one in', async () => {
    const [code] = await made(await signedIn('lena.schutz'));
    const both = await Promise.all([1, 2].map(() => city.browser().json('POST', '/api/session/code', { code })));
    assert.deepEqual(
      both.map((one) => one.status).toSorted((a, b) => a - b),
      [201, 401],
    );
  });
});

describe('a recovery by mail', () => {
  const EMAIL = 'wiebke.cordes@buerger.example';
  const ask = () => city.browser().post('/passwort-vergessen', { email: EMAIL });
  const recoveryMails = async () => (await mailsTo(EMAIL)).filter(({ subject }) => /wiederherstellen|ist bereit/.test(subject));
  const advance = (hours: number): Promise<number> => {
    city.clock.advance({ hours });
    return advanceRecoveries(city.ctx, city.clock.now());
  };
  before(async () => {
    // a second way in makes mail alone too little
    await settledCodes(DEMO_PASSWORD);
  });
  const settledCodes = async (password: string): Promise<void> => {
    const owner = city.browser();
    await owner.post('/anmelden', { email: EMAIL, password });
    assert.equal((await owner.post('/konto/sicherheit/codes', {})).status, 201);
    city.clock.advance({ hours: 24 * 7 });
  };

  it('waits three days, tells every channel at start and half-way, and opens once; only then do other sessions end', async () => {
    told.length = 0;
    const plain = await city.browser().post('/passwort-vergessen', { email: 'niemand@buerger.example' });
    const asked = await ask();
    assert.equal(asked.text.replaceAll('wiebke.cordes', 'niemand'), plain.text, 'the page does not tell which way was taken');
    assert.equal((await recoveryMails()).length, 1);
    assert.equal((await mailsTo(EMAIL)).filter(({ body }) => body.includes('/passwort-neu/')).length, 0, 'no link that opens at once');
    await ask();
    assert.equal((await recoveryMails()).length, 1, 'asking again changes nothing');
    assert.equal(await advance(35), 0);
    assert.equal(await advance(1), 1);
    assert.equal(await advanceRecoveries(city.ctx, city.clock.now()), 0, 'once');
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['recovery', 'recovery'],
    );
    assert.equal(await advance(35), 0);
    assert.equal((await recoveryMails()).length, 2);
    assert.equal(await advance(1), 1);
    const last = (await recoveryMails()).find(({ subject }) => subject.includes('ist bereit'))!;
    const token = linkIn(last.body, '/konto-wiederherstellen/');
    const browser = city.browser();
    assert.match((await browser.get(`/konto-wiederherstellen/${token}`)).text, /Konto öffnen/);
    const opened = await browser.post(`/konto-wiederherstellen/${token}`, {});
    assert.equal(opened.url.pathname, '/konto/sicherheit');
    assert.equal((await city.browser().post(`/konto-wiederherstellen/${token}`, {})).status, 409, 'once');
    assert.equal((await browser.post('/konto/sicherheit/passwort', { password: 'ein ganz neues langes Wort' })).status, 200);
    assert.equal((await city.browser().post('/anmelden', { email: EMAIL, password: 'ein ganz neues langes Wort' })).status, 200);
    const kinds = await journalled(await idOf(browser));
    for (const kind of ['identity.recovery-asked', 'identity.recovery-ready', 'identity.password-changed']) assert.ok(kinds.includes(kind), kind);
  });
  it('ends with a sign-in by a way that was there a week before', async () => {
    await settledCodes('ein ganz neues langes Wort');
    await ask();
    const browser = city.browser();
    await browser.post('/anmelden', { email: EMAIL, password: 'ein ganz neues langes Wort' });
    assert.equal(await advance(72), 0);
    assert.equal(((await (await browser.json('GET', '/api/me')).json()) as { kind?: string }).kind, undefined, 'the session itself is long over');
  });
  it('ends with the link of a notice, which does nothing by being opened', async () => {
    await recoveryMails(); // what was sent before is read before
    city.clock.advance({ minutes: 1 });
    await ask();
    const mail = (await recoveryMails()).at(-1)!;
    const link = `/konto-wiederherstellen/abbrechen/${linkIn(mail.body, '/konto-wiederherstellen/abbrechen/')}`;
    assert.match((await city.browser().get(link)).text, /Wiederherstellung abbrechen/);
    const { rows } = await sql`select 1 from identity.recovery where ended_at is null`.execute(city.database.read);
    assert.equal(rows.length, 1);
    assert.match((await city.browser().post(link, {})).text, /Abgebrochen/);
    assert.equal((await city.browser().post(link, {})).status, 409);
    assert.equal(await advance(72), 0);
  });
  it('that nobody takes up is over after its time', async () => {
    await ask();
    assert.equal(await advance(144), 1);
    const { rows } = await sql<{ outcome: string }>`select outcome from identity.recovery order by asked_at desc limit 1`.execute(city.database.read);
    assert.equal(rows[0]!.outcome, 'expired');
  });
  it('where mail and password are all there is, mail opens at once as before', async () => {
    await city.browser().post('/passwort-vergessen', { email: 'jan.niedrig@buerger.example' });
    assert.ok((await mailsTo('jan.niedrig@buerger.example')).some(({ body }) => body.includes('/passwort-neu/')));
  });
});

describe('ways in', () => {
  it('the last one is never removed, not even by two at once', async () => {
    const email = 'zwei.schluessel@beispiel.example';
    await city.browser().post('/registrieren/passkey', { givenName: 'Zwei', familyName: 'Schlüssel', email });
    const token = linkIn((await mailsTo(email))[0]!.body, '/registrieren/passkey/');
    const browser = city.browser();
    const first = (await (await browser.json('POST', '/api/registrations/passkey/options', { token })).json()) as { challenge: string };
    await browser.json('POST', '/api/registrations/passkey/completion', { token, response: new SoftwareAuthenticator(city.url).register(first.challenge) });
    const second = (await (await browser.json('POST', '/api/passkeys/registration-options')).json()) as { challenge: string };
    await browser.json('POST', '/api/passkeys/registration', { response: new SoftwareAuthenticator(city.url).register(second.challenge), label: 'Zweiter' });
    const keys = (await (await browser.json('GET', '/api/account/passkeys')).json()) as { id: string }[];
    assert.equal(keys.length, 2);
    const removed = await Promise.all(keys.map(({ id }) => browser.json('DELETE', `/api/account/passkeys/${id}`)));
    assert.deepEqual(
      removed.map((one) => one.status).toSorted((a, b) => a - b),
      [200, 409],
    );
    const left = ((await (await browser.json('GET', '/api/account/passkeys')).json()) as { id: string }[])[0]!;
    const refused = await browser.post(`/konto/passkeys/${left.id}/entfernen`, {});
    assert.match(refused.text, /der letzte Weg in Ihr Konto/);
  });
  it('the Online-Ausweis leads back, and then sets a password without the old one; with a password alone that is refused', async () => {
    const browser = await signedIn('lena.schutz');
    assert.equal((await browser.post('/konto/sicherheit/passwort', { password: 'ein ganz neues langes Wort' })).status, 403);
    await signInAtProvider(browser, 'eid', 'demo-bpk-lena.schutz', '/konto/sicherheit');
    assert.equal((await browser.post('/konto/sicherheit/passwort', { password: 'ein ganz neues langes Wort' })).status, 403, 'the card is new here');
    city.clock.advance({ hours: 24 * 7 });
    const here = await signedIn('lena.schutz');
    const back = city.browser();
    await signInAtProvider(back, 'eid', 'demo-bpk-lena.schutz', '/konto/sicherheit');
    assert.equal(await idOf(back), await idOf(here));
    assert.equal((await back.post('/konto/sicherheit/passwort', { password: 'ein ganz neues langes Wort' })).status, 200);
    assert.equal(await status(here), 401, 'all other sessions end');
    assert.equal((await city.browser().post('/anmelden', { email: 'lena.schutz@buerger.example', password: 'ein ganz neues langes Wort' })).status, 200);
    city.clock.advance({ minutes: 16 });
    assert.equal((await back.post('/konto/sicherheit/passwort', { password: 'noch ein anderes langes Wort' })).status, 403, 'not fresh any more');
  });
});

describe('devices', () => {
  it('are listed by kind, without a place; others end together; a new kind is told without content', async () => {
    const here = await signedIn('jan.niedrig', FIREFOX);
    const before = (await mailsTo('jan.niedrig@buerger.example')).length;
    const again = await signedIn('jan.niedrig', FIREFOX.replaceAll('145', '146'));
    assert.equal((await mailsTo('jan.niedrig@buerger.example')).length, before, 'an update is no new device');
    const there = await signedIn('jan.niedrig', IPHONE);
    const mail = (await mailsTo('jan.niedrig@buerger.example')).slice(before);
    assert.equal(mail.length, 1);
    assert.doesNotMatch(mail[0]!.subject + mail[0]!.body, /iPhone|Safari|Jan|Niedrig/);
    const page = (await here.get('/konto/sicherheit')).text;
    assert.match(page, /Firefox, Windows[\s\S]*dieses Gerät/);
    assert.match(page, /Safari, iPhone/);
    assert.match(page, /Den Ort kennen wir nicht/);
    assert.equal((await here.post('/konto/sitzungen/andere-beenden', {})).status, 200);
    assert.deepEqual([await status(here), await status(again), await status(there)], [200, 401, 401]);
  });
});

describe('no employee opens an account', () => {
  it('no route changes anything of somebody’s ways in for staff, whatever their role', async () => {
    const katharina = await signedIn('katharina.petersen');
    const accountId = await idOf(katharina);
    const own = (await (await katharina.json('GET', '/api/sessions')).json()) as { id: string }[];
    const snapshot = async (): Promise<unknown[]> => {
      const rows = [];
      for (const table of ['password_login', 'passkey', 'eid_link', 'recovery_code', 'recovery', 'mail_link'])
        rows.push((await sql`select * from ${sql.table(`identity.${table}`)} order by 1, 2`.execute(city.database.read)).rows);
      rows.push((await sql`select id, email, email_confirmed_at from identity.account order by id`.execute(city.database.read)).rows);
      return rows;
    };
    const before = await snapshot();
    let tried = 0;
    for (const person of ['birgit.leitner', 'arne.admin', 'rita.revision', 'lotte.lotse']) {
      const staff = city.browser();
      await signInAtProvider(staff, 'beschaeftigte', `demo-staff-${person}`);
      assert.equal(await status(staff), 200);
      const body = {
        accountId,
        id: accountId,
        email: 'anders@behoerde.example',
        password: 'das Wort der Behörde',
        newPassword: 'das Wort der Behörde',
        oldPassword: DEMO_PASSWORD,
      };
      for (const { kind, method, path, access } of city.routes) {
        // what anybody may ask for without signing in is tested above: it waits or goes to the owner's mail
        if (access === 'public') continue;
        for (const value of [accountId, own[0]!.id]) {
          const target = path.replace(/:\w+/g, value);
          tried += 1;
          if (kind === 'page' && method === 'post') await staff.post(target, body);
          if (kind === 'api' && method !== 'get') await staff.json(method.toUpperCase(), target, body);
        }
      }
    }
    assert.ok(tried >= 200, `only ${tried} tries`);
    assert.deepEqual(await snapshot(), before);
    assert.equal(await status(katharina), 200);
  });
});
