/** Planblaetter: what a file is technically, and how it is shown, remarked and stamped. */
export { findingsOf, type Finding } from './domain/findings.ts';
export { inspectDocument } from './application/inspect-document.ts';
