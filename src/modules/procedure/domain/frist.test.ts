import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bekanntgabe, bekanntgabeByRetrieval, widerspruchsfrist } from './bekanntgabe.ts';
import { easterSunday, feiertage, restDayReason } from './feiertage.ts';
import { fristEnde, laufendeFrist, suspendedDays, type PeriodUnit } from './frist.ts';
import { berechneBekanntgabe, berechneFristende, parseDay } from './fristenrechner.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const anyDay = fc.integer({ min: 0, max: 36_500 }).map((days) => day('2000-01-01').add({ days }));
const anyPeriod = fc.record({ length: fc.integer({ min: 1, max: 24 }), unit: fc.constantFrom<PeriodUnit>('days', 'weeks', 'months') });
const order = Temporal.PlainDate.compare;

describe('Feiertage: § 1 Hamburgisches Feiertagsgesetz', () => {
  it('knows the ten holidays of 2026', () => {
    assert.deepEqual(
      feiertage(2026).map((one) => one.date.toString()),
      ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-10-03', '2026-10-31', '2026-12-25', '2026-12-26'],
    );
  });
  it('24 and 31 December are working days', () => {
    assert.equal(restDayReason(day('2026-12-24')), undefined);
    assert.equal(restDayReason(day('2026-12-31')), undefined);
  });
  it('31 October is a holiday since 2018 and was once in 2017', () => {
    assert.equal(restDayReason(day('2016-10-31')), undefined);
    assert.equal(restDayReason(day('2017-10-31')), 'Reformationstag');
    assert.equal(restDayReason(day('2018-10-31')), 'Tag der Reformation');
  });
  for (const [year, easter] of [
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ] as const) {
    it(`Easter ${year} is ${easter}`, () => assert.equal(easterSunday(year).toString(), easter));
  }
});

describe('Frist: § 31 VwVfG, §§ 187-193 BGB', () => {
  const cases = [
    ['§ 187 Abs. 1 BGB: the day of the event is not counted', '2026-11-02', 1, 'days', '2026-11-03'],
    ['§ 188 Abs. 2 BGB: a week ends on the same weekday', '2026-11-03', 2, 'weeks', '2026-11-17'],
    ['§ 188 Abs. 2 BGB: a month ends on the same number', '2026-11-03', 1, 'months', '2026-12-03'],
    ['§ 188 Abs. 3 BGB: 31 January plus a month ends on the last of February', '2028-01-31', 1, 'months', '2028-02-29'],
    ['§ 193 BGB: known Sat 31.1.2026, 28.2. is a Saturday, so Monday 2.3.2026', '2026-01-31', 1, 'months', '2026-03-02'],
    ['§ 193 BGB: an end on Fri 31.10.2025 (holiday) moves to Mon 3.11.2025', '2025-09-30', 31, 'days', '2025-11-03'],
    ['§ 193 BGB: Good Friday to Easter Monday is one long weekend', '2026-03-03', 1, 'months', '2026-04-07'],
    ['§ 193 BGB: Christmas 2026 (Fri, Sat, Sun) moves to Monday 28.12.', '2026-11-25', 1, 'months', '2026-12-28'],
    ['24 December is a working day: no move', '2026-11-24', 1, 'months', '2026-12-24'],
  ] as const;
  for (const [name, from, length, unit, end] of cases) {
    it(name, () => assert.equal(fristEnde(day(from), length, unit).date.toString(), end));
  }
  it('a Frist never ends on a rest day', () => {
    fc.assert(fc.property(anyDay, anyPeriod, (from, { length, unit }) => restDayReason(fristEnde(from, length, unit).date) === undefined));
  });
  it('a later start never ends earlier', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 40 }), anyPeriod, (from, later, { length, unit }) => {
        const first = fristEnde(from, length, unit).date;
        return order(first, fristEnde(from.add({ days: later }), length, unit).date) <= 0;
      }),
    );
  });
  it('every step names its paragraph', () => {
    fc.assert(fc.property(anyDay, anyPeriod, (from, { length, unit }) => fristEnde(from, length, unit).steps.every((step) => step.paragraph.includes('§'))));
  });
});

describe('Suspension: § 209 BGB', () => {
  const months = [{ length: 3, unit: 'months', paragraph: '§ 42a Abs. 2 VwVfG' }] as const;
  it('each suspended day moves the end by one day, then § 193 BGB', () => {
    const end = laufendeFrist(day('2026-01-12'), months, [{ from: day('2026-02-01'), to: day('2026-02-11') }]);
    assert.equal(end.date.toString(), '2026-04-22'); // 12 April plus ten days
  });
  it('overlapping suspensions count once', () => {
    const parts = [
      { from: day('2026-02-01'), to: day('2026-02-11') },
      { from: day('2026-02-05'), to: day('2026-02-15') },
    ];
    assert.equal(suspendedDays(parts), 14);
  });
  it('§ 209 BGB: a suspension that was over before the Frist began, or began after its end, moves nothing', () => {
    const none = laufendeFrist(day('2026-01-12'), months, []).date.toString();
    for (const [from, to] of [
      ['2025-12-01', '2025-12-21'],
      ['2026-06-01', '2026-06-21'],
    ] as const) {
      assert.equal(laufendeFrist(day('2026-01-12'), months, [{ from: day(from), to: day(to) }]).date.toString(), none);
    }
  });
  it('a suspension never brings the end nearer', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 88 }), fc.integer({ min: 0, max: 400 }), (start, offset, length) => {
        const from = start.add({ days: offset });
        const without = laufendeFrist(start, months, []).date;
        const moved = laufendeFrist(start, months, [{ from, to: from.add({ days: length }) }]).date;
        return order(moved, without.add({ days: length - 4 })) >= 0 && order(moved, without) >= 0;
      }),
    );
  });
});

describe('Bekanntgabe and Widerspruch', () => {
  it('§ 41 Abs. 2 VwVfG: posted Tue 30.12.2025, known Sat 3.1.2026, Widerspruch until Tue 3.2.2026', () => {
    const known = bekanntgabe('post', day('2025-12-30'), 'bund')!;
    assert.equal(known.date.toString(), '2026-01-03');
    assert.equal(widerspruchsfrist(known.date, 'bund').date.toString(), '2026-02-03');
  });
  it('§ 41 Abs. 2 VwVfG: the regime changes at its date, three days before 2025', () => {
    assert.equal(bekanntgabe('post', day('2024-12-31'), 'bund')!.date.toString(), '2025-01-03');
    assert.equal(bekanntgabe('post', day('2025-01-01'), 'bund')!.date.toString(), '2025-01-05');
  });
  it('§ 9 OZG: provided in the Postfach, known on the fourth day since 24.7.2024', () => {
    assert.equal(bekanntgabe('postfach', day('2024-07-23'), 'bund')!.date.toString(), '2024-07-26');
    assert.equal(bekanntgabe('postfach', day('2024-07-24'), 'bund')!.date.toString(), '2024-07-28');
  });
  it('§ 41 Abs. 2b HmbVwVfG: third day before 14.5.2025, and the unchecked amendment is said to be unchecked', () => {
    assert.equal(bekanntgabe('postfach', day('2025-05-13'), 'hh')!.date.toString(), '2025-05-16');
    const after = bekanntgabe('postfach', day('2025-05-14'), 'hh')!;
    assert.equal(after.date.toString(), '2025-05-18');
    assert.equal(after.parameter.verified, false);
  });
  it('BSG B 8/9b SO 13/07 R: a Bekanntgabe may fall on a rest day, it is no Frist', () => {
    assert.equal(restDayReason(bekanntgabe('post', day('2025-12-30'), 'bund')!.date), 'Samstag');
  });
  it('§ 41 Abs. 2 Satz 3 VwVfG: proven later receipt wins, earlier receipt changes nothing', () => {
    assert.equal(bekanntgabe('post', day('2026-03-02'), 'bund', day('2026-03-10'))!.date.toString(), '2026-03-10');
    assert.equal(bekanntgabe('post', day('2026-03-02'), 'bund', day('2026-03-03'))!.date.toString(), '2026-03-06');
  });
  it('§ 58 Abs. 2 VwGO: a year without correct instruction', () => {
    assert.equal(widerspruchsfrist(day('2026-03-03'), 'hh', false).date.toString(), '2027-03-03');
  });
  it('§ 41 Abs. 2a VwVfG: known the day after retrieval; not retrieved within ten days, not effective', () => {
    assert.equal(bekanntgabeByRetrieval(day('2026-03-02'), day('2026-03-04'))?.toString(), '2026-03-05');
    assert.equal(bekanntgabeByRetrieval(day('2026-03-02'), day('2026-03-13')), undefined);
    assert.equal(bekanntgabeByRetrieval(day('2026-03-02'), undefined), undefined);
  });
  it('sending later never makes known earlier, in any regime', () => {
    fc.assert(
      fc.property(
        anyDay.filter((d) => d.year >= 2024),
        fc.constantFrom('post' as const, 'postfach' as const),
        fc.constantFrom('bund' as const, 'hh' as const),
        (on, via, regime) => order(bekanntgabe(via, on, regime)!.date, bekanntgabe(via, on.add({ days: 1 }), regime)!.date) <= 0,
      ),
    );
  });
});

describe('Fristenrechner input', () => {
  it('reads German and ISO days and refuses days that do not exist', () => {
    assert.equal(parseDay('1.3.2026')?.toString(), '2026-03-01');
    assert.equal(parseDay('2026-03-01')?.toString(), '2026-03-01');
    for (const wrong of ['31.02.2026', '2026-02-29', 'morgen', '', '1.13.2026', '2026-3-1']) assert.equal(parseDay(wrong), undefined, wrong);
  });
  it('names every wrong field with its remedy', () => {
    const answer = berechneBekanntgabe({ via: 'taube', on: '31.02.2026', regime: 'by' });
    assert.ok(!answer.ok);
    assert.deepEqual(
      answer.problem.fields?.map((one) => one.field),
      ['via', 'on', 'regime'],
    );
  });
  it('refuses two lengths, none, and absurd ones', () => {
    for (const input of [{}, { months: '1', days: '3' }, { months: '0' }, { days: '-4' }, { weeks: '99999' }, { months: '1.5' }]) {
      assert.equal(berechneFristende({ from: '2026-01-01', ...input }).ok, false, JSON.stringify(input));
    }
  });
  it('gives steps, holidays and the last day for a Widerspruch', () => {
    const answer = berechneBekanntgabe({ via: 'post', on: '30.12.2025', regime: 'bund' });
    assert.ok(answer.ok);
    assert.equal(answer.value.widerspruchBis, '2026-02-03');
    assert.ok(answer.value.holidays.some((holiday) => holiday.name === 'Neujahr'));
  });
});
