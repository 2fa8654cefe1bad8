import { invalidFields, wrongState } from '../../../kernel/problem.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import { isApplicant } from '../domain/applicants.ts';
import { presentDecision, type Case } from '../domain/case.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { findCaseByNumber } from '../store/cases.ts';

type Answers = Readonly<Record<string, unknown>>;

/** A file number as people type it: `sn 2026 000123 k` is `SN-2026-000123-K`. */
const tidy = (typed: unknown): string =>
  typeof typed === 'string'
    ? typed
        .trim()
        .toUpperCase()
        .replace(/[\s/]+/g, '-')
    : '';

/** @param accountId null: nobody has proven who applies, so the officer judges whether both are the same person's */
async function requiredCase(db: Sql, accountId: string | null, service: string, typed: unknown): Promise<Case | undefined> {
  const found = await findCaseByNumber(db, tidy(typed));
  const same = found !== undefined && (accountId === null || isApplicant(found, accountId));
  return same && found.service === service ? found : undefined;
}

/** A chained application must name a case of the same person that can still be granted; else what is wrong at the field. */
export async function unknownRequirement(db: Sql, pkg: ServicePackage, accountId: string, answers: Answers): Promise<CaseProblem | undefined> {
  const problems = [];
  for (const { field, service } of pkg.requires) {
    const required = await requiredCase(db, accountId, service, answers[field]);
    const refused = required !== undefined && presentDecision(required)?.outcome === 'refuse';
    if (required === undefined) {
      problems.push({
        field,
        message: 'Unter diesem Aktenzeichen gibt es keinen passenden Antrag von Ihnen. Das Aktenzeichen steht in Ihrer Eingangsbestätigung.',
      });
    } else if (required.status === 'zurueckgenommen' || refused) {
      problems.push({ field, message: 'Dieser Antrag wurde zurückgenommen oder abgelehnt. Stellen Sie ihn zuerst neu.' });
    }
  }
  return problems.length === 0 ? undefined : invalidFields(problems);
}

/** Why this case cannot be granted yet: another that it builds on is not granted. */
export async function unmetRequirement(db: Sql, pkg: ServicePackage, state: Case): Promise<CaseProblem | undefined> {
  for (const { field, service, legalBasis } of pkg.requires) {
    const required = await requiredCase(db, state.accountId, service, state.answers[field]);
    const decision = required === undefined ? undefined : presentDecision(required);
    const granted = decision !== undefined && decision.outcome !== 'refuse' && !['ruecknahme', 'widerruf'].includes(decision.kind);
    if (granted) continue;
    const number = required?.fileNumber ?? tidy(state.answers[field]);
    return wrongState(
      `Dieser Antrag baut auf ${number} auf, und darüber ist noch nicht positiv entschieden (${legalBasis}). Entscheiden Sie zuerst dort, oder lehnen Sie ab.`,
    );
  }
  return undefined;
}
