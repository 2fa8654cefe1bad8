import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Answer, Command } from './commands.ts';
import { ask, remind } from './decide-asking.ts';
import { attach, closeRound, openRound, silenceOn } from './decide-rounds.ts';
import type { CaseEvent, Day } from './events.ts';
import { findConsultation, requiredWords } from './find.ts';
import type { Participation } from './participation.ts';
import type { Fristende } from './period.ts';
import { reminderDay } from './period.ts';
import type { ParticipationProblem } from './problems.ts';

/** What a decision may look at besides the state. */
export interface Circumstances {
  /** Legal day in the city. */
  readonly today: Day;
  readonly fristende: Fristende;
}

type Decided = Result<readonly CaseEvent[], ParticipationProblem>;

/** What follows from a command: the events that become true, or why not. Nothing to do is no event. */
export function decide(state: Participation, command: Command, at: Circumstances): Decided {
  switch (command.action) {
    case 'declare-none':
      return declareNone(state, command.reason, at);
    case 'open-round':
      return openRound(state, command, at);
    case 'attach':
      return attach(state, command);
    case 'close-round':
      return closeRound(state, command.roundId, at.today);
    case 'ask':
      return ask(state, command, at);
    case 'remind':
      return remind(state, command.consultationId, at.today, false);
    case 'extend':
      return extend(state, command, at);
    case 'withdraw':
      return withdraw(state, command.consultationId, command.reason);
    case 'renew-link':
      return changeLink(state, command.consultationId, 'link-erneuert');
    case 'revoke-link':
      return changeLink(state, command.consultationId, 'link-widerrufen');
    case 'answer':
      return answer(state, command, at);
    case 'claim':
      return claim(state, command.consultationId, command.by);
    case 'pass-time':
      return ok(passTime(state, at.today));
  }
}

function declareNone(state: Participation, reason: string, { today }: Circumstances): Decided {
  if (state.consultations.some((one) => one.status !== 'withdrawn')) {
    return refuse(wrongState('In diesem Vorgang sind schon Stellen beteiligt. Ziehen Sie diese Beteiligungen zuerst zurück, wenn keine nötig ist.'));
  }
  const words = requiredWords('reason', reason, 'Begründen Sie, warum keine Stelle zu beteiligen ist.', 2000);
  if (!words.ok) return words;
  return ok([{ kind: 'keine-stellen', facts: { on: today }, content: { reason: words.value } }]);
}

function extend(state: Participation, command: Extract<Command, { action: 'extend' }>, { today }: Circumstances): Decided {
  const found = findConsultation(state, command.consultationId);
  if (!found.ok) return found;
  const { one, round } = found.value;
  if (round.status === 'closed' || one.status === 'answered' || one.status === 'withdrawn') {
    return refuse(wrongState('Die Frist dieser Stelle lässt sich nicht mehr verlängern: Sie hat geantwortet, oder die Beteiligung ist beendet.'));
  }
  if (command.dueOn <= one.dueOn || command.dueOn <= today) {
    return refuse(invalidField('dueOn', 'Nennen Sie einen Tag, der nach der bisherigen Frist und nach heute liegt.'));
  }
  const words = requiredWords('reason', command.reason, 'Nennen Sie den Grund der Verlängerung, zum Beispiel § 4 Abs. 2 Satz 3 BauGB.', 2000);
  if (!words.ok) return words;
  const remindOn = reminderDay(today, command.dueOn, command.reminderDays);
  return ok([{ kind: 'stelle-frist-verlaengert', facts: { consultationId: one.id, dueOn: command.dueOn, remindOn }, content: { reason: words.value } }]);
}

function withdraw(state: Participation, consultationId: string, reason: string): Decided {
  const found = findConsultation(state, consultationId);
  if (!found.ok) return found;
  const { one } = found.value;
  if (one.status === 'answered') return refuse(wrongState('Diese Stelle hat schon geantwortet. Ihre Stellungnahme bleibt in der Akte und ist abzuwägen.'));
  if (one.status === 'withdrawn') return refuse(wrongState('Diese Beteiligung ist schon zurückgezogen.'));
  const words = requiredWords('reason', reason, 'Nennen Sie den Grund, warum die Stelle nicht mehr gefragt ist.', 2000);
  if (!words.ok) return words;
  return ok([{ kind: 'beteiligung-zurueckgezogen', facts: { consultationId }, content: { reason: words.value } }]);
}

function changeLink(state: Participation, consultationId: string, kind: 'link-erneuert' | 'link-widerrufen'): Decided {
  const found = findConsultation(state, consultationId);
  if (!found.ok) return found;
  const { one, round } = found.value;
  if (kind === 'link-widerrufen') return ok(one.linkRevoked ? [] : [{ kind, facts: { consultationId } }]);
  if (one.status === 'withdrawn' || round.status === 'closed') return refuse(wrongState('Diese Beteiligung ist beendet. Einen neuen Link gibt es nicht mehr.'));
  if (one.email === undefined) return refuse(invalidField('email', 'Für diese Stelle ist keine E-Mail-Adresse bekannt. Erfassen Sie ihre Antwort auf Papier.'));
  return ok([{ kind, facts: { consultationId } }]);
}

/** Before the end an answer may be changed; after it a first one still counts as late, while the round is open. */
function answer(state: Participation, command: Answer, { today }: Circumstances): Decided {
  const found = findConsultation(state, command.consultationId);
  if (!found.ok) return found;
  const { one, round } = found.value;
  const byHand = command.via === 'paper';
  const receivedOn = byHand ? (command.receivedOn ?? today) : today;
  if (one.status === 'withdrawn') return refuse(wrongState('Ihre Stellungnahme wird nicht mehr gebraucht: Die Behörde hat die Beteiligung zurückgezogen.'));
  if (round.status === 'closed' && !byHand)
    return refuse(wrongState('Diese Beteiligung ist abgeschlossen. Wenden Sie sich an die Behörde, die Sie gefragt hat.'));
  if (receivedOn > today) return refuse(invalidField('receivedOn', 'Der Tag des Eingangs kann nicht in der Zukunft liegen.'));
  if (receivedOn < one.askedOn) return refuse(invalidField('receivedOn', 'Der Tag des Eingangs liegt vor der Beteiligung. Prüfen Sie das Datum.'));
  const late = receivedOn > one.dueOn;
  if (one.status === 'answered' && (late || byHand)) {
    return refuse(
      wrongState(
        byHand ? 'Diese Stelle hat schon geantwortet.' : 'Die Frist ist vorbei. Ihre Antwort lässt sich nicht mehr ändern; wenden Sie sich an die Behörde.',
      ),
    );
  }
  const statementId = one.answer?.statementId ?? command.statementId;
  const facts = { consultationId: one.id, statementId, answer: command.answer, receivedOn, late, via: command.via };
  return ok([{ kind: 'stelle-geantwortet', facts }]);
}

function claim(state: Participation, consultationId: string, by: string): Decided {
  const found = findConsultation(state, consultationId);
  if (!found.ok) return found;
  const { one } = found.value;
  if (one.claimedBy === by) return ok([]);
  if (one.status === 'withdrawn') return refuse(wrongState('Diese Beteiligung ist zurückgezogen.'));
  if (one.claimedBy !== undefined) {
    return refuse(wrongState('Ein anderes Konto hat diese Beteiligung schon übernommen. Wenden Sie sich an die Behörde, die Sie gefragt hat.'));
  }
  return ok([{ kind: 'stelle-uebernommen', facts: { consultationId, by } }]);
}

/** What the days since have brought: silence, reminders, ends of rounds. Idempotent. */
function passTime(state: Participation, today: Day): CaseEvent[] {
  const running = state.consultations.filter((one) => one.status === 'asked' && state.rounds.find((round) => round.id === one.roundId)?.status !== 'closed');
  const silent = silenceOn(state, today);
  const reminded = running
    .filter((one) => one.dueOn >= today && one.remindOn <= today && one.remindedOn === undefined && one.email !== undefined && !one.linkRevoked)
    .map((one): CaseEvent => ({ kind: 'stelle-erinnert', facts: { consultationId: one.id, on: today, byClock: true } }));
  const due = state.rounds
    .filter((round) => round.status === 'open' && round.dueOn < today)
    .map((round): CaseEvent => ({ kind: 'runde-faellig', facts: { roundId: round.id } }));
  return [...silent, ...reminded, ...due];
}
