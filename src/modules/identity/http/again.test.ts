import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { BrowserClient } from '../../../../test/support/browser-client.ts';
import { identityCity, type IdentityCity } from '../../../../test/support/identity-city.ts';
import type { Notice } from '../../../platform/notice/port.ts';
import { DEMO_PASSWORD } from '../domain/demo-people.ts';

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

async function signedIn(name: string): Promise<BrowserClient> {
  const browser = city.browser();
  assert.equal((await browser.json('POST', '/api/session', { email: `${name}@buerger.example`, password: DEMO_PASSWORD })).status, 201);
  return browser;
}
async function mailsTo(address: string): Promise<{ body: string }[]> {
  await city.jobs.drain();
  const { rows } = await sql<{ body: string }>`select body from platform.demo_mail where recipient = ${address} order by sent_at, id`.execute(
    city.database.read,
  );
  return rows;
}
const linkIn = (text: string, path: string): string => new RegExp(`${path}([\\w-]{20,})`).exec(text)![1]!;

describe('a session that is not fresh any more', () => {
  it('the password on the spot leads on from there, and everything typed is kept; so does a new sign-in that leads back', async () => {
    const owner = await signedIn('lena.schutz');
    city.clock.advance({ minutes: 16 });
    const refused = await owner.post('/konto/sicherheit/codes', {});
    assert.match(refused.text, /action="\/konto\/sicherheit\/codes"[\s\S]*name="currentPassword"/);
    assert.match(refused.text, /href="\/anmelden\?erneut=1&amp;weiter=%2Fkonto%2Fsicherheit"/);
    assert.match(refused.text, /action="\/konto\/bestaetigen"/, 'before a passkey, which only a script asks for');
    assert.doesNotMatch(refused.text, /data-mode="add"/);
    const wrong = await owner.post('/konto/sicherheit/codes', { currentPassword: 'ganz falsches langes Wort' });
    assert.deepEqual([wrong.status, /Das Passwort stimmt nicht/.test(wrong.text), /name="currentPassword"/.test(wrong.text)], [422, true, true]);
    assert.equal((await owner.post('/konto/sicherheit/codes', { currentPassword: DEMO_PASSWORD })).status, 201);
    assert.match((await owner.get('/konto/sicherheit')).text, /data-mode="add"/, 'for fifteen minutes');
    city.clock.advance({ minutes: 16 });
    const leaving = await owner.post('/konto/loeschen', { confirmation: 'löschen' });
    assert.match(leaving.text, /name="confirmation" value="löschen"/);
    assert.match((await owner.get('/anmelden?erneut=1&weiter=%2Fkonto%2Fsicherheit')).text, /name="password"/);
    const back = await owner.post('/anmelden', { email: 'lena.schutz@buerger.example', password: DEMO_PASSWORD, weiter: '/konto/sicherheit', erneut: '1' });
    assert.equal(back.url.pathname, '/konto/sicherheit');
    city.clock.advance({ minutes: 16 });
    assert.equal((await owner.json('POST', '/api/account/recovery-codes')).status, 403);
    assert.equal((await owner.json('POST', '/api/session/confirmation', { currentPassword: 'ganz falsches langes Wort' })).status, 422);
    assert.equal((await owner.json('POST', '/api/session/confirmation', { currentPassword: DEMO_PASSWORD })).status, 200);
    assert.equal((await owner.json('POST', '/api/account/recovery-codes')).status, 201);
  });
});

describe('a new password', () => {
  it('is told by every channel, whether the owner or mail changed it', async () => {
    const email = 'nils.kanal@beispiel.example';
    await city.browser().post('/registrieren/passkey', { givenName: 'Nils', familyName: 'Kanal', email });
    const browser = city.browser();
    await browser.post(`/registrieren/passkey/${linkIn((await mailsTo(email))[0]!.body, '/registrieren/passkey/')}`, { password: 'vier sehr lange Wörter' });
    told.length = 0;
    await browser.post('/konto/passwort', { oldPassword: 'vier sehr lange Wörter', newPassword: 'fünf sehr lange Wörter' });
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['security'],
    );
    await city.browser().post('/passwort-vergessen', { email });
    const mail = (await mailsTo(email)).find(({ body }) => body.includes('/passwort-neu/'))!;
    await city.browser().post(`/passwort-neu/${linkIn(mail.body, '/passwort-neu/')}`, { password: 'sechs sehr lange Wörter' });
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['security', 'security'],
    );
  });
});
