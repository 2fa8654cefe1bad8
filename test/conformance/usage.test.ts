import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../src/kernel/result.ts';
import type { Reader } from '../../src/kernel/usage.ts';
import { filledDraft, procedureCity, type ProcedureCity } from '../support/procedure-city.ts';
import { begunByOrigin, caseHistory, casesByOrigin, startDraft, submit, useOfServices } from '../../src/modules/procedure/public.ts';
import { COLUMN_TEXTS } from '../../src/modules/usage/http/column-texts.ts';
import type { Staff, UsageContext } from '../../src/modules/usage/application/context.ts';
import { COUNTED_ELSEWHERE, storedColumnsOf } from '../../src/modules/usage/application/columns.ts';
import { countCounterCases, StrokeMemory, undoCounterCases } from '../../src/modules/usage/application/count-counter-cases.ts';
import { UseCounter } from '../../src/modules/usage/application/counter.ts';
import { funnelOn, PublishedFigures, rateOn } from '../../src/modules/usage/application/figures.ts';
import { flush } from '../../src/modules/usage/application/flush.ts';
import { importHistory, previewImport, withdrawImport, type TypedImport } from '../../src/modules/usage/application/imports.ts';
import { enterSurvey, withdrawSurvey } from '../../src/modules/usage/application/surveys.ts';
import { forgetOldWords, readWords } from '../../src/modules/usage/application/words.ts';
import { RatingDesk } from '../../src/modules/usage/application/ratings.ts';

const STAFF: Staff = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c1', roles: ['strategie'], authorities: [] };
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const TODAY = { from: day('2026-11-24'), until: day('2026-11-24') };
const reader = (index: number): Reader => ({ device: 'phone', lang: 'de', modes: [], robot: false, ofToday: `reader-${index}` });

let city: ProcedureCity;
let ctx: UsageContext;
before(async () => {
  city = await procedureCity();
  ctx = {
    ...city.ctx,
    count: () => {},
    secret: 'a secret of the tests, long enough for a key',
    random: () => 0.5,
    services: () => [{ key: 'baumfaellung', name: { de: 'Baum', en: 'Tree', leicht: 'Baum' }, offices: [], pages: [] }],
    findServices: () => [],
    cases: {
      ofServices: (days) => useOfServices(city.ctx, days),
      byOrigin: (origins, days) => casesByOrigin(city.ctx, origins, days),
      begunBy: (origin, days) => begunByOrigin(city.ctx, origin, days),
      own: async () => ({ service: 'baumfaellung', decided: true }),
    },
  };
});
after(() => city.close());

const writer = (name: string): UseCounter =>
  new UseCounter({ clock: city.clock.now, random: () => Buffer.alloc(32, 1), writer: `0190a000-0000-7000-8000-0000000000${name}`, size: 2 ** 16 });
const allOf = async (subject: string): Promise<number> =>
  (
    await sql<{ sum: number }>`select coalesce(sum(count), 0)::int as sum from usage.cell where subject = ${subject} and dimension = 'all'`.execute(
      city.database.read,
    )
  ).rows[0]!.sum;

describe('Writing', () => {
  it('a batch that is sent twice counts once, and what came meanwhile comes with the next', async () => {
    const counter = writer('d1');
    for (let index = 0; index < 40; index++) counter.count(reader(index), { step: 'service-shown', subject: 'twice' });
    const batch = counter.batch()!;
    await flush(ctx, { batch: () => batch, settle: () => {} } as unknown as UseCounter);
    const once = await allOf('twice');
    assert.ok(once >= 20 && once % 10 === 0);
    // the answer of the first was lost: the same again, and then settled
    await flush(ctx, counter);
    assert.equal(await allOf('twice'), once);
    for (let index = 40; index < 80; index++) counter.count(reader(index), { step: 'service-shown', subject: 'twice' });
    await flush(ctx, counter);
    assert.equal(await allOf('twice'), once + 40);
  });
  it('several processes add to one counter at once', async () => {
    const counters = [writer('d2'), writer('d3'), writer('d4')];
    for (const counter of counters) for (let index = 0; index < 50; index++) counter.count(reader(index), { step: 'service-shown', subject: 'many' });
    const each = counters[0]!.batch()!.cells.find(({ cell }) => cell.includes('all'))!.add;
    await Promise.all(counters.map((counter) => flush(ctx, counter)));
    assert.equal(await allOf('many'), 3 * each);
  });
});

describe('The list of columns', () => {
  it('is what the database has, what the migration says, and each has its words', async () => {
    const all = (await storedColumnsOf(ctx)).map(({ table, column }) => `${table}.${column}`);
    const columns = all.flatMap((one) => (one.startsWith('usage.') ? [one.slice('usage.'.length)] : [])).toSorted();
    const store = join(import.meta.dirname, '../../src/modules/usage/store');
    const migrations = readdirSync(store).filter((name) => name.endsWith('.sql'));
    const migration = migrations.map((name) => readFileSync(join(store, name), 'utf8')).join('\n');
    const declared = [...migration.matchAll(/create table usage\.(\w+) \(([\s\S]*?)\n\);/g)].flatMap(([, table, body]) =>
      body!.split('\n').flatMap((line) => {
        const column = /^ {2}(\w+) (?:date|text|int|uuid|numeric|bigint|timestamptz)\b/.exec(line)?.[1];
        return column === undefined ? [] : [`${table}.${column}`];
      }),
    );
    const added = [...migration.matchAll(/alter table usage\.(\w+) add column (\w+) /g)].map(([, table, column]) => `${table}.${column}`);
    assert.ok(declared.length > 30);
    assert.deepEqual(columns, [...declared, ...added].toSorted());
    assert.deepEqual(Object.keys(COLUMN_TEXTS).toSorted(), all.map((one) => one.replace(/^usage\./, '')).toSorted());
  });
  it('has every table of the program that counts how often', async () => {
    const { rows } = await sql<{ table: string }>`select distinct table_schema || '.' || table_name as "table" from information_schema.columns
      where data_type in ('integer', 'bigint', 'smallint') and column_name in ('n', 'count', 'waiting', 'looks', 'before_day', 'on_day')
      and table_schema not in ('usage', 'pgboss', 'pg_catalog', 'information_schema', 'tiger', 'topology')`.execute(city.database.read);
    // a place in a chain, and no count
    const none = ['federation.entry'];
    const counting = rows.map(({ table }) => table).filter((one) => !none.includes(one));
    assert.ok(counting.length >= 6);
    assert.deepEqual(
      counting.filter((one) => !COUNTED_ELSEWHERE.some((known) => known === one)),
      [],
    );
  });
});

describe('Where a case came from', () => {
  it('goes from the draft to the case and its history, and is no secret door: what is no code is left out', async () => {
    const { ctx: procedure, citizen } = city;
    const stray = expectOk(await startDraft(procedure, citizen, 'baumfaellung', "'; drop table"));
    assert.equal(stray.origin, undefined);
    const id = await filledDraft(city, 'baumfaellung');
    await sql`update procedure.draft set origin = 'b7kfm.b' where id = ${id}`.execute(city.database.read);
    assert.equal(await begunByOrigin(procedure, 'b7kfm.b', TODAY), 1);
    const state = expectOk(await submit(procedure, citizen, id, 'de'));
    assert.equal(state.cameBy, 'b7kfm.b');
    assert.equal(await begunByOrigin(procedure, 'b7kfm.b', TODAY), 1, 'begun stays begun');
    assert.equal(await begunByOrigin(procedure, 'b7kfm.a', TODAY), 0);
    assert.equal(await begunByOrigin(procedure, 'b7kfm.b', { from: day('2026-11-25'), until: day('2026-11-30') }), 0);
    const [first] = await caseHistory(city.ctx, city.database.read, id);
    assert.equal(first?.kind === 'antrag-eingereicht' && first.facts.origin, 'b7kfm.b');
    for (const origins of [['b7kfm'], ['b7kfm.b'], ['x2345', 'b7kfm']])
      assert.deepEqual(await casesByOrigin(procedure, origins, TODAY), { submitted: 1, decided: 0 });
    assert.deepEqual(await casesByOrigin(procedure, ['b7kf'], TODAY), { submitted: 0, decided: 0 });
  });
  it('makes a funnel in which fewer than ten are not told', async () => {
    const counter = writer('d5');
    for (let index = 0; index < 60; index++) counter.count(reader(index), { step: 'link-followed', subject: 'b7kfm', origin: 'b7kfm.b' });
    await flush(ctx, counter);
    const stages = await funnelOn(ctx)({ origins: ['b7kfm'], ...TODAY });
    assert.deepEqual(
      stages.map(({ step, of }) => `${step} ${of}`),
      [
        'link-followed requests',
        'landing-shown requests',
        'landing-onward requests',
        'service-shown requests',
        'form-begun requests',
        'form-submitted requests',
        'case-submitted cases',
        'case-decided cases',
      ],
    );
    assert.ok(typeof stages[0]!.count === 'number' && stages[0]!.count >= 40);
    assert.deepEqual(
      stages.slice(1).map(({ count }) => count),
      Array(7).fill('suppressed'),
    );
  });
  it('drafts that nobody touched for a month are given up, at their last page', async () => {
    const draft = expectOk(await startDraft(city.ctx, city.stranger, 'baumfaellung'));
    await sql`update procedure.draft set last_page = 'baeume', updated_at = ${city.clock.now().subtract({ hours: 24 * 31 })} where id = ${draft.id}`.execute(
      city.database.read,
    );
    const [use] = await useOfServices(city.ctx, TODAY);
    assert.deepEqual([use?.service, use?.submitted, use?.givenUp, use?.leftAt], ['baumfaellung', 1, 1, { baeume: 1 }]);
  });
});

describe('Who reads the figures of cases every day', () => {
  /** Made-up cases of a service, with the days on which they came and were decided. */
  const made: { readonly came: Temporal.PlainDate; decided: Temporal.PlainDate }[] = [];
  const within = (one: Temporal.PlainDate, from: Temporal.PlainDate, until: Temporal.PlainDate): boolean =>
    Temporal.PlainDate.compare(one, from) >= 0 && Temporal.PlainDate.compare(one, until) <= 0;
  it('sees nothing between two ends of a month, in no process and after no restart, and no case go out of the window', async () => {
    let today = day('2025-06-01');
    for (let at = 0; at < 300; at++) made.push({ came: today.add({ days: Math.floor(at * 2.3) }), decided: today.add({ days: Math.floor(at * 2.3) + 20 }) });
    const watched: UsageContext = {
      ...ctx,
      settings: { ...ctx.settings, env: 'production' },
      clock: () => today.toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: '09:00' }).toInstant(),
      cases: {
        ...ctx.cases,
        ofServices: async ({ from, until }) => {
          const own = made.filter(({ came }) => within(came, from, until) && Temporal.PlainDate.compare(came, today) <= 0);
          const decided = own.filter((one) => Temporal.PlainDate.compare(one.decided, today) <= 0).length;
          return [
            { service: 'baumfaellung', submitted: own.length, decided, givenUp: own.length - decided, open: 0, leftAt: { baeume: own.length - decided } },
          ];
        },
      },
    };
    today = day('2026-07-15');
    const seen = new Map<string, Set<string>>();
    for (let step = 0; step < 75; step++) {
      // each day another process, which knows nothing of the one before
      const { services, caseDays, city: rates } = await new PublishedFigures(watched).read();
      const month = today.toString().slice(0, 7);
      const told = JSON.stringify([services, caseDays, rates]);
      seen.set(month, (seen.get(month) ?? new Set()).add(told));
      assert.equal(caseDays.until.add({ days: 1 }).toString(), `${month}-01`);
      assert.equal(caseDays.from.toString(), caseDays.until.add({ days: 1 }).subtract({ months: 12 }).toString());
      assert.ok(services[0]!.submitted >= 100 && services[0]!.submitted % 10 === 0);
      today = today.add({ days: 1 });
    }
    assert.deepEqual(
      [...seen].map(([month, told]) => [month, told.size]),
      ['2026-07', '2026-08', '2026-09'].map((month) => [month, 1]),
    );
    assert.equal(new Set([...seen.values()].flatMap((told) => [...told])).size, 3, 'each month has news');
    const kept = await sql<{ n: number }>`select count(*)::int as n from usage.case_month`.execute(city.database.read);
    assert.equal(kept.rows[0]!.n, 3);
    // what was told in July is told of July for good, whatever has been decided and given up since
    const july = { rate: 'completion', services: [], on: day('2026-07-20') } as const;
    const then = await rateOn(watched)(july);
    for (const one of made) if (Temporal.PlainDate.compare(one.came, day('2026-07-01')) < 0) one.decided = day('2030-01-01');
    assert.deepEqual(await rateOn(watched)(july), then);
    assert.deepEqual(then.days, { from: day('2025-07-01'), until: day('2026-06-30') });
  });
});

describe('Where the counters began late', () => {
  it('the Nutzungsgrad has both sides of the counted month alone, and says how many months were counted', async () => {
    const counted: UsageContext = {
      ...ctx,
      settings: { ...ctx.settings, env: 'production' },
      services: () => [{ key: 'late', name: { de: 'Spät', en: 'Late', leicht: 'Spät' }, offices: [], pages: [] }],
      cases: {
        ...ctx.cases,
        // a hundred each month
        ofServices: async ({ from, until }) => {
          const submitted = 100 * from.until(until.add({ days: 1 }), { largestUnit: 'months' }).months;
          return [{ service: 'late', submitted, decided: 0, givenUp: 0, open: 0, leftAt: {} }];
        },
      },
    };
    const write = sql`insert into usage.counter_cases (month, service, channel, count) values ('2026-10-01', 'late', 'counter', 100), ('2026-09-01', 'late', 'post', 0)`;
    await write.execute(city.database.read);
    const { services, city: rates } = await new PublishedFigures(counted).read();
    const [late] = services;
    assert.ok(late!.submitted >= 1180, 'twelve months are told');
    assert.ok(late!.onlineMatched <= 100 && late!.onlineMatched >= 70);
    assert.deepEqual([late!.byOtherWays, late!.countedMonths, rates.usageServices, rates.usageMonths], [100, 1, 1, 1]);
    for (const { share } of [late!.usage, rates.usage]) assert.ok(share.kind === 'known' && share.value > 0.4 && share.value <= 0.5, JSON.stringify(share));
    await sql`delete from usage.counter_cases`.execute(city.database.read);
    await sql`delete from usage.case_month`.execute(city.database.read);
  });
});

describe('At the counter', () => {
  const journalled = async (): Promise<unknown[]> =>
    (await sql<{ payload: string }>`select payload from platform.journal where kind = 'usage.counter-cases' order by seq`.execute(city.database.read)).rows.map(
      ({ payload }) => JSON.parse(payload),
    );
  it('whole tens are kept and journalled, the rest waits, and the last is taken back', async () => {
    const counting = { ...ctx, strokes: new StrokeMemory() };
    const stroke = { service: 'baumfaellung', channel: 'counter' } as const;
    for (let index = 0; index < 9; index++) expectOk(await countCounterCases(counting, STAFF, stroke));
    assert.deepEqual(await journalled(), []);
    expectOk(await countCounterCases(counting, STAFF, stroke, 12));
    assert.deepEqual(await journalled(), [{ ...stroke, count: 20 }]);
    assert.deepEqual(expectOk(await undoCounterCases(counting, STAFF)), { ...stroke, today: 9, all: 9 });
    assert.deepEqual(await journalled(), [
      { ...stroke, count: 20 },
      { ...stroke, count: -10 },
    ]);
    const waiting = await sql<{ waiting: number }>`select waiting from usage.strokes`.execute(city.database.read);
    assert.deepEqual(waiting.rows, [{ waiting: -1 }]);
    const other = { ...STAFF, staffId: '0190a000-0000-7000-8000-0000000000c2' };
    const refused = await undoCounterCases(counting, other);
    assert.ok(!refused.ok && refused.problem.kind === 'wrong-state', 'nobody takes back what another counted');
    const unknown = await countCounterCases(counting, STAFF, { ...stroke, service: 'gibtesnicht' });
    assert.ok(!unknown.ok && unknown.problem.kind === 'not-found');
  });
});

describe('Surveys and history', () => {
  it('a survey needs what makes it believable, and stands with it', async () => {
    const bad = await enterSurvey(ctx, STAFF, { about: undefined, title: '', source: '', takenOn: day('2027-01-01'), sampleSize: 3, percent: 140 });
    assert.deepEqual(!bad.ok && bad.problem.fields?.map(({ field }) => field), ['about', 'title', 'source', 'takenOn', 'sampleSize', 'percent']);
    const { id } = expectOk(
      await enterSurvey(ctx, STAFF, { about: 'gap', title: 'Online erledigt', source: 'Umfrage A', takenOn: day('2026-10-01'), sampleSize: 1000, percent: 27 }),
    );
    const figures = await new PublishedFigures(ctx).read();
    // what the counters counted is of the month that is not over
    assert.deepEqual([figures.surveys[0]?.share, figures.surveys[0]?.sampleSize, figures.city.usage.share.kind], [0.27, 1000, 'unknown']);
    assert.deepEqual([figures.caseDays.from.day, figures.caseDays.until.add({ days: 1 }).day], [1, 1], 'whole months, in a demo too');
    expectOk(await withdrawSurvey(ctx, STAFF, id));
    const again = await withdrawSurvey(ctx, STAFF, id);
    assert.ok(!again.ok && again.problem.kind === 'not-found');
  });
  it('a file is previewed without a trace, taken once and whole, told apart, and taken out again', async () => {
    const typed: TypedImport = {
      source: 'Matomo der Stadt',
      format: 'matomo-csv',
      firstDay: day('2026-10-01'),
      lastDay: day('2026-10-31'),
      text: 'date,nb_visits\n2026-10-01,120\n2026-10-02,9\n',
    };
    assert.equal(expectOk(previewImport(ctx, typed)).tooFew, 1);
    const kept = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from usage.imported`.execute(city.database.read)).rows[0]!.n;
    assert.equal(await kept(), 0);
    const wrong = await importHistory(ctx, STAFF, { ...typed, text: `${typed.text}2026-10-03,viele\n` });
    assert.match((!wrong.ok && wrong.problem.fields?.[0]?.message) || '', /^Zeile 4, Spalte 2: /);
    assert.equal(await kept(), 0, 'nothing half');
    const { id } = expectOk(await importHistory(ctx, STAFF, typed));
    const twice = await importHistory(ctx, STAFF, typed);
    assert.ok(!twice.ok && twice.problem.kind === 'conflict');
    const figures = await new PublishedFigures(ctx).read();
    assert.deepEqual(
      figures.imported.map(({ source, month, measure, count }) => [source, month, measure, count]),
      [['Matomo der Stadt', '2026-10', 'visits', 120]],
    );
    assert.ok(!figures.sums.some(({ subject }) => subject.includes('Matomo')));
    const dos = await importHistory(ctx, STAFF, { ...typed, text: typed.text.replaceAll('\n', '\r\n') });
    assert.ok(!dos.ok && /schon aufgenommen/.test(dos.problem.detail), 'the same file by another browser');
    const again = { ...typed, lastDay: day('2026-11-15'), text: 'date,nb_visits\n2026-10-01,121\n2026-11-02,50\n' };
    const overlapping = await importHistory(ctx, STAFF, { ...again, source: 'matomo der stadt' });
    assert.ok(!overlapping.ok && overlapping.problem.kind === 'conflict', 'a longer export does not count October twice');
    assert.match(overlapping.problem.detail, /vom 2026-10-01 bis 2026-10-31\. Nehmen Sie jene zuerst heraus/);
    expectOk(await withdrawImport(ctx, STAFF, expectOk(await importHistory(ctx, STAFF, { ...again, source: 'Ein anderes System' })).id));
    const later = expectOk(await importHistory(ctx, STAFF, { ...again, text: 'date,nb_visits\n2026-11-02,50\n' }));
    const year = expectOk(
      await importHistory(ctx, STAFF, {
        ...typed,
        source: 'Jahresbericht',
        firstDay: day('2025-01-01'),
        lastDay: day('2025-12-31'),
        text: 'label,nb_visits\n/hund,900\n',
      }),
    );
    assert.deepEqual(
      (await new PublishedFigures(ctx).read()).imported.map(({ source, month, count }) => [source, month, count]),
      [
        ['Jahresbericht', '2025-01 – 2025-12', 900],
        ['Matomo der Stadt', '2026-10', 120],
        ['Matomo der Stadt', '2026-11', 50],
      ],
      'a figure of a year is no figure of January',
    );
    for (const one of [later, year]) expectOk(await withdrawImport(ctx, STAFF, one.id));
    expectOk(await withdrawImport(ctx, STAFF, id));
    assert.equal(await kept(), 0);
  });
});

const sumOfRatings = async (): Promise<number> =>
  (await sql<{ n: number }>`select coalesce(sum(count), 0)::int as n from usage.rating`.execute(city.database.read)).rows[0]!.n;

describe('Words', () => {
  it('are read by name of the reader in the journal, and go after a year', async () => {
    const desk = new RatingDesk(ctx);
    for (let index = 10; index < 20; index++)
      expectOk(await desk.rateCase(city.citizen, `0190a000-0000-7000-8000-0000000002${index}`, { score: 4, words: `Wort ${index}` }));
    const first = await readWords(ctx, STAFF, undefined, 4);
    const second = await readWords(ctx, STAFF, first.next, 10);
    assert.equal(new Set([...first.words, ...second.words].map(({ text }) => text)).size, 10);
    assert.equal(second.next, undefined);
    const read = await sql<{ actor: string }>`select actor from platform.journal where kind = 'usage.words-read'`.execute(city.database.read);
    assert.deepEqual(
      read.rows.map(({ actor }) => actor),
      [`staff:${STAFF.staffId}`, `staff:${STAFF.staffId}`],
    );
    assert.equal(await forgetOldWords(ctx), 0);
    assert.equal(await forgetOldWords({ ...ctx, clock: () => city.clock.now().add({ hours: 24 * 400 }) }), 10);
  });
  it('nothing is counted twice while ten are being written, and what cannot be written waits', async () => {
    const id = (index: number): string => `0190a000-0000-7000-8000-0000000004${index}`;
    let broken = true;
    const write: typeof ctx.database.write = (act) => (broken ? Promise.reject(new Error('away')) : ctx.database.write(act));
    const desk = new RatingDesk({ ...ctx, database: { ...ctx.database, write } });
    const before = await sumOfRatings();
    for (let index = 10; index < 20; index++) expectOk(await desk.rateCase(city.citizen, id(index), { score: 5 }));
    assert.equal(await sumOfRatings(), before, 'the database was away');
    broken = false;
    const [eleventh, again] = await Promise.all([desk.rateCase(city.citizen, id(20), { score: 5 }), desk.rateCase(city.citizen, id(10), { score: 1 })]);
    assert.ok(eleventh.ok && !again.ok && again.problem.kind === 'conflict');
    assert.equal(await sumOfRatings(), before + 11);
    // another process knows nothing of what waits here, and finds it in the database
    const other = await new RatingDesk(ctx).rateCase(city.citizen, id(12), { score: 1 });
    assert.ok(!other.ok && other.problem.kind === 'conflict');
  });
  it('a rating is refused without a score, with too many words, and without the proof of a discarded draft', async () => {
    const desk = new RatingDesk(ctx);
    const id = '0190a000-0000-7000-8000-000000000301';
    for (const typed of [{ score: 0 }, { score: 2.5 }, { score: Number.NaN }, { score: 3, words: 'x'.repeat(501) }]) {
      const refused = await desk.rateCase(city.citizen, id, typed);
      assert.ok(!refused.ok && refused.problem.kind === 'invalid-input');
    }
    const asked = { draftId: id, service: 'baumfaellung', proof: desk.proofOf(id, 'baumfaellung') };
    const forged = await desk.rateAbandonment({ ...asked, service: 'hund' }, { score: 1 });
    assert.ok(!forged.ok && forged.problem.kind === 'not-found');
    expectOk(await desk.rateAbandonment(asked, { score: 1 }));
    const again = await desk.rateAbandonment(asked, { score: 1 });
    assert.ok(!again.ok && again.problem.kind === 'conflict');
  });
});
