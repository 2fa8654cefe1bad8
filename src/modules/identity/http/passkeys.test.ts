import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { BrowserClient } from '../../../../test/support/browser-client.ts';
import { identityCity, type IdentityCity } from '../../../../test/support/identity-city.ts';
import { SoftwareAuthenticator } from '../../../../test/support/software-authenticator.ts';
import { DEMO_PASSWORD } from '../domain/demo-people.ts';

let city: IdentityCity;
let owner: BrowserClient;
let key: SoftwareAuthenticator;
before(async () => {
  city = await identityCity();
});
after(() => city.close());
beforeEach(async () => {
  owner = await signedIn('katharina.petersen');
  key = new SoftwareAuthenticator(city.url);
});

async function signedIn(name: string): Promise<BrowserClient> {
  const browser = city.browser();
  await browser.post('/anmelden', { email: `${name}@buerger.example`, password: DEMO_PASSWORD });
  return browser;
}
const challengeOf = async (browser: BrowserClient, what: 'registration' | 'assertion'): Promise<string> =>
  ((await (await browser.json('POST', `/api/passkeys/${what}-options`)).json()) as { challenge: string }).challenge;
async function add(browser = owner, authenticator = key): Promise<Response> {
  return browser.json('POST', '/api/passkeys/registration', {
    response: authenticator.register(await challengeOf(browser, 'registration')),
    label: 'Mein Telefon',
  });
}
async function enter(browser: BrowserClient, change: Parameters<SoftwareAuthenticator['assert']>[1] = {}, next?: string): Promise<Response> {
  return browser.json('POST', '/api/passkeys/assertion', {
    response: key.assert(await challengeOf(browser, 'assertion'), change),
    ...(next === undefined ? {} : { next }),
  });
}

describe('passkeys', () => {
  it('are made while signed in, listed with a name, and sign in alone', async () => {
    assert.equal((await add()).status, 201);
    assert.match((await owner.get('/konto/sicherheit')).text, /Mein Telefon/);
    const browser = city.browser();
    const entered = await enter(browser, {}, '/postfach');
    assert.equal(entered.status, 200);
    assert.deepEqual(await entered.json(), { next: '/postfach' });
    const me = (await (await browser.json('GET', '/api/me')).json()) as Record<string, unknown>;
    assert.deepEqual([me['givenName'], me['trust']], ['Katharina', 'einfach']);
  });
  it('lead nowhere else', async () => {
    await add();
    assert.deepEqual(await (await enter(city.browser(), {}, '//evil.example')).json(), { next: '/konto' });
  });
  it('ask for a signed-in person to be made', async () => {
    assert.equal((await city.browser().json('POST', '/api/passkeys/registration-options')).status, 401);
  });
  it('refuse a challenge used before, or of another browser', async () => {
    await add();
    const browser = city.browser();
    const response = key.assert(await challengeOf(browser, 'assertion'));
    assert.equal((await browser.json('POST', '/api/passkeys/assertion', { response })).status, 200);
    assert.equal((await browser.json('POST', '/api/passkeys/assertion', { response })).status, 401);
    const other = city.browser();
    await challengeOf(other, 'assertion');
    assert.equal((await other.json('POST', '/api/passkeys/assertion', { response: key.assert(await challengeOf(city.browser(), 'assertion')) })).status, 401);
    assert.equal((await city.browser().json('POST', '/api/passkeys/assertion', { response })).status, 401);
  });
  it('refuse another origin, an absent user verification, a stranger’s key, a late answer', async () => {
    await add();
    assert.equal((await enter(city.browser(), { origin: 'https://kontor.evil.example' })).status, 401);
    assert.equal((await enter(city.browser(), { userVerified: false })).status, 401);
    const stranger = new SoftwareAuthenticator(city.url);
    const browser = city.browser();
    const response = { ...stranger.assert(await challengeOf(browser, 'assertion')), id: key.id, rawId: key.id };
    assert.equal((await browser.json('POST', '/api/passkeys/assertion', { response })).status, 401);
    const slow = city.browser();
    const challenge = await challengeOf(slow, 'assertion');
    city.clock.advance({ minutes: 5 });
    assert.equal((await slow.json('POST', '/api/passkeys/assertion', { response: key.assert(challenge) })).status, 401);
  });
  it('refuse a copied key whose counter runs behind', async () => {
    await add();
    assert.equal((await enter(city.browser())).status, 200);
    assert.equal((await enter(city.browser())).status, 200);
    key.counter = 0;
    assert.equal((await enter(city.browser())).status, 401);
  });
  it('are registered once, with verification of the user, for the challenge of this session', async () => {
    const challenge = await challengeOf(owner, 'registration');
    const weak = await owner.json('POST', '/api/passkeys/registration', { response: key.register(challenge, { userVerified: false }) });
    assert.equal(weak.status, 409);
    const response = key.register(await challengeOf(owner, 'registration'));
    const other = await signedIn('lena.schutz');
    await challengeOf(other, 'registration');
    assert.equal((await other.json('POST', '/api/passkeys/registration', { response })).status, 409);
    assert.equal((await owner.json('POST', '/api/passkeys/registration', { response })).status, 201);
    assert.equal((await add(other)).status, 409, 'the same key for a second account');
  });
  it('are removed by their owner only, and then sign in nobody', async () => {
    const { id } = (await (await add()).json()) as { id: string };
    const other = await signedIn('lena.schutz');
    assert.equal((await other.post(`/konto/passkeys/${id}/entfernen`, {})).status, 404);
    assert.equal((await other.post('/konto/passkeys/nonsense/entfernen', {})).status, 404);
    assert.equal((await enter(city.browser())).status, 200);
    assert.equal((await owner.post(`/konto/passkeys/${id}/entfernen`, {})).status, 200);
    assert.equal((await enter(city.browser())).status, 401);
  });
  for (const response of [
    {},
    { id: '', rawId: '', type: 'public-key', response: { clientDataJSON: '' }, clientExtensionResults: {} },
    { id: "'; drop", rawId: 'x', type: 'public-key', response: { clientDataJSON: 'e30' }, clientExtensionResults: {} },
  ]) {
    it(`refuse hostile input ${JSON.stringify(response).slice(0, 40)}`, async () => {
      const browser = city.browser();
      await challengeOf(browser, 'assertion');
      const answer = await browser.json('POST', '/api/passkeys/assertion', { response });
      assert.ok([401, 422].includes(answer.status), String(answer.status));
    });
  }
});
