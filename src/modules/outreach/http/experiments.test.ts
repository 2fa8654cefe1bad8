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
    const { rows } = await sql<{ variant: string; n: number }>`select s.variant, s.before_day + s.on_day as n from outreach.shown_variant s
      join outreach.experiment e on e.id = s.experiment_id where e.slug = ${slug}`.execute(city.database.read);
    return Object.fromEntries(rows.map(({ variant, n }) => [variant, n]));
  };
  /** As if so many had come on the day of the start. */
  const fill = async (slug: string, code: string, counts: Readonly<Record<string, readonly [shown: number, reached: number]>>): Promise<void> => {
    for (const [variant, [shown, reached]] of Object.entries(counts)) {
      await city.database.write((tx) =>
        sql`insert into outreach.shown_variant (experiment_id, variant, day, before_day, on_day)
          select id, ${variant}, started_on, 0, ${shown} from outreach.experiment where slug = ${slug} and ended_at is null
          on conflict (experiment_id, variant) do update set on_day = excluded.on_day`.execute(tx),
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
    const publish = await city.json('POST', '/api/outreach/pages/fest/publication', { version: 3, reason: 'Anders' });
    assert.match(await publish.text(), /läuft ein Vergleich/);
    assert.equal((await city.json('DELETE', '/api/outreach/pages/fest/publication', { version: 3, reason: 'Weg' })).status, 409);
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

  it('tells nothing from which fewer than ten could be reckoned back: not on the page, to programs or in the journal', async () => {
    const code = await made('wenige');
    await start('wenige', { ...START, plan: { ...PLAN, maximumShown: 150 } });
    await fill('wenige', code, { a: [150, 3], b: [151, 44] });
    city.clock.advance({ days: 1 });
    const api = (await (await city.json('GET', '/api/outreach/pages/wenige/experiment')).json()) as {
      current: { reading: { kind: string; comparisons: { evidence: number | null; pValue: number | null; shown: boolean }[] } };
    };
    const [comparison] = api.current.reading.comparisons;
    assert.deepEqual([api.current.reading.kind, comparison!.evidence, comparison!.pValue, comparison!.shown], ['shown', null, null, true]);
    const row = /<tr[^>]*>(?:(?!<tr)[\s\S])*>40<[\s\S]*?<\/tr>/.exec(await look('wenige'))![0];
    assert.match(row, />150<[\s\S]*>40<[\s\S]*zu wenige, um es zu sagen[\s\S]*zu wenige, um es zu sagen/);
    await settleExperiments(city.ctx);
    const { rows } = await sql<{ text: string }>`select payload as text from platform.journal where kind = 'outreach.experiment-ended'
      union all select result::text from outreach.experiment where slug = 'wenige'`.execute(city.database.read);
    const kept = rows.filter(({ text }) => text.includes('wenige') || text.includes('"kind"'));
    assert.ok(kept.length >= 2);
    assert.match(rows.at(-1)!.text, /"evidence": ?null/);
    assert.ok(rows.some(({ text }) => text.includes('wenige') && text.includes('"evidence":null')));
  });

  it('counts a wording over all links that lead to the page, and keeps no day and no link of a view', async () => {
    const code = await made('wege');
    const { code: other } = (await (await city.json('POST', `/api/outreach/campaigns/${campaign}/links`, { target: '/d/wege', channel: 'bus' })).json()) as {
      code: string;
    };
    await start('wege');
    for (let day = 0; day < 3; day++) {
      for (let n = 0; n < 8; n++) await city.page(`/d/wege${n % 2 === 0 ? '' : `?k=${other}`}`, undefined, { 'user-agent': `${PHONE} ${day}-${n}` });
      city.clock.advance({ days: 1 });
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from outreach.shown_variant s
      join outreach.experiment e on e.id = s.experiment_id where e.slug = 'wege'`.execute(city.database.read);
    assert.equal(rows[0]!.n, 2, 'a row for each wording, and no more');
    begun.set(`${code}.a`, 6).set(`${other}.a`, 5);
    const counts = Object.values(await assigned('wege')).reduce((sum, n) => sum + n, 0);
    assert.equal(counts, 24);
    assert.match(await look('wege'), />10</, 'begun over both links, in tens');
    begun.clear();
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

describe('what outlives a campaign', () => {
  it('its comparison ends with it, and what is wrong on its page can still be withdrawn', async () => {
    const city = await outreachCity({ begunByOrigin: async () => 0 });
    const campaign = (await city.form('/kampagnen/neu', CAMPAIGN)).headers.get('location')!.split('/').at(-1)!;
    await city.form(`/kampagnen/${campaign}/stand`, { nach: 'running' });
    await city.json('POST', `/api/outreach/campaigns/${campaign}/pages`, { slug: 'ende' });
    await city.json('PUT', '/api/outreach/pages/ende', { version: 1, blocks: BLOCKS });
    await city.json('POST', '/api/outreach/pages/ende/publication', { version: 2, reason: 'Start' });
    assert.equal((await city.json('POST', '/api/outreach/pages/ende/experiment', START)).status, 201);
    await city.form(`/kampagnen/${campaign}/stand`, { nach: 'ended' });
    assert.equal((await city.json('POST', '/api/outreach/pages/ende/publication', { version: 3, reason: 'Neu' })).status, 409);
    await settleExperiments(city.ctx);
    const { earlier } = (await (await city.json('GET', '/api/outreach/pages/ende/experiment')).json()) as { earlier: { endedBecause: string }[] };
    assert.deepEqual(
      earlier.map(({ endedBecause }) => endedBecause),
      ['stopped'],
    );
    const withdrawn = await city.json('DELETE', '/api/outreach/pages/ende/publication', { version: 3, reason: 'Etwas darin ist falsch' });
    assert.equal(withdrawn.status, 200, await withdrawn.text());
    assert.equal((await city.page('/d/ende')).status, 404);
    await city.close();
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
