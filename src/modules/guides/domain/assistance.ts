import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { GuideProblem } from './problems.ts';

/** The code is good so long, and so long the person may think about who wants to help. */
export const CODE_MINUTES = 10;
export const HELP_MINUTES = 30;

/** Why help ended. */
export type EndReason = 'person' | 'guide' | 'refused' | 'time' | 'lapsed' | 'submitted' | 'discarded' | 'replaced';

/** A guide helps a person with one draft. */
export interface Assistance {
  readonly id: string;
  readonly draftId: string;
  readonly accountId: string;
  readonly service: string;
  /** The code, and later the offer, must be used until then. */
  readonly answerUntil: Temporal.Instant;
  /** Null until a guide has used the code. */
  readonly staffId: string | null;
  readonly consentedAt: Temporal.Instant | null;
  readonly runsUntil: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly endedBecause: EndReason | null;
  /** When a guide last typed into a field, by `fieldKey`. */
  readonly typed: Readonly<Record<string, string>>;
}

/** `code`: waits for a guide. `offered`: a guide waits for the person's yes. `running`: only now anything is seen. */
export type Phase = 'code' | 'offered' | 'running' | 'over';

export function phaseOf({ endedAt, staffId, consentedAt, answerUntil, runsUntil }: Assistance, now: Temporal.Instant): Phase {
  const until = consentedAt === null ? answerUntil : runsUntil!;
  if (endedAt !== null || Temporal.Instant.compare(now, until) >= 0) return 'over';
  if (consentedAt !== null) return 'running';
  return staffId === null ? 'code' : 'offered';
}

/** Why help that nobody has ended is over all the same. */
export const lapseReason = ({ consentedAt }: Assistance): EndReason => (consentedAt === null ? 'lapsed' : 'time');

/** A guide has typed the person's code. */
export function offer(one: Assistance, staffId: string, now: Temporal.Instant): Result<Assistance, GuideProblem> {
  if (phaseOf(one, now) !== 'code') return refuse(codeUnknown);
  return ok({ ...one, staffId, answerUntil: now.add({ minutes: CODE_MINUTES }) });
}

/** The person says yes to this guide. @param staffId whose name the person has read */
export function consent(one: Assistance, staffId: string, now: Temporal.Instant): Result<Assistance, GuideProblem> {
  if (phaseOf(one, now) !== 'offered') return refuse(NOTHING_OFFERED);
  if (one.staffId !== staffId) return refuse(OTHER_GUIDE);
  return ok({ ...one, consentedAt: now, runsUntil: now.add({ minutes: HELP_MINUTES }) });
}

/** Key of a field, or of a field of an item of a repeated page. */
export const fieldKey = (pageId: string, itemIndex: number | undefined, fieldId: string): string => `${pageId}/${itemIndex ?? ''}/${fieldId}`;

/** Fields of a page typed by a guide after `since`. */
export function typedAfter({ typed }: Pick<Assistance, 'typed'>, pageId: string, itemIndex: number | undefined, since: Temporal.Instant): ReadonlySet<string> {
  const prefix = fieldKey(pageId, itemIndex, '');
  const later = Object.entries(typed).filter(([key, at]) => key.startsWith(prefix) && Temporal.Instant.compare(at, since) > 0);
  return new Set(later.map(([key]) => key.slice(prefix.length)));
}

export const codeUnknown: GuideProblem = {
  kind: 'not-found',
  detail: 'Dieser Code gilt nicht oder nicht mehr. Bitten Sie die Person, auf der Seite ihres Antrags einen neuen zu holen. Er gilt zehn Minuten und einmal.',
};
const NOTHING_OFFERED = wrongState('Gerade wartet niemand auf Ihr Ja. Holen Sie einen neuen Code, wenn Sie Hilfe möchten.');
const OTHER_GUIDE = wrongState('Inzwischen möchte jemand anderes helfen. Lesen Sie den Namen und entscheiden Sie neu.');
