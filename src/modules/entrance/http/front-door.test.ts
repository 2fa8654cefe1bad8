import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { entranceCity, type EntranceCity } from '../../../../test/support/entrance-city.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import type { EntranceContext } from '../application/context.ts';
import { measureTimes } from '../application/figures.ts';
import { keepFigures, type FigureBodies } from '../store/figures.ts';

const LANGS = ['de', 'en', 'leicht'] as const;
const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');

describe('the front door', () => {
  let city: EntranceCity;
  const ports: { -readonly [K in 'happening' | 'warnings' | 'placesNow' | 'shareLink']?: NonNullable<EntranceContext[K]> } = {};
  before(async () => {
    const asked = {
      happening: async (lang: Lang) => (await ports.happening?.(lang)) ?? [],
      warnings: async (lang: Lang) => (await ports.warnings?.(lang)) ?? [],
      shareLink: async (key: string) => ports.shareLink?.(key),
    };
    city = await entranceCity({ ports: asked });
  });
  after(() => city.close());

  const get = async (path: string, lang = 'de') => {
    const answer = await city.server.request(path, { headers: { accept: 'text/html', cookie: `kontor_lang=${lang}` } });
    return { status: answer.status, text: await answer.text() };
  };
  const api = async (path: string) => (await (await city.server.request(path)).json()) as Record<string, never>;
  const keep = <K extends keyof FigureBodies>(kind: K, body: FigureBodies[K]) => city.database.write((tx) => keepFigures(tx, kind, body, NOW));
  const plain = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
  /** Where the cards of the results lead. */
  const found = (text: string): string[] => [...(text.split('<section')[1] ?? '').matchAll(/stretched" href="([^"]+)"/g)].map((match) => match[1]!);

  for (const lang of LANGS) {
    it(`shows the situations, the search and the quick ways (${lang})`, async () => {
      const { status, text } = await get('/', lang);
      assert.equal(status, 200);
      for (const { key, name } of city.ctx.situations) assert.ok(plain(text).includes(name[lang]) && text.includes(`/lebenslagen/${key}`), key);
      for (const href of ['/status', '/wartezeiten', '/finden', '/leistungen']) assert.match(text, new RegExp(`href="${href}"`));
      assert.match(text, /<form class="k-search" method="get" action="\/"/);
      assert.doesNotMatch(
        text.slice(text.indexOf('<main'), text.indexOf('</main')),
        /href="\/(online-ausweis|hilfe-vor-ort)"/,
        'pages that this city does not have',
      );
    });
    it(`finds by a search, best first (${lang})`, async () => {
      const { status, text } = await get(`/?q=${encodeURIComponent(lang === 'en' ? 'fell tree' : 'Baum fällen')}`, lang);
      assert.equal(status, 200);
      assert.equal(found(text)[0], '/leistungen/baumfaellung');
    });
    it(`says plainly when nothing is found, and what to do (${lang})`, async () => {
      const { text } = await get('/?q=xyzxyz', lang);
      assert.deepEqual(found(text), []);
      assert.match(text, /115/);
      assert.match(text, /href="\/finden"/);
    });
  }

  it('offers what was meant', async () => {
    const { text } = await get('/?q=bewonerparkausweis');
    assert.match(plain(text), /Meinten Sie: <a[^>]*href="\/\?q=Bewohnerparkausweis"/);
    assert.equal(found(text)[0], '/leistungen/bewohnerparkausweis');
  });

  it('knows a file number and leads to its status, without repeating it in an address', async () => {
    const { text } = await get('/?q=BP-2026-000042-L');
    const { fileNumber } = await city.begin('bewohnerparkausweis');
    const known = await get(`/?q=${fileNumber}`);
    assert.match(known.text, /Das ist ein Aktenzeichen/);
    assert.doesNotMatch(text, /href="\/status\?/);
  });

  it('counts that a search found nothing, never its words', async () => {
    city.uses.length = 0;
    await get('/?q=Baum');
    await get('/?q=');
    await get('/');
    assert.deepEqual(city.uses, []);
    await get('/?q=qwxzqwxz');
    await api('/api/entrance/search?q=qwxzqwxz');
    assert.deepEqual(city.uses, [
      { step: 'search-nothing', subject: 'front-door' },
      { step: 'search-nothing', subject: 'front-door' },
    ]);
    assert.doesNotMatch(JSON.stringify([city.uses, city.log.lines]), /qwxzqwxz/);
  });

  it('keeps what was typed, as text and not as markup', async () => {
    const { status, text } = await get(`/?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    assert.equal(status, 200);
    assert.ok(!text.includes('<script>alert'));
    assert.ok(text.includes('&lt;script&gt;'));
  });
  it('whatever is asked for: a page, and nothing of the query as markup', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300, unit: 'grapheme' }), async (query) => {
        const { status, text } = await get(`/?q=${encodeURIComponent(`<i>${query}`)}`);
        assert.equal(status, 200);
        assert.ok(!text.includes('<i>'));
      }),
      { numRuns: 20 },
    );
  });
  for (const query of ['q=', 'q=%20', 'q=a&q=b', `q=${'baum'.repeat(1000)}`, 'q=%00', 'q=%E0%A4', 'x=1', 'q[]=baum']) {
    it(`answers «${query.slice(0, 20)}»`, async () => assert.equal((await get(`/?${query}`)).status, 200));
  }

  it('carries on where somebody came from, on every way to a service', async () => {
    const { text } = await get('/?k=b7kfm.b');
    assert.match(text, /href="\/lebenslagen\/umzug\?k=b7kfm\.b"/);
    assert.match(text, /name="k" value="b7kfm\.b"/);
    assert.match((await get('/?q=Hund&k=b7kfm')).text, /href="\/leistungen\/hund\?k=b7kfm"/);
    const situation = (await get('/lebenslagen/hund-kommt?k=b7kfm')).text;
    assert.match(situation, /href="\/antrag\/neu\/hund\?k=b7kfm"/);
    assert.match((await get('/?k=aeiou%22')).text, /href="\/lebenslagen\/umzug"/);
  });

  it('shows what is on, warnings in force, and what many use; a neighbour that fails costs its part alone', async () => {
    ports.happening = async () => [{ title: 'Alter Markt', href: '/beteiligung/markt', until: Temporal.PlainDate.from('2026-12-24') }];
    ports.warnings = async () => [{ title: 'Sturmflut heute Nacht', href: '/lage/warnung/1' }];
    await keep('used', [
      { service: 'hund', people: 48151 },
      { service: 'gibt-es-nicht-mehr', people: 16233 },
    ]);
    const { text } = await get('/');
    assert.match(text, /Alter Markt/);
    assert.match(text, /Sturmflut heute Nacht/);
    assert.match(text, /Oft gebraucht[\s\S]*\/leistungen\/hund"/);
    assert.doesNotMatch(text, /48151|16233|gibt-es-nicht-mehr/);
    ports.happening = async () => {
      throw new Error('kaputt');
    };
    const broken = await get('/');
    assert.equal(broken.status, 200);
    assert.doesNotMatch(broken.text, /Alter Markt/);
    assert.match(broken.text, /Sturmflut heute Nacht/);
    assert.ok(city.log.lines.some(({ event, facts }) => event === 'entrance.part-failed' && facts['what'] === 'happening'));
    delete ports.happening;
    delete ports.warnings;
  });

  for (const lang of LANGS) {
    it(`a situation shows its steps in order, with needs, fees, duration and the way on (${lang})`, async () => {
      const situation = city.ctx.situations.find(({ key }) => key === 'umzug')!;
      const { status, text } = await get('/lebenslagen/umzug', lang);
      assert.equal(status, 200);
      let at = 0;
      for (const step of situation.steps) {
        const words = 'elsewhere' in step ? step.elsewhere[lang] : step.why[lang];
        const place = plain(text).indexOf(words, at);
        assert.ok(place > at, words);
        at = place;
        if ('elsewhere' in step) assert.ok(plain(text).includes(step.source));
      }
      const parking = city.ctx.desk.current('bewohnerparkausweis')!;
      for (const need of parking.needs) assert.ok(plain(text).includes(need[lang]));
      assert.match(text, /65,00|65\.00/);
      for (const href of ['/antrag/neu/bewohnerparkausweis', '/leistungen/bewohnerparkausweis/check']) assert.match(text, new RegExp(`href="${href}"`));
    });
  }
  it('an unknown situation is not found', async () => {
    for (const key of ['nirgends', '__proto__', '%00']) assert.ok([404, 400].includes((await get(`/lebenslagen/${key}`)).status));
    assert.equal((await city.server.request('/api/entrance/situations/nirgends')).status, 404);
  });
  it('programs get the same situations', async () => {
    assert.equal((await api('/api/entrance/situations'))['items']!['length'], city.ctx.situations.length);
    const one = (await api('/api/entrance/situations/mitreden')) as unknown as { steps: { kind: string; path: string | null }[] };
    assert.deepEqual(
      one.steps.map(({ kind, path }) => `${kind} ${path}`),
      ['page /beteiligung', 'page /plaene', 'service /leistungen/bebauungsplan', 'page /zwilling'],
    );
  });

  it('what others needed next stands with the service and the situation, as names without a number', async () => {
    await keep('followed', [
      { service: 'baugenehmigung', next: 'sondernutzung', people: 48151 },
      { service: 'baugenehmigung', next: 'hund', people: 16233 },
    ]);
    const service = (await get('/leistungen/baugenehmigung')).text;
    assert.match(service, /Danach brauchten andere oft[\s\S]*\/leistungen\/sondernutzung"[\s\S]*\/leistungen\/hund"/);
    assert.doesNotMatch(service, /48151|16233/);
    assert.match((await get('/lebenslagen/bauen')).text, /Danach brauchten andere oft[\s\S]*\/leistungen\/hund"/);
    assert.doesNotMatch((await get('/leistungen/hund')).text, /Danach brauchten/);
    assert.deepEqual((await api('/api/entrance/services/baugenehmigung'))['neededNext'], ['sondernutzung', 'hund']);
  });

  it('waiting times are one table with their age; what is not measured is said to be unknown', async () => {
    assert.match((await get('/wartezeiten')).text, /noch nichts gemessen/);
    await keep('times', [
      { service: 'hund', cases: 30, medianDays: 0.01, p80Days: 0.4 },
      { service: 'baumfaellung', cases: 12, medianDays: 32.2, p80Days: 47 },
      { service: 'sondernutzung', cases: 2 },
    ]);
    const { text } = await get('/wartezeiten');
    const row = (key: string): string => text.slice(text.indexOf(`href="/leistungen/${key}"`)).split('</tr>')[0]!;
    assert.match(row('baumfaellung'), /33\sTagen[\s\S]*47\sTagen[\s\S]*8\sWochen/);
    assert.match(row('hund'), /weniger als einem Tag/);
    assert.match(text, /Die gemessenen Zeiten sind keine Zusage\./);
    assert.match(row('sondernutzung'), /noch unbekannt/);
    assert.match(text, /Stand: 24\. November 2026/);
    assert.doesNotMatch(text, /leistungen\/bebauungsplan"/, 'nobody applies for it');
    const { items, measuredAt } = (await api('/api/entrance/waiting-times')) as unknown as {
      items: { service: string; medianDays: number | null }[];
      measuredAt: string;
    };
    assert.equal(items.find(({ service }) => service === 'baumfaellung')!.medianDays, 32.2);
    assert.equal(items.find(({ service }) => service === 'sondernutzung')!.medianDays, null);
    assert.equal(measuredAt, '2026-11-24T09:00:00Z');
    await measureTimes(city.ctx);
    assert.match((await get('/wartezeiten')).text, /noch unbekannt/);
  });

  it('a service is passed on by its plain address, or by a short link that carries a campaign', async () => {
    const own = (await get('/leistungen/hund')).text;
    assert.match(own, /http:\/\/localhost:8080\/leistungen\/hund</);
    assert.match(own, /<svg class="k-qr"[^>]*aria-label="QR-Code, der zu «Hund anmelden» führt"/);
    assert.match(plain(own), /href="mailto:\?subject=Online%20bei%20der%20Stadt%3A%20Hund%20anmelden&body=/);
    ports.shareLink = async (key) => (key === 'hund' ? { code: 'b7kfm' } : undefined);
    assert.match((await get('/leistungen/hund', 'leicht')).text, /http:\/\/localhost:8080\/k\/b7kfm</);
    assert.match((await get('/leistungen/baumfaellung')).text, /http:\/\/localhost:8080\/leistungen\/baumfaellung</);
    const sheet = await get('/leistungen/hund/weitergeben');
    assert.equal(sheet.status, 200);
    assert.match(sheet.text, /<strong>http:\/\/localhost:8080\/k\/b7kfm<\/strong>/);
    assert.equal((await get('/leistungen/gibt-es-nicht/weitergeben')).status, 404);
    assert.equal((await api('/api/entrance/services/hund'))['shareAddress'], 'http://localhost:8080/k/b7kfm');
    delete ports.shareLink;
  });
});

describe('many readers', () => {
  it('are one question to the neighbours a second', async () => {
    let asked = 0;
    const city = await entranceCity({ ports: { keptMs: 60_000, happening: async () => ((asked += 1), []) } });
    try {
      await Promise.all(Array.from({ length: 20 }, () => city.server.request('/')));
      assert.equal(asked, 1);
      await city.server.request('/?lang=en');
      assert.equal(asked, 2);
    } finally {
      await city.close();
    }
  });
});

describe('a city with guides and helper', () => {
  it('shows who waits where, and the ways that this city has', async () => {
    const city = await entranceCity({
      ports: {
        pageExists: () => true,
        placesNow: async () => [
          { name: 'Mercado', href: '/hilfe-vor-ort/mercado', open: true, waiting: 3, minutes: 12, asOf: NOW },
          { name: 'Bücherhalle', open: true, asOf: NOW },
          { name: 'Bus', open: false, opening: 'Geschlossen. Öffnet am Montag um 09:00 Uhr.', asOf: NOW },
          { name: 'Laden', open: false, asOf: NOW },
        ],
      },
    });
    try {
      for (const path of ['/', '/wartezeiten']) {
        const text = await (await city.server.request(path)).text();
        assert.match(text, /Mercado[\s\S]*3 Personen warten[\s\S]*etwa 12 Minuten/);
        assert.match(text, /Bücherhalle[\s\S]*noch nicht gemessen/);
        assert.match(text, /Bus[\s\S]*Öffnet am Montag um 09:00 Uhr[\s\S]*Laden[\s\S]*geschlossen/);
      }
      assert.match(await (await city.server.request('/')).text(), /href="\/online-ausweis"/);
      assert.match(await (await city.server.request('/wartezeiten')).text(), /href="\/strategie\/kennzahlen\/days-median"/);
    } finally {
      await city.close();
    }
  });
});
