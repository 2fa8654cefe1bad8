import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { llmCity, modelAt, order, type LlmCity } from '../../../../test/support/llm-city.ts';
import { delta, DROP, fakeModelServer, says, type ModelServer } from '../../../../test/support/model-server.ts';
import { ACTORS, as, testServer, type TestActor } from '../../../../test/support/test-server.ts';
import { cityFrame } from '../../../frame.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { cleanOutput, feedbackPart, llmJobs, llmRoutes } from '../public.ts';

let city: LlmCity;
let models: ModelServer;
let server: CityServer;
before(async () => {
  models = await fakeModelServer();
  const source = { kind: 'openai', baseUrl: models.baseUrl, apiKey: 'sk-geheim' } as const;
  city = await llmCity({ models: [modelAt(models.baseUrl, { source })], unitName: (id) => `Amt ${id}` });
  server = testServer(llmRoutes(city.llm, cityFrame({ demo: true }).view), { clock: city.city.clock.now, database: city.city.database });
});
after(async () => {
  await models.close();
  await city.close();
});

const get = async (path: string, who?: TestActor, lang = 'de'): Promise<{ status: number; text: string }> => {
  const cookie = [...(who === undefined ? [] : [as(who).cookie]), `kontor_lang=${lang}`].join('; ');
  const answer = await server.request(path, { headers: { cookie } });
  return { status: answer.status, text: await answer.text() };
};
const post = async (path: string, who: TestActor, fields: Record<string, string>): Promise<{ status: number; text: string }> => {
  const answer = await server.request(path, { method: 'POST', headers: as(who), body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
};
const put = async (path: string, who: TestActor, body: object): Promise<number> =>
  (await server.request(path, { method: 'PUT', headers: { ...as(who), 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;

describe('the register', () => {
  for (const [lang, title] of [
    ['de', 'Register der KI'],
    ['en', 'Register of AI'],
    ['leicht', 'Liste der KI'],
  ] as const)
    it(`is public in ${lang}`, async () => {
      const { status, text } = await get('/assistent/register', undefined, lang);
      assert.equal(status, 200);
      assert.ok(text.includes(`<h1`) && text.includes(title));
      assert.ok(text.includes('Test-Modell') && text.includes('§ 4 HmbDSG'));
    });
  it('is public for programs, and tells neither address nor key', async () => {
    const { text } = await get('/api/assistent/register');
    const { models: listed, uses } = JSON.parse(text) as { models: { key: string; active: boolean }[]; uses: { key: string; riskClass: string }[] };
    assert.deepEqual(
      listed.map(({ key, active }) => [key, active]),
      [['test', true]],
    );
    assert.ok(uses.some(({ key, riskClass }) => key === 'recherche' && riskClass === 'limited'));
    for (const secret of ['sk-geheim', '127.0.0.1', models.baseUrl]) assert.ok(!text.includes(secret));
    assert.ok(!(await get('/assistent/register')).text.includes('sk-geheim'));
  });
});

describe('the page of the administration', () => {
  it('is for administration and revision; only the administration changes', async () => {
    assert.equal((await get('/verwaltung/assistent', 'sachbearbeitung')).status, 403);
    assert.ok(!(await get('/verwaltung/assistent', 'revision')).text.includes('Abschalten'));
    assert.ok((await get('/verwaltung/assistent', 'administration')).text.includes('Abschalten'));
    assert.equal((await post('/verwaltung/assistent/schalten', 'revision', { kind: 'model', key: 'test', active: 'nein' })).status, 403);
  });
  it('switches a model off and on', async () => {
    assert.equal((await post('/verwaltung/assistent/schalten', 'administration', { kind: 'model', key: 'test', active: 'nein' })).status, 303);
    assert.ok((await get('/assistent/register')).text.includes('abgeschaltet'));
    assert.equal(await put('/api/assistent/register', 'administration', { kind: 'model', key: 'test', active: true }), 200);
    assert.ok(!(await get('/assistent/register')).text.includes('abgeschaltet'));
    assert.equal(await put('/api/assistent/register', 'administration', { kind: 'model', key: 'nie', active: true }), 404);
  });
  it('sets a limit, and says at the field what is wrong with one', async () => {
    assert.equal((await post('/verwaltung/assistent/grenzen', 'administration', { name: 'unit-day', 'unit-day': '77' })).status, 303);
    assert.deepEqual(JSON.parse((await get('/api/assistent/grenzen', 'revision')).text)['unit-day'], 77);
    const wrong = await post('/verwaltung/assistent/grenzen', 'administration', { name: 'unit-day', 'unit-day': 'viele' });
    assert.equal(wrong.status, 422);
    assert.ok(wrong.text.includes('value="viele"') && wrong.text.includes('href="#f-unit-day"') && wrong.text.includes('ganze Zahl'));
    assert.equal(await put('/api/assistent/grenzen', 'administration', { name: 'unit-day', value: 10_000 }), 200);
  });
  it('asks a model and labels what it said', async () => {
    models.behave(() => says('Es geht um <b>Märkte</b>.'));
    const { status, text } = await post('/verwaltung/assistent/pruefen', 'administration', { model: 'test' });
    assert.equal(status, 200);
    assert.ok(text.includes('data-ai-generated') && text.includes('KI-erzeugt, bitte prüfen: Test-Modell') && text.includes('‹b&gt;Märkte‹/b&gt;'));
    models.behave(() => ({ steps: [DROP] }));
    assert.equal((await post('/verwaltung/assistent/pruefen', 'administration', { model: 'test' })).status, 503);
  });
});

describe('usage', () => {
  const askAs = async (staffId: string): Promise<void> => {
    models.behave(() => says('Gut.'));
    expectOk(await city.models.generate({ ...ACTORS.sachbearbeitung, staffId }, order({ use: 'schreiben' })));
  };
  const person = (nth: number): string => `0190a000-0000-7000-8000-0000000001${String(nth).padStart(2, '0')}`;
  it('of fewer than five persons says "weniger als 5" and no figure', async () => {
    for (let nth = 0; nth < 4; nth += 1) await askAs(person(nth));
    const { text } = await get('/verwaltung/assistent', 'revision');
    assert.ok(text.includes('weniger als 5') && text.includes('Amt bezirk-altona'));
    const usage = JSON.parse((await get('/api/assistent/nutzung', 'revision')).text) as { usage: { use: string; counts: unknown }[] };
    assert.equal(usage.usage.find(({ use }) => use === 'schreiben')?.counts, null);
    assert.ok(!text.includes(person(0)) && !JSON.stringify(usage).includes(person(0)));
  });
  it('of five tells how many orders', async () => {
    for (const nth of [3, 4]) await askAs(person(nth));
    const { usage } = JSON.parse((await get('/api/assistent/nutzung', 'revision')).text) as {
      usage: { use: string; counts: { persons: number; orders: number } }[];
    };
    const { persons, orders } = usage.find(({ use }) => use === 'schreiben')!.counts;
    assert.deepEqual([persons, orders], [5, 6]);
  });
  it('counts feedback without who gave it', async () => {
    const fields = { use: 'schreiben', model: 'test', kind: 'wrong-source', words: 'Die Seite stimmt nicht.', back: '//boese.example' };
    const { status, text } = await post('/assistent/rueckmeldung', 'sachbearbeitung', fields);
    assert.equal(status, 200);
    assert.ok(!text.includes('boese.example'), 'leads elsewhere');
    const admin = (await get('/verwaltung/assistent', 'administration')).text;
    assert.ok(admin.includes('falsche Quelle') && admin.includes('Die Seite stimmt nicht.'));
    assert.ok(!admin.includes(ACTORS.sachbearbeitung.staffId));
    assert.equal((await post('/assistent/rueckmeldung', 'citizen', fields)).status, 403);
  });
  it('forgets who was counted when the day is over, and keeps the counts', async () => {
    const rows = async (table: 'counted' | 'allowance' | 'used'): Promise<number> => {
      const { rows: found } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`llm.${table}`)}`.execute(city.city.database.read);
      return found[0]!.n;
    };
    const [job] = llmJobs(city.llm);
    await job!.handle(undefined as never);
    const kept = await rows('used');
    assert.ok((await rows('counted')) > 0 && (await rows('allowance')) > 0 && kept > 0, 'nothing was counted, or it went too early');
    city.city.clock.advance({ days: 1 });
    await job!.handle(undefined as never);
    assert.deepEqual([await rows('counted'), await rows('allowance'), await rows('used')], [0, 0, kept]);
  });
  it('offers the form for it beside an answer', async () => {
    const form = String(await feedbackPart({ use: 'schreiben', model: 'test', back: '/assistent' }, 'de'));
    assert.match(form, /action="\/assistent\/rueckmeldung"[\s\S]*name="use" value="schreiben"[\s\S]*value="wrong-source"/);
  });
});

describe('an answer as server-sent events', () => {
  const stream = async (): Promise<string> => {
    const answer = await server.request('/api/assistent/pruefung/test/strom', { method: 'POST', headers: as('administration') });
    assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    return answer.text();
  };
  it('text, then where it came from', async () => {
    models.behave(() => says('Drei ', 'Sätze.'));
    const said = await stream();
    assert.ok(said.startsWith('event: text\ndata: {"text":"Drei "}\n\nevent: text\ndata: {"text":"Sätze."}\n\nevent: done\n'), said);
    assert.ok(said.includes('"model":"test"') && said.includes('"finish":"stop"'));
  });
  it('what broke off says so, and what never came is a problem', async () => {
    models.behave(() => ({ steps: [delta('Drei '), { waitMs: 20 }, DROP] }));
    assert.ok((await stream()).includes('"finish":"broken"'));
    models.behave(() => ({ steps: [DROP] }));
    assert.match(await stream(), /^event: problem\ndata: \{"kind":"unavailable","detail":"Das Sprachmodell ist nicht erreichbar/);
  });
  it('a refusal before it begins is a problem document', async () => {
    const answer = await server.request('/api/assistent/pruefung/nie/strom', { method: 'POST', headers: as('administration') });
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  });
});

it('texts of sources can be compared with what a model may show', () => assert.equal(cleanOutput('Siehe https://www.hamburg.de'), 'Siehe www.hamburg.de'));
