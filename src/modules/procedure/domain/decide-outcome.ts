import { invalidField, invalidFields, wrongState, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { presentDecision, type Case } from './case.ts';
import type { CommandOf } from './commands.ts';
import type { Circumstances, Decided } from './decide.ts';
import { uncheckedBefore } from './checklist.ts';
import { missingBefore } from './course.ts';
import { dayOfReceipt } from './decide-intake.ts';
import { deliver } from './delivery.ts';
import type { CaseEvent, DecisionKind, EventOf } from './events.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { namedProblems, validityOf } from './validity.ts';

type DraftCommand = CommandOf<'draft-decision' | 'decide-objection' | 'follow-decision'>;
type OutcomeCommand =
  | DraftCommand
  | CommandOf<'submit-for-approval'>
  | CommandOf<'approve'>
  | CommandOf<'return-draft'>
  | CommandOf<'decide'>
  | CommandOf<'record-bekanntgabe'>
  | CommandOf<'object'>
  | CommandOf<'request-certificate'>;

/** From the draft to the Bescheid, its Bekanntgabe and the Widerspruch. */
export function decideOutcome(command: OutcomeCommand, circumstances: Circumstances): Decided {
  switch (command.action) {
    case 'draft-decision':
    case 'decide-objection':
    case 'follow-decision':
      return draftDecision(command, circumstances);
    case 'submit-for-approval':
      return ok([{ kind: 'freigabe-erbeten', facts: {} }]);
    case 'approve':
    case 'decide':
      return takeDecision(command, circumstances);
    case 'request-certificate':
      return ok([{ kind: 'bescheinigung-verlangt', facts: { decisionId: presentDecision(circumstances.state)!.id } }]);
    case 'return-draft':
      if (command.remark.trim() === '') return refuse(invalidField('remark', 'Schreiben Sie, was am Entwurf zu ändern ist.'));
      return ok([{ kind: 'entwurf-zurueckgegeben', facts: {}, content: { remark: command.remark } }]);
    case 'record-bekanntgabe':
      return recordBekanntgabe(command, circumstances);
    case 'object':
      return object(command, circumstances);
  }
}

function draftDecision(command: DraftCommand, { state, rules, now }: Circumstances): Decided {
  const decisionKind = kindOf(command);
  const problems = [...draftProblems(command, rules), ...channelProblems(command, state), ...hearingProblems(command, decisionKind, state)];
  const validUntil = command.outcome === 'refuse' ? undefined : command.validUntil;
  problems.push(...namedProblems(validUntil, rules, legalDay(now).toString()));
  if (problems.length > 0) return refuse(invalidFields(problems));
  const event: EventOf<'entscheidung-entworfen'> = {
    kind: 'entscheidung-entworfen',
    facts: { decisionKind, outcome: command.outcome, channel: command.channel ?? state.channel, feeCents: command.feeCents, ...(validUntil && { validUntil }) },
    content: { text: command.text },
  };
  return ok([event]);
}

function kindOf(command: DraftCommand): DecisionKind {
  if (command.action === 'draft-decision') return 'bescheid';
  if (command.action === 'decide-objection') return 'widerspruchsbescheid';
  return command.decisionKind ?? 'berichtigung';
}

function draftProblems({ outcome, feeCents, text }: DraftCommand, rules: ProcedureRules): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!rules.outcomes.includes(outcome)) {
    problems.push({ field: 'outcome', message: 'Diese Leistung sieht dieses Ergebnis nicht vor. Wählen Sie ein anderes.' });
  }
  if (text.operative.join('').trim() === '') {
    problems.push({ field: 'operative', message: 'Schreiben Sie, was entschieden wird.' });
  }
  if (!Number.isInteger(feeCents) || feeCents < 0) {
    problems.push({ field: 'feeCents', message: 'Geben Sie die Gebühr in Euro und Cent an, zum Beispiel 125,00.' });
  }
  // § 39(1) VwVfG; § 39(2) no. 1 spares only what grants all that was asked
  if (outcome !== 'grant' && text.reasons.join('').trim() === '') {
    problems.push({ field: 'reasons', message: 'Begründen Sie die Entscheidung: Sie belastet die Person (§ 39 Abs. 1 VwVfG).' });
  }
  if (rules.discretion && text.discretion.join('').trim() === '') {
    problems.push({ field: 'discretion', message: 'Nennen Sie die Gesichtspunkte Ihres Ermessens (§ 39 Abs. 1 Satz 3 VwVfG).' });
  }
  return problems;
}

/** § 9 OZG: only an account has a Postfach. */
function channelProblems({ channel }: DraftCommand, { accountId }: Case): FieldProblem[] {
  if (channel !== 'postfach' || accountId !== null) return [];
  return [{ field: 'channel', message: 'Zu diesem Vorgang gibt es kein Servicekonto, also auch kein Postfach. Wählen Sie den Weg mit der Post.' }];
}

/** § 28(1) VwVfG: heard before a burdening act. Taking back what was given burdens in any case. */
function hearingProblems({ outcome }: DraftCommand, kind: DecisionKind, state: Case): FieldProblem[] {
  const burdens = kind === 'ruecknahme' || kind === 'widerruf' || (kind === 'bescheid' && outcome === 'refuse');
  if (!burdens || state.hearing !== undefined) return [];
  return [{ field: 'outcome', message: 'Hören Sie die Person zuerst an: Die Entscheidung belastet sie (§ 28 Abs. 1 VwVfG).' }];
}

function takeDecision({ decisionId, registerNumber, documents }: CommandOf<'approve' | 'decide'>, { state, rules, now }: Circumstances): Decided {
  const missing = missingBefore(state, rules, 'decision');
  if (missing !== undefined) return refuse(wrongState(missing));
  const draft = state.draft!;
  const unchecked = draft.decisionKind === 'bescheid' ? uncheckedBefore(state, rules) : undefined;
  if (unchecked !== undefined) return refuse(wrongState(unchecked));
  if (state.objection !== undefined && draft.decisionKind !== 'widerspruchsbescheid') return refuse(wrongState(OBJECTION_FIRST));
  const follows = presentDecision(state)?.id;
  const decidedOn = legalDay(now).toString();
  const validity = validityOf({ kind: draft.decisionKind, outcome: draft.outcome, named: draft.validUntil }, state, rules, decidedOn);
  const event: CaseEvent = {
    kind: 'bescheid-erlassen',
    facts: {
      decisionId,
      decisionKind: draft.decisionKind,
      outcome: draft.outcome,
      channel: draft.channel,
      feeCents: draft.feeCents,
      decidedOn,
      automated: false,
      ...(follows === undefined ? {} : { follows }),
      ...(registerNumber === undefined || draft.outcome === 'refuse' ? {} : { registerNumber }),
      ...(documents === undefined ? {} : { documents }),
      ...(validity && { validity }),
    },
    content: { text: draft.text },
  };
  return ok([event]);
}

const OBJECTION_FIRST = 'Es liegt ein Widerspruch vor, von dem dieser Entwurf nichts weiß. Entscheiden Sie zuerst über den Widerspruch.';

/** Posting day or proven receipt, as the authority can show it (§ 41(2) sentence 3 VwVfG). */
function recordBekanntgabe(command: CommandOf<'record-bekanntgabe'>, { state, rules, now }: Circumstances): Decided {
  const decision = presentDecision(state)!;
  if (command.on < decision.decidedOn || command.on > legalDay(now).toString()) {
    return refuse(invalidField('on', 'Der Tag muss zwischen der Entscheidung und heute liegen.'));
  }
  if ((command.via === 'verkuendung') !== (rules.promulgation !== undefined)) {
    const message =
      rules.promulgation === undefined
        ? 'Ein Bescheid wird bekannt gegeben, nicht verkündet.'
        : `Diese Entscheidung wird verkündet (${rules.promulgation.legalBasis}). Nennen Sie den Tag der Verkündung.`;
    return refuse(invalidField('via', message));
  }
  if (command.via === 'zugang' && decision.delivery === undefined) {
    return refuse(invalidField('via', 'Halten Sie zuerst fest, wann der Bescheid zur Post ging.'));
  }
  return ok([deliver(state, decision, command.via, command.on, rules)]);
}

/** § 70 VwGO: a late Widerspruch is taken and examined too; it may be saved by § 60 VwGO. */
function object(command: CommandOf<'object'>, circumstances: Circumstances): Decided {
  const { state, party } = circumstances;
  const received = dayOfReceipt(command, circumstances);
  if (!received.ok) return received;
  const delivery = presentDecision(state)!.delivery;
  if (delivery === undefined) return refuse(wrongState('Der Bescheid ist noch nicht bekannt gegeben.'));
  // each applicant for themselves: the file must say whose it is
  const whose = state.coApplicants === undefined || party.accountId === undefined ? {} : { accountId: party.accountId };
  const facts = { receivedOn: received.value, inTime: received.value <= delivery.remedyUntil, ...whose };
  return ok([{ kind: 'widerspruch-eingelegt', facts, content: { text: command.text } }]);
}
