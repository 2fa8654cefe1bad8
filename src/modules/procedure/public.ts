/** Verfahren: from Antrag to Bescheid. */
export { procedureApi } from './http/api.ts';
export { casePages } from './http/citizen-case.ts';
export { draftPages } from './http/citizen-draft.ts';
export { fristenPages } from './http/fristen-pages.ts';
export { officerPages } from './http/officer-pages.ts';
export { pruefenPages, type CheckPdf } from './http/pruefen-pages.ts';
export { exportCases, openCaseCount } from './application/export-cases.ts';
export { procedureJobs } from './jobs.ts';
export type { ProcedureContext } from './application/context.ts';
export { berechneBekanntgabe, berechneFristende } from './domain/fristenrechner.ts';
