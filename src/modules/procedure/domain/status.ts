/** Where a case stands. Closed: the law knows these, a service package only offers actions in them. */
export const STATUSES = [
  'eingegangen', // received; completeness is being checked
  'unvollstaendig', // a Nachforderung is open
  'in_pruefung', // complete; the authority examines
  'anhoerung', // § 28 VwVfG: the applicant may comment
  'ausgesetzt', // the deadline stands still
  'freigabe', // a drafted decision waits for the second pair of eyes
  'beschlossen', // decided; seal and delivery are under way
  'bekanntgegeben', // delivered; the Widerspruchsfrist runs
  'widerspruch', // a Widerspruch is being examined
  'bestandskraeftig', // § 70 VwGO: no remedy any more
  'zurueckgenommen', // withdrawn by the applicant
  'abgeschlossen', // closed otherwise
] as const;

export type CaseStatus = (typeof STATUSES)[number];

/** What can be done to a case. Closed; `decide` gives each its legal meaning. */
export const ACTIONS = [
  'confirm-complete',
  'request-documents',
  'answer-request',
  'hear',
  'answer-hearing',
  'suspend',
  'resume',
  'extend',
  'draft-decision',
  'submit-for-approval',
  'approve',
  'return-draft',
  'decide',
  'record-bekanntgabe',
  'withdraw',
  'object',
  'request-certificate',
  'decide-objection',
  'follow-decision',
  'note',
  'assign',
  'remind',
  'transfer',
  'record-step',
  'check-tasks',
] as const;

export type CaseAction = (typeof ACTIONS)[number];

/** Actions of the applicant; all others belong to the authority. */
export const APPLICANT_ACTIONS: readonly CaseAction[] = ['answer-request', 'answer-hearing', 'withdraw', 'object', 'request-certificate'];
