import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import type { OutgoingMail } from '../../../kernel/mail.ts';
import type { IdentityContext } from './context.ts';
import { authenticate } from './authenticate.ts';
import { accountProfile } from './profile.ts';
import { ARGON2, hashPassword, isOutdated, passwordMatches } from './password-hash.ts';
import { confirmRegistration, register } from './register.ts';
import { changePassword, requestReset, resetPassword } from './reset-password.ts';
import { signInWithPassword } from './sign-in-password.ts';
import { sweepIdentity } from './sweep.ts';
import { accountLang } from './told-about.ts';

let city: TemporaryCity;
let ctx: IdentityContext;
const mails: OutgoingMail[] = [];
before(async () => {
  city = await temporaryCity();
  const mailer = { send: async (_tx: unknown, _key: string, mail: (typeof mails)[number]) => void mails.push(mail) };
  ctx = { ...city.ctx, mailer, secret: 'a secret of the tests, long enough for a key' };
});
after(() => city.close());

const caller = () => ({ sessionToken: undefined, now: city.clock.now() });
const PASSWORD = 'drei Fische im Regal';
const anna = (email: string) => ({ givenName: 'Anna', familyName: 'Müller', email, password: PASSWORD, lang: 'de' as const });
const lastToken = (): string => /\/(?:bestaetigen|passwort-neu)\/([\w-]{43})/.exec(mails.at(-1)!.text)![1]!;

async function registered(email: string): Promise<string> {
  assert.ok((await register(ctx, city.clock.now(), anna(email), '/konto')).ok);
  const done = await confirmRegistration(ctx, caller(), { token: lastToken(), password: PASSWORD });
  assert.ok(done.ok);
  return done.value.token;
}

describe('argon2id (OWASP Password Storage Cheat Sheet)', () => {
  it('uses 19 MiB, two passes, one lane, and writes them into each hash', async () => {
    const hash = await hashPassword(PASSWORD);
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.deepEqual({ ...ARGON2 }, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    assert.notEqual(hash, await hashPassword(PASSWORD));
  });
  it('matches one password however its umlauts were typed, and no other', async () => {
    const hash = await hashPassword('Müllers schöne Mühle'.normalize('NFC'));
    assert.equal(await passwordMatches(hash, 'Müllers schöne Mühle'.normalize('NFD')), true);
    assert.equal(await passwordMatches(hash, 'Müllers schöne Mühl'), false);
    assert.equal(await passwordMatches(undefined, PASSWORD), false);
  });
  it('knows a hash of weaker parameters', async () => {
    assert.equal(isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$dGhpcyBpcyBhIGhhc2ggb2YgMzIgYnl0ZXMuLi4uLi4'), true);
    assert.equal(isOutdated(await hashPassword(PASSWORD)), false);
  });
  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    await registered('zeit@beispiel.example');
    const took = async (email: string): Promise<number> => {
      const start = performance.now();
      await signInWithPassword(ctx, caller(), { email, password: 'falsch aber lang genug' });
      const time = performance.now() - start;
      city.clock.advance({ hours: 1 });
      return time;
    };
    // in turns, and the quickest of each: a busy machine makes some slower, none quicker
    const times: (readonly [number, number])[] = [];
    for (let n = 0; n < 12; n++) times.push([await took(`unbekannt${n}@beispiel.example`), await took('zeit@beispiel.example')]);
    const [unknown, known] = [0, 1].map((which) => Math.min(...times.map((pair) => pair[which]!))) as [number, number];
    assert.ok(unknown > known * 0.4, `unknown ${unknown} ms, known ${known} ms`);
  });
});

describe('registration', () => {
  it('needs the mail and the password: then the account is confirmed and signed in', async () => {
    const token = await registered('anna@beispiel.example');
    const who = await authenticate(ctx)(token, city.clock.now());
    assert.equal(who?.userName, 'Anna Müller');
    assert.ok(who.actor.kind === 'citizen');
    const profile = await accountProfile(ctx.database.read, who.actor.accountId);
    assert.equal(profile?.emailConfirmed, true);
    assert.deepEqual(profile.sources, { givenName: 'konto', familyName: 'konto', email: 'konto' });
  });
  it('answers an e-mail that has an account like a new one, and tells only its owner', async () => {
    await registered('schon@beispiel.example');
    const count = mails.length;
    const again = await register(ctx, city.clock.now(), anna('SCHON@beispiel.example'), '/konto');
    assert.deepEqual(again, { ok: true, value: null });
    assert.equal(mails.length, count + 1);
    assert.match(mails.at(-1)!.subject, /schon ein Servicekonto/);
    assert.ok((await signInWithPassword(ctx, caller(), { email: 'schon@beispiel.example', password: PASSWORD })).ok);
  });
  it('a link works once, and not after 24 hours', async () => {
    await register(ctx, city.clock.now(), anna('link@beispiel.example'), '/konto');
    const token = lastToken();
    assert.ok((await confirmRegistration(ctx, caller(), { token, password: PASSWORD })).ok);
    const replay = await confirmRegistration(ctx, caller(), { token, password: PASSWORD });
    assert.ok(!replay.ok && replay.problem.kind === 'wrong-state');
    await register(ctx, city.clock.now(), anna('alt@beispiel.example'), '/konto');
    const old = lastToken();
    city.clock.advance({ hours: 24 });
    const late = await confirmRegistration(ctx, caller(), { token: old, password: PASSWORD });
    assert.ok(!late.ok && late.problem.kind === 'wrong-state');
  });
  it('is written to in the language it began in, a new password in that of the page that asks for it', async () => {
    const email = 'english@beispiel.example';
    await register(ctx, city.clock.now(), { ...anna(email), lang: 'en' }, '/konto');
    assert.match(mails.at(-1)!.text, /^Hello,[^]*\?weiter=%2Fkonto&lang=en\n/);
    const opened = await confirmRegistration(ctx, { ...caller(), lang: 'de' }, { token: lastToken(), password: PASSWORD });
    assert.ok(opened.ok && opened.value.actor.kind === 'citizen');
    await requestReset(ctx, city.clock.now(), email, 'leicht');
    assert.match(mails.at(-1)!.text, /\?lang=leicht\n/);
    await resetPassword(ctx, caller(), { token: lastToken(), password: 'sechs Fische im Regal' });
    assert.deepEqual([mails.at(-1)!.lang, mails.at(-1)!.subject], ['en', 'A change to your service account']);
    await city.database.write((tx) => sql`update identity.account set lang = null where email = ${email}`.execute(tx));
    await signInWithPassword(ctx, { ...caller(), lang: 'leicht' }, { email, password: 'sechs Fische im Regal' });
    assert.equal(await accountLang(city.database.read, opened.value.actor.accountId), 'leicht', 'the first sign-in of an older account');
  });
  it('a stranger’s link does not confirm an account whose password they chose', async () => {
    await register(ctx, city.clock.now(), { ...anna('opfer@beispiel.example'), password: 'das Passwort des Angreifers' }, '/konto');
    const clicked = await confirmRegistration(ctx, caller(), { token: lastToken(), password: PASSWORD });
    assert.ok(!clicked.ok);
    const [fault, ...others] = clicked.problem.fields ?? [];
    assert.deepEqual([fault?.field, others], ['password', []], 'of the only field that the page has');
    assert.match(fault!.message, /beim Anlegen gewählt/);
    const attacker = await signInWithPassword(ctx, caller(), { email: 'opfer@beispiel.example', password: 'das Passwort des Angreifers' });
    assert.ok(!attacker.ok && attacker.problem.kind === 'wrong-state');
  });
  it('names each wrong field', async () => {
    const refused = await register(ctx, city.clock.now(), { givenName: '', familyName: '', email: 'x', password: 'kurz', lang: 'de' }, '/konto');
    assert.ok(!refused.ok);
    assert.deepEqual(
      refused.problem.fields?.map((one) => one.field),
      ['givenName', 'familyName', 'email', 'password'],
    );
  });
  it('sends no flood of mails to one address', async () => {
    for (let i = 0; i < 3; i++) assert.ok((await requestReset(ctx, city.clock.now(), 'flut@beispiel.example', 'de')).ok);
    const refused = await requestReset(ctx, city.clock.now(), 'flut@beispiel.example', 'de');
    assert.ok(!refused.ok && refused.problem.kind === 'too-many');
  });
  it('forgets who never confirmed, after a week', async () => {
    await register(ctx, city.clock.now(), anna('nie@beispiel.example'), '/konto');
    city.clock.advance({ hours: 7 * 24 + 1 });
    assert.ok((await sweepIdentity(ctx, city.clock.now())).unconfirmed >= 1);
    const found = await sql`select 1 from identity.password_login where email = 'nie@beispiel.example'`.execute(ctx.database.read);
    assert.equal(found.rows.length, 0);
  });
});

describe('failed tries', () => {
  it('pause after five, also for an e-mail nobody has; the right password waits too', async () => {
    await registered('pause@beispiel.example');
    for (const email of ['pause@beispiel.example', 'keiner@beispiel.example']) {
      for (let i = 0; i < 5; i++) assert.equal((await signInWithPassword(ctx, caller(), { email, password: 'falsch aber lang genug' })).ok, false);
      const sixth = await signInWithPassword(ctx, caller(), { email, password: PASSWORD });
      assert.ok(!sixth.ok && sixth.problem.kind === 'too-many', email);
      assert.match(sixth.problem.detail, /in einer Minute/);
    }
    city.clock.advance({ minutes: 1 });
    assert.ok((await signInWithPassword(ctx, caller(), { email: 'pause@beispiel.example', password: PASSWORD })).ok);
  });
  it('count one by one when made at once', async () => {
    await registered('parallel@beispiel.example');
    const all = await Promise.all(
      Array.from({ length: 12 }, () => signInWithPassword(ctx, caller(), { email: 'parallel@beispiel.example', password: 'falsch aber lang genug' })),
    );
    const paused = all.filter((one) => !one.ok && one.problem.kind === 'too-many').length;
    assert.equal(paused, 7);
  });
  it('hostile input is only a wrong password', async () => {
    for (const email of ["' or 1=1 --", '', 'a@b', `${'x'.repeat(100_000)}@b.de`, '\u0000@b.de']) {
      const refused = await signInWithPassword(ctx, caller(), { email, password: 'x'.repeat(100_000) });
      assert.ok(!refused.ok);
      city.clock.advance({ hours: 1 });
    }
  });
});

describe('a new password', () => {
  it('by mail: the same answer with and without an account, a link for one use in 30 minutes', async () => {
    const session = await registered('neu@beispiel.example');
    const count = mails.length;
    assert.deepEqual(await requestReset(ctx, city.clock.now(), 'unbekannt@beispiel.example', 'de'), { ok: true, value: null });
    assert.equal(mails.length, count);
    assert.deepEqual(await requestReset(ctx, city.clock.now(), 'neu@beispiel.example', 'de'), { ok: true, value: null });
    const token = lastToken();
    const short = await resetPassword(ctx, caller(), { token, password: 'kurz' });
    assert.ok(!short.ok && short.problem.kind === 'invalid-input');
    const done = await resetPassword(ctx, caller(), { token, password: 'vier Möwen auf dem Dach' });
    assert.ok(done.ok);
    assert.equal(await authenticate(ctx)(session, city.clock.now()), undefined, 'other sessions end');
    const replay = await resetPassword(ctx, caller(), { token, password: 'fünf Möwen auf dem Dach' });
    assert.ok(!replay.ok && replay.problem.kind === 'wrong-state');
    assert.equal((await signInWithPassword(ctx, caller(), { email: 'neu@beispiel.example', password: PASSWORD })).ok, false);
    assert.ok((await signInWithPassword(ctx, caller(), { email: 'neu@beispiel.example', password: 'vier Möwen auf dem Dach' })).ok);
    await requestReset(ctx, city.clock.now(), 'neu@beispiel.example', 'de');
    const late = lastToken();
    city.clock.advance({ minutes: 30 });
    const expired = await resetPassword(ctx, caller(), { token: late, password: 'sechs Möwen auf dem Dach' });
    assert.ok(!expired.ok && expired.problem.kind === 'wrong-state');
  });
  it('answers evenly: both ways take at least the floor', async () => {
    for (const email of ['neu@beispiel.example', 'gibtesnicht@beispiel.example']) {
      const start = performance.now();
      await requestReset(ctx, city.clock.now(), email, 'de');
      assert.ok(performance.now() - start >= 245, email);
    }
  });
  it('by the owner needs the old one, and ends other sessions', async () => {
    const token = await registered('wechsel@beispiel.example');
    const who = await authenticate(ctx)(token, city.clock.now());
    assert.ok(who?.actor.kind === 'citizen');
    const { accountId } = who.actor;
    const wrong = await changePassword(ctx, { sessionToken: token, now: city.clock.now() }, accountId, {
      oldPassword: 'falsch aber lang',
      newPassword: 'sieben Möwen im Sturm',
    });
    assert.ok(!wrong.ok && wrong.problem.fields?.[0]?.field === 'oldPassword');
    const done = await changePassword(ctx, { sessionToken: token, now: city.clock.now() }, accountId, {
      oldPassword: PASSWORD,
      newPassword: 'sieben Möwen im Sturm',
    });
    assert.ok(done.ok);
    assert.equal(await authenticate(ctx)(token, city.clock.now()), undefined);
    assert.ok(await authenticate(ctx)(done.value.token, city.clock.now()));
  });
});

describe('no personal data', () => {
  it('in journal or log, and no name in a mail', async () => {
    const journal = await ctx.journal.readAfter(ctx.database.read, 0);
    assert.ok(journal.length > 10);
    const written = JSON.stringify(journal) + JSON.stringify(city.log.lines);
    assert.doesNotMatch(written, /beispiel\.example|Anna|Müller|Möwen|Fische/);
    for (const mail of mails) assert.doesNotMatch(mail.subject + mail.text, /Anna|Müller/);
  });
});
