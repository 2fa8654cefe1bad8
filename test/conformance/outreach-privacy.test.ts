import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { sql } from 'kysely';
import { CAMPAIGN, outreachCity, type OutreachCity } from '../support/outreach-city.ts';
import { generator } from '../support/usage-week.ts';

const MARKS = { agent: 'Kolibri-Unikat', address: '203.0.113.77' };
const words = (text: string) => ({ de: text, en: text, leicht: text });
const BLOCKS = [
  { id: 'b1', kind: 'lead', words: { heading: words('Hund anmelden'), text: words('Das geht online.') } },
  { id: 'b2', kind: 'service', words: { label: words('Hund jetzt anmelden') }, service: 'hund' },
];
const PLAN = { expectedPercent: 20, minimumPercent: 10, alpha: 0.05, maximumShown: 100_000 };
/** All that a visit may change. */
const COUNTS = ['outreach.follow', 'outreach.landing_opened', 'outreach.shown_variant'];

interface Opening {
  readonly person: string;
  /** Hours after the beginning of the week. */
  readonly hour: number;
  readonly path: 'link' | 'poster' | 'page' | 'onward';
  readonly headers: Readonly<Record<string, string>>;
}

/** A crowd, somebody who is alone at a link, one who comes every day, one who reloads, one who declines, and robots. */
function week(): Opening[] {
  const random = generator(11);
  const all: Opening[] = [];
  const add = (person: string, hour: number, path: Opening['path'], agent: string, more: Record<string, string> = {}): void =>
    void all.push({ person, hour, path, headers: { 'user-agent': agent, 'x-forwarded-for': MARKS.address, ...more } });
  for (let day = 0; day < 7; day++) {
    for (let n = 0; n < 16; n++) {
      const agent = `Mozilla/5.0 (Windows NT 10.0) build/${day}-${n}`;
      const hour = 24 * day + Math.floor(random() * 14);
      for (const path of ['link', 'page', ...(random() < 0.5 ? (['onward'] as const) : [])] as const) add(`o${day}-${n}`, hour, path, agent);
    }
    add('alone', 24 * day + 3, 'link', `Mozilla/5.0 (iPad; ${MARKS.agent})`);
    for (let n = 0; n < 8; n++) add('reloads', 24 * day + 4, 'page', 'Mozilla/5.0 (iPhone) Mobile');
    add('declines', 24 * day + 5, 'link', 'Mozilla/5.0 (iPhone) Mobile build/9', { 'sec-gpc': '1' });
    for (let n = 0; n < 3; n++) add(`robot${n}`, 24 * day + 6, 'link', `FictionBot/${n}`);
  }
  add('once', 75, 'poster', 'Mozilla/5.0 (Macintosh) build/77');
  return all.toSorted((a, b) => a.hour - b.hour);
}

type Dump = ReadonlyMap<string, readonly string[]>;

/** Every row of every table, as text. */
async function dump(city: OutreachCity): Promise<Dump> {
  const tables = await sql<{ schema: string; name: string }>`select n.nspname as schema, c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'tiger')
    and n.nspname not like 'pg_toast%' and c.relname <> 'spatial_ref_sys'`.execute(city.database.read);
  assert.ok(tables.rows.length > 50);
  const all = new Map<string, readonly string[]>();
  for (const { schema, name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(schema, name)} t order by 1`.execute(city.database.read);
    all.set(
      `${schema}.${name}`,
      rows.map(({ row }) => row),
    );
  }
  return all;
}

interface World {
  readonly city: OutreachCity;
  readonly before: Dump;
  readonly after: Dump;
  readonly hashes: ReadonlySet<string>;
  readonly codes: readonly string[];
  /** How much each number on the disk grew, at every look after a request. */
  readonly steps: ReadonlySet<number>;
  readonly counts: ReadonlyMap<string, number>;
}

async function countsOf(city: OutreachCity): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select 'link ' || (l.target = '/online-ausweis')::text || ' ' || f.day || ' ' || f.verdict as key, f.n
      from outreach.follow f join outreach.link l on l.code = f.code
    union all select 'page ' || step || ' ' || day || ' ' || verdict, n from outreach.landing_opened`.execute(city.database.read);
  return new Map(rows.map(({ key, n }) => [key, n]));
}

/** The week as it lies on the disk afterwards. @param looks whether the disk is looked at after each request */
async function live(openings: readonly Opening[], looks: boolean): Promise<World> {
  const hashes = new Set<string>();
  const city = await outreachCity({ count: (reader) => void (reader !== undefined && hashes.add(reader.ofToday)), begunByOrigin: async () => 0 });
  const campaign = (await city.form('/kampagnen/neu', { ...CAMPAIGN, startsOn: '24.11.2026' })).headers.get('location')!.split('/').at(-1)!;
  await city.form(`/kampagnen/${campaign}/stand`, { nach: 'running' });
  await city.json('POST', `/api/outreach/campaigns/${campaign}/pages`, { slug: 'hund' });
  await city.json('PUT', '/api/outreach/pages/hund', { version: 1, blocks: BLOCKS });
  await city.json('POST', '/api/outreach/pages/hund/publication', { version: 2, reason: 'Start' });
  await city.json('POST', '/api/outreach/pages/hund/experiment', {
    plan: PLAN,
    block: 'b1',
    texts: { b: { heading: words('Ihr Hund'), text: words('Das geht.') } },
  });
  const link = async (target: string): Promise<string> =>
    ((await (await city.json('POST', `/api/outreach/campaigns/${campaign}/links`, { target, channel: 'poster' })).json()) as { code: string }).code;
  const [code, poster] = [await link('/d/hund'), await link('/online-ausweis')];
  const paths = { link: `/k/${code}`, poster: `/k/${poster}`, page: `/d/hund?k=${code}`, onward: `/d/hund/weiter/hund?k=${code}` };
  const [before, start, steps] = [await dump(city), city.clock.now(), new Set<number>()];
  let counts = await countsOf(city);
  for (const { hour, path, headers } of openings) {
    city.clock.set(start.add({ hours: hour }));
    const answer = await city.server.request(paths[path], { headers });
    assert.ok(answer.status === 200 || answer.status === 302, `${answer.status}`);
    if (!looks) continue;
    const now = await countsOf(city);
    for (const [key, n] of now) if (n !== (counts.get(key) ?? 0)) steps.add(n - (counts.get(key) ?? 0));
    counts = now;
  }
  return { city, before, after: await dump(city), hashes, codes: [code, poster], steps, counts: looks ? counts : await countsOf(city) };
}

describe('After a week of openings', async () => {
  const all = week();
  const whole = await live(all, true);
  after(() => whole.city.close());

  it('a visit has changed three tables of counts and nothing else: no job, no key, no session, no journal', () => {
    for (const [table, rows] of whole.after) {
      // what runs jobs notes by the real clock that it lives; no job may know of a visit
      if (table.startsWith('platform_jobs.')) assert.ok(!rows.some((row) => row.includes('hund') || whole.codes.some((code) => row.includes(code))), table);
      else if (!COUNTS.includes(table)) assert.deepEqual(rows, whole.before.get(table), table);
    }
    for (const table of COUNTS) assert.notDeepEqual(whole.after.get(table), whole.before.get(table), table);
  });
  it('no address, agent or hash lies in any table or in the log, and no link in the log', () => {
    const stored = [...whole.after.values()].flat().join('\n');
    const logged = whole.city.log.lines.map((line) => JSON.stringify(line)).join('\n');
    assert.ok(whole.hashes.size > 100, `${whole.hashes.size} hashes were made`);
    for (const text of [stored, logged])
      for (const mark of [MARKS.agent, MARKS.address, 'FictionBot', 'Windows NT', 'iPhone', ...whole.hashes]) assert.ok(!text.includes(mark), mark);
    assert.ok(!/\/k\/[b-z2-9]{6}/.test(logged));
  });
  it('counts are whole tens and grow by ten; who was alone at a link is nowhere', async () => {
    assert.deepEqual([...whole.steps], [10]);
    for (const [key, n] of whole.counts) assert.ok(n >= 10 && n % 10 === 0, key);
    assert.ok([...whole.counts.keys()].some((key) => key.endsWith('counted')) && [...whole.counts.keys()].some((key) => key.endsWith('robot')));
    assert.ok(![...whole.counts.keys()].some((key) => key.startsWith('link true')), 'the poster that one person followed');
  });
  it('of a comparison, wordings have one number, without a link and without the days', async () => {
    const rows = whole.after.get('outreach.shown_variant')!.map((row) => Object.keys(JSON.parse(row) as object).toSorted());
    assert.equal(rows.length, 2);
    for (const columns of rows) assert.deepEqual(columns, ['before_day', 'day', 'experiment_id', 'on_day', 'variant']);
  });
  for (const [who, leaveOut] of [
    ['somebody who came once, alone', (one: Opening) => one.person === 'once'],
    ['one visit of who came every day', (one: Opening, at: number) => one.person === 'alone' && at === all.findIndex(({ person }) => person === 'alone')],
    ['one of the crowd', (one: Opening) => one.person === 'o3-7'],
    ['who declines', (one: Opening) => one.person === 'declines'],
  ] as const)
    it(`without ${who}, the disk differs by tens of what they opened, or not at all`, async () => {
      const other = await live(
        all.filter((one, at) => !leaveOut(one, at)),
        false,
      );
      const gone = all.filter((one, at) => leaveOut(one, at));
      assert.ok(gone.length > 0);
      const opened = new Set(gone.map(({ path }) => ({ link: 'link false', poster: 'link true', page: 'page shown', onward: 'page onward' })[path]));
      for (const key of new Set([...whole.counts.keys(), ...other.counts.keys()])) {
        const difference = Math.abs((whole.counts.get(key) ?? 0) - (other.counts.get(key) ?? 0));
        assert.ok(difference === 0 || difference === 10, `${key}: ${difference}`);
        if (difference > 0)
          assert.ok(
            [...opened].some((one) => key.startsWith(one)),
            key,
          );
        if (who === 'who declines' || gone.every(({ path }) => path === 'poster')) assert.equal(difference, 0, key);
      }
      await other.city.close();
    });
});
