import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { allProblems, canonicalAnswers, type Answers, type ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import { decide } from '../domain/decide.ts';
import type { ReceivedFile as NamedFile } from '../domain/events.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { formerOf, versionsOf } from '../domain/versions.ts';
import { lockCase } from '../store/cases.ts';
import { insertUpload, listUploads, type UploadRow } from '../store/uploads.ts';
import { mayAct, maySee } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf } from './drafts.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';
import { takeReceived, type ReceivedFile } from './other-documents.ts';
import { LOOSE_SLOT } from './received-files.ts';
import { safeName } from './uploads.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

/** What the applicant handed in by another way, after documents were asked for. */
export interface AnswerInput {
  readonly caseId: string;
  readonly text: string;
  /** What is answered otherwise now; the rest stays as it was. */
  readonly answers: Answers;
  readonly documents: readonly ReceivedFile[];
}

/**
 * Takes what the applicant answered to a request for documents in a message: as their answer, with the officer
 * who took it in named. @param alongside kept in the same transaction
 */
export async function receiveAnswer(
  ctx: ProcedureContext,
  actor: Staff,
  input: AnswerInput,
  alongside: (tx: Tx) => Promise<void>,
): Promise<Result<Case, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const state = await lockCase(tx, input.caseId);
    if (state === undefined || !maySee(actor, state)) return refuse(notFound);
    if (!mayAct(actor, state)) return refuse({ kind: 'not-allowed' as const, detail: 'Ihre Rolle darf Vorgänge lesen, aber nicht ändern.' });
    if (state.request === undefined) return refuse(NOTHING_ASKED);
    const pkg = await ctx.desk.pinned(state.packageHash);
    const answers = changedAnswers(ctx, pkg, state, input.answers);
    if (!answers.ok) return answers;
    const taken = await takeAll(ctx, tx, pkg, state, input.documents);
    const now = ctx.clock();
    const rules = rulesOf(pkg);
    const { hashes, refused } = taken;
    const command = {
      action: 'answer-request' as const,
      text: input.text,
      documents: hashes,
      ...(refused.length > 0 && { refused }),
      ...(answers.value && { answers: answers.value }),
    };
    const decided = decide(command, { state, rules, party: { ref: actorRef(actor), kind: 'applicant', leads: false }, now });
    if (!decided.ok) return decided;
    await alongside(tx);
    return saveEvents(ctx, tx, { before: state, events: decided.value, actor, now, rules });
  });
}

const NOTHING_ASKED = wrongState('Zu diesem Vorgang ist nichts nachgefordert. Fordern Sie nach, was fehlt; dann kann die Nachricht darauf antworten.');

/** All answers as they are now, or nothing where nothing changed; what the form would refuse is refused. */
function changedAnswers(ctx: ProcedureContext, pkg: ServicePackage, state: Case, given: Answers): Result<Answers | undefined, CaseProblem> {
  const reading = { ...readingOf(ctx, [], 'de'), filled: new Set(pkg.form.documents.map(({ id }) => id)) };
  const merged = { ...state.answers, ...given };
  const problems = allProblems(pkg, merged, reading).filter(({ field }) => Object.hasOwn(given, field.split('.')[0]!));
  if (problems.length > 0) return refuse(invalidFields(problems));
  const answers = canonicalAnswers(pkg, merged, reading);
  return ok(JSON.stringify(answers) === JSON.stringify(state.answers) ? undefined : answers);
}

/**
 * Keeps the files as the case's; one of the same name is the next version. A file that cannot be kept keeps no other
 * out: it is named to the officer with the reason, who tells the applicant (§ 3a(3) VwVfG).
 */
async function takeAll(
  ctx: ProcedureContext,
  tx: Tx,
  pkg: ServicePackage,
  state: Case,
  files: readonly ReceivedFile[],
): Promise<{ readonly hashes: string[]; readonly refused: NamedFile[] }> {
  const hashes: string[] = [];
  const refused: NamedFile[] = [];
  for (const file of files) {
    const before = await listUploads(tx, state.id);
    const among = (slot: string, fileName: string) => {
      const replaces = formerOf(before, { slot, fileName }, { said: undefined, single: false }) ?? null;
      return { replaces, others: versionsOf(before).filter((one) => one.slot === slot && one.current && one.id !== replaces).length };
    };
    const taken = await takeReceived(ctx, tx, pkg, file, among(file.slot ?? LOOSE_SLOT, safeName(file.fileName)).others);
    if (!taken.ok) {
      refused.push({ fileName: safeName(file.fileName), refused: taken.problem.fields?.[0]?.message ?? taken.problem.detail });
      continue;
    }
    const { replaces } = among(taken.value.slot, taken.value.fileName);
    const now = ctx.clock();
    const upload: UploadRow = {
      ...taken.value,
      id: newId(now.epochMilliseconds),
      ownerId: state.id,
      accountId: state.accountId,
      byApplicant: true,
      uploadedAt: now,
      submitted: true,
      replaces,
    };
    await insertUpload(tx, upload);
    hashes.push(upload.sha256);
  }
  return { hashes, refused };
}
