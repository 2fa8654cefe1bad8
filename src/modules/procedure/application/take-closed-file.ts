import type { Actor } from '../../../kernel/actor.ts';
import { fileNumber, newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import type { EventOf, Source } from '../domain/events.ts';
import { conflict, type CaseProblem } from '../domain/problems.ts';
import { findCase, nextFileSerial } from '../store/cases.ts';
import { findReceived, insertReceived } from '../store/received.ts';
import { mayAct } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { insertUploads, judgeFiles, keepFiles, keepOriginal, tidyText, type JudgedFile, type ReceivedDocument } from './received-files.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

/** A closed file of another authority, as a message brings it. */
export interface ClosedFile {
  readonly source: Source;
  /** Unique at the source: the same reference again is the same file. */
  readonly reference: string;
  /** Key of the service package that it is kept under. */
  readonly service: string;
  /** Who keeps it from now on. */
  readonly authority: string;
  readonly subject: string;
  readonly formerAuthority: string;
  readonly formerNumber?: string;
  /** Legal days. */
  readonly begunOn?: string;
  readonly closedOn: string;
  readonly documents: readonly ReceivedDocument[];
  /** The message with all its files, as it came. */
  readonly original: { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array };
}

/**
 * Takes a closed file into the keeping of an authority: under a number of its own, with its documents, closed as it
 * came. Nobody is written to, no period runs, no fee is demanded.
 */
export async function takeClosedFile(ctx: ProcedureContext, actor: Staff, input: ClosedFile): Promise<Result<Case, CaseProblem>> {
  const pkg = ctx.desk.current(input.service);
  if (pkg === undefined) return refuse(invalidField('service', 'Diese Leistung gibt es hier nicht. Nennen Sie den Schlüssel einer Leistung aus dem Katalog.'));
  if (!mayAct(actor, { accountId: null, service: pkg.key, authority: input.authority })) {
    return refuse({ kind: 'not-allowed', detail: 'Eine Akte übernimmt, wer in der aufnehmenden Behörde arbeitet. Geben Sie die Nachricht dorthin.' });
  }
  const today = legalDay(ctx.clock()).toString();
  if (input.closedOn > today) return refuse(invalidField('closedOn', 'Die Akte endet erst in der Zukunft. Lassen Sie sich die Nachricht berichtigt schicken.'));
  const files = await judgeFiles(ctx, pkg, input.documents);
  return ctx.database.transaction((tx) => keep(ctx, tx, actor, { ...input, pkg, files }));
}

type Keeping = ClosedFile & { readonly pkg: ServicePackage; readonly files: readonly JudgedFile[] };

async function keep(ctx: ProcedureContext, tx: Tx, actor: Staff, input: Keeping): Promise<Result<Case, CaseProblem>> {
  const now = ctx.clock();
  const { source, reference, pkg, authority, begunOn, closedOn } = input;
  const caseId = newId(now.epochMilliseconds);
  if (!(await insertReceived(tx, { source, reference, caseId, receivedAt: now }))) {
    const before = await findReceived(tx, source, reference);
    const state = before === undefined ? undefined : await findCase(tx, before);
    return state === undefined ? refuse(conflict) : ok(state);
  }
  const keeping = { caseId, pkg, now };
  const { rows, told } = await keepFiles(ctx, tx, input.files, keeping);
  await insertUploads(tx, [...rows, await keepOriginal(tx, input.original, keeping)]);
  const event: EventOf<'akte-uebernommen'> = {
    kind: 'akte-uebernommen',
    facts: {
      caseId,
      fileNumber: fileNumber(pkg.filePrefix, legalDay(now).year, await nextFileSerial(tx)),
      service: pkg.key,
      packageHash: pkg.hash,
      authority,
      source,
      ...(begunOn === undefined ? {} : { begunOn }),
      closedOn,
      documents: rows.map(({ sha256 }) => sha256),
    },
    content: {
      reference: short(reference),
      subject: short(input.subject),
      formerAuthority: short(input.formerAuthority),
      ...(input.formerNumber === undefined ? {} : { formerNumber: short(input.formerNumber) }),
      files: told,
    },
  };
  return saveEvents(ctx, tx, { before: undefined, events: [event], actor, now, rules: rulesOf(pkg) });
}

const short = (text: string): string => tidyText(text).slice(0, 200);
