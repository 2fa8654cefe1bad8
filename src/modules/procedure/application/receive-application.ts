import { fileNumber, newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { judgeAnswers, type Answers, type Authority, type ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import type { EventOf, ReceivedFile, Source } from '../domain/events.ts';
import { conflict, type CaseProblem } from '../domain/problems.ts';
import { findCase, nextFileSerial } from '../store/cases.ts';
import { findReceived, insertReceived } from '../store/received.ts';
import type { ProcedureContext } from './context.ts';
import { applicantOf } from './applicant.ts';
import { insertUploads, judgeFiles, keepFiles, keepOriginal, tidyText, type JudgedFile, type ReceivedDocument } from './received-files.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';

/** An application that another system brings. */
export interface ReceivedAntrag {
  readonly source: Source;
  /** Unique at the source: the same reference again is the same case. */
  readonly reference: string;
  /** Key of the service package. */
  readonly service: string;
  /** By the package's field ids; what no question asks for stays in the original. */
  readonly answers: Answers;
  readonly documents: readonly ReceivedDocument[];
  /** The application as it came. Absent: the answers as JSON. */
  readonly original?: { readonly fileName: string; readonly mediaType: 'application/json' | 'application/xml' | 'application/zip'; readonly bytes: Uint8Array };
  /** When the authority had it: periods run from this day. */
  readonly receivedAt: Temporal.Instant;
  /** Plain JSON that the source needs to answer. */
  readonly replyTo?: unknown;
}

/**
 * Makes a case of an application from another system. It is in when it arrives (§ 130(1), (3) BGB by analogy): what is
 * missing does not keep it out (§ 24(3) VwVfG), the officer asks for it. What is wrong does, with every
 * field named, so that the source can say so. The applicant has no Servicekonto; letters go by post.
 */
export async function receiveApplication(ctx: ProcedureContext, input: ReceivedAntrag): Promise<Result<Case, CaseProblem>> {
  const before = await findReceived(ctx.database.read, input.source, input.reference);
  const known = before === undefined ? undefined : await findCase(ctx.database.read, before);
  if (known !== undefined) return ok(known);
  const admitted = await admit(ctx, input);
  if (!admitted.ok) return admitted;
  return ctx.database.transaction((tx) => keep(ctx, tx, input, admitted.value));
}

interface Admitted {
  readonly pkg: ServicePackage;
  readonly answers: Answers;
  readonly authority: Authority;
  readonly files: readonly JudgedFile[];
}

const LARGEST_ANSWERS = 200_000;

/** What must be right before there can be a case: the service, what is said, who is written to, who is responsible. */
async function admit(ctx: ProcedureContext, input: ReceivedAntrag): Promise<Result<Admitted, CaseProblem>> {
  const pkg = ctx.desk.current(input.service);
  if (pkg === undefined || pkg.initiator === 'amt')
    return refuse(invalidField('service', 'Diese Leistung kann man hier nicht beantragen. Prüfen Sie ihren Schlüssel.'));
  const text = JSON.stringify(input.answers);
  if (text.length > LARGEST_ANSWERS) return refuse(invalidField('answers', 'Die Angaben sind zu umfangreich. Kürzen Sie die Texte.'));
  if (/\\u0000|\\ud[89a-f]/i.test(text)) return refuse(invalidField('answers', 'Die Angaben enthalten Zeichen, die kein Text sind. Nehmen Sie sie heraus.'));
  const files = await judgeFiles(ctx, pkg, input.documents);
  const filled = new Set(files.filter(({ refused }) => refused === undefined).map(({ slot }) => slot));
  const judged = judgeAnswers(pkg, input.answers, { lang: 'de', today: legalDay(input.receivedAt), filled });
  const problems: FieldProblem[] = [...judged.wrong, ...judged.missing.filter(({ field }) => NEEDED_FOR_LETTERS.includes(field))];
  if (problems.length > 0) return refuse(invalidFields(problems));
  const responsible = ctx.desk.responsible(pkg, judged.answers);
  return responsible.ok ? ok({ pkg, answers: judged.answers, authority: responsible.value.authority, files }) : responsible;
}

/** Without these nobody can be written to. Every form asks them by the same names. */
const NEEDED_FOR_LETTERS: readonly string[] = ['givenName', 'familyName', 'address'];

async function keep(ctx: ProcedureContext, tx: Tx, input: ReceivedAntrag, { pkg, answers, authority, files }: Admitted): Promise<Result<Case, CaseProblem>> {
  const now = ctx.clock();
  const { source, reference, replyTo } = input;
  // a source whose clock goes ahead has not brought it tomorrow
  const receivedAt = Temporal.Instant.compare(input.receivedAt, now) > 0 ? now : input.receivedAt;
  const caseId = newId(now.epochMilliseconds);
  if (!(await insertReceived(tx, { source, reference, caseId, receivedAt, replyTo }))) return other(tx, source, reference);
  const keeping = { caseId, pkg, now };
  const { rows, told } = await keepFiles(ctx, tx, files, keeping);
  const original = await keepOriginal(tx, input.original ?? asJson(input), keeping);
  await insertUploads(tx, [...rows, original]);
  const event = arrival(input, answers, told, {
    caseId,
    fileNumber: fileNumber(pkg.filePrefix, legalDay(receivedAt).year, await nextFileSerial(tx)),
    service: pkg.key,
    packageHash: pkg.hash,
    authority: authority.id,
    documents: rows.map((row) => row.sha256),
    receivedOn: legalDay(receivedAt).toString(),
  });
  const actor = { kind: 'system', job: `receive-${source}` } as const;
  return saveEvents(ctx, tx, { before: undefined, events: [event], actor, now, filedAt: receivedAt, rules: rulesOf(pkg) });
}

/** Somebody brought it at the same moment, and was faster. */
async function other(tx: Tx, source: Source, reference: string): Promise<Result<Case, CaseProblem>> {
  const caseId = await findReceived(tx, source, reference);
  const state = caseId === undefined ? undefined : await findCase(tx, caseId);
  return state === undefined ? refuse(conflict) : ok(state);
}

type Assigned = Omit<EventOf<'antrag-eingereicht'>['facts'], 'accountId' | 'channel' | 'source'>;

function arrival({ source, reference }: ReceivedAntrag, answers: Answers, files: readonly ReceivedFile[], assigned: Assigned): EventOf<'antrag-eingereicht'> {
  return {
    kind: 'antrag-eingereicht',
    facts: { ...assigned, accountId: null, channel: 'post', source },
    content: { answers, applicant: applicantOf(answers), reference: tidyText(reference).slice(0, 200), files },
  };
}

const asJson = ({ source, answers }: ReceivedAntrag) => ({
  fileName: `${source}.json`,
  mediaType: 'application/json',
  bytes: Buffer.from(JSON.stringify(answers, null, 2)),
});
