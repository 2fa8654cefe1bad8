import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { identityCity, signInAtProvider, type IdentityCity } from '../../../../test/support/identity-city.ts';
import { formAction, type BrowserClient } from '../../../../test/support/browser-client.ts';
import { DEMO_PASSWORD } from '../domain/demo-people.ts';

let city: IdentityCity;
before(async () => {
  city = await identityCity();
});
after(() => city.close());

const KATHARINA = { email: 'katharina.petersen@buerger.example', password: DEMO_PASSWORD };
const me = async (browser: BrowserClient): Promise<Record<string, unknown>> =>
  (await browser.json('GET', '/api/me')).json() as Promise<Record<string, unknown>>;

async function signedIn(): Promise<BrowserClient> {
  const browser = city.browser();
  await browser.post('/anmelden', KATHARINA);
  return browser;
}

describe('sign-in with e-mail and password', () => {
  it('leads to where the person wanted to go', async () => {
    const browser = city.browser();
    const landed = await browser.post('/anmelden', { ...KATHARINA, weiter: '/postfach' });
    assert.equal(landed.url.pathname, '/postfach');
    assert.match(landed.text, /Katharina Petersen/);
    assert.equal((await me(browser))['trust'], 'einfach');
  });

  it('says the same for an unknown e-mail and a wrong password, and keeps the e-mail typed', async () => {
    const wrong = await city.browser().post('/anmelden', { email: 'finn.behrens@buerger.example', password: 'nicht das richtige' });
    const unknown = await city.browser().post('/anmelden', { email: 'niemand@buerger.example', password: 'nicht das richtige' });
    assert.equal(wrong.status, 401);
    assert.equal(unknown.status, 401);
    const masked = (text: string): string => text.replaceAll('finn.behrens', 'X').replaceAll('niemand@', 'X@');
    assert.equal(masked(wrong.text), masked(unknown.text));
    assert.match(wrong.text, /value="finn.behrens@buerger.example"/);
    assert.doesNotMatch(wrong.text, /nicht das richtige/);
  });

  for (const weiter of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/%2e%2e//evil.example',
  ]) {
    it(`never leads away: ${JSON.stringify(weiter)}`, async () => {
      const landed = await city.browser().post('/anmelden', { ...KATHARINA, weiter });
      assert.equal(landed.url.origin, city.url);
      const raw = await city.browser().raw('/anmelden', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: city.url },
        body: new URLSearchParams({ ...KATHARINA, weiter }).toString(),
      });
      const location = new URL(raw.headers.get('location')!, city.url);
      assert.equal(location.origin, city.url);
    });
  }

  it('gives a new token at sign-in: a planted one is worth nothing (session fixation)', async () => {
    const victim = city.browser();
    victim.setCookie('kontor_session', 'planted-by-somebody-else-0000000000000000000');
    await victim.post('/anmelden', KATHARINA);
    assert.notEqual(victim.cookie('kontor_session'), 'planted-by-somebody-else-0000000000000000000');
    const attacker = city.browser();
    attacker.setCookie('kontor_session', 'planted-by-somebody-else-0000000000000000000');
    assert.equal((await attacker.json('GET', '/api/me')).status, 401);
  });

  it('ends the session the browser came with', async () => {
    const browser = await signedIn();
    const old = browser.cookie('kontor_session')!;
    await browser.post('/anmelden', KATHARINA);
    assert.notEqual(browser.cookie('kontor_session'), old);
    const other = city.browser();
    other.setCookie('kontor_session', old);
    assert.equal((await other.json('GET', '/api/me')).status, 401);
  });

  it('signs out by a form, and the token is worth nothing afterwards', async () => {
    const browser = await signedIn();
    const token = browser.cookie('kontor_session')!;
    const landed = await browser.post('/abmelden', {});
    assert.equal(landed.url.pathname, '/abgemeldet');
    assert.equal(browser.cookie('kontor_session'), undefined);
    const other = city.browser();
    other.setCookie('kontor_session', token);
    assert.equal((await other.json('GET', '/api/me')).status, 401);
  });

  it('refuses a sign-in form of another site', async () => {
    const foreign = await city.browser().raw('/anmelden', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams(KATHARINA).toString(),
    });
    assert.equal(foreign.status, 403);
  });

  it('POST and DELETE /api/session do the same for programs', async () => {
    const browser = city.browser();
    const opened = await browser.json('POST', '/api/session', KATHARINA);
    assert.equal(opened.status, 201);
    assert.equal((await me(browser))['givenName'], 'Katharina');
    assert.equal((await browser.json('DELETE', '/api/session')).status, 204);
    const refused = await city.browser().json('POST', '/api/session', { ...KATHARINA, password: 'falsch und lang' });
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  });
});

describe('Online-Ausweis', () => {
  it('opens a new account of trust substanziell with proven fields; the second time the same account', async () => {
    const first = city.browser();
    const landed = await signInAtProvider(first, 'eid', 'demo-bpk-wiebke.cordes', '/postfach');
    assert.equal(landed.url.pathname, '/postfach', landed.text);
    const then = await me(first);
    assert.equal(then['trust'], 'substanziell');
    assert.deepEqual(then['sources'], { givenName: 'eid', familyName: 'eid', birthDate: 'eid', address: 'eid' });
    assert.deepEqual(then['address'], { street: 'Am Musterdeich', houseNumber: '103', postcode: '21037', place: 'Hamburg' });
    const second = city.browser();
    await signInAtProvider(second, 'eid', 'demo-bpk-wiebke.cordes');
    assert.equal((await me(second))['accountId'], then['accountId']);
    // the seeded account of the same name stays another account: names never join anything
    const byPassword = city.browser();
    await byPassword.post('/anmelden', { email: 'wiebke.cordes@buerger.example', password: DEMO_PASSWORD });
    assert.notEqual((await me(byPassword))['accountId'], then['accountId']);
  });

  it('raises the signed-in account after comparing the person, and changes the token', async () => {
    const browser = await signedIn();
    const before = await me(browser);
    const token = browser.cookie('kontor_session');
    await signInAtProvider(browser, 'eid', 'demo-bpk-katharina.petersen');
    const raised = await me(browser);
    assert.equal(raised['accountId'], before['accountId']);
    assert.equal(raised['trust'], 'substanziell');
    assert.notEqual(browser.cookie('kontor_session'), token);
    const later = city.browser();
    await signInAtProvider(later, 'eid', 'demo-bpk-katharina.petersen');
    assert.equal((await me(later))['accountId'], before['accountId']);
  });

  it('joins a card that nobody has used before on the wish of the signed-in owner', async () => {
    const browser = city.browser();
    await browser.post('/anmelden', { email: 'lena.schutz@buerger.example', password: DEMO_PASSWORD });
    const { accountId, sources } = await me(browser);
    assert.equal((sources as Record<string, string>)['familyName'], 'konto');
    await signInAtProvider(browser, 'eid', 'demo-bpk-lena.schutz');
    const raised = await me(browser);
    assert.deepEqual(
      [
        raised['accountId'],
        raised['trust'],
        (raised['sources'] as Record<string, string>)['familyName'],
        (raised['sources'] as Record<string, string>)['email'],
      ],
      [accountId, 'substanziell', 'eid', 'konto'],
    );
    const again = city.browser();
    await signInAtProvider(again, 'eid', 'demo-bpk-lena.schutz');
    assert.equal((await me(again))['accountId'], accountId);
  });

  it('refuses to join the card of another person, and leaves the account as it was', async () => {
    const browser = city.browser();
    await browser.post('/anmelden', { email: 'finn.behrens@buerger.example', password: DEMO_PASSWORD });
    const refused = await signInAtProvider(browser, 'eid', 'demo-bpk-yusuf.oezkan');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /passen nicht zu diesem Servicekonto/);
    assert.equal((await me(browser))['trust'], 'einfach');
  });

  it('refuses a card that belongs to another account', async () => {
    await signInAtProvider(city.browser(), 'eid', 'demo-bpk-yusuf.oezkan');
    const browser = city.browser();
    await browser.post('/anmelden', { email: 'yusuf.oezkan@buerger.example', password: DEMO_PASSWORD });
    const refused = await signInAtProvider(browser, 'eid', 'demo-bpk-yusuf.oezkan');
    assert.equal(refused.status, 409);
    assert.match(refused.text, /gehört schon zu einem anderen Servicekonto/);
  });

  it('refuses an acr below substanziell', async () => {
    const browser = city.browser();
    const refused = await signInAtProvider(browser, 'eid', 'demo-bpk-jan.niedrig');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /Vertrauensniveau substanziell nicht/);
    assert.equal(browser.cookie('kontor_session'), undefined);
  });

  it('takes an answer once, and only from the browser that began', async () => {
    const browser = city.browser();
    const holder = async (): Promise<string> => {
      await browser.get('/anmelden/eid');
      return browser.cookie('kontor_oidc')!;
    };
    await holder();
    const landed = await signInAtProvider(browser, 'eid', 'demo-bpk-wiebke.cordes');
    const callback = landed.trail.find((one) => one.includes('/anmelden/eid/zurueck'))!;
    const replay = await browser.get(callback);
    assert.equal(replay.status, 409);
    const thief = city.browser();
    thief.setCookie('kontor_oidc', await holder());
    assert.notEqual((await thief.get(callback)).status, 200);
    assert.equal(thief.cookie('kontor_session'), undefined);
  });

  it('does not join a card begun as one person and ended beside another', async () => {
    const browser = await signedIn();
    const asked = await browser.get('/anmelden/eid');
    await browser.post('/anmelden', { email: 'lena.schutz@buerger.example', password: DEMO_PASSWORD });
    const refused = await browser.post(formAction(asked, 'demo-bpk-lena.schutz'), { person: 'demo-bpk-lena.schutz' });
    assert.equal(refused.status, 409);
  });

  it('ends in plain words when the person cancels', async () => {
    const browser = city.browser();
    const asked = await browser.get('/anmelden/eid');
    const back = await browser.post(formAction(asked), { cancel: '1' });
    assert.equal(back.url.pathname, '/anmelden/eid/zurueck');
    assert.match(back.text, /Sie haben die Anmeldung abgebrochen/);
  });

  it('expires: an answer after 15 minutes is refused', async () => {
    const browser = city.browser();
    const asked = await browser.get('/anmelden/eid');
    city.clock.advance({ minutes: 15 });
    const late = await browser.post(formAction(asked, 'demo-bpk-wiebke.cordes'), { person: 'demo-bpk-wiebke.cordes' });
    assert.equal(late.status, 409);
    assert.match(late.text, /zu lange gedauert/);
  });
});

describe('staff', () => {
  it('comes in through the provider with roles and authorities, by plain requests', async () => {
    const browser = city.browser();
    const landed = await signInAtProvider(browser, 'beschaeftigte', 'demo-staff-anke.altmann');
    assert.equal(landed.url.pathname, '/konto', landed.text);
    const who = await me(browser);
    assert.deepEqual([who['kind'], who['name'], who['roles'], who['authorities']], ['staff', 'Anke Altmann', ['sachbearbeitung'], ['bezirksamt-altona']]);
  });

  it('can reuse the session at the provider, and ends it there by its own step', async () => {
    const browser = city.browser();
    await signInAtProvider(browser, 'beschaeftigte', 'demo-staff-piet.parker');
    const out = await browser.post('/abmelden', {});
    assert.match(out.text, /Auch bei der Anmeldung der Stadt abmelden/);
    const again = await browser.get('/anmelden/beschaeftigte?weiter=/konto');
    assert.equal(again.url.pathname, '/konto');
    await browser.post('/abmelden', {});
    const asked = await browser.get('/abmelden/anbieter');
    assert.match(asked.text, /Bei der Demo-Anmeldung abmelden/);
    const fields = Object.fromEntries(
      [...asked.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
    );
    const ended = await browser.post(formAction(asked), { ...fields, logout: 'yes' });
    assert.equal(ended.url.pathname, '/abgemeldet', ended.text);
    const anew = await browser.get('/anmelden/beschaeftigte');
    assert.match(anew.url.pathname, /\/demo-idp\/interaction\//);
  });

  it('is asked who they are after somebody used a card in the same browser', async () => {
    const browser = city.browser();
    await signInAtProvider(browser, 'eid', 'demo-bpk-yusuf.oezkan');
    await browser.post('/abmelden', {});
    await signInAtProvider(browser, 'beschaeftigte', 'demo-staff-rita.revision');
    assert.equal((await me(browser))['name'], 'Rita Revision');
    await browser.post('/abmelden', {});
    await signInAtProvider(browser, 'eid', 'demo-bpk-wiebke.cordes');
    assert.equal((await me(browser))['givenName'], 'Wiebke');
    await browser.post('/abmelden', {});
    await signInAtProvider(browser, 'eid', 'demo-bpk-yusuf.oezkan');
    assert.equal((await me(browser))['givenName'], 'Yusuf');
  });

  it('cannot pick a citizen’s card as an employee', async () => {
    const browser = city.browser();
    const asked = await browser.get('/anmelden/beschaeftigte');
    const refused = await browser.post(formAction(asked), { person: 'demo-bpk-katharina.petersen' });
    assert.equal(refused.status, 422);
  });
});
