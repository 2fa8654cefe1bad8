/** Pläne: XPlanGML 6.0 of a case, drawn and told. */
export { plansRoutes, planPanel } from './http/routes.ts';
export { featuresOfPlan, xplanComplaint } from './application/plans.ts';
export type { Cases, DocumentRef, PlansContext, PublicCaseView } from './application/context.ts';
