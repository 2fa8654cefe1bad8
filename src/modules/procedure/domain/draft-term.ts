import { parameter } from '../../../kernel/parameter.ts';
import { legalDay } from '../../../kernel/time.ts';

/** How long an application that nobody works on is kept. */
interface DraftTerm {
  /** Months without a change. */
  readonly months: number;
  /** Days before the deletion on which its owner is reminded; the first is also the shortest notice, of no less than thirty days. */
  readonly daysBefore: readonly number[];
}

/**
 * Art. 5(1)(e) GDPR names no number: what is kept must still serve its purpose. An own placement of the city: a year lets
 * everything come round once that an application waits for, e.g. a tax assessment or a season.
 */
export const DRAFT_TERM = parameter(
  'procedure.draft-term',
  'Wie lange ein Antrag aufgehoben wird, an dem niemand weiterschreibt',
  {
    months: { label: 'Ohne Änderung', unit: 'Monate', least: 3, most: 36 },
    daysBefore: { label: 'Erinnert vor der Löschung', unit: 'Tage', least: 1, most: 90, list: true },
  },
  [
    {
      from: '2026-01-01',
      value: { months: 12, daysBefore: [30, 7] },
      source: 'Eigene Setzung zu Art. 5 Abs. 1 Buchst. e DSGVO; keine Vorschrift nennt eine Zahl',
    },
  ],
);

/** The notice that is promised; a city may give more, not less. */
const LEAST_NOTICE = 30;

/** The term in force on a day; a list without a day as early as the least notice gets that one too. */
export function draftTermOn(day: Temporal.PlainDate): DraftTerm {
  const { months, daysBefore } = DRAFT_TERM.on(day);
  return { months, daysBefore: daysBefore.some((days) => days >= LEAST_NOTICE) ? daysBefore : [LEAST_NOTICE, ...daysBefore] };
}

/** What the deletion of a draft depends on. */
export interface Untouched {
  readonly updatedAt: Temporal.Instant;
  /** Since when its deletion is announced; absent: it is not. */
  readonly announcedOn?: Temporal.PlainDate;
}

const noticeDays = ({ daysBefore }: DraftTerm): number => Math.max(...daysBefore);
const endOfTerm = ({ updatedAt }: Untouched, { months }: DraftTerm): Temporal.PlainDate => legalDay(updatedAt).add({ months });

/**
 * The day on which a draft is deleted if nobody touches it: after the term, and never without full notice, whether the
 * machine stood still, the term was shortened, or the draft is older than this rule.
 */
export function deletionDay(draft: Untouched, today: Temporal.PlainDate): Temporal.PlainDate {
  const term = draftTermOn(today);
  const noticed = (draft.announcedOn ?? today).add({ days: noticeDays(term) });
  const end = endOfTerm(draft, term);
  return Temporal.PlainDate.compare(end, noticed) >= 0 ? end : noticed;
}

/** Whether it is time to announce the deletion. */
export function isToAnnounce(draft: Untouched, today: Temporal.PlainDate): boolean {
  const term = draftTermOn(today);
  return draft.announcedOn === undefined && Temporal.PlainDate.compare(endOfTerm(draft, term).subtract({ days: noticeDays(term) }), today) <= 0;
}

/** Whether the day of deletion has come. */
export const isToDelete = (draft: Untouched, today: Temporal.PlainDate): boolean =>
  draft.announcedOn !== undefined && Temporal.PlainDate.compare(deletionDay(draft, today), today) <= 0;

export const procedureParameters = [DRAFT_TERM];
