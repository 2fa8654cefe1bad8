import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { cityFrame } from '../../../frame.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { countedPages, useCounter, usageOn } from '../../../neighbours-usage.ts';
import { markingDatabase } from '../../../platform/http/idempotency.ts';
import { getPage, html as answerHtml, problemPage } from '../../../platform/http/route.ts';
import { html } from '../../../platform/ui/html.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { testServer } from '../../../../test/support/test-server.ts';
import { usageModule, type CountedService, type UsageModule } from '../public.ts';

const staff = (role: 'lotse' | 'presse' | 'strategie', id: string): Actor => ({
  kind: 'staff',
  staffId: `0190a000-0000-7000-8000-0000000000${id}`,
  roles: [role],
  authorities: [],
});
const ACTORS: Readonly<Record<string, Actor>> = {
  lotse: staff('lotse', 'c1'),
  presse: staff('presse', 'c2'),
  strategie: staff('strategie', 'c3'),
  officer: { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c4', roles: ['sachbearbeitung'], authorities: ['own-office'] },
};

const many = (key: string, name: string, offices: readonly string[] = []): CountedService => ({
  key,
  name: { de: name, en: name, leicht: name },
  offices,
  pages: [],
});
/** What only a large city has. */
const LARGE = [
  many('own', 'Eigene Leistung', ['own-office']),
  ...Array.from({ length: 300 }, (_, index) => many(`service-${index + 1}`, `Leistung ${index + 1}`)),
];

let city: ProcedureCity;
let usage: UsageModule;
/** Published meanwhile. */
let more: CountedService[] = [];
/** Whether the city has its 300 services. */
let large = false;
let server: CityServer;
before(async () => {
  city = await procedureCity();
  const counter = useCounter(city.ctx);
  const base = usageOn(city.ctx, counter, 'a secret of the tests, long enough for a key');
  usage = usageModule(
    {
      ...base,
      database: markingDatabase(city.database),
      services: () => [...base.services(), ...(large ? [...LARGE, ...more] : [])],
      findServices: (query) => LARGE.flatMap(({ key, name }) => (name.de === query ? [key] : [])),
      cases: { ...base.cases, own: async () => ({ service: 'baumfaellung', decided: true }) },
    },
    counter,
    cityFrame({ demo: false }).view,
  );
  server = testServer(usage.routes, {
    clock: city.clock.now,
    database: city.database,
    authenticate: async (token) => (ACTORS[token] === undefined ? undefined : { actor: ACTORS[token] }),
  });
});
after(async () => {
  await usage.close();
  await city.close();
});

const headers = (who: string) => ({ cookie: `kontor_session=${who}; kontor_lang=de`, origin: 'http://localhost:8080' });
const get = async (path: string, who = ''): Promise<string> => (await server.request(path, { headers: headers(who) })).text();
const post = (path: string, who: string, fields: Record<string, string>) =>
  server.request(path, { method: 'POST', headers: headers(who), body: new URLSearchParams(fields) });

describe('The open page', () => {
  it('says unknown, never 0 and never 100 %, where nobody counted', async () => {
    const page = await get('/transparenz');
    assert.match(page, /Nutzungsgrad[\s\S]*?nicht bekannt/);
    assert.ok(!/[^\d]0 %|100 %/.test(page), 'no share was made up');
    assert.match(page, /laufend gezählt, Stand 24\.11\.2026/);
    assert.match(page, /Do Not Track/);
  });
  it('shows every service and its way, and what it does not know says so', async () => {
    assert.match(await get('/transparenz/leistung/baumfaellung?lang=leicht'), /weniger als 20/);
    assert.equal((await server.request('/transparenz/leistung/gibtesnicht')).status, 404);
    assert.match(await get('/transparenz/spalten'), /usage\.cell\.day/);
    const told = JSON.parse(await get('/api/usage')) as { services: { usage: { state: string; share: number | null; origin: string } }[] };
    assert.ok(told.services.length > 3);
    for (const { usage: rate } of told.services) assert.deepEqual([rate.state, rate.share, rate.origin], ['unknown', null, 'live']);
  });
});

describe('Counting at the counter', () => {
  const buttons = (page: string): string[] => [...page.matchAll(/value="([^"]+)" data-key="(.)"/g)].map(([, stroke, key]) => `${key} ${stroke}`);
  it('is one key for each service and way, said aloud, and taken back', async () => {
    const page = await get('/amt/zaehlen', 'lotse');
    const keys = buttons(page).map((one) => one[0]);
    assert.ok(keys.length >= 6 && new Set(keys).size === keys.length, 'each button has a key of its own');
    const done = await post('/amt/zaehlen', 'lotse', { fall: 'baumfaellung.phone' });
    assert.equal(done.headers.get('location'), '/amt/zaehlen?gezaehlt=baumfaellung.phone');
    const said = await get('/amt/zaehlen?gezaehlt=baumfaellung.phone', 'lotse');
    assert.match(said, /role="status"[\s\S]*Gezählt: [^<]*Telefon/);
    assert.match(said, /heute gezählt: <strong data-total>1<\/strong>/);
    assert.equal((await post('/amt/zaehlen/zurueck', 'lotse', {})).status, 303);
    assert.equal((await post('/amt/zaehlen/zurueck', 'lotse', {})).status, 409);
    assert.equal((await post('/amt/zaehlen', 'lotse', { fall: '<b>.phone' })).status, 404);
    assert.equal((await post('/amt/zaehlen', 'presse', { fall: 'baumfaellung.phone' })).status, 403);
    assert.ok(!(await get('/amt/zaehlen?gezaehlt=%3Cb%3E', 'lotse')).includes('<b>'));
  });
  it('keeps its keys in a city of 300 services: own ones first, what comes later moves none, others are searched', async () => {
    large = true;
    const before = buttons(await get('/amt/zaehlen', 'officer'));
    assert.deepEqual(before, ['1 own.counter', 'q own.phone', 'a own.post'], 'of 300 the one of the own office');
    await post('/amt/zaehlen', 'officer', { fall: 'service-7.counter' });
    await post('/amt/zaehlen/liste', 'officer', { merken: 'baumfaellung' });
    more = [many('another', 'Aal angeln', ['own-office'])];
    const now = buttons(await get('/amt/zaehlen', 'officer'));
    assert.deepEqual(
      now.filter((one) => one.endsWith('counter')),
      ['1 own.counter', '2 service-7.counter', '3 baumfaellung.counter'],
    );
    await post('/amt/zaehlen/liste', 'officer', { streichen: 'service-7' });
    const left = await get('/amt/zaehlen?q=Leistung%20123', 'officer');
    assert.deepEqual(
      buttons(left).filter((one) => one.endsWith('post')),
      ['a own.post', 'd baumfaellung.post'],
    );
    assert.match(left, /name="fall" value="service-123\.counter" data-stroke/, 'found, without a key');
    for (const key of ['service-1', 'service-2', 'service-3', 'service-4', 'service-5', 'service-6', 'service-8'])
      await post('/amt/zaehlen/liste', 'officer', { merken: key });
    assert.equal((await post('/amt/zaehlen/liste', 'officer', { merken: 'service-9' })).status, 409, 'nine, and no tenth');
    assert.equal((await post('/amt/zaehlen', 'officer', { fall: 'service-9.post' })).status, 303, 'counted all the same');
    assert.equal((await post('/amt/zaehlen/liste', 'officer', { merken: 'gibtesnicht' })).status, 404);
  });
  it('a press that is sent twice counts once, and nobody can read who pressed', async () => {
    const send = () =>
      server.request('/api/usage/counter-cases', {
        method: 'POST',
        headers: { ...headers('officer'), 'content-type': 'application/json', 'idempotency-key': 'press-1' },
        body: JSON.stringify({ service: 'own', channel: 'phone' }),
      });
    const first = (await (await send()).json()) as { today: number };
    assert.equal(first.today, 1);
    assert.equal((await send()).status, 409, 'it was done');
    assert.match(await get('/amt/zaehlen', 'officer'), /value="own\.phone"[\s\S]*?data-count>1</);
    const kept = await sql<{ text: string }>`select row_to_json(i)::text as text from platform.idempotency i where key = 'press-1'`.execute(
      city.ctx.database.read,
    );
    assert.equal(kept.rows.length, 1);
    assert.doesNotMatch(kept.rows[0]!.text, /staff|own|phone/);
  });
});

describe('Entering', () => {
  const period = { system: 'Matomo der Stadt', format: 'matomo-csv', firstDay: '1.10.2026', lastDay: '31.10.2026' };
  it('shows what would be taken before it is, and what is wrong by line and column, with what was typed', async () => {
    const wrong = await post('/amt/nutzung/datei', 'presse', { ...period, text: 'date,nb_visits\n2026-10-01,viele\n' });
    assert.equal(wrong.status, 422);
    const page = await wrong.text();
    assert.match(page, /Zeile 2, Spalte 2: „viele“ ist keine ganze Zahl/);
    assert.match(page, /value="Matomo der Stadt"/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, 'two forms on one page, and each field its own name');
    const nameless = await (await post('/amt/nutzung/datei', 'presse', { ...period, system: '', text: 'x' })).text();
    assert.match(nameless, /href="#f-system"[^>]*>Nennen Sie die Quelle/);
    const preview = await (await post('/amt/nutzung/datei', 'presse', { ...period, text: 'date,nb_visits\n2026-10-01,120\n2026-10-02,3\n' })).text();
    assert.match(preview, /Das würde aufgenommen/);
    assert.ok(!(await get('/transparenz')).includes('Matomo'), 'a preview leaves no trace');
    const taken = await post('/amt/nutzung/datei/aufnehmen', 'presse', { ...period, text: 'date,nb_visits\n2026-10-01,120\n2026-10-02,3\n' });
    assert.equal(taken.headers.get('location'), '/amt/nutzung');
    assert.match(await get('/transparenz'), /Matomo der Stadt \(aus einem anderen System, Stand 24\.11\.2026\)/);
  });
  it('a survey stands on the open page at once, with source, size and day', async () => {
    const wrong = await post('/amt/nutzung/umfrage', 'strategie', {
      about: 'gap',
      title: 'Wer nutzt es nicht?',
      source: 'Amt',
      takenOn: '31.02.2026',
      sampleSize: '1000',
      percent: '27,5',
    });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /Geben Sie den Tag der Umfrage an/);
    const done = await post('/amt/nutzung/umfrage', 'strategie', {
      about: 'gap',
      title: 'Wer nutzt es nicht?',
      source: 'Amt',
      takenOn: '1.10.2026',
      sampleSize: '1.000',
      percent: '27,5',
    });
    assert.equal(done.status, 303, await done.text());
    assert.match(await get('/transparenz'), /28 %[\s\S]*Wer nutzt es nicht\?[\s\S]*1\.000 Befragte; 01\.10\.2026/);
  });
  it('only the keepers of the strategy read what people wrote', async () => {
    assert.equal((await server.request('/amt/nutzung/worte', { headers: headers('presse') })).status, 403);
    assert.match(await get('/amt/nutzung/worte', 'strategie'), /Noch hat niemand etwas geschrieben/);
  });
});

describe('Asking', () => {
  it('only the applicant is asked, and an answer without a score is refused', async () => {
    const id = '0190a000-0000-7000-8000-000000000401';
    assert.equal(await usage.panel(ACTORS['lotse']!, id, 'de'), undefined);
    const panel = String(await usage.panel(city.citizen, id, 'de'));
    assert.match(panel, /Wie zufrieden sind Sie mit dieser Leistung\?/);
  });
});

describe('Pages of the catalogue', () => {
  it('are counted when they were shown, with where the reader came from, and not when they are missing', async () => {
    const seen: string[] = [];
    const page = getPage('/leistungen/:key', 'public', async ({ params }) =>
      params['key'] === 'hund' ? answerHtml(html`da`) : problemPage({ kind: 'not-found', detail: 'weg' }),
    );
    const other = getPage('/fristen', 'public', async () => answerHtml(html`da`));
    const routes = countedPages(
      [page, other],
      (reader, { step, subject, origin }) => void seen.push(`${reader === undefined ? 'nobody' : 'reader'} ${step} ${subject} ${origin ?? '-'}`),
    );
    const shop = testServer(routes);
    await shop.request('/leistungen/hund?k=b7kfm');
    await shop.request('/leistungen/hund', { headers: { dnt: '1' } });
    await shop.request('/leistungen/katze');
    await shop.request('/fristen');
    assert.deepEqual(seen, ['reader service-shown hund b7kfm', 'nobody service-shown hund -']);
  });
});

describe('Files of other systems, by form', () => {
  const PERIOD = { system: 'Matomo der Stadt', format: 'csv', firstDay: '01.10.2026', lastDay: '31.10.2026' };
  it('one of almost two megabytes goes through preview and taking', async () => {
    const lines = Array.from({ length: 17_500 }, (_, at) => `2026-10-01;Besuche;/seite/${String(at).padStart(6, '0')}/${'x'.repeat(70)};${10 + at}`);
    const text = `von;messgröße;gegenstand;anzahl\n${lines.join('\n')}\n`;
    assert.ok(text.length > 1_800_000 && text.length < 2_000_000);
    const form = new FormData();
    for (const [name, value] of Object.entries(PERIOD)) form.set(name, value);
    form.set('file', new Blob([text], { type: 'text/csv' }), 'zahlen.csv');
    const preview = await server.request('/amt/nutzung/datei', { method: 'POST', headers: headers('strategie'), body: form });
    assert.equal(preview.status, 200);
    const page = await preview.text();
    assert.match(page, /17\.500/);
    const taking = new FormData();
    const [, inner] = /action="\/amt\/nutzung\/datei\/aufnehmen"[^>]*>([\s\S]*?)<\/form>/.exec(page)!;
    for (const [, name, value] of inner!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) taking.append(name!, value!);
    const taken = await server.request('/amt/nutzung/datei/aufnehmen', { method: 'POST', headers: headers('strategie'), body: taking });
    assert.equal(taken.status, 303, (await taken.text()).slice(0, 2000));
  });
  it('a day that does not exist is told at its field', async () => {
    const wrong = await post('/amt/nutzung/datei', 'strategie', { ...PERIOD, lastDay: '2026-02-31', text: 'x' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /href="#f-lastDay"/);
  });
  it('a survey stands with its source, how many were asked and how far it can be off', async () => {
    const entered = await post('/amt/nutzung/umfrage', 'strategie', {
      about: 'gap',
      title: 'Nicht online erledigt',
      source: 'Umfrage A',
      takenOn: '02.10.2026',
      sampleSize: '263',
      percent: '30,798',
    });
    assert.equal(entered.status, 303, (await entered.text()).slice(0, 3000));
    assert.match(
      await get('/transparenz'),
      /Nicht online erledigt[^<]*Umfrage A; 263 Befragte; 02\.10\.2026\. Mit 95 % Sicherheit zwischen 25,5 % und 36,6 %, wenn/,
    );
    const { surveys } = (await (await server.request('/api/usage')).json()) as { surveys: { interval: { low: number } }[] };
    assert.equal(surveys[0]!.interval.low.toFixed(3), '0.255');
  });
});

describe('All counters, to take along', () => {
  it('are in the file and in the pages of the API, however many there are, each once and in order', async () => {
    const kept = 12_001;
    await sql`insert into usage.cell (day, step, subject, dimension, value, count)
      select '2026-11-01', 'service-shown', 'probe-' || n, 'all', '', 10 from generate_series(1, ${kept}::int) as n`.execute(city.database.read);
    const answer = await server.request('/transparenz/zahlen.csv');
    const rows = (await answer.text()).trim().split('\r\n').slice(1);
    assert.equal(new Set(rows.filter((row) => row.includes(';probe-'))).size, kept);
    assert.equal(new Set(rows).size, rows.length);
    const told: string[] = [];
    for (let next: string | null = ''; next !== null && told.length < 600;) {
      const page = await server.request(`/api/usage/cells?limit=200${next === '' ? '' : `&cursor=${next}`}`);
      const list = (await page.json()) as { items: Record<string, unknown>[]; next: string | null };
      told.push(...list.items.map((one) => ['day', 'step', 'subject', 'dimension', 'value', 'count'].map((name) => String(one[name])).join(';')));
      next = list.next;
    }
    assert.deepEqual(told, rows.slice(0, 600));
    for (const parts of [['x'], ['2026-02-30', 'a', 'b', 'c', 'd']])
      assert.equal((await server.request(`/api/usage/cells?cursor=${Buffer.from(JSON.stringify(parts)).toString('base64url')}`)).status, 422);
    const again = () => server.request('/transparenz/zahlen.csv', { headers: { 'if-none-match': answer.headers.get('etag')! } });
    assert.equal((await again()).status, 304);
    await sql`update usage.cell set count = count + 10 where subject = 'probe-7'`.execute(city.database.read);
    assert.equal((await again()).status, 200);
  });
});
