/** Beteiligung: agencies, neighbours and the public before a decision. */
export { abwaegungComplete, type AbwaegungState } from './application/read-file.ts';
export type { Cases, CaseView, Files, ParticipationContext } from './application/context.ts';
export { NO_PLAN, participationPlan, type ParticipationPlan } from './domain/participation-plan.ts';
export { participationJobs } from './jobs.ts';
