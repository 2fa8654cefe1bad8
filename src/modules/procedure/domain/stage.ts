import type { Case } from './case.ts';
import type { Day } from './events.ts';
import type { CaseStatus } from './status.ts';

/** How far a case is, as coarsely as it may be said to somebody who only holds its number and code. */
export type CaseStage = 'received' | 'examined' | 'waiting' | 'decided' | 'ended';

/**
 * The stage of a status. A draft that waits for the second pair of eyes and a decision that is being sealed are still
 * "examined": what is decided is learned with the Bekanntgabe, and from nobody else before.
 * @param decided whether the case has a decision
 */
export function stageOf(status: CaseStatus, decided: boolean): CaseStage {
  switch (status) {
    case 'eingegangen':
      return 'received';
    case 'unvollstaendig':
    case 'anhoerung':
      return 'waiting';
    case 'in_pruefung':
    case 'ausgesetzt':
    case 'freigabe':
    case 'beschlossen':
    case 'widerspruch':
      return 'examined';
    case 'bekanntgegeben':
    case 'bestandskraeftig':
      return 'decided';
    case 'zurueckgenommen':
      return 'ended';
    case 'abgeschlossen':
      return decided ? 'decided' : 'ended';
  }
}

/** Until when the applicant is to answer, where the case waits for them. */
export function answerDue(state: Pick<Case, 'status' | 'request' | 'hearing'>): Day | undefined {
  if (state.status === 'unvollstaendig') return state.request?.dueOn;
  return state.status === 'anhoerung' ? state.hearing?.dueOn : undefined;
}
