import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { applicantAccounts, hasWithdrawn } from './applicants.ts';
import type { CommandOf } from './commands.ts';
import type { Circumstances, Decided } from './decide.ts';
import { endOfPeriod } from './deadlines.ts';
import type { CaseEvent, Day } from './events.ts';
import type { CaseProblem } from './problems.ts';

type IntakeCommand =
  | CommandOf<'confirm-complete'>
  | CommandOf<'request-documents'>
  | CommandOf<'answer-request'>
  | CommandOf<'hear'>
  | CommandOf<'answer-hearing'>
  | CommandOf<'withdraw'>;

/** From the Antrag to a complete file: completeness, Nachforderung, Anhörung, withdrawal. */
export function decideIntake(command: IntakeCommand, circumstances: Circumstances): Decided {
  switch (command.action) {
    case 'confirm-complete':
      return confirmComplete(command, circumstances);
    case 'request-documents':
      return requestDocuments(command, circumstances);
    case 'hear':
      return hear(command, circumstances);
    case 'answer-request':
      return answerRequest(command, circumstances);
    case 'answer-hearing':
      return answerHearing(command, circumstances);
    case 'withdraw':
      return withdraw(command, circumstances);
  }
}

/** The period runs from complete documents, so from the day of filing, not of the officer's click. */
function confirmComplete({ completeOn }: CommandOf<'confirm-complete'>, { state, now }: Circumstances): Decided {
  const day = completeOn ?? state.lastFiledOn;
  if (day < state.submittedOn || day > legalDay(now).toString()) {
    return refuse(
      invalidField(
        'completeOn',
        'Die Unterlagen können nicht vor dem Antrag und nicht in der Zukunft vollständig geworden sein. Nennen Sie einen Tag dazwischen.',
      ),
    );
  }
  return ok([{ kind: 'vollstaendig', facts: { completeOn: day, by: 'person' } }]);
}

function requestDocuments(command: CommandOf<'request-documents'>, { rules, now }: Circumstances): Decided {
  if (command.items.length === 0) {
    return refuse(invalidField('items', 'Nennen Sie mindestens eine fehlende Unterlage.'));
  }
  const due = futureDay(command.dueOn, rules.requestDays, now);
  if (due === undefined) return refuse(DUE_TOO_EARLY);
  const event: CaseEvent = {
    kind: 'nachforderung-gestellt',
    facts: { requestId: command.requestId, items: command.items.map((item) => item.id), dueOn: due },
    content: { text: command.text, itemTexts: command.items.map((item) => item.text) },
  };
  return ok([event]);
}

/** § 28(1) VwVfG. */
function hear(command: CommandOf<'hear'>, { rules, now }: Circumstances): Decided {
  if (command.text.trim() === '') {
    return refuse(invalidField('text', 'Schreiben Sie, wozu sich die Person äußern soll und welche Entscheidung Sie erwägen.'));
  }
  const due = futureDay(command.dueOn, rules.hearingDays, now);
  if (due === undefined) return refuse(DUE_TOO_EARLY);
  return ok([{ kind: 'anhoerung-eingeleitet', facts: { hearingId: command.hearingId, dueOn: due }, content: { text: command.text } }]);
}

/**
 * The day on which the applicant's words reached the authority: today, or the earlier day on which a
 * letter came that an officer records.
 */
export function dayOfReceipt({ receivedOn }: { readonly receivedOn?: Day }, { state, party, now }: Circumstances): Result<Day, CaseProblem> {
  const today = legalDay(now).toString();
  if (receivedOn === undefined) return ok(today);
  if (party.kind !== 'authority' || receivedOn > today || receivedOn < state.submittedOn) return refuse(NO_DAY_OF_RECEIPT);
  return ok(receivedOn);
}

const NO_DAY_OF_RECEIPT = invalidField('receivedOn', 'Nennen Sie einen Tag zwischen dem Eingang des Antrags und heute.');

function answerRequest(command: CommandOf<'answer-request'>, circumstances: Circumstances): Decided {
  const { state } = circumstances;
  const received = dayOfReceipt(command, circumstances);
  if (!received.ok) return received;
  if (command.text.trim() === '' && command.documents.length === 0 && command.answers === undefined) {
    return refuse(invalidField('text', 'Laden Sie die fehlenden Unterlagen hoch oder schreiben Sie uns, warum Sie sie nicht haben.'));
  }
  const event: CaseEvent = {
    kind: 'nachforderung-beantwortet',
    facts: { requestId: state.request!.id, receivedOn: received.value, documents: command.documents },
    content: { text: command.text, ...(command.answers && { answers: command.answers }), ...(command.refused && { refused: command.refused }) },
  };
  return ok([event]);
}

function answerHearing(command: CommandOf<'answer-hearing'>, circumstances: Circumstances): Decided {
  const received = dayOfReceipt(command, circumstances);
  if (!received.ok) return received;
  if (command.text.trim() === '') {
    return refuse(invalidField('text', 'Schreiben Sie Ihre Stellungnahme in das Feld.'));
  }
  const facts = { hearingId: circumstances.state.hearing!.id, receivedOn: received.value };
  return ok([{ kind: 'anhoerung-beantwortet', facts, content: { text: command.text } }]);
}

/** Nobody withdraws what another applied for: the case ends when the last applicant has withdrawn. */
function withdraw({ reason }: CommandOf<'withdraw'>, { state, party }: Circumstances): Decided {
  const end: CaseEvent = { kind: 'zurueckgenommen', facts: {}, content: { reason } };
  if (state.coApplicants === undefined || party.accountId === undefined) return ok([end]);
  const own: CaseEvent = { kind: 'fuer-sich-zurueckgenommen', facts: { accountId: party.accountId }, content: { reason } };
  const others = applicantAccounts(state).some((id) => id !== party.accountId && !hasWithdrawn(state, id));
  return ok(others ? [own] : [own, end]);
}

const DUE_TOO_EARLY = invalidField('dueOn', 'Die Frist muss in der Zukunft enden. Nennen Sie einen späteren Tag.');

/** The day named, if it lies ahead; else the package's period from today. */
function futureDay(named: Day | undefined, days: number, now: Temporal.Instant): Day | undefined {
  const today = legalDay(now);
  if (named === undefined) return endOfPeriod(today.toString(), { length: days, unit: 'days' });
  return named > today.toString() ? named : undefined;
}
