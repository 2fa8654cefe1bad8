import type { Credibility } from '../../../kernel/report.ts';
import type { Grade, Report } from './report.ts';
import { similarity, type TextPrint } from './text-print.ts';

/** What independence is judged by. */
export interface Sourced extends Pick<
  Report,
  'id' | 'origin' | 'sourceName' | 'organisation' | 'sourceRef' | 'originRef' | 'reliability' | 'credibility' | 'state'
> {
  readonly print: TextPrint;
}

/** Copied words: the second tells what the first wrote. */
const COPIED = 0.8;
const TELLING_LETTERS = 35;

/**
 * Independent sources of an event: reports of one source, reposts, and copies of one text are one, however many.
 * @returns groups of report ids
 */
export function independentSources(reports: readonly Sourced[]): string[][] {
  const groups: Sourced[][] = [];
  for (const report of reports.filter(({ state }) => state !== 'refused')) {
    const same = groups.filter((group) => group.some((one) => dependent(one, report)));
    for (const group of same) groups.splice(groups.indexOf(group), 1);
    groups.push([...same.flat(), report]);
  }
  return groups.map((group) => group.map(({ id }) => id));
}

function dependent(a: Sourced, b: Sourced): boolean {
  if (a.origin === b.origin && a.sourceName === b.sourceName) return true;
  if (a.originRef !== null && (a.originRef === b.originRef || a.originRef === b.sourceRef)) return true;
  if (b.originRef !== null && b.originRef === a.sourceRef) return true;
  if (Math.min(a.print.length, b.print.length) < TELLING_LETTERS) return false;
  return a.print.canonical === b.print.canonical || similarity(a.print, b.print) >= COPIED;
}

export interface EventGrade extends Grade {
  readonly independentSources: number;
}

/**
 * The grade of an event: the best on each axis alone. Credibility 1 means confirmed by independent sources; with
 * fewer than two it counts as 2, whoever wrote it.
 */
export function gradeOfEvent(reports: readonly Sourced[]): EventGrade {
  const counted = reports.filter(({ state }) => state !== 'refused');
  const sources = independentSources(counted).length;
  const reliability = counted.map((one) => one.reliability).toSorted()[0] ?? 'F';
  const best = Math.min(6, ...counted.map((one) => one.credibility)) as Credibility;
  return { reliability, credibility: best === 1 && sources < 2 ? 2 : best, independentSources: sources };
}

/** Why a person may not rate a report 1, or nothing. @param sources independent ones of its event */
export const confirmationMissing = (credibility: Credibility | undefined, sources: number): string | undefined =>
  credibility === 1 && sources < 2
    ? 'Die 1 heißt: von unabhängigen Quellen bestätigt. Hier gibt es erst eine; Weiterverbreitetes und Abgeschriebenes zählt nicht. Wählen Sie 2 oder fügen Sie eine Meldung aus anderer Quelle hinzu.'
    : undefined;
