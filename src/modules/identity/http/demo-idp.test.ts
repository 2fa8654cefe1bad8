import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { identityCity, type IdentityCity } from '../../../../test/support/identity-city.ts';
import { formAction } from '../../../../test/support/browser-client.ts';
import { openIdContract } from '../../../../test/support/openid-contract.ts';
import { ACR_SUBSTANTIAL } from '../domain/trust.ts';
import { demoIdentityProvider, demoOidcClients } from './demo-idp.ts';
import { DemoStore } from './demo-idp-store.ts';
import { oidcRedirectUris } from './sign-in-routes.ts';

let city: IdentityCity;
before(async () => {
  city = await identityCity();
});
after(() => city.close());

/** Goes through the provider's pages up to the address it leads back to, without going there. */
async function visit(url: string, person: string, how: 'agree' | 'cancel'): Promise<URL> {
  const browser = city.browser();
  const page = await browser.get(url);
  let response = await browser.raw(formAction(page), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(how === 'agree' ? { person } : { cancel: '1' }).toString(),
  });
  for (;;) {
    const next = new URL(response.headers.get('location')!, city.url);
    if (next.pathname.startsWith('/anmelden/')) return next;
    response = await browser.raw(next);
  }
}

describe('contract of an OpenID provider: eID of the demo', () => {
  openIdContract({
    settings: () => ({ ...demoOidcClients(city.url, city.secret).eid, redirectUri: oidcRedirectUris(city.url).eid }),
    acr: ACR_SUBSTANTIAL,
    visit: (url, how) => visit(url, 'demo-bpk-katharina.petersen', how),
    expected: { sub: 'demo-bpk-katharina.petersen', acr: ACR_SUBSTANTIAL, given_name: 'Katharina', family_name: 'Petersen', birthdate: '1984-05-17' },
  });
});

describe('contract of an OpenID provider: staff of the demo', () => {
  openIdContract({
    settings: () => ({ ...demoOidcClients(city.url, city.secret).staff, redirectUri: oidcRedirectUris(city.url).staff }),
    visit: (url, how) => visit(url, 'demo-staff-vera.verkehr', how),
    expected: { name: 'Vera Verkehr', roles: ['sachbearbeitung', 'leitung'], authorities: ['landesbetrieb-verkehr'] },
  });
});

describe('the demo provider', () => {
  it('refuses to be made in production', async () => {
    const options = {
      env: 'production',
      publicUrl: 'https://stadt.example',
      secret: 'x'.repeat(32),
      redirectUris: oidcRedirectUris('https://stadt.example'),
    } as const;
    await assert.rejects(demoIdentityProvider(options), /must not run in production/);
  });
  it('says on each page that it is a demo, in German, without script, font or foreign address', async () => {
    const browser = city.browser();
    const pages = [
      await browser.get('/anmelden/eid'),
      await browser.get('/anmelden/beschaeftigte'),
      await browser.get('/abmelden/anbieter'),
      await browser.get('/demo-idp/auth?client_id=nobody'),
      await browser.get('/demo-idp/interaction/nothing'),
    ];
    for (const page of pages) {
      assert.match(page.text, /<html lang="de">/);
      assert.match(page.text, /DEMO: Dies ist keine echte Anmeldung/, page.url.href);
      assert.match(page.text, /<title>DEMO: /);
      assert.doesNotMatch(page.text, /<script|@import|@font-face/);
      for (const [, address] of page.text.matchAll(/(?:href|src|action)="(https?:[^"]+)"/g)) assert.equal(new URL(address!).origin, city.url);
      assert.match(page.headers.get('content-security-policy')!, /default-src 'none'/);
    }
  });
  it('sends nobody to an address that is not registered', async () => {
    const { clientId } = demoOidcClients(city.url, city.secret).eid;
    for (const wrong of [
      'https://evil.example/',
      `${city.url}/anmelden/eid/zurueck/`,
      `${city.url}/anmelden/eid/zurueck?x=1`,
      `${city.url}/anmelden/beschaeftigte/zurueck`,
    ]) {
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: wrong,
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      });
      const page = await city.browser().get(`/demo-idp/auth?${query.toString()}`);
      assert.equal(page.status, 400);
      assert.equal(page.url.pathname, '/demo-idp/auth');
    }
  });
  it('insists on PKCE', async () => {
    const query = new URLSearchParams({ client_id: 'kontor-eid', response_type: 'code', scope: 'openid', redirect_uri: oidcRedirectUris(city.url).eid });
    const response = await city.browser().raw(`/demo-idp/auth?${query.toString()}`);
    assert.match(response.headers.get('location') ?? '', /error=invalid_request/);
  });
  it('takes a choice only from the browser that was asked, and no endless form', async () => {
    const browser = city.browser();
    const asked = await browser.get('/anmelden/eid');
    const foreign = await city.browser().post(formAction(asked), { person: 'demo-bpk-katharina.petersen' });
    assert.equal(foreign.status, 400);
    const long = await browser.post(formAction(asked), { person: 'x'.repeat(20_000) });
    assert.equal(long.status, 400);
  });
  it('gives another city other secrets', () => {
    const secretOf = (secret: string): string => demoOidcClients('http://localhost:8080', secret).eid.clientSecret;
    assert.notEqual(secretOf('a'.repeat(32)), secretOf('b'.repeat(32)));
    assert.notEqual(secretOf('a'.repeat(32)), demoOidcClients('http://localhost:8080', 'a'.repeat(32)).staff.clientSecret);
  });
});

describe('memory of the demo provider', () => {
  it('forgets what has expired', async () => {
    let now = 0;
    const adapter = new DemoStore(() => now).adapter('Session');
    await adapter.upsert('a', { uid: 'u' }, 10);
    assert.deepEqual([await adapter.find('a'), await adapter.findByUid('u')], [{ uid: 'u' }, { uid: 'u' }]);
    now = 10_000;
    assert.deepEqual([await adapter.find('a'), await adapter.findByUid('u')], [undefined, undefined]);
  });
  it('never grows beyond its bound: the oldest go', async () => {
    const store = new DemoStore(() => 0, 100);
    const adapter = store.adapter('AccessToken');
    for (let i = 0; i < 1000; i++) await adapter.upsert(String(i), {}, 60);
    assert.equal(store.size, 100);
    assert.equal(await adapter.find('899'), undefined);
    assert.deepEqual(await adapter.find('900'), {});
  });
  it('keeps kinds apart, marks codes as used, revokes a grant’s tokens', async () => {
    const store = new DemoStore(() => 5000);
    const code = store.adapter('AuthorizationCode');
    await code.upsert('x', { grantId: 'g' }, 60);
    await store.adapter('AccessToken').upsert('x', { grantId: 'other' }, 60);
    await code.consume('x');
    assert.deepEqual(await code.find('x'), { grantId: 'g', consumed: 5 });
    await code.revokeByGrantId('g');
    assert.equal(await code.find('x'), undefined);
    assert.deepEqual(await store.adapter('AccessToken').find('x'), { grantId: 'other' });
  });
});
