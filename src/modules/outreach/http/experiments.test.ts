import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { CAMPAIGN, outreachCity, type OutreachCity } from '../../../../test/support/outreach-city.ts';
import { settleExperiments } from '../application/experiments.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36';
const words = (text: string) => ({ de: text, en: text, leicht: text });
const BLOCKS = [
  { id: 'b1', kind: 'lead', words: { heading: words('Hund anmelden'), text: words('Das geht online.') } },
  { id: 'b2', kind: 'service', words: { label: words('Hund jetzt anmelden') }, service: 'hund' },
  { id: 'b3', kind: 'legal', words: {}, service: 'hund' },
];
const PLAN = { expectedPercent: 20, minimumPercent: 10, alpha: 0.05, maximumShown: 1000 };
const START = { plan: PLAN, block: 'b1', texts: { b: { heading: words('Ihr Hund geht online'), text: words('Das geht schnell.') } } };

describe('wordings of a landing page, compared', () => {
  let city: OutreachCity;
  let campaign = '';
  const begun = new Map<string, number>();
  before(async () => {
    city = await outreachCity({ begunByOrigin: async (origin) => begun.get(origin) ?? 0 });
    campaign = (await city.form('/kampagnen/neu', CAMPAIGN)).headers.get('location')!.split('/').at(-1)!;
    await city.json('POST', `/api/outreach/campaigns/${campaign}/state`, { state: 'running' });
  });
  after(() => city.close());

  const made = async (slug: string): Promise<string> => {
    const page = (await (await city.json('POST', `/api/outreach/campaigns/${campaign}/pages`, { slug })).json()) as { code: string };
    const { version } = (await (await city.json('PUT', `/api/outreach/pages/${slug}`, { version: 1, blocks: BLOCKS })).json()) as { version: number };
    assert.equal((await city.json('POST', `/api/outreach/pages/${slug}/publication`, { version, reason: 'Start' })).status, 200);
    return page.code;
  };
  const start = (slug: string, body: object = START): Promise<Response> => city.json('POST', `/api/outreach/pages/${slug}/experiment`, body);
  const look = async (slug: string): Promise<string> => (await city.page(`/kampagnen/seite/${slug}/vergleich`, 'strategie')).text();
  const open = async (slug: string, n: number): Promise<string> => (await city.page(`/d/${slug}`, undefined, { 'user-agent': `${PHONE} ${n}` })).text();
  const assigned = async (slug: string): Promise<Record<string, number>> => {
    const { rows } = await sql<{ variant: string; n: number }>`select a.variant, sum(a.n)::int as n from outreach.assignment a
      join outreach.experiment e on e.id = a.experiment_id where e.slug = ${slug} group by a.variant`.execute(city.database.read);
    return Object.fromEntries(rows.map(({ variant, n }) => [variant, n]));
  };
  /** As if so many had come on the day of the start. */
  const fill = async (slug: string, code: string, counts: Readonly<Record<string, readonly [shown: number, reached: number]>>): Promise<void> => {
    for (const [variant, [shown, reached]] of Object.entries(counts)) {
      await city.database.write((tx) =>
        sql`insert into outreach.assignment (experiment_id, variant, code, day, n)
          select id, ${variant}, ${code}, started_on, ${shown} from outreach.experiment where slug = ${slug} and ended_at is null
          on conflict (experiment_id, variant, code, day) do update set n = excluded.n`.execute(tx),
      );
      begun.set(`${code}.${variant}`, reached);
    }
  };

  it('starts with everything stated, and nothing is changed after that', async () => {
    await made('fest');
    assert.equal((await start('fest', { ...START, block: 'b3' })).status, 422, 'what is said of the law is never compared');
    assert.equal((await start('fest')).status, 201);
    const again = await start('fest', { ...START, plan: { ...PLAN, alpha: 0.1 } });
    assert.equal(again.status, 409);
    assert.match(await again.text(), /Plan und Texte stehen seit dem Start fest/);
    const publish = await city.json('POST', '/api/outreach/pages/fest/publication', { version: 2, reason: 'Anders' });
    assert.match(await publish.text(), /läuft ein Vergleich/);
    assert.equal((await city.json('DELETE', '/api/outreach/pages/fest/publication', { version: 2, reason: 'Weg' })).status, 409);
    const { rows } = await sql<{
      payload: string;
    }>`select payload from platform.journal where kind = 'outreach.experiment-started'`.execute(city.database.read);
    const stated = JSON.parse(rows[0]!.payload) as { plan: unknown; measure: string };
    assert.deepEqual(stated.plan, PLAN);
    assert.equal(stated.measure, 'form-begun');
    assert.match(await look('fest'), /Evidenz mindestens 20[\s\S]*1\.000-mal gezeigt/);
  });

  it('shows one wording by chance, carries its letter onward, and asks no cookie for it', async () => {
    const code = await made('zufall');
    await start('zufall');
    let [first, second] = [0, 0];
    for (let n = 0; n < 60; n++) {
      const text = await open('zufall', n);
      const letter = /weiter\/hund\?k=[a-z0-9]+\.([ab])"/.exec(text)?.[1];
      if (letter === 'a') assert.match(text, /<h1[^>]*>Hund anmelden/);
      else assert.match(text, /<h1[^>]*>Ihr Hund geht online/);
      if (letter === 'a') first++;
      else second++;
    }
    assert.ok(first > 10 && second > 10, `${first} ${second}`);
    assert.deepEqual(await assigned('zufall'), { a: first, b: second });
    assert.ok(city.counted.some(({ step, origin }) => step === 'landing-shown' && origin === `${code}.b`));
    const declined = await city.page('/d/zufall', undefined, { 'user-agent': PHONE, 'sec-gpc': '1' });
    assert.equal(declined.headers.get('set-cookie'), null);
    assert.match(await declined.text(), /href="\/d\/zufall\/weiter\/hund"/, 'who is not counted takes neither code nor letter along');
    assert.deepEqual(await assigned('zufall'), { a: first, b: second });
  });

  it('says plainly that there is no result, until there is one; then it ends by itself and stays', async () => {
    const code = await made('verlauf');
    await start('verlauf');
    assert.match(await look('verlauf'), /Noch kein Ergebnis: Der erste ganze Tag ist nicht vorbei/);
    await fill('verlauf', code, { a: [300, 60], b: [310, 70] });
    city.clock.advance({ days: 1 });
    assert.match(await look('verlauf'), /Noch kein Ergebnis\. Die Zahlen unten können Zufall sein/);
    await settleExperiments(city.ctx);
    assert.match(await look('verlauf'), /Noch kein Ergebnis/);
    await fill('verlauf', code, { a: [500, 100], b: [510, 170] });
    assert.match(await look('verlauf'), /Fassung b führt öfter zu einem Antrag als Fassung a/);
    await settleExperiments(city.ctx);
    await settleExperiments(city.ctx);
    begun.clear();
    const after = await look('verlauf');
    assert.match(after, /Frühere Vergleiche[\s\S]*Fassung b führt öfter/);
    assert.match((await start('verlauf')).status.toString(), /409/, 'the letters of two comparisons never mix on one day');
    const { current, earlier } = (await (await city.json('GET', '/api/outreach/pages/verlauf/experiment')).json()) as {
      current: unknown;
      earlier: { endedBecause: string }[];
    };
    assert.equal(current, null);
    assert.deepEqual(
      earlier.map(({ endedBecause }) => endedBecause),
      ['shown'],
    );
  });

  it('shows nothing where assignment is broken, and says so', async () => {
    const code = await made('schief');
    await start('schief');
    await fill('schief', code, { a: [500, 100], b: [900, 400] });
    city.clock.advance({ days: 1 });
    const text = await look('schief');
    assert.match(text, /zu ungleich oft gezeigt/);
    assert.doesNotMatch(text, /führt öfter|>900</);
    await settleExperiments(city.ctx);
    const ended = await city.form('/kampagnen/seite/schief/vergleich/ende', {});
    assert.equal(ended.status, 303);
    assert.match(await look('schief'), /Frühere Vergleiche[\s\S]*zu ungleich oft/);
  });

  it('by form: the block first, then plan and words, and everything typed is kept', async () => {
    await made('formular');
    const at = '/kampagnen/seite/formular/vergleich';
    const choose = await (await city.page(at, 'presse')).text();
    assert.match(choose, /<option value="b1"/);
    assert.doesNotMatch(choose, /<option value="b3"/);
    assert.match(await (await city.page(`${at}?block=b1&many=3`, 'presse')).text(), /Fassung c[\s\S]*value="Hund anmelden"/);
    const fields = Object.fromEntries(
      ['heading', 'text'].flatMap((name) => ['de', 'en', 'leicht'].map((lang) => [`b.${name}.${lang}`, name === 'heading' ? 'Ihr Hund' : 'Das geht.'])),
    );
    const wrong = await city.form(at, { block: 'b1', many: '2', expected: '0', minimum: '5', alpha: '0.05', maximum: '1000', ...fields, 'b.heading.de': '' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /href="#f-expected"[\s\S]*href="#f-b-heading-de"[\s\S]*value="Ihr Hund"/);
    const right = await city.form(at, { block: 'b1', many: '2', expected: '20', minimum: '5', alpha: '0.05', maximum: '3.000', ...fields });
    assert.equal(right.status, 303, await right.text());
    assert.match(await (await city.page(at, 'presse')).text(), /3\.000-mal gezeigt/);
  });
});

describe('wordings compared where nobody counts forms', () => {
  it('have no result, and say why', async () => {
    const city = await outreachCity();
    const campaign = (await city.form('/kampagnen/neu', CAMPAIGN)).headers.get('location')!.split('/').at(-1)!;
    await city.json('POST', `/api/outreach/campaigns/${campaign}/pages`, { slug: 'still' });
    await city.json('PUT', '/api/outreach/pages/still', { version: 1, blocks: BLOCKS });
    await city.json('POST', '/api/outreach/pages/still/publication', { version: 2, reason: 'Start' });
    assert.equal((await city.json('POST', '/api/outreach/pages/still/experiment', START)).status, 201);
    assert.match(await (await city.page('/kampagnen/seite/still/vergleich', 'presse')).text(), /Wo Anträge beginnen, zählt noch niemand/);
    await city.close();
  });
});
