import type { Sql } from '../../../platform/database/port.ts';
import type { Entry } from '../../../platform/journal/port.ts';
import type { StoredEvent } from '../domain/events.ts';
import { caseStream, readContents } from '../store/cases.ts';
import type { ProcedureContext } from './context.ts';

const PREFIX = 'procedure.';

/** The accepted events of a case: facts from the journal, words from beside it. */
export async function readHistory(ctx: Pick<ProcedureContext, 'journal'>, db: Sql, caseId: string): Promise<StoredEvent[]> {
  const entries = await ctx.journal.readStream(db, caseStream(caseId));
  const contents = await readContents(db, caseId);
  return entries.filter((entry) => entry.payload['version'] !== undefined).map((entry) => toEvent(entry, contents));
}

function toEvent({ kind, at, actor, payload }: Entry, contents: ReadonlyMap<number, unknown>): StoredEvent {
  const { version, contentSha256: _hash, actedFor: _holder, mandateId, ...facts } = payload as unknown as Kept;
  const content = contents.get(version);
  const under = mandateId === undefined ? {} : { mandateId };
  return { kind: kind.slice(PREFIX.length), facts, version, at, actor, ...under, ...(content === undefined ? {} : { content }) } as StoredEvent;
}

/** What the journal keeps beside an event's facts. */
interface Kept {
  readonly version: number;
  readonly contentSha256?: string;
  readonly mandateId?: string;
  readonly actedFor?: string;
}
