import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stepsOf } from './demo-history-cases.ts';
import { COMPARED, planHistory, TOLD_SERVICES, type ToldCase } from './demo-history-plan.ts';
import { FEWEST } from './kernel/few.ts';
import { legalDay } from './kernel/time.ts';
import { demoOnlineSince } from './neighbours-burden.ts';

const MONTHS = 15;
const monthOf = (at: Temporal.Instant): string => legalDay(at).toPlainYearMonth().toString();
const stepAt = (one: ToldCase, does: string): Temporal.Instant | undefined => stepsOf(one).find((step) => step.does === does)?.at;
/** Days on which a demo may be filled first: amid a month, on its ends, in a leap year. */
const DAYS = ['2026-11-29', '2026-12-01', '2027-01-31', '2027-03-02', '2028-02-29', '2027-06-15'];

describe('The past of a demo', () => {
  for (const day of DAYS) {
    const today = Temporal.PlainDate.from(day);
    const { cases, drafts, from } = planHistory(today, MONTHS);
    const counted = (of: readonly Temporal.Instant[]): ReadonlyMap<string, number> => {
      const counts = new Map<string, number>();
      for (const at of of) counts.set(monthOf(at), (counts.get(monthOf(at)) ?? 0) + 1);
      return counts;
    };
    /** Whole months from the `first` on; each must have ten. */
    const enough = (what: string, of: readonly Temporal.Instant[], first: number): void => {
      const counts = counted(of);
      for (let month = from.add({ months: first }); month.toPlainYearMonth().toString() < monthOf(today.toZonedDateTime('UTC').toInstant());)
        [, month] = [assert.ok((counts.get(month.toPlainYearMonth().toString()) ?? 0) >= FEWEST, `${what} in ${month.toString()}`), month.add({ months: 1 })];
    };

    it(`planned on ${day} has ten of everything that is divided, in each whole month`, () => {
      for (const service of TOLD_SERVICES)
        enough(
          `cases of ${service}`,
          cases.filter((one) => one.service === service).map(({ at }) => at),
          0,
        );
      const way = (ways: readonly string[]): ToldCase[] => cases.filter((one) => ways.includes(one.way));
      enough(
        'decided by rules',
        way(['rules']).map(({ at }) => at),
        0,
      );
      // work on trees takes weeks: in the first months few of them are decided
      enough(
        'decided by people',
        way(['person', 'asked']).map((one) => stepAt(one, 'decide')!),
        2,
      );
      enough(
        'complete after a question',
        way(['asked']).map((one) => stepAt(one, 'answer')!),
        0,
      );
    });

    it(`planned on ${day} lies before that day, and people need something next`, () => {
      for (const one of [...cases, ...drafts]) assert.ok(Temporal.PlainDate.compare(legalDay(one.at), today) < 0);
      assert.ok(Temporal.PlainDate.compare(demoOnlineSince(today), from) < 0, 'nothing came online before it was possible');
      const parked = new Set(cases.filter(({ service }) => service === 'bewohnerparkausweis').map(({ resident }) => resident));
      assert.ok(cases.filter(({ service, resident }) => service === 'hund' && parked.has(resident)).length >= FEWEST);
    });

    it(`planned on ${day} has ten who went on from each wording that was compared`, () => {
      const [first, last] = [today.subtract({ days: COMPARED.finished.from }), today.subtract({ days: COMPARED.finished.until })];
      for (const letter of ['a', 'b']) {
        const went = [...cases, ...drafts].filter(
          ({ variant, at }) => variant === letter && Temporal.PlainDate.compare(legalDay(at), first) > 0 && Temporal.PlainDate.compare(legalDay(at), last) < 0,
        );
        assert.ok(went.length >= FEWEST, `${letter}: ${went.length}`);
      }
    });
  }

  it('is the same each time it is planned', () => {
    const today = Temporal.PlainDate.from(DAYS[0]!);
    assert.deepEqual(JSON.stringify(planHistory(today, MONTHS)), JSON.stringify(planHistory(today, MONTHS)));
  });

  it('has officers who work on weekdays, and steps in the order of time', () => {
    for (const one of planHistory(Temporal.PlainDate.from(DAYS[0]!), MONTHS).cases) {
      const steps = stepsOf(one);
      for (const { does, at } of steps) if (['ask', 'confirm', 'decide'].includes(does)) assert.ok(at.toZonedDateTimeISO('Europe/Berlin').dayOfWeek <= 5);
      const before = steps.filter(({ does }) => does !== 'pay' && does !== 'final');
      for (const [index, { at }] of before.entries()) if (index > 0) assert.ok(Temporal.Instant.compare(before[index - 1]!.at, at) <= 0, JSON.stringify(steps));
    }
  });
});
