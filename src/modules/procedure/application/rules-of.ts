import { taskKey, type ServicePackage } from '../../catalogue/public.ts';
import type { ProcedureRules } from '../domain/procedure-rules.ts';

/** The package's words about the procedure, as the domain reads them. */
export function rulesOf(pkg: ServicePackage): ProcedureRules {
  const { process } = pkg;
  return {
    offered: process.offered,
    ...(process.decisionPeriod && { decisionPeriod: process.decisionPeriod }),
    ...(process.extension && { extension: process.extension }),
    ...(process.fiction !== 'none' && { fictionBasis: process.fiction.legalBasis }),
    ...(pkg.payment.when === 'vorher' && { paidBefore: true }),
    warnDays: process.warnDays,
    requestDays: process.requestDays,
    hearingDays: process.hearingDays,
    fourEyes: process.fourEyes,
    outcomes: process.outcomes,
    discretion: pkg.discretion,
    regime: pkg.regime,
    ...(process.tasks.length > 0 && { checklist: process.tasks.map((task) => ({ key: taskKey(task), name: task.de, required: task.required })) }),
    ...(process.milestones.length > 0 && { milestones: process.milestones }),
    ...(pkg.announcement !== 'bekanntgabe' && { promulgation: pkg.announcement }),
    ...(pkg.validity && { validity: pkg.validity }),
    ...(pkg.automation && { automationBasis: pkg.automation.legalBasis }),
  };
}
