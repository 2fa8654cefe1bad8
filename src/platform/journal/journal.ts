import { sql } from 'kysely';
import { actorRef } from '../../kernel/actor.ts';
import type { Sql } from '../database/port.ts';
import { afterCommit } from '../database/transactions.ts';
import { canonicalJson } from './canonical.ts';
import { firstBrokenLink, GENESIS_HASH, hashedInstant, type BrokenLink, type ChainRow } from './chain.ts';
import type { Entry, Journal } from './port.ts';

const MAX_PAGE = 1000;

/** The journal on `platform.journal`; `onAppend` is told after each commit that appended. */
export function createJournal(onAppend: () => void = () => {}): Journal {
  return {
    async append(tx, actor, at, entries) {
      const ref = actorRef(actor);
      for (const entry of entries) {
        await sql`select platform.journal_append(${hashedInstant(at)}, ${entry.stream}, ${entry.kind}, ${ref},
          ${canonicalJson(entry.payload)})`.execute(tx);
      }
      if (entries.length > 0) afterCommit(tx, onAppend);
    },
    async readAfter(db, seq, { kinds, limit = MAX_PAGE } = {}) {
      const rows = await sql<ChainRow>`select * from platform.journal where seq > ${seq}
        ${kinds === undefined ? sql`` : sql`and kind = any(${[...kinds]}::text[])`}
        order by seq limit ${limit}`.execute(db);
      return rows.rows.map(toEntry);
    },
    async readStream(db, stream) {
      const rows = await sql<ChainRow>`select * from platform.journal where stream = ${stream} order by seq`.execute(db);
      return rows.rows.map(toEntry);
    },
  };
}

function toEntry(row: ChainRow): Entry {
  const { seq, at, stream, kind, actor, hash } = row;
  return { seq, at, stream, kind, actor, hash, payload: JSON.parse(row.payload) as Record<string, unknown> };
}

/** Result of checking the whole chain. */
export interface JournalVerdict {
  readonly entries: number;
  readonly headHash: string;
  readonly broken?: BrokenLink;
}

/** Reads the whole journal in order and finds the first changed, missing or reordered entry. */
export async function verifyJournal(db: Sql): Promise<JournalVerdict> {
  let at = { seq: 0, hash: GENESIS_HASH };
  for (;;) {
    const page = await sql<ChainRow>`select * from platform.journal where seq > ${at.seq}
      order by seq limit ${MAX_PAGE}`.execute(db);
    const checked = firstBrokenLink(page.rows, at);
    if (checked.broken !== undefined) return { entries: checked.seq, headHash: checked.hash, broken: checked.broken };
    at = checked;
    if (page.rows.length < MAX_PAGE) break;
  }
  const head = await sql<{ seq: number; hash: string }>`select seq, hash from platform.journal_head`.execute(db);
  const broken = brokenEnd(head.rows[0], at);
  if (broken !== undefined) return { entries: at.seq, headHash: at.hash, broken };
  return { entries: at.seq, headHash: at.hash };
}

/** The head is kept apart from the rows, so that rows missing at the end are found too. */
function brokenEnd(head: { seq: number; hash: string } | undefined, last: { seq: number; hash: string }): BrokenLink | undefined {
  if (head?.seq === last.seq && head.hash === last.hash) return undefined;
  if (head !== undefined && head.seq > last.seq) {
    const detail = `Eintrag ${last.seq + 1} fehlt und alle danach: das Journal reichte bis ${head.seq}.`;
    return { seq: last.seq + 1, what: 'missing', detail };
  }
  return { seq: last.seq, what: 'changed', detail: `Das Ende des Journals ist nicht mehr Eintrag ${last.seq}: sein Kopf wurde verändert.` };
}
