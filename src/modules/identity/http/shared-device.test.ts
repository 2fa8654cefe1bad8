import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { identityCity, type IdentityCity } from '../../../../test/support/identity-city.ts';
import type { BrowserClient } from '../../../../test/support/browser-client.ts';
import { expectOk } from '../../../kernel/result.ts';
import { endIdleVisits, openForVisit, removeSharedDevice, setUpSharedDevice } from '../application/shared-devices.ts';
import { DEMO_PASSWORD } from '../domain/demo-people.ts';

const KATHARINA = { email: 'katharina.petersen@buerger.example', password: DEMO_PASSWORD };
let city: IdentityCity;
before(async () => {
  city = await identityCity();
});
after(() => city.close());

describe('a shared device (ADR 69: the attacks)', () => {
  const GUIDE = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000a069', roles: ['lotse'], authorities: [] } as const;
  const GONE = '"cache", "storage"';
  async function device(): Promise<{ id: string; token: string; browser: BrowserClient }> {
    const made = await setUpSharedDevice(city.ctx, GUIDE, { now: city.clock.now(), sessionToken: undefined }, { name: 'Tablet', place: 'passage' });
    const { id, token } = expectOk(made);
    return { id, token, browser: withDevice(token) };
  }
  function withDevice(token: string, session?: string): BrowserClient {
    const browser = city.browser();
    browser.setCookie('kontor_geraet', token);
    if (session !== undefined) browser.setCookie('kontor_session', session);
    return browser;
  }
  /** Opens it, and shows the page that says so where its browser is given. */
  const open = async (id: string, browser?: BrowserClient): Promise<void> => {
    expectOk(await openForVisit(city.ctx, GUIDE, id, city.clock.now()));
    assert.equal((await browser?.get('/geraet'))?.status ?? 200, 200);
  };
  /** What an old session is worth in the visit that runs now. */
  async function inThisVisit(token: string, session: string): Promise<number> {
    const browser = withDevice(token);
    await browser.get('/geraet');
    assert.equal((await browser.get('/anmelden')).url.pathname, '/anmelden');
    browser.setCookie('kontor_session', session);
    return status(browser);
  }
  const status = async (browser: BrowserClient): Promise<number> => (await browser.json('GET', '/api/me')).status;

  it('closed it answers one page, with everything cleared: no sign-in, no form, no API', async () => {
    const { browser } = await device();
    for (const path of ['/anmelden', '/registrieren', '/konto']) assert.equal((await browser.get(path)).url.pathname, '/geraet', path);
    const raw = await browser.raw('/geraet', {});
    assert.deepEqual([raw.headers.get('clear-site-data'), raw.headers.get('cache-control')], [GONE, 'no-store']);
    assert.match((await browser.get('/geraet?anbieter=1')).text, /href="\/abmelden\/anbieter"/);
    assert.match((await browser.get('/abmelden/anbieter')).text, /Bei der Demo-Anmeldung abmelden/, 'whoever set it up signs out at the provider, too');
    assert.equal((await browser.get('/abgemeldet')).url.pathname, '/geraet', 'and comes back here');
    assert.equal((await browser.post('/anmelden', KATHARINA)).url.pathname, '/geraet');
    assert.equal(browser.cookie('kontor_session'), undefined);
    assert.equal((await browser.json('POST', '/api/session', KATHARINA)).status, 403);
    assert.deepEqual(await (await browser.json('GET', '/api/device')).json(), { shared: true, open: false, visit: null });
  });

  it('open it signs in, for five idle minutes; then it is closed and cleared though nobody said so', async () => {
    const { id, token, browser } = await device();
    await open(id, browser);
    const page = await browser.get('/anmelden');
    assert.match(page.text, /<form autocomplete="off"/);
    assert.doesNotMatch(page.text, /autocomplete="(?!off)/, 'nothing is offered or kept');
    await browser.post('/anmelden', KATHARINA);
    for (const minutes of [4, 4]) {
      assert.equal(await status(browser), 200);
      city.clock.advance({ minutes });
    }
    assert.equal(await status(browser), 200, 'use keeps it open');
    const session = browser.cookie('kontor_session')!;
    assert.equal((await browser.raw('/konto', {})).headers.get('cache-control'), 'no-store', 'Back asks again');
    assert.equal(await status(withDevice('x'.repeat(43), session)), 401, 'a session’s cookie alone is worth nothing');
    assert.equal((await browser.json('POST', '/api/device/visit')).status, 200);
    city.clock.advance({ minutes: 4 });
    for (const look of ['/geraet', '/api/device']) assert.match((await browser.get(look)).text, /für Sie offen|"open":true/, look);
    city.clock.advance({ minutes: 1 });
    assert.equal((await browser.get('/konto')).url.pathname, '/geraet', 'looking at it keeps nothing awake');
    assert.ok(!browser.cookie('kontor_session'), 'its cookie went with the page');
    await open(id);
    assert.equal(await inThisVisit(token, session), 401, 'nor in the next visit');
  });

  it('closed by itself it forgets also a visit without a sign-in; what is chosen on the closed page stays', async () => {
    const { id, token, browser } = await device();
    await open(id, browser);
    browser.setCookie('kontor_meldung', 'of somebody');
    city.clock.advance({ minutes: 5 });
    const closed = await browser.raw('/geraet', {});
    assert.match(closed.headers.getSetCookie().join('\n'), new RegExp(`kontor_geraet=${token};.*Max-Age=31536000`), 'it stays a device');
    await browser.get('/geraet');
    assert.ok(!browser.cookie('kontor_meldung'));
    browser.setCookie('kontor_lang', 'en');
    await open(id, browser);
    assert.equal(browser.cookie('kontor_lang'), 'en');
  });

  it('«Fertig» ends the session and forgets what the visit set; opening for the next does the same', async () => {
    for (const how of ['done', 'next'] as const) {
      const { id, token, browser } = await device();
      await open(id, browser);
      await browser.post('/anmelden', KATHARINA);
      browser.setCookie('kontor_lang', 'en');
      const session = browser.cookie('kontor_session')!;
      if (how === 'next') {
        const visit = async (): Promise<unknown> => ((await (await browser.json('GET', '/api/device')).json()) as { visit: unknown }).visit;
        const before = await visit();
        await open(id);
        assert.notEqual(await visit(), before, 'the page on the screen sees that it is of another visit');
        assert.equal((await browser.json('POST', '/api/session', KATHARINA)).status, 403, 'not before it is cleaned');
        const sent = await browser.raw('/anmelden', { method: 'POST', body: new URLSearchParams(KATHARINA), headers: { origin: city.url } });
        assert.equal(sent.headers.get('location'), '/geraet', 'nor with the form that is still on the screen');
        const first = await browser.raw('/geraet', {});
        assert.equal(first.headers.get('clear-site-data'), GONE);
        assert.ok(!browser.cookie('kontor_session') && !browser.cookie('kontor_lang'));
        assert.equal((await browser.raw('/geraet', {})).headers.get('clear-site-data'), null, 'once');
      } else {
        assert.equal((await browser.post('/geraet/fertig', {})).url.pathname, '/geraet');
        assert.ok(!browser.cookie('kontor_session') && !browser.cookie('kontor_lang'));
        assert.equal(browser.cookie('kontor_geraet'), token, 'the device stays known');
        await open(id);
      }
      assert.equal(await inThisVisit(token, session), 401, how);
    }
  });

  it('a stolen device cookie signs nobody in and keeps no session alive; removed, it stays closed', async () => {
    const { id, token, browser } = await device();
    await open(id, browser);
    await browser.post('/anmelden', KATHARINA);
    const thief = withDevice(token);
    await thief.get('/geraet');
    for (let round = 0; round < 2; round++) {
      city.clock.advance({ minutes: 3 });
      assert.equal(await status(thief), 401);
    }
    assert.equal(await status(browser), 401, 'the visit was kept awake, the session was not');
    expectOk(await removeSharedDevice(city.ctx, GUIDE, id, city.clock.now()));
    assert.deepEqual(await (await thief.json('GET', '/api/device')).json(), { shared: true, open: false, visit: null });
    assert.match((await thief.get('/anmelden')).text, /wird nicht mehr benutzt/, 'it does not fall open');
  });

  it('refuses what would stay behind, and a session from elsewhere', async () => {
    const { id, browser } = await device();
    await open(id, browser);
    const own = city.browser();
    await own.post('/anmelden', KATHARINA);
    browser.setCookie('kontor_session', own.cookie('kontor_session')!);
    assert.equal(await status(browser), 401);
    await browser.post('/anmelden', KATHARINA);
    for (const path of ['/api/passkeys/registration-options', '/api/registrations/passkey/options'])
      assert.equal((await browser.json('POST', path, { token: 'x'.repeat(43) })).status, 403, path);
    const staff = await browser.get('/anmelden/beschaeftigte');
    assert.equal(staff.status, 403);
    assert.match(staff.text, /an einem Gerät, das Ihnen allein gehört/i);
  });

  it('a visit lasts two hours at most, and the journal says what happened and not to whom', async () => {
    const { id, browser } = await device();
    await open(id, browser);
    for (let minutes = 0; minutes < 120; minutes += 4) {
      await browser.json('POST', '/api/device/visit');
      city.clock.advance({ minutes: 4 });
    }
    assert.ok((await endIdleVisits(city.ctx, city.clock.now())) >= 1);
    const entries = await sql<{ kind: string; text: string }>`select kind, row_to_json(j)::text as text from platform.journal j
      where stream = ${`shared-device:${id}`} order by seq`.execute(city.database.read);
    assert.deepEqual(
      entries.rows.map(({ kind }) => kind),
      ['identity.shared-device-set-up', 'identity.shared-visit-opened', 'identity.shared-visit-ended'],
    );
    assert.match(entries.rows[2]!.text, /idle/);
    assert.doesNotMatch(entries.rows.map(({ text }) => text).join(), /citizen|account/);
  });
});
