import { categoryOf } from './category.ts';
import { claimsIn } from './claims.ts';
import type { Fusable } from './match.ts';
import { DEFAULT_UNCERTAINTY_METRES, type IncomingReport } from './report.ts';
import { printOf } from './text-print.ts';

/** Nothing is known more exactly than to a metre: a zero would make two honest reports of one place strangers. */
const LEAST_UNCERTAINTY_METRES = 1;

/** What fusion needs of a report that came in. */
export function fusableOf(id: string, report: Omit<IncomingReport, 'lageId'>): Fusable {
  const category = report.category ?? categoryOf(report.text);
  const { place, origin } = report;
  return {
    id,
    origin,
    sourceName: report.sourceName,
    sourceRef: report.sourceRef ?? null,
    originRef: report.originRef ?? null,
    category,
    place:
      place === undefined
        ? null
        : { ...place, uncertaintyMetres: Math.max(LEAST_UNCERTAINTY_METRES, place.uncertaintyMetres ?? DEFAULT_UNCERTAINTY_METRES[origin]) },
    eventAt: report.eventAt,
    print: printOf(report.text),
    claims: report.claims ?? claimsIn(report.text, category),
  };
}
