import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import type { KeptObject, PictureObject } from '../../../kernel/picture.ts';
import { enterLage, takeIn } from '../../situation/public.ts';
import { orient } from '../application/orient.ts';
import type { OrientationContext } from '../application/context.ts';
import { condensed, findingsIn, inOrder } from '../domain/finding.ts';
import { decisionProblems, possible, type Option } from '../domain/options.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

interface Told {
  readonly head: { pictureSeq: number; logNumber: number };
  readonly seen: { pictureSeq: number; seenAt: string | null };
  readonly changed: readonly { kind: string; count: number; ids: string[] }[];
  readonly log: readonly { number: number }[];
  readonly due: readonly { code: string; about: string }[];
  readonly contradictory: readonly { code: string; about: string }[];
  readonly missing: readonly { code: string; about: string }[];
}
const read = async (who: string, key: string): Promise<Told> => (await city.json(who, 'GET', `/api/lagen/${key}/ueberblick`)) as unknown as Told;
const POINT = { type: 'Point', coordinates: [9.97, 53.54] };

describe('the overview of a Lage', () => {
  it('tells each person what changed since they last looked; their place moves when they say so, and never back', async () => {
    const key = await city.lage('Überblick');
    await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, { staffId: city.stranger.staffId, organisation: 'Polizei', function: 'S2' });
    await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'Deichriss', geometry: POINT });
    const first = await read('leader', key);
    assert.deepEqual(
      first.changed.map(({ kind, count }) => [kind, count]),
      [['hazard', 1]],
    );
    assert.ok(first.log.length >= 1);
    await city.json('leader', 'PUT', `/api/lagen/${key}/ueberblick/gesehen`, first.head);
    assert.deepEqual((await read('leader', key)).changed, []);
    assert.equal((await read('stranger', key)).changed.length, 1, 'the other has not looked yet');
    await city.json('leader', 'PUT', `/api/lagen/${key}/ueberblick/gesehen`, { pictureSeq: 0, logNumber: 0 });
    assert.equal((await read('leader', key)).seen.pictureSeq, first.head.pictureSeq);
    await city.json('leader', 'PUT', `/api/lagen/${key}/ueberblick/gesehen`, { pictureSeq: 999_999, logNumber: 0 });
    await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'Zweiter Riss', geometry: POINT });
    assert.equal((await read('leader', key)).changed.length, 1, 'nobody has seen what was not there');
  });

  it('counts and looks through a picture of more than a page, and says what changed of it', async () => {
    const key = await city.lage('Groß');
    const view = await enterLage(city.ctx, city.leader, key, 'read');
    assert.ok(view.ok);
    const now = city.ctx.clock();
    const thing = (over: Partial<PictureObject>): PictureObject => ({
      ...{ id: 'unit:0', kind: 'unit', layer: 'kraefte', title: 'Trupp', geometry: null, facts: {}, source: { kind: 'cot', name: 'Funk' } },
      ...{ eventAt: now, receivedAt: now, ...over },
    });
    await takeIn(city.ctx, view.value.lage.id, [
      ...Array.from({ length: 5100 }, (_, i) => thing({ id: `unit:${i}`, title: `Trupp ${i}` })),
      thing({ id: 'unit:old', title: 'Trupp Alt', eventAt: now.subtract({ hours: 1 }) }),
      thing({ id: 'hazard:1', kind: 'hazard', layer: 'gefahren', title: 'Deichriss', facts: { contradiction: true } }),
    ]);
    const told = await read('leader', key);
    assert.deepEqual(
      told.changed.map(({ kind, count, ids }) => [kind, count, ids.length]),
      [
        ['hazard', 1, 1],
        ['unit', 5101, 10],
      ],
    );
    assert.deepEqual(
      told.contradictory.map(({ about }) => about),
      ['Deichriss'],
    );
    assert.deepEqual(
      told.missing.filter(({ code }) => code === 'stale').map(({ about }) => about),
      ['Trupp Alt'],
    );
    const page = await (await city.call('leader', 'GET', `/lagen/${key}`)).text();
    assert.match(page.replaceAll(/<[^>]*>|\s+/g, ' '), /Einheit\S* +5101 +1 /);
  });

  it('names what is missing and what is due, each with the way there', async () => {
    const key = await city.lage('Lücken');
    await city.json('leader', 'POST', `/api/lagen/${key}/abschnitte`, { name: 'Süd', kind: 'abschnitt' });
    const told = await read('leader', key);
    const codes = new Set(told.missing.map(({ code }) => code));
    for (const code of ['section-without-leader', 'function-empty', 'report-old']) assert.ok(codes.has(code), code);
    assert.deepEqual(
      told.missing.filter(({ code }) => code === 'function-empty').map(({ about }) => about),
      ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'],
    );
    const page = await (await city.call('leader', 'GET', `/lagen/${key}/ueberblick`)).text();
    assert.match(page, new RegExp(`href="/lagen/${key}/stab"`));
  });

  it('is not there for who does not belong to the Lage', async () => {
    const key = await city.lage('Geschlossen');
    assert.equal((await city.call('stranger', 'GET', `/api/lagen/${key}/ueberblick`)).status, 404);
    assert.equal((await city.call('stranger', 'PUT', `/api/lagen/${key}/ueberblick/gesehen`, { pictureSeq: 1, logNumber: 1 })).status, 404);
  });

  it('says that it is not complete when a source fails, and shows the others', async () => {
    const key = await city.lage('Stumm');
    const finding = { aspect: 'due', code: 'task-due', about: 'Tor 7', href: '/' } as const;
    const sources = { gut: async () => [finding], schlecht: () => Promise.reject(new Error('weg')) };
    const ctx: OrientationContext = { ...city.ctx, sources, logAfter: async () => [] };
    const found = await orient(ctx, city.leader, key);
    assert.ok(found.ok);
    assert.deepEqual(found.value.silent, ['schlecht']);
    assert.deepEqual(found.value.due, [finding]);
  });
});

const option = (over: Partial<Option> = {}): Option => ({
  name: 'A',
  people: 1,
  facilities: 0,
  minutesNeeded: 30,
  minutesLeft: 60,
  forcesNeeded: 5,
  forcesThere: 9,
  ...over,
});

describe('a decision', () => {
  it('keeps every option with its figures, in the log as Entschluss, once', async () => {
    const key = await city.lage('Entschluss');
    const id = '0190a000-0000-7000-8000-00000000ab01';
    const body = {
      id,
      question: 'Zone B räumen?',
      options: [option({ name: 'Räumen' }), option({ name: 'Abwarten', minutesNeeded: null })],
      chosen: 0,
      because: 'Zeit reicht.',
    };
    await city.json('leader', 'POST', `/api/lagen/${key}/entschluesse`, body);
    await city.json('leader', 'POST', `/api/lagen/${key}/entschluesse`, body);
    const { items } = (await city.json('leader', 'GET', `/api/lagen/${key}/entschluesse`)) as { items: { options: { possible: string }[] }[] };
    assert.equal(items.length, 1);
    assert.deepEqual(
      items[0]!.options.map((one) => one.possible),
      ['yes', 'unknown'],
    );
    const { rows } = await sql<{ text: string }>`select text from logbook.entry where kind = 'entschluss' and text like '%Zone B räumen%'`.execute(
      city.ctx.database.read,
    );
    assert.equal(rows.length, 1);
    assert.match(rows[0]!.text, /→ Räumen: Menschen 1.*\n– Abwarten: .*Zeit unbekannt von 60 min/);
  });

  it('says what is wrong at its field and keeps what was typed', async () => {
    const key = await city.lage('Fehler');
    const page = await city.form('leader', `/lagen/${key}/ueberblick/entschluss`, { question: 'Deich?', name0: 'Halten', people0: 'viele', because: '' });
    assert.equal(page.status, 422);
    const text = await page.text();
    assert.match(text, /value="Halten"/);
    assert.match(text, /value="viele"/);
  });

  for (const [what, over, expected] of [
    ['enough of both', {}, 'yes'],
    ['too little time', { minutesLeft: 20 }, 'no'],
    ['too few forces, time unknown', { minutesLeft: null, forcesThere: 1 }, 'no'],
    ['forces unknown', { forcesThere: null }, 'unknown'],
  ] as const)
    it(`is possible with ${what}: ${expected}`, () => assert.equal(possible(option(over)), expected));

  it('wants two options, one of them chosen, and a reason', () => {
    const fields = decisionProblems({ question: 'x', options: [option()], chosen: 3, because: ' ' }).map(({ field }) => field);
    assert.deepEqual(fields.toSorted(), ['because', 'chosen', 'options']);
  });
});

describe('what the picture itself says', () => {
  const now = Temporal.Instant.from('2026-11-28T20:00:00Z');
  const thing = (over: Partial<KeptObject>): KeptObject => ({
    id: 'gauge:a',
    kind: 'gauge',
    layer: 'pegel',
    title: 'Pegel',
    geometry: null,
    facts: {},
    source: { kind: 'sensor', name: 's' },
    eventAt: now,
    receivedAt: now,
    seq: 1,
    changedAt: now,
    ended: false,
    ...over,
  });
  for (const [what, one, code] of [
    ['a gate whose sensor and person disagree', thing({ kind: 'gate', facts: { contradiction: true } }), 'contradiction'],
    ['a gate of which nobody knows', thing({ kind: 'gate', facts: { state: 'unknown' } }), 'gate-unknown'],
    ['a gauge that is silent', thing({ eventAt: now.subtract({ hours: 1 }) }), 'stale'],
    ['a warning that ends within the hour', thing({ kind: 'warning', facts: { bis: now.add({ minutes: 40 }).toString() } }), 'warning-ends'],
  ] as const)
    it(`finds ${what}`, () =>
      assert.deepEqual(
        findingsIn([one], { key: 'k', now }).map((found) => found.code),
        [code],
      ));
  it('lets a hundred of one kind hide nothing else', () => {
    const many = [
      ...Array.from({ length: 100 }, (_, i) => ({ aspect: 'missing', code: 'gate-unknown', about: `Tor ${i}`, href: '' }) as const),
      { aspect: 'missing', code: 'request-open', about: 'Pumpe', href: '' } as const,
    ];
    const { shown, more } = condensed(many);
    assert.deepEqual([shown.length, shown.at(-1)!.about, more], [6, 'Pumpe', [{ code: 'gate-unknown', count: 95 }]]);
  });
  it('puts the pressing first', () => {
    const at = (code: 'stale' | 'measure-overdue' | 'contradiction') => ({ aspect: 'due', code, about: '', href: '' }) as const;
    assert.deepEqual(
      inOrder([at('stale'), at('contradiction'), at('measure-overdue')]).map(({ code }) => code),
      ['measure-overdue', 'contradiction', 'stale'],
    );
  });
});
