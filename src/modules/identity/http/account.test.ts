import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { putFile } from '../../../platform/files/files.ts';
import { verifyJournal } from '../../../platform/journal/journal.ts';
import { newId } from '../../../kernel/id.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { BrowserClient } from '../../../../test/support/browser-client.ts';
import { identityCity, signInAtProvider, type IdentityCity } from '../../../../test/support/identity-city.ts';
import { deliver } from '../application/deliver.ts';
import { insertMandate } from '../store/mandates.ts';
import { DEMO_PASSWORD } from '../domain/demo-people.ts';
import { accountProfile, exportAccount, staffDirectory, substitutedBy } from '../public.ts';

let city: IdentityCity;
let openCases = 0;
before(async () => {
  city = await identityCity({ openCases: async () => openCases, otherHoldings: async (accountId) => ({ cases: [{ accountId }] }) });
});
after(() => city.close());

async function signedIn(name: string): Promise<BrowserClient> {
  const browser = city.browser();
  await browser.post('/anmelden', { email: `${name}@buerger.example`, password: DEMO_PASSWORD });
  return browser;
}
const me = async (browser: BrowserClient): Promise<Record<string, string>> => (await browser.json('GET', '/api/me')).json() as Promise<Record<string, string>>;
const PDF = Buffer.from('%PDF-1.7 a Bescheid');
const said = (text: string) => ({ de: text, en: `${text} (en)`, leicht: `${text} (leicht)` });

function send(accountId: string, key: string, at = city.clock.now()) {
  return city.database.write(async (tx) => {
    const sha256 = await putFile(tx, PDF, 'application/pdf');
    const message = {
      accountId,
      caseId: newId(at.epochMilliseconds),
      key,
      subject: said(`Bescheid ${key}`),
      body: [said('Er liegt bei.')],
      documents: [{ name: 'Bescheid.pdf', sha256, mediaType: 'application/pdf' }],
    };
    return deliver(city.ctx, tx, { kind: 'system', job: 'test' }, message, at);
  });
}

it('§ 14 VwVfG: while acting for somebody, the Online-Ausweis joins the own account, and the acting goes on', async () => {
  const [holder, browser] = [await signedIn('wiebke.cordes'), await signedIn('lena.schutz')];
  const [holderId, agentId] = [(await me(holder))['accountId']!, (await me(browser))['accountId']!];
  const now = city.clock.now();
  const id = newId(now.epochMilliseconds);
  const terms = {
    services: null,
    receives: false,
    writes: true,
    trust: 'hoch',
    validFrom: legalDay(now),
    validUntil: null,
    grantedAt: now,
    grantedBy: holderId,
  } as const;
  await city.database.write((tx) => insertMandate(tx, { id, kind: 'vollmacht', holderId, agentId, role: null, ...terms }));
  assert.equal((await browser.json('PUT', '/api/session/acting-for', { mandateId: id })).status, 200);
  await signInAtProvider(browser, 'eid', 'demo-bpk-lena.schutz');
  const { rows } = await sql<{ account: string }>`select account_id as account from identity.eid_link where subject = 'demo-bpk-lena.schutz'`.execute(
    city.database.read,
  );
  assert.deepEqual(
    rows.map(({ account }) => account),
    [agentId],
  );
  const raised = (await me(browser)) as unknown as { accountId: string; trust: string; actingFor: { accountId: string } };
  assert.deepEqual([raised.accountId, raised.trust, raised.actingFor.accountId], [agentId, 'substanziell', holderId]);
});

describe('Postfach', () => {
  it('delivers once under a key, with a mail that says nothing', async () => {
    const browser = await signedIn('katharina.petersen');
    const { accountId } = await me(browser);
    const first = await send(accountId!, 'k-once');
    const second = await send(accountId!, 'k-once', city.clock.now().add({ hours: 3 }));
    assert.deepEqual([first.isNew, first.noticeSent, second.isNew], [true, true, false]);
    assert.equal(second.messageId, first.messageId);
    assert.ok(second.deliveredAt.equals(first.deliveredAt), 'the Bereitstellung is the first one');
    await city.jobs.drain();
    const { rows } = await sql<{ recipient: string; subject: string; body: string }>`select recipient, subject, body from platform.demo_mail`.execute(
      city.database.read,
    );
    const notices = rows.filter((mail) => mail.recipient === 'katharina.petersen@buerger.example');
    assert.equal(notices.length, 1);
    assert.match(notices[0]!.body, /in Ihrem Postfach liegt eine neue Nachricht/);
    assert.doesNotMatch(notices[0]!.subject + notices[0]!.body, /Bescheid|Katharina|Petersen/);
  });
  it('lists, opens once, and hands out the document; both times are kept and journalled', async () => {
    const browser = await signedIn('wiebke.cordes');
    const { accountId } = await me(browser);
    const { messageId } = await send(accountId!, 'k-open');
    assert.equal((await me(browser))['unread'], 1);
    assert.match((await browser.get('/postfach')).text, /Bescheid k-open[\s\S]*neu/);
    city.clock.advance({ minutes: 10 });
    const page = await browser.get(`/postfach/${messageId}`);
    assert.match(page.text, /Er liegt bei/);
    const openedAt = city.clock.now();
    city.clock.advance({ minutes: 10 });
    await browser.get(`/postfach/${messageId}`);
    const file = await browser.raw(`/postfach/${messageId}/anlagen/0`);
    assert.equal(file.headers.get('content-type'), 'application/pdf');
    assert.match(file.headers.get('content-disposition')!, /attachment; filename="Bescheid.pdf"/);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), PDF);
    const held = await exportAccount(city.database.read, accountId!);
    assert.ok(held?.messages[0]?.openedAt?.equals(openedAt));
    assert.ok(held?.messages[0]?.documents[0]?.retrievedAt?.equals(city.clock.now()));
    assert.equal((await me(browser))['unread'], 0);
    const entries = await city.ctx.journal.readStream(city.database.read, `account:${accountId}`);
    for (const kind of ['identity.mailbox-delivered', 'identity.mailbox-opened', 'identity.document-retrieved'])
      assert.equal(entries.filter((one) => one.kind === kind).length, 1, kind);
  });
  it('belongs to its owner alone', async () => {
    const owner = await signedIn('wiebke.cordes');
    const { messageId } = await send((await me(owner))['accountId']!, 'k-own');
    const other = await signedIn('lena.schutz');
    for (const path of [`/postfach/${messageId}`, `/postfach/${messageId}/anlagen/0`, `/api/mailbox/${messageId}`, `/api/mailbox/${messageId}/documents/0`]) {
      assert.equal((await other.raw(path)).status, 404, path);
      assert.notEqual((await city.browser().raw(path)).status, 200, path);
    }
    for (const path of [
      '/postfach/x',
      `/postfach/${messageId}/anlagen/9`,
      `/postfach/${messageId}/anlagen/-1`,
      `/postfach/${messageId}/anlagen/1e9`,
      '/postfach/%00',
    ]) {
      assert.equal((await owner.raw(path)).status, 404, path);
    }
    const staff = city.browser();
    await signInAtProvider(staff, 'beschaeftigte', 'demo-staff-anke.altmann');
    assert.equal((await staff.raw(`/postfach/${messageId}`)).status, 403);
    const unopened = await exportAccount(city.database.read, (await me(owner))['accountId']!);
    assert.equal(unopened?.messages.find((one) => one.id === messageId)?.openedAt, undefined, 'no stranger opened it');
  });
  it('pages by cursor, newest first, each message once', async () => {
    const browser = await signedIn('yusuf.oezkan');
    const { accountId } = await me(browser);
    for (let i = 0; i < 7; i++) await send(accountId!, `k-page-${i}`, city.clock.now().add({ seconds: i }));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = (await (await browser.json('GET', `/api/mailbox?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`)).json()) as {
        items: { subject: { de: string } }[];
        next: string | null;
      };
      seen.push(...page.items.map((item) => item.subject.de));
      cursor = page.next;
    } while (cursor !== null);
    assert.deepEqual(
      seen,
      [6, 5, 4, 3, 2, 1, 0].map((i) => `Bescheid k-page-${i}`),
    );
    assert.equal((await browser.json('GET', '/api/mailbox?cursor=bm9uc2Vuc2U')).status, 422);
  });
  it('shows text of others as text', async () => {
    const browser = await signedIn('finn.behrens');
    const { accountId } = await me(browser);
    const { messageId } = await city.database.write((tx) =>
      deliver(
        city.ctx,
        tx,
        { kind: 'system', job: 'test' },
        {
          accountId: accountId!,
          caseId: accountId!,
          key: 'k-xss',
          subject: said('<script>alert(1)</script>'),
          body: [said('"><img src=x onerror=alert(1)>')],
          documents: [],
        },
        city.clock.now(),
      ),
    );
    const page = await browser.get(`/postfach/${messageId}`);
    assert.doesNotMatch(page.text, /<script>|<img/);
  });
});

describe('account', () => {
  it('keeps what the person says with its source, and what is wrong at its field', async () => {
    const browser = await signedIn('jan.niedrig');
    const fields = {
      givenName: 'Jan Ole',
      familyName: 'Niedrig',
      birthDate: '1.7.1996',
      street: 'Musterberg',
      houseNumber: '7',
      postcode: '20144',
      place: 'Hamburg',
    };
    const wrong = await browser.post('/konto', { ...fields, postcode: '123' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Eine Postleitzahl hat fünf Ziffern/);
    assert.match(wrong.text, /value="Jan Ole"/);
    assert.equal((await browser.post('/konto', fields)).status, 200);
    const profile = await accountProfile(city.database.read, (await me(browser))['accountId']!);
    assert.deepEqual([profile?.givenName, profile?.address?.houseNumber, profile?.sources.address], ['Jan Ole', '7', 'konto']);
  });
  it('does not let a form overwrite what the Online-Ausweis proved', async () => {
    const browser = city.browser();
    await signInAtProvider(browser, 'eid', 'demo-bpk-lena.schutz');
    await browser.post('/konto', {
      givenName: 'Mallory',
      familyName: 'Evil',
      birthDate: '1.1.2000',
      street: 'Weg',
      houseNumber: '1',
      postcode: '12345',
      place: 'Berlin',
    });
    const profile = await accountProfile(city.database.read, (await me(browser))['accountId']!);
    assert.deepEqual(
      [profile?.givenName, profile?.familyName, profile?.birthDate?.toString(), profile?.address?.place],
      ['Lena', 'Schutz', '1979-02-28', 'Hamburg'],
    );
    assert.equal(profile?.provenTrust, 'substanziell');
  });
  it('of an Online-Ausweis gets an e-mail for notices by a link that only its owner can use', async () => {
    const browser = city.browser();
    await signInAtProvider(browser, 'eid', 'demo-bpk-yusuf.oezkan');
    const { accountId } = await me(browser);
    assert.equal((await send(accountId!, 'k-no-mail')).noticeSent, false);
    assert.equal((await browser.post('/konto/email', { email: 'keine' })).status, 422);
    assert.match((await browser.post('/konto/email', { email: 'Neu@buerger.example' })).text, /Öffnen Sie den Link darin/);
    await city.jobs.drain();
    const { rows } = await sql<{ body: string }>`select body from platform.demo_mail where recipient = 'neu@buerger.example'`.execute(city.database.read);
    const path = new URL(/http:\S+\/konto\/email\/\S+/.exec(rows[0]!.body)![0]).pathname;
    const stranger = await signedIn('lena.schutz');
    assert.equal((await stranger.post(path, {})).status, 409);
    assert.match((await browser.get(path)).text, /bestätigen/);
    assert.equal((await send(accountId!, 'k-unconfirmed')).noticeSent, false, 'looking at the page confirms nothing');
    assert.equal((await browser.post(path, {})).status, 200);
    assert.equal((await browser.post(path, {})).status, 409);
    assert.equal((await send(accountId!, 'k-mail')).noticeSent, true);
    assert.equal((await stranger.post('/konto/email', { email: 'x@buerger.example' })).status, 409, 'not where the e-mail signs in');
  });
  it('lists sessions and ends them, one’s own only', async () => {
    const here = await signedIn('jan.niedrig');
    const there = await signedIn('jan.niedrig');
    const page = await here.get('/konto/sicherheit');
    assert.match(page.text, /dieses Gerät/);
    const ids = [...page.text.matchAll(/\/konto\/sitzungen\/([0-9a-f-]{36})\/beenden/g)].map((match) => match[1]!);
    const stranger = await signedIn('lena.schutz');
    for (const id of ids) assert.equal((await stranger.post(`/konto/sitzungen/${id}/beenden`, {})).status, 404);
    assert.equal((await there.json('GET', '/api/me')).status, 200);
    for (const id of ids) await here.post(`/konto/sitzungen/${id}/beenden`, {});
    assert.equal((await there.json('GET', '/api/me')).status, 401);
    assert.equal((await here.json('GET', '/api/me')).status, 200);
  });
  it('ends a session after eight idle hours and writes last-seen at most once a minute', async () => {
    const browser = await signedIn('jan.niedrig');
    const seen = async (): Promise<string> => {
      const held = await exportAccount(city.database.read, (await me(browser))['accountId']!);
      return held!.sessions
        .map((one) => one.lastSeenAt.toString())
        .sort()
        .at(-1)!;
    };
    const born = await seen();
    city.clock.advance({ seconds: 59 });
    assert.equal(await seen(), born);
    city.clock.advance({ seconds: 1 });
    assert.notEqual(await seen(), born);
    city.clock.advance({ hours: 8 });
    assert.equal((await browser.json('GET', '/api/me')).status, 401);
  });
  it('gives out everything held, other modules’ part included, and no secrets', async () => {
    const browser = await signedIn('katharina.petersen');
    const file = await browser.raw('/konto/daten');
    const text = await file.text();
    const all = JSON.parse(text) as { account: { profile: { email: string }; messages: unknown[] }; cases: unknown[] };
    assert.equal(all.account.profile.email, 'katharina.petersen@buerger.example');
    assert.ok(all.account.messages.length >= 1);
    assert.equal(all.cases.length, 1);
    assert.doesNotMatch(text, /argon2|token|\$v=19/i);
  });
  it('is deleted only on the word, not while a case runs, and then whole', async () => {
    const browser = await signedIn('finn.behrens');
    const { accountId } = await me(browser);
    assert.equal((await browser.post('/konto/loeschen', { confirmation: 'ja' })).status, 422);
    openCases = 1;
    const running = await browser.post('/konto/loeschen', { confirmation: 'löschen' });
    assert.equal(running.status, 409);
    assert.match(running.text, /läuft noch ein Verfahren/);
    openCases = 0;
    const gone = await browser.post('/konto/loeschen', { confirmation: ' Löschen ' });
    assert.match(gone.text, /Ihr Konto ist gelöscht/);
    assert.match(gone.text, /niemand/);
    assert.equal((await browser.json('GET', '/api/me')).status, 401);
    assert.equal(await accountProfile(city.database.read, accountId!), undefined);
    const again = await city.browser().post('/anmelden', { email: 'finn.behrens@buerger.example', password: DEMO_PASSWORD });
    assert.equal(again.status, 401);
    await assert.rejects(send(accountId!, 'k-late'), /no account/);
  });
});

describe('staff', () => {
  const altona: BrowserClient[] = [];
  before(async () => {
    for (const name of ['anke.altmann', 'malte.fischer', 'nora.nordmann', 'birgit.leitner']) {
      const browser = city.browser();
      await signInAtProvider(browser, 'beschaeftigte', `demo-staff-${name}`);
      altona.push(browser);
    }
  });
  it('appear in the directory of their authority after the first sign-in', async () => {
    const found = await staffDirectory(city.database.read, 'bezirksamt-altona');
    assert.ok(['Anke Altmann', 'Birgit Leitner', 'Malte Fischer'].every((name) => found.some((one) => one.name === name)));
    assert.ok(!found.some((one) => one.name === 'Nora Nordmann'));
  });
  it('set a Vertretung within their authority, for days to come, and end it', async () => {
    const [anke, malte, nora] = altona as [BrowserClient, BrowserClient, BrowserClient];
    const [ankeId, malteId, noraId] = await Promise.all([anke, malte, nora].map(async (one) => (await me(one))['staffId']!));
    const set = (substituteId: string, from: string, until: string) => anke.post('/konto/vertretung', { substituteId, from, until });
    assert.equal((await set(noraId!, '01.12.2027', '05.12.2027')).status, 422);
    assert.equal((await set(ankeId!, '01.12.2027', '05.12.2027')).status, 422);
    assert.equal((await set(malteId!, '05.12.2027', '01.12.2027')).status, 422);
    assert.equal((await set(malteId!, '01.12.2020', '05.12.2020')).status, 422);
    assert.equal((await set('nonsense', '', '')).status, 422);
    assert.equal((await set(malteId!, '01.12.2027', '05.12.2027')).status, 200);
    const on = (text: string) => substitutedBy(city.database.read, malteId!, Temporal.PlainDate.from(text));
    assert.deepEqual([await on('2027-11-30'), await on('2027-12-01'), await on('2027-12-05'), await on('2027-12-06')], [[], [ankeId], [ankeId], []]);
    assert.equal((await anke.post('/konto/vertretung/beenden', {})).status, 200);
    assert.deepEqual(await on('2027-12-01'), []);
  });
  it('have no Servicekonto pages, and citizens no Vertretung', async () => {
    assert.equal((await altona[0]!.raw('/konto/daten')).status, 403);
    const citizen = await signedIn('lena.schutz');
    assert.equal((await citizen.post('/konto/vertretung', { substituteId: 'x' })).status, 403);
  });
});

describe('journal', () => {
  it('is whole and holds no personal data', async () => {
    assert.equal((await verifyJournal(city.database.read)).broken, undefined);
    const written = JSON.stringify(await city.ctx.journal.readAfter(city.database.read, 0)) + JSON.stringify(city.log.lines);
    assert.doesNotMatch(written, /@buerger|@behoerde|Katharina|Petersen|Altmann|Beispielstra|demo-bpk/);
  });
});
