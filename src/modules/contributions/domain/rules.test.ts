import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { FACTS } from '../../../../test/support/contributions-city.ts';
import type { Contribution } from './contribution.ts';
import { evaluate, type Counted } from './evaluation.ts';
import { decide, OFFERED, type Command } from './moderate.ts';
import { changeProblem, checkParticipation, keyFrom, phaseOf, type Participation } from './participation.ts';
import { keptUntil } from './retention.ts';
import { isOurCookie, supporterCookie, supporterKey } from './token.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

describe('§ 188 Abs. 1 BGB: the last day counts to its midnight in the city', () => {
  const winter = { startsOn: day('2026-11-01'), endsOn: day('2026-11-30') };
  const summer = { startsOn: day('2026-06-01'), endsOn: day('2026-06-30') };
  // the clocks go back on the last day itself: it has 25 hours
  const change = { startsOn: day('2026-10-01'), endsOn: day('2026-10-25') };
  for (const [what, days, at, phase] of [
    ['winter, a moment before the first day', winter, '2026-10-31T22:59:59.999Z', 'coming'],
    ['winter, first moment', winter, '2026-10-31T23:00:00Z', 'running'],
    ['winter, last moment', winter, '2026-11-30T22:59:59.999999999Z', 'running'],
    ['winter, midnight', winter, '2026-11-30T23:00:00Z', 'over'],
    ['summer, last moment', summer, '2026-06-30T21:59:59.999Z', 'running'],
    ['summer, midnight', summer, '2026-06-30T22:00:00Z', 'over'],
    ['the day of 25 hours, last moment', change, '2026-10-25T22:59:59Z', 'running'],
    ['the day of 25 hours, midnight', change, '2026-10-25T23:00:00Z', 'over'],
  ] as const)
    it(what, () => assert.equal(phaseOf(days, instant(at)), phase));
});

const facts = { ...FACTS, startsOn: day('2026-11-24'), endsOn: day('2026-12-24') };
const fieldsOf = (change: Partial<typeof facts>): string[] => {
  const checked = checkParticipation({ ...facts, ...change });
  return checked.ok ? [] : (checked.problem.fields ?? []).map(({ field }) => field);
};

describe('a participation', () => {
  it('is right as the tests make it, and cleaned', () => assert.equal(expectOk(checkParticipation({ ...facts, title: '  Der\nPlatz ' })).title, 'Der Platz'));
  for (const [what, change, field] of [
    ['no title', { title: ' ' }, 'title'],
    ['no text', { text: '' }, 'text'],
    ['a key with a slash', { key: 'a/b' }, 'key'],
    ['a key that is an address of others', { key: 'eingang' }, 'key'],
    ['a key that looks like an id', { key: 'a1-b2-c3-d4-e5' }, 'key'],
    ['no category', { categories: [] }, 'categories'],
    ['the same category twice', { categories: [facts.categories[0]!, facts.categories[0]!] }, 'categories'],
    ['an end before the beginning', { endsOn: day('2026-11-23') }, 'endsOn'],
    ['longer than a year', { endsOn: day('2027-12-24') }, 'endsOn'],
    ['no area', { area: [] }, 'area'],
  ] as const)
    it(`is refused with ${what}`, () => assert.deepEqual(fieldsOf(change), [field]));
  it('keeps its address, and its area and categories once there are contributions', () => {
    const before: Participation = { ...facts, id: 'x', createdAt: instant('2026-11-24T00:00Z'), forgotten: false };
    const more = { ...facts, categories: [...facts.categories, { id: 'neu', name: 'Neu' }] };
    const fewer = { ...facts, categories: facts.categories.slice(1) };
    const elsewhere = { ...facts, area: [] };
    assert.equal(changeProblem(before, { ...facts, key: 'anders' }, 0)?.field, 'key');
    assert.equal(changeProblem(before, fewer, 0), undefined);
    assert.equal(changeProblem(before, fewer, 1)?.field, 'categories');
    assert.equal(changeProblem(before, elsewhere, 1)?.field, 'area');
    assert.equal(changeProblem(before, more, 1), undefined);
  });
  it('is not opened again once its persons are forgotten: what came then would never be', () => {
    const before: Participation = { ...facts, id: 'x', createdAt: instant('2026-11-24T00:00Z'), forgotten: true };
    assert.equal(changeProblem(before, { ...facts, title: 'Anders' }, 1), undefined);
    assert.equal(changeProblem(before, { ...facts, startsOn: day('2026-11-23') }, 0)?.field, 'startsOn');
    const later = { ...facts, endsOn: day('2027-11-23') };
    assert.match(changeProblem(before, later, 0)?.message ?? '', /Legen Sie eine neue Beteiligung an/);
    assert.equal(changeProblem({ ...before, forgotten: false }, later, 0), undefined);
  });
  it('makes its key from the title', () => {
    assert.equal(keyFrom('Größe & Höhe: Ottensen 77!'), 'groesse-hoehe-ottensen-77');
    assert.equal(keyFrom('a'.repeat(39) + '-b'), 'a'.repeat(39));
  });
});

const NOW = instant('2026-11-24T09:00:00Z');
const one: Contribution = {
  id: 'a',
  participationId: 'p',
  number: 1,
  category: 'gruen',
  title: 'Bäume',
  text: 'Mehr davon.',
  geometry: null,
  lon: null,
  lat: null,
  district: null,
  hasPicture: false,
  state: 'waiting',
  checked: false,
  hiddenBecause: null,
  hiddenNote: null,
  mergedInto: null,
  answer: null,
  answeredAt: null,
  support: 0,
  comments: 0,
  submittedAt: NOW,
  publishedAt: null,
};

describe('moderation', () => {
  const commands: Readonly<Record<Command['action'], Command>> = {
    publish: { action: 'publish' },
    keep: { action: 'keep' },
    hide: { action: 'hide', because: 'werbung', note: '' },
    merge: { action: 'merge', into: 2 },
    answer: { action: 'answer', text: 'Danke.' },
  };
  const target: Contribution = { ...one, id: 'b', number: 2, state: 'published' };
  it('offers what it then takes, and takes nothing else', () => {
    for (const [state, offered] of Object.entries(OFFERED)) {
      for (const [action, command] of Object.entries(commands)) {
        const decided = decide({ ...one, state: state as Contribution['state'] }, command, NOW, target);
        assert.equal(
          decided.ok,
          offered.some((name) => name === action),
          `${action} in ${state}`,
        );
      }
    }
  });
  it('publishes again on the day it was published first', () => {
    const first = instant('2026-11-01T00:00Z');
    const hidden = { ...one, state: 'hidden', hiddenBecause: 'werbung', hiddenNote: 'x', publishedAt: first } as const;
    const change = expectOk(decide(hidden, commands.publish, NOW));
    assert.deepEqual({ ...change }, { state: 'published', checked: true, hiddenBecause: null, hiddenNote: null, publishedAt: first });
  });
  for (const [what, command, on] of [
    ['hiding without a reason', { action: 'hide', because: 'weil' as never, note: '' }, target],
    ['a note longer than anybody reads', { action: 'hide', because: 'thema', note: 'x'.repeat(1001) }, target],
    ['merging with itself', { action: 'merge', into: 1 }, one],
    ['merging with what is not public', { action: 'merge', into: 2 }, { ...target, state: 'hidden' }],
    ['merging with nothing', { action: 'merge', into: 3 }, undefined],
  ] as const)
    it(`refuses ${what}`, () => assert.equal(decide({ ...one, state: 'published' }, command, NOW, on).ok, false));
  it('refuses an empty answer and one without end', () => {
    for (const text of ['', '  \n', 'x'.repeat(5001)]) assert.equal(decide({ ...one, state: 'published' }, { action: 'answer', text }, NOW).ok, false);
  });
});

describe('words', () => {
  it('lose what no reader sees and keep what was written', () => {
    assert.equal(cleanText('  a\r\nb\u0000c\u202ed <script>alert(1)</script> '), 'a\nb c d <script>alert(1)</script>');
    assert.equal(cleanLine('a\n\n b'), 'a b');
    assert.equal(cleanText('\ud800x').includes('\ud800'), false);
  });
});

describe('a supporter', () => {
  const secret = 'secret';
  it('has a cookie that only we can make', () => {
    const cookie = supporterCookie(secret);
    assert.ok(isOurCookie(secret, cookie));
    for (const other of [undefined, '', 'x', `${cookie}x`, cookie.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A')), supporterCookie('another')])
      assert.equal(isOurCookie(secret, other), false);
  });
  it('is another one in each participation', () => {
    assert.notEqual(supporterKey(secret, 'a', 'x'), supporterKey(secret, 'b', 'x'));
    assert.equal(supporterKey(secret, 'a', 'x'), supporterKey(secret, 'a', 'x'));
  });
});

it('the retention period is counted from the last day, by the value in force then', () => {
  assert.equal(keptUntil(day('2026-12-31')).toString(), '2027-12-31');
});

describe('the evaluation', () => {
  const row = (change: Partial<Counted>): Counted => ({
    category: 'gruen',
    district: 'Altona',
    state: 'published',
    support: 2,
    comments: 1,
    answered: false,
    submittedAt: NOW,
    ...change,
  });
  it('counts what is published, every category, and days of the city without gaps', () => {
    const found = evaluate(
      [
        row({}),
        row({ district: null, answered: true }),
        row({ state: 'hidden', support: 50 }),
        row({ category: 'verkehr', district: 'Mitte', submittedAt: instant('2026-11-26T23:30:00Z') }),
      ],
      [...FACTS.categories, { id: 'leer', name: 'Leer' }],
    );
    assert.deepEqual(found.total, { contributions: 3, support: 6, comments: 3, answered: 1 });
    assert.equal(found.states.hidden, 1);
    assert.deepEqual(
      found.categories.map(({ name, contributions }) => [name, contributions]),
      [
        ['Verkehr', 1],
        ['Grün', 2],
        ['Leer', 0],
      ],
    );
    assert.deepEqual(
      found.districts.map(({ name }) => name),
      ['Altona', 'Mitte', 'Ohne Ort'],
    );
    assert.deepEqual(
      found.days.map(({ day: on, contributions }) => [on.toString(), contributions]),
      [
        ['2026-11-24', 2],
        ['2026-11-25', 0],
        ['2026-11-26', 0],
        ['2026-11-27', 1],
      ],
    );
  });
  it('of nothing is nothing', () => assert.deepEqual(evaluate([], []).days, []));
});
