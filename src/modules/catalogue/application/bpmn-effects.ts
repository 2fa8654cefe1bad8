import type { Process } from '../domain/service.ts';

/** States and actions of a procedure, as `offered` in process.yaml names them. */
export type ProcessState = keyof Process['offered'];
export type ProcessAction = NonNullable<Process['offered'][ProcessState]>[number];

/**
 * Where an action leads: a state; `work`, back to the examination that was interrupted (of the Antrag or of the
 * Widerspruch); `draft`, to a draft in the same state; `origin`, to where the draft was written; `stay`, nowhere.
 */
export type ActionTarget = ProcessState | 'work' | 'draft' | 'origin' | 'stay';

/** What each action leads to, as module procedure folds its events. The one place that the picture knows it from. */
export const ACTION_TARGETS: Readonly<Record<ProcessAction, ActionTarget>> = {
  'confirm-complete': 'in_pruefung',
  'request-documents': 'unvollstaendig',
  'answer-request': 'eingegangen',
  hear: 'anhoerung',
  'answer-hearing': 'work',
  suspend: 'ausgesetzt',
  resume: 'work',
  extend: 'stay',
  'draft-decision': 'draft',
  'submit-for-approval': 'freigabe',
  approve: 'beschlossen',
  'return-draft': 'origin',
  decide: 'beschlossen',
  'record-bekanntgabe': 'bekanntgegeben',
  withdraw: 'zurueckgenommen',
  object: 'widerspruch',
  'request-certificate': 'stay',
  'decide-objection': 'draft',
  'follow-decision': 'draft',
  note: 'stay',
  assign: 'stay',
  remind: 'stay',
  transfer: 'stay',
  'record-step': 'stay',
};

const WORK: readonly ProcessState[] = ['in_pruefung', 'widerspruch'];

/** States that the law knows without anybody's action: by the clock, by the outbox, by a statute's fiction. */
export const BY_ITSELF: Readonly<Partial<Record<ProcessState, readonly ProcessState[]>>> = {
  unvollstaendig: ['eingegangen'],
  anhoerung: WORK,
  beschlossen: ['bekanntgegeben'],
  bekanntgegeben: ['bestandskraeftig'],
};

/** What can come after a state: by an action that the package offers there, or by itself. In the order of the procedure. */
export function statesAfter(process: Process, state: ProcessState): ProcessState[] {
  const offered = process.offered[state] ?? [];
  const found = new Set<ProcessState>(BY_ITSELF[state] ?? []);
  for (const action of offered) {
    const target = ACTION_TARGETS[action];
    if (target === 'work') for (const one of WORK) found.add(one);
    else if (target === 'origin') for (const one of WORK) found.add(one);
    else if (target !== 'stay' && target !== 'draft') found.add(target);
  }
  if (process.fiction !== 'none' && state === 'in_pruefung') found.add('bekanntgegeben');
  found.delete(state);
  return STATE_ORDER.filter((one) => found.has(one));
}

/** Every state once, in the order in which a case meets them; the record makes the compiler count them. */
const PLACES: Readonly<Record<ProcessState, number>> = {
  eingegangen: 0,
  unvollstaendig: 1,
  in_pruefung: 2,
  anhoerung: 3,
  ausgesetzt: 4,
  freigabe: 5,
  beschlossen: 6,
  bekanntgegeben: 7,
  widerspruch: 8,
  bestandskraeftig: 9,
  zurueckgenommen: 10,
  abgeschlossen: 11,
};
export const STATE_ORDER: readonly ProcessState[] = (Object.keys(PLACES) as ProcessState[]).toSorted((a, b) => PLACES[a] - PLACES[b]);
