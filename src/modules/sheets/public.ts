/** Planblaetter: what a file is technically, and how it is shown, remarked and stamped. */
export { documentChecks, PAGE_SIZES, type DocumentChecks } from './domain/document-checks.ts';
export { findingsOf, type Finding } from './domain/findings.ts';
export { inspectDocument, type Inspect } from './application/inspect-document.ts';
export type { Inspection } from './domain/inspection.ts';
export { SheetDesk, type SheetProblem, type SheetSource } from './application/sheet-desk.ts';
