import { formatGermanDate } from '../../../kernel/time.ts';
import type { Computed, Step } from './frist.ts';
import { fristEnde } from './frist.ts';
import { inForce, regimeOf, type Dated, type RegimeKey } from './regime.ts';

/** How a decision is sent: handed to the post, or provided in the account's Postfach. */
export type Via = 'post' | 'postfach';

export interface Bekanntgabe extends Computed {
  readonly parameter: Dated<number>;
}

/**
 * Day on which a decision counts as made known (§ 41(2) VwVfG by post, § 9(1) OZG by Postfach). The
 * fiction is not a Frist: it may fall on a Saturday, Sunday or holiday (BSG B 8/9b SO 13/07 R).
 * @param on day of posting or of providing; it also decides which version of the law applies
 * @param receivedOn proven later receipt, which wins; earlier receipt leaves the fiction as it is
 * @returns `undefined` when the regime has no rule on that day yet
 */
export function bekanntgabe(via: Via, on: Temporal.PlainDate, key: RegimeKey, receivedOn?: Temporal.PlainDate): Bekanntgabe | undefined {
  const regime = regimeOf(key);
  const parameter = inForce(via === 'post' ? regime.postFictionDays : regime.postfachFictionDays, on);
  if (parameter === undefined) return undefined;
  const fiction = on.add({ days: parameter.value });
  const verb = via === 'post' ? 'Aufgabe zur Post' : 'Bereitstellung im Postfach';
  const steps: Step[] = [
    { text: `${verb} am ${formatGermanDate(on)}.`, paragraph: parameter.source, date: on.toString() },
    {
      text: `Am ${parameter.value}. Tag danach gilt der Bescheid als bekannt gegeben: ${formatGermanDate(fiction)}. Das ist keine Frist; der Tag darf auf ein Wochenende oder einen Feiertag fallen.`,
      paragraph: parameter.source,
      date: fiction.toString(),
    },
  ];
  if (receivedOn === undefined || Temporal.PlainDate.compare(receivedOn, fiction) <= 0) {
    return { date: fiction, steps, moved: [], parameter };
  }
  const later = {
    text: `Nachweislich erst am ${formatGermanDate(receivedOn)} zugegangen: dieser Tag gilt.`,
    paragraph: '§ 41 Abs. 2 Satz 3 VwVfG',
    date: receivedOn.toString(),
  };
  return { date: receivedOn, steps: [...steps, later], moved: [], parameter };
}

/**
 * Last day for a Widerspruch (§ 70 VwGO), or a year where the instruction is missing or wrong (§ 58(2)).
 * @param known day of Bekanntgabe
 */
export function widerspruchsfrist(known: Temporal.PlainDate, key: RegimeKey, instructionCorrect = true): Computed {
  const regime = regimeOf(key);
  const versions = instructionCorrect ? regime.remedyMonths : regime.remedyMonthsWithoutInstruction;
  const parameter = inForce(versions, known) ?? versions[0]!;
  const end = fristEnde(known, parameter.value, 'months');
  const start: Step = { text: `Bekanntgabe am ${formatGermanDate(known)}.`, paragraph: parameter.source, date: known.toString() };
  return { ...end, steps: [start, ...end.steps] };
}

/** § 41(2a) VwVfG: a portal's decision is known the day after its retrieval; not retrieved within ten days of the notice, it is not effective. */
export const PORTAL_RETRIEVAL_DAYS: Dated<number> = { value: 10, validFrom: '2017-01-01', source: '§ 41 Abs. 2a VwVfG', verified: true };

/** @returns the day of Bekanntgabe, or `undefined` when the decision did not become effective */
export function bekanntgabeByRetrieval(noticedOn: Temporal.PlainDate, retrievedOn: Temporal.PlainDate | undefined): Temporal.PlainDate | undefined {
  const last = noticedOn.add({ days: PORTAL_RETRIEVAL_DAYS.value });
  if (retrievedOn === undefined || Temporal.PlainDate.compare(retrievedOn, last) > 0) return undefined;
  return retrievedOn.add({ days: 1 });
}
