import { participationPlan, type ParticipationPlan } from '../../catalogue/public.ts';

/** A package without the section: officers ask by hand, nothing is displayed. */
export const NO_PLAN: ParticipationPlan = participationPlan.parse({});
