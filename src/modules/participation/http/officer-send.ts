import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { FormVisit, Upload } from '../../../platform/http/route.ts';
import { act, type Wish } from '../application/act.ts';
import { attachFiles } from '../application/attach.ts';
import type { ParticipationContext } from '../application/context.ts';
import { recordPaper } from '../application/record-paper.ts';
import type { OfficerStatementInput } from '../application/weigh.ts';
import { ANSWER_KINDS, CONSULTEE_KINDS, RESULT_KINDS, SILENCE_KINDS } from './answer-texts.ts';
import { splitConditions } from './consultee-pages.ts';
import { badDays, sentForm, type Sent } from './officer-form.ts';

type Done = Promise<Result<string, Problem>>;

const UNKNOWN: Problem = { kind: 'not-found', detail: 'Diesen Schritt gibt es hier nicht. Laden Sie die Seite neu.' };
const UNITS = ['days', 'weeks', 'months'] as const;

const fieldProblem = (field: string, message: string): { ok: false; problem: Problem } => refuse(invalidFields([{ field, message }]));

/** The version the form was drawn for; a form without one counts as out of date. */
export function seen(fields: URLSearchParams): number {
  const version = Number(fields.get('version') ?? Number.NaN);
  return Number.isSafeInteger(version) ? version : -1;
}

async function wish(ctx: ParticipationContext, visit: FormVisit, caseId: string, wished: Wish, to: string): Done {
  const done = await act(ctx, visit.actor, { caseId, wish: wished, expectedVersion: seen(visit.fields) });
  return done.ok ? ok(to) : done;
}

/** Files under the names the use cases know. */
const filesOf = ({ files }: FormVisit, { action }: Sent): Upload[] => files.map((file) => ({ ...file, field: file.field.replace(`${action}-`, '') }));

function periodOf(sent: Sent): Result<{ length: number; unit: (typeof UNITS)[number] }, Problem> {
  const length = Number(sent.text('length'));
  const unit = UNITS.find((one) => one === sent.text('unit'));
  if (!/^\d{1,3}$/.test(sent.text('length')) || length < 1 || length > 120) return fieldProblem('length', 'Geben Sie eine ganze Zahl von 1 bis 120 an.');
  return unit === undefined ? fieldProblem('unit', 'Wählen Sie Tage, Wochen oder Monate.') : ok({ length, unit });
}

/** Forms of the overview. */
export async function sendOverview(ctx: ParticipationContext, visit: FormVisit, caseId: string): Done {
  const sent = sentForm(visit.fields);
  if (sent.action === 'declare-none') return wish(ctx, visit, caseId, { action: 'declare-none', reason: sent.text('reason') }, '');
  if (sent.action !== 'open-round') return refuse(UNKNOWN);
  const days = { startsOn: sent.day('startsOn'), noticedOn: sent.day('noticedOn'), dueOn: sent.day('dueOn') };
  const bad = badDays(days);
  if (bad.length > 0) return refuse(invalidFields(bad));
  const planId = sent.optional('planId');
  const period = planId === undefined ? periodOf(sent) : ok(undefined);
  if (!period.ok) return period;
  const of = sent.optional('repeatOf');
  const repeat = of && {
    of,
    changes: sent.text('changes'),
    limited: sent.checked('limited'),
    dueOn: days.dueOn,
    shortenedBecause: sent.optional('shortenedBecause'),
  };
  const wished: Wish = {
    action: 'open-round',
    kind: sent.text('kind') === 'oeffentlich' ? 'oeffentlich' : 'stellen',
    planId,
    title: sent.text('title'),
    request: sent.text('request'),
    legalBasis: sent.optional('legalBasis'),
    period: period.value,
    startsOn: days.startsOn,
    noticedOn: days.noticedOn,
    showPlace: sent.checked('showPlace'),
    ...(repeat ? { repeat } : {}),
  };
  return wish(ctx, visit, caseId, wished, '');
}

/** Forms of a round. */
export async function sendRound(ctx: ParticipationContext, visit: FormVisit, caseId: string): Done {
  const sent = sentForm(visit.fields);
  const roundId = visit.params['roundId']!;
  const to = `/runde/${roundId}`;
  switch (sent.action) {
    case 'close-round':
      return wish(ctx, visit, caseId, { action: 'close-round', roundId }, to);
    case 'ask-planned':
      return wish(ctx, visit, caseId, { action: 'ask-planned', roundId, planIds: sent.all('planIds') }, to);
    case 'show-documents':
      return wish(ctx, visit, caseId, { action: 'show-documents', roundId, documentIds: sent.all('documentIds') }, to);
    case 'ask':
      return askOther(ctx, visit, caseId, sent);
    case 'attach': {
      const done = await attachFiles(ctx, visit.actor, { caseId, roundId, files: filesOf(visit, sent) });
      return done.ok ? ok(to) : done;
    }
    case 'paper': {
      const day = paperDay(sent);
      if (!day.ok) return day;
      const author = { name: sent.text('name'), address: sent.text('address'), email: sent.text('email') };
      const done = await recordPaper(ctx, visit.actor, {
        caseId,
        to: { roundId },
        receivedOn: day.value,
        text: sent.text('text'),
        author,
        files: filesOf(visit, sent),
      });
      return done.ok ? ok(`/stellungnahme/${done.value.id}`) : done;
    }
    default:
      return refuse(UNKNOWN);
  }
}

async function askOther(ctx: ParticipationContext, visit: FormVisit, caseId: string, sent: Sent): Done {
  const period = periodOf(sent);
  if (!period.ok) return period;
  const kind = CONSULTEE_KINDS.find((one) => one === sent.text('kind'));
  const silence = SILENCE_KINDS.find((one) => one === sent.text('silence'));
  if (kind === undefined) return fieldProblem('kind', 'Wählen Sie, wer gefragt wird.');
  if (silence === undefined) return fieldProblem('silence', 'Wählen Sie, was ohne Antwort gilt.');
  const roundId = visit.params['roundId']!;
  const wished: Wish = {
    action: 'ask',
    roundId,
    kind,
    silence,
    name: sent.text('name'),
    email: sent.optional('email'),
    legalBasis: sent.text('legalBasis'),
    period: period.value,
  };
  return wish(ctx, visit, caseId, wished, `/runde/${roundId}`);
}

function paperDay(sent: Sent): Result<string, Problem> {
  const day = sent.day('receivedOn');
  const bad = day === undefined ? [{ field: 'receivedOn', message: 'Nennen Sie den Tag, an dem es eingegangen ist.' }] : badDays({ receivedOn: day });
  return bad.length > 0 ? refuse(invalidFields(bad)) : ok(day!);
}

/** Forms of a consultee. */
export async function sendConsultee(ctx: ParticipationContext, visit: FormVisit, caseId: string): Done {
  const sent = sentForm(visit.fields);
  const consultationId = visit.params['consultationId']!;
  const to = `/stelle/${consultationId}`;
  switch (sent.action) {
    case 'remind':
    case 'renew-link':
    case 'revoke-link':
      return wish(ctx, visit, caseId, { action: sent.action, consultationId }, to);
    case 'withdraw':
      return wish(ctx, visit, caseId, { action: 'withdraw', consultationId, reason: sent.text('reason') }, to);
    case 'extend': {
      const dueOn = sent.day('dueOn');
      const bad = dueOn === undefined ? [{ field: 'dueOn', message: 'Nennen Sie die neue Frist.' }] : badDays({ dueOn });
      return bad.length > 0
        ? refuse(invalidFields(bad))
        : wish(ctx, visit, caseId, { action: 'extend', consultationId, dueOn: dueOn!, reason: sent.text('reason') }, to);
    }
    case 'paper': {
      const day = paperDay(sent);
      if (!day.ok) return day;
      const answer = ANSWER_KINDS.find((one) => one === sent.text('answer'));
      if (answer === undefined) return fieldProblem('answer', 'Wählen Sie eine Antwort aus.');
      const words = { text: sent.text('text'), conditions: splitConditions(sent.text('conditions')), files: filesOf(visit, sent) };
      const done = await recordPaper(ctx, visit.actor, { caseId, to: { consultationId, answer }, receivedOn: day.value, ...words });
      return done.ok ? ok(to) : done;
    }
    default:
      return refuse(UNKNOWN);
  }
}

/** What the form of a statement asks. */
export function statementCommand(sent: Sent): Result<OfficerStatementInput['command'], Problem> {
  switch (sent.action) {
    case 'release':
    case 'publish':
    case 'unpublish':
    case 'reply':
      return ok({ action: sent.action });
    case 'anonymise':
      return ok({ action: 'anonymise', text: sent.text('anonymised'), confirmed: sent.checked('confirmed'), placesShown: sent.checked('placesShown') });
    case 'weigh': {
      const result = RESULT_KINDS.find((one) => one === sent.text('result'));
      if (result === undefined) return fieldProblem('result', 'Wählen Sie ein Ergebnis.');
      return ok({ action: 'weigh', result, reasons: sent.text('reasons'), reply: sent.text('reply'), mayBeDisregarded: sent.checked('mayBeDisregarded') });
    }
    default:
      return refuse(UNKNOWN);
  }
}
