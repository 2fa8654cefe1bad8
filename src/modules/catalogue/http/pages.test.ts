import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { legalDay } from '../../../kernel/time.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { repositoryRoot, temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { testServer } from '../../../../test/support/test-server.ts';
import { loadServices } from '../application/load-services.ts';
import { openServiceDesk, type ServiceDesk } from '../application/service-desk.ts';
import { cataloguePages } from './pages.ts';

const LANGS = ['de', 'en', 'leicht'] as const;
type Lang = (typeof LANGS)[number];

let city: TemporaryCity;
let desk: ServiceDesk;
let server: CityServer;
before(async () => {
  city = await temporaryCity();
  desk = await openServiceDesk(city.ctx, await loadServices(join(repositoryRoot, 'services'), legalDay(city.clock.now())));
  server = testServer(
    cataloguePages({ ...city.ctx, desk }, (visit) => viewOf(visit, { demo: true })),
    { clock: city.clock.now },
  );
});
after(() => city.close());

/** Everything here is asked without a session: the catalogue needs no account. */
async function get(path: string, lang: Lang = 'de', headers: Record<string, string> = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await server.fetch(
    new Request(`http://localhost:8080${path}`, { headers: { accept: 'text/html', cookie: `kontor_lang=${lang}`, ...headers } }),
  );
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
async function check(key: string, fields: Record<string, string>, lang: Lang = 'de'): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await server.fetch(
    new Request(`http://localhost:8080/leistungen/${key}/check`, {
      method: 'POST',
      headers: { accept: 'text/html', origin: 'http://localhost:8080', 'content-type': 'application/x-www-form-urlencoded', cookie: `kontor_lang=${lang}` },
      body: new URLSearchParams(fields).toString(),
    }),
  );
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
const api = async (path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await server.fetch(
    new Request(`http://localhost:8080${path}`, {
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    }),
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
describe('the list of all services', () => {
  for (const lang of LANGS) {
    it(`lists every Leistung by its name (${lang})`, async () => {
      const { status, text } = await get('/leistungen', lang);
      assert.equal(status, 200);
      for (const pkg of desk.services.packages.values()) assert.ok(text.includes(pkg.name[lang]), pkg.key);
      assert.match(text, new RegExp(`<html[^>]* lang="${lang === 'en' ? 'en' : 'de'}`));
    });
  }
  it('carries on where somebody came from, and nothing that is no such code', async () => {
    assert.match((await get('/leistungen?k=b7kfm.b')).text, /href="\/leistungen\/hund\?k=b7kfm\.b"/);
    assert.match((await get('/leistungen/hund?k=b7kfm')).text, /href="\/antrag\/neu\/hund\?k=b7kfm"/);
    assert.match((await get('/leistungen/hund/check?k=b7kfm')).text, /action="\/leistungen\/hund\/check\?k=b7kfm"/);
    for (const bad of ['aeiou', '%22%3E%3Cb%3E', 'b7kfm.e', 'b7']) {
      const { text } = await get(`/leistungen/hund?k=${bad}`);
      assert.match(text, /href="\/antrag\/neu\/hund"/, bad);
    }
  });
});

describe('the page of a Leistung', () => {
  for (const lang of LANGS) {
    it(`says what is needed, what it costs, who decides and by which law (${lang})`, async () => {
      for (const pkg of desk.services.packages.values()) {
        const { status, text } = await get(`/leistungen/${pkg.key}`, lang);
        const plain = text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
        assert.equal(status, 200);
        for (const need of pkg.needs) assert.ok(plain.includes(need[lang]), `${pkg.key}: ${need[lang]}`);
        for (const basis of pkg.legalBases) assert.ok(plain.includes(basis.citation), `${pkg.key}: ${basis.citation}`);
        // nobody applies for what the authority begins itself
        assert.equal(plain.includes(`href="/antrag/neu/${pkg.key}"`), pkg.initiator === 'antrag');
        assert.ok(
          plain.includes(pkg.initiator === 'amt' ? 'href="/beteiligung"' : `href="/antrag/neu/${pkg.key}"`) &&
            plain.includes(`href="/leistungen/${pkg.key}/check"`),
        );
      }
    });
  }
  it('shows the fee in force today and not one that has ended', async () => {
    const pkg = desk.current('bewohnerparkausweis')!;
    const changed = {
      ...pkg,
      fees: [
        { ...pkg.fees[0]!, validTo: '2026-11-23' },
        { ...pkg.fees[0]!, validFrom: '2026-11-24', minCents: 8100, maxCents: 8100 },
      ],
    };
    const other = testServer(
      cataloguePages({ ...city.ctx, desk: { ...desk, current: () => changed } }, (visit) => viewOf(visit, { demo: true })),
      { clock: city.clock.now },
    );
    const text = await (await other.fetch(new Request('http://localhost:8080/leistungen/x'))).text();
    assert.match(text, /81,00/);
    assert.doesNotMatch(text, /65,00/);
  });
  for (const key of ['gibt-es-nicht', '..%2f..%2fetc', 'constructor', '__proto__', '%00', 'baumfaellung%00']) {
    it(`«${key}» is not found`, async () => {
      for (const path of [`/leistungen/${key}`, `/leistungen/${key}/check`]) {
        const { status } = await get(path);
        assert.ok(status === 404 || status === 400, String(status));
      }
    });
  }
});

describe('the quick check without an account', () => {
  const yes = { checkResident: 'ja', checkAge: 'ja', checkTrailer: 'nein' };
  for (const lang of LANGS) {
    it(`says yes with the way to the Antrag, and no with a reason (${lang})`, async () => {
      const outcomes = desk.current('bewohnerparkausweis')!.form.eligibility.outcomes;
      const good = await check('bewohnerparkausweis', yes, lang);
      assert.equal(good.status, 200);
      assert.ok(good.text.includes(outcomes.at(-1)!.title[lang]));
      assert.ok(good.text.includes('href="/antrag/neu/bewohnerparkausweis"'));
      const bad = await check('bewohnerparkausweis', { ...yes, checkTrailer: 'ja' }, lang);
      assert.ok(bad.text.includes(outcomes[0]!.title[lang]));
      assert.ok(!bad.text.includes('href="/antrag/neu/'));
    });
    it(`names what was not answered, at its field (${lang})`, async () => {
      const { status, text } = await check('bewohnerparkausweis', { checkAge: 'ja' }, lang);
      assert.equal(status, 200);
      assert.match(text, /href="#f-checkResident"/);
      assert.match(text, /id="f-checkResident"/, 'the link leads somewhere');
      assert.ok(!text.includes('href="/antrag/neu/'));
    });
  }
  it('keeps nothing and sets no cookie of a session', async () => {
    const { headers } = await check('bewohnerparkausweis', yes);
    assert.doesNotMatch(headers.getSetCookie().join('\n'), /session/);
    assert.deepEqual(
      (await city.ctx.journal.readAfter(city.database.read, 0)).filter((entry) => entry.kind.startsWith('catalogue')),
      [],
    );
  });
  it('refuses values that were not offered, and shows them as text', async () => {
    const { status, text } = await check('baumfaellung', { checkGrowth: 'wald', checkCm: '<b>80</b>' });
    assert.equal(status, 200);
    assert.ok(!text.includes('<b>80</b>'));
    assert.match(text, /checkCm/);
  });
});

describe('the same for programs', () => {
  it('lists, finds and describes', async () => {
    const all = await api('/api/services');
    assert.equal((all.body['items'] as unknown[]).length, desk.services.packages.size);
    const found = await api('/api/services?q=Baum');
    assert.equal((found.body['items'] as { key: string }[])[0]!.key, 'baumfaellung');
    assert.equal((await api('/api/services/baumfaellung')).body['hash'], desk.current('baumfaellung')!.hash);
    assert.equal((await api(`/api/services?q=${'x'.repeat(201)}`)).status, 422);
    assert.equal((await api('/api/services/gibt-es-nicht')).status, 404);
  });
  it('checks eligibility as the page does', async () => {
    const good = await api('/api/services/bewohnerparkausweis/eligibility', { answers: { checkResident: true, checkAge: true, checkTrailer: false } });
    assert.deepEqual([good.status, good.body['result']], [200, 'yes']);
    const missing = await api('/api/services/bewohnerparkausweis/eligibility', { answers: { checkAge: true } });
    assert.equal(missing.status, 422);
    assert.equal((await api('/api/services/bewohnerparkausweis/eligibility', { answers: { checkAge: { $gt: 1 } } })).status, 422);
  });
});
