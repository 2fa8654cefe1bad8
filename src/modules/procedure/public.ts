/** Verfahren: from Antrag to Bescheid. */
export { procedureApi } from './http/api.ts';
export { procedureParameters } from './domain/draft-term.ts';
export { casePages } from './http/citizen-case.ts';
export { cosignPages } from './http/cosign-pages.ts';
export { draftPages } from './http/citizen-draft.ts';
export { unfinishedPart } from './http/draft-end-parts.ts';
export { fristenPages } from './http/fristen-pages.ts';
export { officerPages } from './http/officer-pages.ts';
export { statisticsPages } from './http/statistics-pages.ts';
export { migrationPages } from './http/migration-pages.ts';
export { pruefenPages, type CheckPdf } from './http/pruefen-pages.ts';
export { applicantNames } from './domain/applicants.ts';
export { presentDecision } from './domain/case.ts';
export { act, mayAct, maySee } from './application/act.ts';
export { resumePaid } from './application/resume-paid.ts';
export { wholeFile, type WholeFile } from './application/case-documents.ts';
export { publicCase, publicCases, type PublicCase } from './application/public-cases.ts';
export { caseFile, lockedCaseFile, type CaseFile } from './application/case-file.ts';
export { findingsOf, noteRead } from './application/read-case.ts';
export { closedCases, type ClosedCaseFile } from './application/closed-cases.ts';
export type { DecisionSheet } from './domain/sheets.ts';
export { readHistory as caseHistory } from './application/history.ts';
export { decisionDueOn, findCaseId } from './application/case-file.ts';
export { caseOfNumber, caseStand, type CaseStand } from './application/case-stand.ts';
export { followedServices, usedServices } from './application/service-counts.ts';
export { receiveAnswer } from './application/receive-answer.ts';
export type { ReceivedFile } from './application/other-documents.ts';
export { putAnswers } from './application/answers.ts';
export { beginCase } from './application/begin-case.ts';
export { savePage, startDraft } from './application/drafts.ts';
export { standOf } from './application/kept-fields.ts';
export { guideMayType, ownDraft, readAssisted, typeAssisted, type AssistedChange, type AssistedDraft } from './application/assisted-draft.ts';
export { countCases } from './application/count-cases.ts';
export { proposeFor } from './application/propose-decision.ts';
export { issueDecision, writeLetter } from './application/write-letter.ts';
export { receiveApplication, type ReceivedAntrag } from './application/receive-application.ts';
export type { ReceivedDocument } from './application/received-files.ts';
export { letterToSource } from './application/letter-to-source.ts';
export { takeClosedFile, type ClosedFile } from './application/take-closed-file.ts';
export { findReceivedCase } from './application/find-received-case.ts';
export { findOwnCase } from './application/find-own-case.ts';
export { begunByOrigin, casesByOrigin, useOfServices } from './application/use.ts';
export { submit } from './application/submit.ts';
export { addUpload } from './application/uploads.ts';
export { draftEnds } from './application/abandoned-drafts.ts';
export { permitsOf, permitsToRemindOf, type PermitEnd } from './application/permits.ts';
export { answersDueBetween } from './application/expiring.ts';
export { exportCases, openCaseCount } from './application/export-cases.ts';
export { forgetApplicant } from './application/forget-applicant.ts';
export { procedureJobs } from './jobs.ts';
export type {
  Cashier,
  ContentCheck,
  DemandedCondition,
  DecisionGate,
  DraftHelp,
  StepGate,
  FeeDemand,
  ProcedureContext,
  SheetOffice,
  StampedCopy,
  StampedFor,
} from './application/context.ts';
export type { CasePanel } from './http/panels.ts';
export { berechneBekanntgabe, berechneFristende } from './domain/fristenrechner.ts';
