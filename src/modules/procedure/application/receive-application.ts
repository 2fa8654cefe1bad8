import { fileNumber, newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { allProblems, canonicalAnswers, type Answers, type ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import type { EventOf } from '../domain/events.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { findCase, nextFileSerial } from '../store/cases.ts';
import { claimReceived } from '../store/received.ts';
import { insertUpload, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf } from './drafts.ts';
import { takeReceived, type ReceivedFile } from './other-documents.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';
import { applicantOf } from './submit.ts';

/** An application that came by another way than the Servicekonto. */
export interface ReceivedApplication {
  /** The way, e.g. `xbau`. */
  readonly source: string;
  /** What it is called there: the same one twice is one case. */
  readonly reference: string;
  readonly service: string;
  readonly answers: Answers;
  readonly documents: readonly ReceivedFile[];
  /** When it came in: periods are counted from this day. */
  readonly receivedAt: Temporal.Instant;
  /** How to answer; kept as it is. JSON. */
  readonly replyTo?: unknown;
}

/**
 * Takes an application in as a case without an account: letters lie in the file, whoever took it in sends them.
 * What is missing may be missing, the authority asks for it (§ 25(2) VwVfG); what cannot be right is refused.
 */
export async function receiveApplication(ctx: ProcedureContext, input: ReceivedApplication): Promise<Result<Case, CaseProblem>> {
  const pkg = ctx.desk.current(input.service);
  if (pkg === undefined) return refuse({ kind: 'not-found', detail: 'Diese Leistung bietet die Stadt nicht an. Wählen Sie eine aus der Liste.' });
  return ctx.database.transaction(async (tx) => {
    const { source, reference, receivedAt, replyTo } = input;
    const caseId = newId(ctx.clock().epochMilliseconds);
    const holder = await claimReceived(tx, { source, reference, caseId, receivedAt, replyTo });
    if (holder !== caseId) return ok((await findCase(tx, holder))!);
    const read = readAnswers(ctx, pkg, input.answers);
    if (!read.ok) return read;
    const responsible = ctx.desk.responsible(pkg, read.value);
    if (!responsible.ok) return responsible;
    const documents = await takeAll(ctx, tx, pkg, caseId, input);
    if (!documents.ok) return documents;
    const event: EventOf<'antrag-eingereicht'> = {
      kind: 'antrag-eingereicht',
      facts: {
        caseId,
        fileNumber: fileNumber(pkg.filePrefix, legalDay(receivedAt).year, await nextFileSerial(tx)),
        service: pkg.key,
        packageHash: pkg.hash,
        authority: responsible.value.authority.id,
        accountId: null,
        source,
        channel: 'post',
        documents: documents.value,
      },
      content: { answers: read.value, applicant: applicantOf(read.value) },
    };
    const actor = { kind: 'system', job: `procedure.receive-${source}` } as const;
    return saveEvents(ctx, tx, { before: undefined, events: [event], actor, now: receivedAt, rules: rulesOf(pkg) });
  });
}

/** The answers that count; refused where one that was given cannot be right, or nobody is named. */
export function readAnswers(ctx: ProcedureContext, pkg: ServicePackage, given: Answers): Result<Answers, CaseProblem> {
  const reading = { ...readingOf(ctx, [], 'de'), filled: new Set(pkg.form.documents.map(({ id }) => id)) };
  const wrong = allProblems(pkg, given, reading).filter(({ field }) => given[field.split('.')[0]!] !== undefined);
  if (wrong.length > 0) return refuse(invalidFields(wrong));
  const answers = canonicalAnswers(pkg, given, reading);
  if (typeof answers['familyName'] !== 'string')
    return refuse(invalidField('familyName', 'Der Antrag nennt niemanden, der ihn stellt. Lassen Sie sich den Namen nennen.'));
  return ok(answers);
}

async function takeAll(ctx: ProcedureContext, tx: Tx, pkg: ServicePackage, caseId: string, input: ReceivedApplication): Promise<Result<string[], CaseProblem>> {
  const taken: UploadRow[] = [];
  for (const document of input.documents) {
    const present = taken.filter(({ slot }) => slot === document.slot).length;
    const file = await takeReceived(ctx, tx, pkg, document, present);
    if (!file.ok) return file;
    const owner = { id: newId(ctx.clock().epochMilliseconds), ownerId: caseId, accountId: null };
    const upload: UploadRow = { ...file.value, ...owner, uploadedAt: input.receivedAt, submitted: true, replaces: null };
    await insertUpload(tx, upload);
    taken.push(upload);
  }
  return ok(taken.map(({ sha256 }) => sha256));
}
