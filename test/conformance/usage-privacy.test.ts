import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { cityFrame } from '../../src/frame.ts';
import { expectOk } from '../../src/kernel/result.ts';
import type { CountUse, Use, UseStep } from '../../src/kernel/usage.ts';
import { draftPages, type ProcedureContext } from '../../src/modules/procedure/public.ts';
import { countCounterCases, StrokeMemory } from '../../src/modules/usage/application/count-counter-cases.ts';
import { RatingDesk } from '../../src/modules/usage/application/ratings.ts';
import { usageModule, UseCounter, type UsageContext } from '../../src/modules/usage/public.ts';
import { usageOn } from '../../src/neighbours-usage.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { getPage, html as answerHtml } from '../../src/platform/http/route.ts';
import { html } from '../../src/platform/ui/html.ts';
import { procedureCity, type ProcedureCity } from '../support/procedure-city.ts';
import { memoryLog, testServer } from '../support/test-server.ts';
import { MARKS, usedBy, weekOfTraffic, type WeekRequest } from '../support/usage-week.ts';

const START = Temporal.Instant.from('2026-11-16T05:00:00Z');
const SECRET = 'a secret of the tests, long enough for a key';
const STAFF = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000a1', roles: ['lotse'], authorities: [] } as const;

interface Cell {
  readonly day: string;
  readonly step: string;
  readonly subject: string;
  readonly dimension: string;
  readonly value: string;
  readonly count: number;
}

let city: ProcedureCity;
let ctx: UsageContext;
let server: CityServer;
let usage: ReturnType<typeof usageModule>;
const log = memoryLog();
/** What only the test knows: every hash of a reader that the edge made, and what was counted for whom. */
const hashes = new Set<string>();
const truth = new Map<string, Set<string>>();
/** What lay on the disk at every look, and who had come since the look before. */
const looks: { readonly cells: ReadonlyMap<string, number>; readonly readers: number }[] = [];

const keyOf = ({ day, step, subject, dimension, value }: Cell): string => [day, step, subject, dimension, value].join('|');

async function cellsNow(): Promise<Cell[]> {
  return (await sql<Cell>`select day::text as day, step, subject, dimension, value, count from usage.cell`.execute(city.database.read)).rows;
}

/** A counter with phases that are the same every time. */
const counterAt = (clock: () => Temporal.Instant): UseCounter =>
  new UseCounter({ clock, random: () => Buffer.from('0123456789abcdef0123456789abcdef'), writer: '0190a000-0000-7000-8000-0000000000f1' });

/** Remembers for the test what nobody else does. */
function watching(count: CountUse): CountUse {
  return (reader, use) => {
    if (reader !== undefined) {
      hashes.add(reader.ofToday);
      if (!reader.robot) {
        const day = city.clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString();
        for (const group of ['all|', `device|${reader.device}`, `lang|${reader.lang}`]) {
          const key = `${day}|${use.step}|${use.subject}|${group}`;
          truth.set(key, (truth.get(key) ?? new Set()).add(reader.ofToday));
        }
      }
    }
    count(reader, use);
  };
}

before(async () => {
  city = await procedureCity({ now: START.toString() });
  const counter = counterAt(city.clock.now);
  const count = watching(counter.count);
  const procedure: ProcedureContext = { ...city.ctx, count, askAfterDiscard: (draft) => usage.askAfterDiscard(draft) };
  const own = usageOn(procedure, counter, SECRET);
  ctx = { ...own, count, cases: { ...own.cases, own: async (_, id) => ({ service: id.endsWith('99') ? 'selten' : 'baumfaellung', decided: true }) } };
  const { view } = cityFrame({ demo: false });
  usage = usageModule(ctx, counter, view);
  const probe = getPage('/probe/:step/:subject', 'public', async (visit) => {
    const [page, field, origin] = [visit.query.get('page'), visit.query.get('field'), visit.query.get('k')];
    const use: Use = {
      step: visit.params['step'] as UseStep,
      subject: visit.params['subject']!,
      ...(page !== null && { page }),
      ...(field !== null && { field }),
      ...(origin !== null && { origin }),
    };
    count(visit.reader, use);
    return answerHtml(html`counted`);
  });
  server = testServer([probe, ...draftPages(procedure, view), ...usage.routes], {
    clock: city.clock.now,
    log,
    trustedProxies: 1,
    database: city.database,
    authenticate: async (token) => (token === 'citizen' ? { actor: city.citizen } : undefined),
  });
  await replay(weekOfTraffic(7, START));
  await oneDraft();
  await ratings();
  await strokes();
});
after(async () => {
  await usage.close();
  await city.close();
});

/** Sends the week through the server, and lets the city write every ten minutes as it does. */
async function replay(week: readonly WeekRequest[]): Promise<void> {
  let next = START;
  let came = new Set<string>();
  for (const { at, path, headers, person } of week) {
    while (Temporal.Instant.compare(at, next) >= 0) {
      city.clock.set(next);
      if ((await usage.flush()) > 0) {
        looks.push({ cells: new Map((await cellsNow()).map((cell) => [keyOf(cell), cell.count])), readers: came.size });
        came = new Set();
      }
      next = next.add({ minutes: 10 });
    }
    city.clock.set(at);
    const answer = await server.request(path, { headers });
    assert.equal(answer.status, 200, path);
    if (headers['sec-gpc'] === undefined) came.add(person);
  }
  city.clock.set(START.add({ hours: 24 * 7 }));
  await usage.flush();
}

/** Somebody alone at a service begins an application over a campaign, types, is refused, and throws it away. */
async function oneDraft(): Promise<void> {
  const headers = { cookie: 'kontor_session=citizen', 'user-agent': MARKS.agent, 'x-forwarded-for': MARKS.address, origin: 'http://localhost:8080' };
  const post = (path: string, fields: Record<string, string>) => server.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  const shown = await (await server.request('/antrag/neu/baumfaellung?k=b7kfm.b', { headers })).text();
  assert.match(shown, /name="k" value="b7kfm\.b"/);
  const begun = await post('/antrag/neu/baumfaellung', { k: 'b7kfm.b' });
  const path = begun.headers.get('location')!;
  const kept = await sql<{ origin: string }>`select origin from procedure.draft where id = ${path.split('/')[2]!}`.execute(city.database.read);
  assert.equal(kept.rows[0]?.origin, 'b7kfm.b', 'the draft keeps where it came from');
  const declining = { ...headers, 'sec-gpc': '1' };
  const asked = await (await server.request('/antrag/neu/baumfaellung?k=b7kfm.b', { headers: declining })).text();
  assert.doesNotMatch(asked, /name="k"/, 'who declines carries nothing on');
  const forced = await server.request('/antrag/neu/baumfaellung', { method: 'POST', headers: declining, body: new URLSearchParams({ k: 'b7kfm.b' }) });
  const without = await sql<{ origin: string | null }>`select origin from procedure.draft
    where id = ${forced.headers.get('location')!.split('/')[2]!}`.execute(city.database.read);
  assert.equal(without.rows[0]?.origin, null, 'and is in no count of a campaign');
  const first = (await server.request(path, { headers })).headers.get('location')!;
  assert.equal((await server.request(first, { headers })).status, 200);
  await post(first, { familyName: MARKS.word });
  const gone = await post(`${path}/verwerfen`, {});
  assert.match(gone.headers.get('location') ?? '', /^\/rueckmeldung\?antrag=/);
  assert.match(await (await server.request(gone.headers.get('location')!, { headers })).text(), /type="radio"[^>]*name="score"/);
  await usage.flush();
}

const caseId = (index: number): string => `0190a000-0000-7000-8000-0000000001${String(index).padStart(2, '0')}`;

/** Twelve rate a service, one is alone at another. */
async function ratings(): Promise<void> {
  const desk = new RatingDesk(ctx);
  for (let index = 10; index < 22; index++) expectOk(await desk.rateCase(city.citizen, caseId(index), { score: 1 + (index % 5), words: `Wort ${index}` }));
  expectOk(await desk.rateCase(city.citizen, caseId(99), { score: 1, words: MARKS.word }));
  const byProgram = await server.request(`/api/cases/${caseId(98)}/rating`, {
    method: 'POST',
    headers: { cookie: 'kontor_session=citizen', 'content-type': 'application/json', 'idempotency-key': 'mein-schluessel' },
    body: JSON.stringify({ score: 2 }),
  });
  assert.equal(byProgram.status, 201);
  const again = await desk.rateCase(city.citizen, caseId(10), { score: 5 });
  assert.ok(!again.ok && again.problem.kind === 'conflict', 'once for each case');
  await desk.gather();
}

async function strokes(): Promise<void> {
  const counting = { ...ctx, strokes: new StrokeMemory() };
  for (let index = 0; index < 3; index++) expectOk(await countCounterCases(counting, STAFF, { service: 'bewohnerparkausweis', channel: 'phone' }));
}

/** Every row of every table, as text. */
async function everything(leave: readonly string[] = []): Promise<string> {
  const tables = await sql<{
    schema: string;
    name: string;
  }>`select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'`.execute(city.database.read);
  assert.ok(tables.rows.length > 50, 'all tables were found');
  const texts: string[] = [];
  for (const { schema, name } of tables.rows) {
    if (leave.includes(schema) || schema === 'tiger' || name === 'spatial_ref_sys') continue;
    const rows = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(schema, name)} t`.execute(city.database.read);
    texts.push(...rows.rows.map(({ row }) => `${schema}.${name} ${row}`));
  }
  return texts.join('\n');
}

describe('After a week of traffic', () => {
  it('there is something to attack: much was counted, and small groups were there', async () => {
    const cells = await cellsNow();
    assert.ok(cells.length > 100, `${cells.length} cells`);
    const small = [...truth.values()].filter(({ size }) => size >= 1 && size <= 9);
    assert.ok(small.length > 50, `${small.length} groups of one to nine`);
    assert.ok(
      cells.some(({ dimension }) => dimension === 'excluded'),
      'robots are shown',
    );
    assert.ok(looks.length > 50, `${looks.length} looks at the disk`);
  });

  it('no count from one to nine lies anywhere in the module, but strokes at the counter without day and person', async () => {
    const tables = await sql<{ name: string; column: string }>`select table_name as name, column_name as column from information_schema.columns
      where table_schema = 'usage' and data_type in ('integer', 'bigint', 'numeric', 'smallint') order by 1, 2`.execute(city.database.read);
    const counts = tables.rows.filter(({ column }) => /count|waiting|sample/.test(column)).map(({ name, column }) => `${name}.${column}`);
    assert.deepEqual(counts, [
      'case_figure.count',
      'cell.count',
      'counter_cases.count',
      'imported.count',
      'rating.count',
      'strokes.waiting',
      'survey.sample_size',
    ]);
    assert.deepEqual(
      tables.rows.filter(({ column }) => !/count|waiting|sample/.test(column)).map(({ name, column }) => `${name}.${column}`),
      ['counting_list.slot', 'rating.sum', 'survey.share', 'writer.batch'],
    );
    for (const { count } of await cellsNow()) assert.ok(count >= 10 && count % 10 === 0, String(count));
    const columns = await sql<{ column: string }>`select column_name as column from information_schema.columns
      where table_schema = 'usage' and table_name = 'strokes' order by 1`.execute(city.database.read);
    assert.deepEqual(
      columns.rows.map(({ column }) => column),
      ['channel', 'service', 'waiting'],
    );
    const journalled = await sql<{ kind: string }>`select kind from platform.journal where kind like 'usage.counter%'`.execute(city.database.read);
    assert.equal(journalled.rows.length, 0, 'three strokes are no ten');
  });

  it('no address, agent, hash or typed text is left in any table, the journal or the log', async () => {
    const stored = await everything();
    const logged = log.lines.map((line) => JSON.stringify(line)).join('\n');
    assert.ok(hashes.size > 500, `${hashes.size} hashes were made`);
    for (const text of [stored, logged]) {
      for (const mark of [MARKS.address, MARKS.agent, 'FictionBot', '203.0.113', 'iPhone']) assert.ok(!text.includes(mark), mark);
      for (const hash of hashes) assert.ok(!text.includes(hash), 'a reader of a day is stored');
    }
    assert.ok(!stored.includes(MARKS.word), 'neither typed text nor the words of who is alone');
    assert.ok(!logged.includes('b7kfm'), 'no link of a campaign in the log');
    assert.ok(!logged.includes('baumfaellung'), 'no service in the log');
  });

  it('the only person at a service is nowhere', async () => {
    const stored = (await everything()).split('\n');
    assert.deepEqual(
      stored.filter((row) => row.includes('selten')),
      [],
    );
    const marks = await sql<{ count: number }>`select count(*)::int as count from usage.rated`.execute(city.database.read);
    assert.ok(!stored.some((row) => row.includes('mein-schluessel')), 'nor is kept who sent a rating, when, and a digest of it');
    assert.equal(marks.rows[0]!.count, 10, 'ten were rated, not the eleventh, twelfth and the one alone');
  });

  it('ratings come in tens with one time, from nobody, and words stand apart from scores', async () => {
    const entries = await sql<{ actor: string; payload: string; stream: string; at: string }>`
      select actor, payload, stream, at::text as at from platform.journal where kind = 'usage.rated'`.execute(city.database.read);
    assert.equal(entries.rows.length, 10);
    assert.equal(new Set(entries.rows.map(({ at }) => at)).size, 1);
    for (const { actor, stream, payload } of entries.rows) {
      assert.deepEqual(
        [actor, stream, Object.keys(JSON.parse(payload) as object).toSorted()],
        ['system:usage.release-ratings', 'usage:ratings', ['after', 'score', 'service']],
      );
    }
    const words = await sql<Record<string, unknown>>`select * from usage.words`.execute(city.database.read);
    assert.equal(words.rows.length, 10);
    assert.deepEqual(Object.keys(words.rows[0]!).toSorted(), ['id', 'month', 'service', 'text']);
  });

  it('differencing a total and its parts gives no group of one to nine', async () => {
    const cells = new Map((await cellsNow()).map((cell) => [keyOf(cell), cell.count]));
    const open = (count: number) => ({ low: count, high: count + 18 });
    const values = { device: ['phone', 'tablet', 'computer', 'unknown'], lang: ['de', 'en', 'leicht'] };
    const wholes = new Set([...truth.keys()].map((key) => key.split('|').slice(0, 3).join('|')));
    let tried = 0;
    for (const whole of wholes) {
      const parts = Object.entries(values).map(([dimension, names]) => names.map((value) => open(cells.get(`${whole}|${dimension}|${value}`) ?? 0)));
      const all = open(cells.get(`${whole}|all|`) ?? 0);
      // everything that is known of the whole, from its own counter and from both ways to divide it
      const low = Math.max(all.low, ...parts.map((one) => total(one.map((cell) => cell.low))));
      const high = Math.min(all.high, ...parts.map((one) => total(one.map((cell) => cell.high))));
      assert.ok(!(low >= 1 && high <= 9), `${whole}: ${low} to ${high}`);
      for (const dimension of parts) {
        for (let subset = 1; subset < 2 ** dimension.length; subset++) {
          const [group, rest] = [dimension.filter((_, at) => (subset >> at) & 1), dimension.filter((_, at) => !((subset >> at) & 1))];
          const least = Math.max(total(group.map((one) => one.low)), low - total(rest.map((one) => one.high)));
          const most = Math.min(total(group.map((one) => one.high)), high - total(rest.map((one) => one.low)));
          assert.ok(!(least >= 1 && most <= 9), `${whole}: a group of ${least} to ${most}`);
          tried += 1;
        }
      }
    }
    assert.ok(tried > 1000, `${tried} groups were tried`);
  });

  it('every figure was open as far as is said: the truth lies between it and 18 more', async () => {
    const cells = new Map((await cellsNow()).map((cell) => [keyOf(cell), cell.count]));
    for (const [key, readers] of truth) {
      const kept = cells.get(key) ?? 0;
      // what was full but had no ten others to be written with is dropped with the day: never more than the truth
      assert.ok(kept <= readers.size, `${key}: ${kept} of ${readers.size}`);
    }
  });

  it('two looks at the disk differ by whole tens, and ten people or more came in between', () => {
    for (const [index, { cells, readers }] of looks.entries()) {
      const before = looks[index - 1]?.cells ?? new Map<string, number>();
      const changed = [...cells].filter(([key, count]) => count !== (before.get(key) ?? 0));
      assert.ok(changed.length > 0);
      for (const [key, count] of changed) assert.ok(count - (before.get(key) ?? 0) >= 10, key);
      assert.ok(readers >= 10, `look ${index}: ${readers} people`);
    }
  });

  it('without one person, each counter they touched differs by ten or not at all, and no other does', () => {
    const week = weekOfTraffic(7, START);
    const people = [...new Set(week.map(({ person }) => person))];
    const whole = replayed(week, undefined);
    let differed = 0;
    for (const person of [...people.filter((name) => /^(unique|rare|reload)/.test(name)), ...people.filter((_, index) => index % 97 === 0)]) {
      const without = replayed(week, person);
      const touched = touchedBy(week, person);
      for (const key of new Set([...whole.keys(), ...without.keys()])) {
        const difference = (whole.get(key) ?? 0) - (without.get(key) ?? 0);
        if (difference === 0) continue;
        differed += 1;
        assert.ok(touched.has(key), `${person} changes ${key}, which they never touched`);
        assert.equal(Math.abs(difference), 10, `${person} changes ${key} by ${difference}`);
      }
    }
    assert.ok(differed > 0, 'somebody weighs something');
  });

  it('pages and downloads tell days that are over, and nothing else than what is stored', async () => {
    city.clock.set(START.add({ hours: 24 * 8 }));
    const page = await (await server.request('/transparenz?lang=de', {})).text();
    assert.match(page, /Robot|Roboter/);
    const file = await (await server.request('/transparenz/zahlen.csv', {})).text();
    const rows = file.trim().split('\r\n').slice(1);
    assert.equal(rows.length, (await cellsNow()).filter(({ day }) => day <= '2026-11-24').length);
    for (const row of rows) assert.match(row, /;\d*0$/);
  });
});

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** The week counted without the server, as full tens by counter; each request is a use of who sends it. */
function replayed(week: readonly WeekRequest[], leaveOut: string | undefined): Map<string, number> {
  let now = START;
  const counter = counterAt(() => now);
  const sums = new Map<string, number>();
  const write = (): void => {
    const batch = counter.batch();
    for (const { day, cell, add } of batch?.cells ?? []) sums.set(`${day}\n${cell}`, (sums.get(`${day}\n${cell}`) ?? 0) + add);
    if (batch !== undefined) counter.settle(batch);
  };
  for (const request of week) {
    if (request.person === leaveOut || request.person.startsWith('declines')) continue;
    now = request.at;
    counter.count(...usedBy(request));
  }
  now = START.add({ hours: 24 * 7 });
  write();
  return sums;
}

/** Every counter that one person could go up. */
function touchedBy(week: readonly WeekRequest[], person: string): Set<string> {
  const touched = new Set<string>();
  for (const request of week.filter((one) => one.person === person)) {
    const [reader, { step, subject, page, field, origin }] = usedBy(request);
    const day = request.at.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString();
    const add = (dimension: string, value: string): void => void touched.add(`${day}\n${step}\n${subject}\n${dimension}\n${value}`);
    if (reader!.robot) add('excluded', 'robot');
    add('all', '');
    add('device', reader!.device);
    add('lang', reader!.lang);
    if (page !== undefined) add('page', page);
    if (field !== undefined) add('field', `${page}/${field}`);
    if (origin !== undefined) add('origin', origin);
  }
  return touched;
}
