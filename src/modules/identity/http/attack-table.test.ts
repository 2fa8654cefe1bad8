import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { BrowserClient } from '../../../../test/support/browser-client.ts';
import { identityCity, type IdentityCity } from '../../../../test/support/identity-city.ts';
import { SoftwareAuthenticator } from '../../../../test/support/software-authenticator.ts';
import { advanceRecoveries } from '../application/recovery.ts';

/*
 * Who prevails over whom (ADR 63): the attacker holds one thing, the owner another, and the outcome must hold. Each row
 * is an account of its own.
 */
let city: IdentityCity;
before(async () => {
  city = await identityCity();
});
after(() => city.close());

/** Whom the attacker gives a Vollmacht to: an account of their own. */
let accomplice: Account | undefined;

const FIRST = 'vier sehr lange Wörter';
const EVIL = 'das Wort des Angreifers';
const OWN = 'mein ganz neues langes Wort';
let count = 0;

/** One account with what its people try on it. */
class Account {
  readonly email = `tafel${(count += 1)}@beispiel.example`;

  /** Begins it behind the mail's link. @returns its owner, signed in */
  async begin(key?: SoftwareAuthenticator): Promise<BrowserClient> {
    const browser = city.browser();
    await browser.post('/registrieren/passkey', { givenName: 'Owe', familyName: 'Eigen', email: this.email });
    const token = await this.linkTo('/registrieren/passkey/');
    if (key === undefined) {
      await browser.post(`/registrieren/passkey/${token}`, { password: FIRST });
    } else {
      const { challenge } = (await (await browser.json('POST', '/api/registrations/passkey/options', { token })).json()) as { challenge: string };
      await browser.json('POST', '/api/registrations/passkey/completion', { token, response: key.register(challenge) });
    }
    assert.equal(await opens(browser), true);
    return browser;
  }

  async enter(password: string): Promise<BrowserClient | undefined> {
    const browser = city.browser();
    const answer = await browser.json('POST', '/api/session', { email: this.email, password });
    return answer.status === 201 ? browser : undefined;
  }

  /** Asks by mail and says what follows. */
  async ask(): Promise<'opens at once' | 'waits'> {
    city.clock.advance({ hours: 1 });
    assert.equal((await city.browser().json('POST', '/api/password-resets', { email: this.email })).status, 202);
    const { rows } = await sql`select 1 from identity.mail_link where email = ${this.email} and purpose = 'reset-password'`.execute(city.database.read);
    assert.notEqual(rows.length > 0, await this.runs());
    return rows.length > 0 ? 'opens at once' : 'waits';
  }

  async reset(password: string): Promise<BrowserClient> {
    const browser = city.browser();
    const done = await browser.json('POST', '/api/password-resets/confirmation', { token: await this.linkTo('/passwort-neu/'), password });
    assert.equal(done.status, 201, await done.text());
    return browser;
  }

  /** Lets the wait pass. @returns who opened the account, if the recovery still ran */
  async waited(): Promise<BrowserClient | undefined> {
    city.clock.advance({ hours: 72 });
    await advanceRecoveries(city.ctx, city.clock.now());
    const mail = (await this.mails()).findLast(({ body }) => /\/konto-wiederherstellen\/[\w-]{20,}/.test(body));
    const token = mail && /\/konto-wiederherstellen\/([\w-]{20,})/.exec(mail.body)?.[1];
    const browser = city.browser();
    const opened = token && (await browser.json('POST', '/api/recoveries/completion', { token }));
    return opened && opened.status === 201 ? browser : undefined;
  }

  async runs(): Promise<boolean> {
    const { rows } = await sql`select 1 from identity.recovery where email = ${this.email} and ended_at is null`.execute(city.database.read);
    return rows.length > 0;
  }

  async mails(): Promise<{ body: string }[]> {
    await city.jobs.drain();
    return (await sql<{ body: string }>`select body from platform.demo_mail where recipient = ${this.email} order by sent_at, id`.execute(city.database.read))
      .rows;
  }

  async linkTo(path: string): Promise<string> {
    const mail = (await this.mails()).findLast(({ body }) => body.includes(path));
    return new RegExp(`${path}([\\w-]{20,})`).exec(mail!.body)![1]!;
  }
}

const opens = async (browser: BrowserClient): Promise<boolean> => (await browser.json('GET', '/api/me')).status === 200;
const days = (n: number): void => city.clock.advance({ hours: 24 * n });
const setPassword = (browser: BrowserClient, password: string): Promise<Response> => browser.json('PUT', '/api/account/password/replacement', { password });

async function addKey(browser: BrowserClient, key = new SoftwareAuthenticator(city.url)): Promise<SoftwareAuthenticator | undefined> {
  const asked = await browser.json('POST', '/api/passkeys/registration-options');
  if (asked.status !== 200) return undefined;
  const { challenge } = (await asked.json()) as { challenge: string };
  const kept = await browser.json('POST', '/api/passkeys/registration', { response: key.register(challenge), label: '' });
  return kept.status === 201 ? key : undefined;
}

async function enterWith(key: SoftwareAuthenticator): Promise<BrowserClient | undefined> {
  const browser = city.browser();
  const { challenge } = (await (await browser.json('POST', '/api/passkeys/assertion-options')).json()) as { challenge: string };
  return (await browser.json('POST', '/api/passkeys/assertion', { response: key.assert(challenge) })).status === 200 ? browser : undefined;
}

async function makeCodes(browser: BrowserClient): Promise<string[]> {
  const made = await browser.json('POST', '/api/account/recovery-codes');
  return made.status === 201 ? ((await made.json()) as { codes: string[] }).codes : [];
}

async function enterByCode(code: string): Promise<BrowserClient | undefined> {
  const browser = city.browser();
  return (await browser.json('POST', '/api/session/code', { code })).status === 201 ? browser : undefined;
}

async function removeKeys(browser: BrowserClient): Promise<number[]> {
  const keys = (await (await browser.json('GET', '/api/account/passkeys')).json()) as { id: string }[];
  const answers = [];
  for (const { id } of keys) answers.push((await browser.json('DELETE', `/api/account/passkeys/${id}`)).status);
  return answers;
}

/** What somebody does who is in with the password: plant ways of their own, take away others, lock the owner out. */
async function plant(account: Account, password: string) {
  const inside = (await account.enter(password))!;
  const removed = await removeKeys(inside);
  const [key, codes] = [(await addKey(inside))!, await makeCodes(inside)];
  const agent = await giveVollmacht(inside);
  assert.equal((await inside.json('PUT', '/api/account/password', { oldPassword: password, newPassword: EVIL })).status, 200);
  return { inside, key, codes, removed, agent };
}

/** Gives a Vollmacht to the accomplice, and leaves the link of another one open. */
async function giveVollmacht(inside: BrowserClient): Promise<{ readonly browser: BrowserClient; readonly mandateId: string }> {
  if (accomplice === undefined) {
    accomplice = new Account();
    await accomplice.begin();
  }
  const offer = { email: accomplice.email, services: null, receives: true };
  assert.equal((await inside.json('POST', '/api/account/mandates/offers', offer)).status, 202);
  const browser = (await accomplice.enter(FIRST))!;
  const answer = await browser.json('POST', `/api/account/mandates/links/${await accomplice.linkTo('/vertretung/link/')}`, { accept: true });
  const { mandateId } = (await answer.json()) as { mandateId: string };
  assert.equal((await inside.json('POST', '/api/account/mandates/offers', offer)).status, 202);
  return { browser, mandateId };
}

const acts = async ({ browser, mandateId }: Awaited<ReturnType<typeof giveVollmacht>>): Promise<boolean> =>
  (await browser.json('PUT', '/api/session/acting-for', { mandateId })).status === 200;

/** Every way that was planted is dead. */
async function assertShutOut(account: Account, { inside, key, codes, agent }: Awaited<ReturnType<typeof plant>>): Promise<void> {
  assert.equal(await opens(inside), false, 'the session');
  assert.equal(await account.enter(EVIL), undefined, 'the password');
  assert.equal(await enterWith(key), undefined, 'the passkey');
  for (const code of codes.slice(1)) assert.equal(await enterByCode(code), undefined, 'the codes');
  const accompliceNow = (await accomplice!.enter(FIRST))!;
  assert.equal(await acts({ ...agent, browser: accompliceNow }), false, 'the Vollmacht');
  const open = await accompliceNow.json('POST', `/api/account/mandates/links/${await accomplice!.linkTo('/vertretung/link/')}`, { accept: true });
  assert.equal(open.status, 409, 'the link of another Vollmacht');
}

describe('attacker holds the password', () => {
  it('owner holds the mailbox: mail opens at once, and everything planted ends', async () => {
    const account = new Account();
    await account.begin();
    days(30);
    const evil = await plant(account, FIRST);
    assert.equal(await acts(evil.agent), true);
    days(2);
    assert.equal(await account.ask(), 'opens at once');
    const owner = await account.reset(OWN);
    await assertShutOut(account, evil);
    assert.equal(await opens(owner), true);
    assert.ok(
      (await account.mails()).some(({ body }) => body.includes('gelten nicht mehr')),
      'the owner is told what ended',
    );
    const id = ((await (await owner.json('GET', '/api/me')).json()) as { accountId: string }).accountId;
    const entries = await city.ctx.journal.readStream(city.database.read, `account:${id}`);
    const { ended } = entries.findLast(({ kind }) => kind === 'identity.password-changed')!.payload as {
      ended: Record<'passkeys' | 'mandates', string[]> & Record<'codes' | 'offers', number>;
    };
    assert.deepEqual([ended.passkeys.length, ended.codes, ended.mandates, ended.offers], [1, 10, [evil.agent.mandateId], 1]);
  });

  it('owner holds the mailbox, and has lost an old passkey: mail waits, no planted way ends the wait, and then all of them end', async () => {
    const account = new Account();
    const lost = await addKey(await account.begin());
    days(30);
    const evil = await plant(account, FIRST);
    assert.deepEqual(evil.removed, [403], 'the old passkey is not the password’s to remove');
    days(1);
    assert.equal(await account.ask(), 'waits');
    for (const inside of [await account.enter(EVIL), await enterWith(evil.key), await enterByCode(evil.codes[0]!)]) {
      assert.equal((await inside!.json('DELETE', '/api/account/recovery')).status, 403);
      assert.notEqual(await addKey(inside!), undefined);
      assert.equal(await account.runs(), true);
    }
    const owner = await account.waited();
    await assertShutOut(account, evil);
    assert.equal((await setPassword(owner!, OWN)).status, 200);
    assert.notEqual(await account.enter(OWN), undefined);
    assert.notEqual(await enterWith(lost!), undefined, 'what was settled stays');
  });

  it('owner holds an old passkey and no mailbox: it opens, sets a password without the old one, and shuts the attacker out', async () => {
    const account = new Account();
    const old = (await addKey(await account.begin()))!;
    days(30);
    const evil = await plant(account, FIRST);
    const owner = (await enterWith(old))!;
    assert.equal((await setPassword(owner, OWN)).status, 200);
    const page = await owner.get('/konto/sicherheit');
    assert.match(page.text, /Neu in den letzten 7 Tagen[^]*Passkeys: 1<[^]*Codes für den Notfall: 10<[^]*zur Vertretung: 1<[^]*Vollmacht für Owe Eigen</);
    assert.equal((await owner.post('/konto/sicherheit/neues/beenden', {})).url.search, '?gespeichert=1');
    await assertShutOut(account, evil);
    assert.doesNotMatch((await owner.get('/konto/sicherheit')).text, /Neu in den letzten/);
    assert.notEqual(await enterWith(old), undefined, 'what was settled stays');
  });

  it('owner holds printed codes: codes made with the password do not take them away for a week', async () => {
    const account = new Account();
    const printed = await makeCodes(await account.begin());
    days(30);
    const evil = await plant(account, FIRST);
    days(6);
    const owner = await enterByCode(printed[0]!);
    assert.equal((await setPassword(owner!, OWN)).status, 200);
    assert.equal(await account.enter(EVIL), undefined);
    assert.equal((await makeCodes(owner!)).length, 10);
    assert.equal(await enterByCode(evil.codes[1]!), undefined, 'the planted ones end at once');
    assert.equal((await owner!.json('DELETE', '/api/account/recent-ways')).status, 200);
    await assertShutOut(account, evil);
  });

  it('a way made with the password proves no more than the password', async () => {
    const account = new Account();
    await addKey(await account.begin());
    days(30);
    const evil = await plant(account, FIRST);
    for (const inside of [await enterByCode(evil.codes[0]!), await enterWith(evil.key)]) {
      assert.equal((await setPassword(inside!, OWN)).status, 403);
      assert.equal((await removeKeys(inside!))[0], 403);
      assert.equal((await inside!.json('DELETE', '/api/account/recent-ways')).status, 403);
    }
  });

  it('and leaves it as it is, owner has lost an old passkey and holds one printed code: the code outweighs it, without a wait', async () => {
    const account = new Account();
    const begun = await account.begin();
    const [printed] = [await makeCodes(begun), await addKey(begun)];
    days(30);
    assert.equal(await account.ask(), 'waits');
    const inside = (await account.enter(FIRST))!;
    assert.equal(await account.runs(), false, 'an old password ends what mail began');
    assert.ok(
      (await account.mails()).some(({ body }) => body.includes('Es kommt kein Link mehr')),
      'nobody waits for a link in vain',
    );
    const agent = await giveVollmacht(inside);
    const owner = (await enterByCode(printed[0]!))!;
    assert.equal((await setPassword(owner, OWN)).status, 200);
    assert.equal((await owner.json('DELETE', '/api/account/recent-ways')).status, 200);
    assert.deepEqual([await account.enter(FIRST), await opens(inside), await acts(agent)], [undefined, false, false]);
  });
});

describe('attacker holds the mailbox', () => {
  it('owner holds an old passkey: mail waits, and the passkey ends it, every time', async () => {
    const account = new Account();
    const old = (await addKey(await account.begin()))!;
    days(30);
    for (let i = 0; i < 2; i += 1) {
      assert.equal(await account.ask(), 'waits');
      assert.notEqual(await enterWith(old), undefined);
      assert.equal(await account.waited(), undefined);
    }
  });
  it('owner signs in with the passkey the account began with: mail waits from the first day', async () => {
    const account = new Account();
    const key = new SoftwareAuthenticator(city.url);
    const owner = await account.begin(key);
    assert.equal(await account.ask(), 'waits');
    assert.equal((await owner.json('DELETE', '/api/account/recovery')).status, 403, 'not by a session left open');
    assert.notEqual(await enterWith(key), undefined);
    assert.equal(await account.runs(), false);
  });
  it('owner uses an old password, the passkey being lost: the password ends it', async () => {
    const account = new Account();
    await addKey(await account.begin());
    days(30);
    assert.equal(await account.ask(), 'waits');
    assert.notEqual(await account.enter(FIRST), undefined);
    assert.equal(await account.runs(), false);
  });
  for (const [what, act] of [
    ['sets a password', async (owner: BrowserClient) => (await setPassword(owner, OWN)).status],
    ['adds a passkey', async (owner: BrowserClient) => ((await addKey(owner)) === undefined ? 403 : 200)],
    ['makes codes', async (owner: BrowserClient) => ((await makeCodes(owner)).length === 10 ? 200 : 403)],
    ['ends it on the page', async (owner: BrowserClient) => (await owner.json('DELETE', '/api/account/recovery')).status],
  ] as const)
    it(`owner had just signed in with an old passkey when it began, and then ${what}: it ends, journalled`, async () => {
      const account = new Account();
      const old = (await addKey(await account.begin()))!;
      days(30);
      const owner = (await enterWith(old))!;
      const id = ((await (await owner.json('GET', '/api/me')).json()) as { accountId: string }).accountId;
      await city.browser().json('POST', '/api/password-resets', { email: account.email });
      assert.equal(await account.runs(), true);
      assert.equal(await act(owner), 200);
      assert.equal(await account.runs(), false);
      const last = (await city.ctx.journal.readStream(city.database.read, `account:${id}`)).at(-1)!.payload as Record<string, unknown>;
      assert.equal(typeof (last['recoveryCancelled'] ?? last['recoveryId']), 'string');
    });
  it('owner has mail and password and nothing else: mail opens at once, which the page warns of', async () => {
    const account = new Account();
    const owner = await account.begin();
    days(30);
    assert.equal(await account.ask(), 'opens at once');
    assert.equal(await opens(owner), false, 'long over');
    assert.match((await (await account.enter(FIRST))!.get('/konto/sicherheit')).text, /nur einen Weg in Ihr Konto/);
  });
});

describe('attacker holds a live session', () => {
  it('it makes no way in, takes none away, moves no address, ends no recovery', async () => {
    const account = new Account();
    const session = await account.begin(new SoftwareAuthenticator(city.url));
    await addKey(session);
    city.clock.advance({ minutes: 16 });
    await city.browser().json('POST', '/api/password-resets', { email: account.email });
    assert.equal(await account.runs(), true);
    assert.equal(await addKey(session), undefined);
    assert.deepEqual(await makeCodes(session), []);
    assert.deepEqual(await removeKeys(session), [403, 403]);
    assert.equal((await setPassword(session, EVIL)).status, 403);
    assert.equal((await session.json('PUT', '/api/account/email', { email: 'anders@angreifer.example' })).status, 403);
    assert.equal((await session.json('DELETE', '/api/account/recovery')).status, 403);
    assert.equal((await session.json('DELETE', '/api/account')).status, 403);
    assert.equal(await account.runs(), true);
  });
});

describe('an address that goes with a password', () => {
  it('is not moved by a link sent before the password was set', async () => {
    const account = new Account();
    const owner = await account.begin(new SoftwareAuthenticator(city.url));
    const wanted = `neu.${account.email}`;
    assert.equal((await owner.json('PUT', '/api/account/email', { email: wanted })).status, 202);
    assert.equal((await setPassword(owner, OWN)).status, 200);
    await city.jobs.drain();
    const { rows } = await sql<{ body: string }>`select body from platform.demo_mail where recipient = ${wanted}`.execute(city.database.read);
    const token = /\/konto\/email\/([\w-]{20,})/.exec(rows[0]!.body)![1]!;
    assert.equal((await owner.json('POST', '/api/account/email/confirmation', { token })).status, 409);
    assert.notEqual(await account.enter(OWN), undefined);
    assert.equal(await account.ask(), 'waits', 'the address is still the one that signs in');
  });
});

describe('attacker holds one stolen code', () => {
  it('owner holds an old passkey: the code neither removes it nor moves the address', async () => {
    const account = new Account();
    const old = new SoftwareAuthenticator(city.url);
    const codes = await makeCodes(await account.begin(old));
    days(30);
    const inside = (await enterByCode(codes[0]!))!;
    assert.equal((await removeKeys(inside))[0], 403);
    assert.equal((await inside.json('PUT', '/api/account/email', { email: 'anders@angreifer.example' })).status, 403);
    assert.equal((await setPassword(inside, EVIL)).status, 200, 'as its owner would');
    const owner = (await enterWith(old))!;
    assert.equal((await setPassword(owner, OWN)).status, 200);
    assert.equal((await makeCodes(owner)).length, 10);
    assert.equal(await enterByCode(codes[1]!), undefined, 'the stolen list ends at once');
    assert.deepEqual([await account.enter(EVIL), await opens(inside)], [undefined, false]);
  });
  it('owner holds the mailbox alone: mail waits for the other codes, and what the thief made does not end it', async () => {
    const account = new Account();
    const codes = await makeCodes(await account.begin());
    days(30);
    const inside = (await enterByCode(codes[0]!))!;
    assert.equal((await setPassword(inside, EVIL)).status, 200);
    const evil = await plant(account, EVIL);
    assert.equal(await account.ask(), 'waits', 'the rest of the printed list still counts');
    assert.notEqual(await account.enter(EVIL), undefined);
    assert.notEqual(await enterWith(evil.key), undefined);
    const owner = await account.waited();
    assert.notEqual(owner, undefined);
    await assertShutOut(account, evil);
    for (const code of codes.slice(1, 3)) assert.equal(await enterByCode(code), undefined);
  });
});
