import { wrongState } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { checkTasks } from './checklist.ts';
import { recordStep } from './course.ts';
import { availableActions, type Party } from './available-actions.ts';
import { presentDecision, type Case } from './case.ts';
import type { CaseCommand, SystemCommand } from './commands.ts';
import { decideClock } from './decide-clock.ts';
import { decideIntake } from './decide-intake.ts';
import { decideOutcome } from './decide-outcome.ts';
import { decideSystem } from './decide-system.ts';
import type { CaseEvent } from './events.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import type { CaseProblem } from './problems.ts';
import type { CaseStatus } from './status.ts';

/** What a decision function knows besides the command. */
export interface Circumstances {
  readonly state: Case;
  readonly rules: ProcedureRules;
  readonly party: Party;
  readonly now: Temporal.Instant;
}

export type Decided = Result<readonly CaseEvent[], CaseProblem>;

/**
 * The procedure's law: what follows when `command` meets `state`. Pure.
 * @returns the events that become true, or the reason why nothing does
 */
export function decide(command: CaseCommand, circumstances: Circumstances): Decided {
  const { state, rules, party } = circumstances;
  if (!availableActions(state, rules, party).includes(command.action)) {
    const there = command.action === 'request-certificate' && presentDecision(state)?.certified === true;
    return refuse(wrongState(there ? CERTIFIED : REASON_BY_STATUS[state.status]));
  }
  switch (command.action) {
    case 'confirm-complete':
    case 'request-documents':
    case 'answer-request':
    case 'hear':
    case 'answer-hearing':
    case 'withdraw':
      return decideIntake(command, circumstances);
    case 'suspend':
    case 'resume':
    case 'extend':
    case 'note':
    case 'assign':
    case 'remind':
    case 'transfer':
      return decideClock(command, circumstances);
    case 'record-step':
      return recordStep(command, circumstances);
    case 'check-tasks':
      return checkTasks(command, circumstances);
    default:
      return decideOutcome(command, circumstances);
  }
}

/** As `decide`, for what the city itself does by the clock or from the outbox. */
export function decideBySystem(command: SystemCommand, circumstances: Omit<Circumstances, 'party'>): Decided {
  return decideSystem(command, circumstances);
}

const CERTIFIED = 'Die Bescheinigung ist schon ausgestellt. Sie liegt bei den Schreiben des Vorgangs; laden Sie sie dort herunter.';

const REASON_BY_STATUS: Readonly<Record<CaseStatus, string>> = {
  eingegangen: 'Der Vorgang ist eingegangen und wird auf Vollständigkeit geprüft. Dieser Schritt geht jetzt nicht.',
  unvollstaendig: 'Es fehlen noch Unterlagen. Dieser Schritt geht erst, wenn sie da sind.',
  in_pruefung: 'Der Vorgang wird geprüft. Dieser Schritt geht jetzt nicht.',
  anhoerung: 'Die Anhörung läuft noch. Dieser Schritt geht erst danach.',
  ausgesetzt: 'Das Verfahren ist ausgesetzt. Setzen Sie es zuerst fort.',
  freigabe: 'Der Entwurf liegt zur Freigabe vor. Dieser Schritt geht erst nach Freigabe oder Rückgabe.',
  beschlossen: 'Die Entscheidung ist getroffen und wird gerade versiegelt und zugestellt. Warten Sie einen Moment.',
  bekanntgegeben: 'Der Bescheid ist bekannt gegeben. Dieser Schritt geht nicht mehr.',
  widerspruch: 'Es liegt ein Widerspruch vor. Entscheiden Sie zuerst darüber.',
  bestandskraeftig: 'Der Bescheid ist bestandskräftig. Dieser Schritt geht nicht mehr.',
  zurueckgenommen: 'Der Antrag wurde zurückgenommen. Dieser Schritt geht nicht mehr.',
  abgeschlossen: 'Der Vorgang ist abgeschlossen. Dieser Schritt geht nicht mehr.',
};
