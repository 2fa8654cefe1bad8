import { legalDay } from '../../../kernel/time.ts';
import { getFile } from '../../../platform/files/files.ts';
import type { Source } from '../domain/events.ts';
import { findCase } from '../store/cases.ts';
import { listLetters } from '../store/letters.ts';
import { replyOf } from '../store/received.ts';
import type { ProcedureContext } from './context.ts';

/** A finished letter, for the system that brought the application. */
export interface LetterToSource {
  readonly source: Source;
  /** What the source calls the application, and what it said about answers. */
  readonly reference: string;
  readonly replyTo: unknown;
  readonly fileNumber: string;
  readonly kind: string;
  /** Legal day. */
  readonly writtenOn: string;
  /** The letter first, then what goes with it. */
  readonly files: readonly { readonly fileName: string; readonly bytes: Uint8Array }[];
}

/** The letter with this key; `undefined` where the case came by the ordinary way, or the letter is not there. */
export async function letterToSource({ database }: Pick<ProcedureContext, 'database'>, caseId: string, key: string): Promise<LetterToSource | undefined> {
  const db = database.read;
  const [state, reply] = [await findCase(db, caseId), await replyOf(db, caseId)];
  const rows = (await listLetters(db, caseId)).filter((one) => one.key === key || one.key.startsWith(`${key}.`));
  const first = rows.find((one) => one.key === key);
  if (state === undefined || reply === undefined || first === undefined) return undefined;
  const { source, reference, replyTo } = reply;
  const files = [];
  for (const { fileName, sha256 } of [first, ...rows.filter((one) => one !== first)]) {
    const file = await getFile(db, sha256);
    if (file === undefined) throw new Error(`the file ${sha256} of a letter is gone`);
    files.push({ fileName, bytes: file.bytes });
  }
  return { source, reference, replyTo, fileNumber: state.fileNumber, kind: first.kind, writtenOn: legalDay(first.writtenAt).toString(), files };
}
