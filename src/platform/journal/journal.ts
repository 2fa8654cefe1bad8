import { sql } from 'kysely';
import { actorRef, type Actor } from '../../kernel/actor.ts';
import type { Sql, Tx } from '../database/port.ts';
import { afterCommit, beforeCommit } from '../database/transactions.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { firstBrokenLink, GENESIS_HASH, hashedInstant, type BrokenLink, type ChainRow } from './chain.ts';
import type { Entry, Journal } from './port.ts';

const MAX_PAGE = 1000;

interface Waiting {
  readonly at: string;
  readonly stream: string;
  readonly kind: string;
  readonly actor: string;
  readonly payload: string;
}

/**
 * The journal on `platform.journal`; `onAppend` is told after each commit that appended. Entries are
 * written as the last statement of their transaction: the lock on the chain's head is then the last
 * one taken, so that no two transactions wait for each other, and it is held for one round trip.
 */
export function createJournal(onAppend: () => void = () => {}): Journal {
  const waiting = new WeakMap<Tx, Waiting[]>();
  return {
    async append(tx, actor, at, entries) {
      if (entries.length === 0) return;
      const ref = actorRef(actor);
      const under = underMandate(actor);
      const rows = entries.map(({ stream, kind, payload }) => ({
        at: hashedInstant(at),
        stream,
        kind,
        actor: ref,
        payload: canonicalJson({ ...payload, ...under }),
      }));
      const before = waiting.get(tx);
      if (before !== undefined) return void before.push(...rows);
      waiting.set(tx, rows);
      beforeCommit(tx, async () => {
        waiting.delete(tx);
        await write(tx, rows);
      });
      afterCommit(tx, onAppend);
    },
    async readAfter(db, seq, { kinds, limit = MAX_PAGE } = {}) {
      const rows = await sql<ChainRow>`select * from platform.journal where seq > ${seq}
        ${kinds === undefined ? sql`` : sql`and kind = any(${[...kinds]}::text[])`}
        order by seq limit ${limit}`.execute(db);
      return rows.rows.map(toEntry);
    },
    async head(db) {
      return (await sql<{ seq: number }>`select seq from platform.journal_head`.execute(db)).rows[0]!.seq;
    },
    async readStream(db, stream) {
      const rows = await sql<ChainRow>`select * from platform.journal where stream = ${stream} order by seq`.execute(db);
      return rows.rows.map(toEntry);
    },
  };
}

/** An act for somebody else says under which mandate it was done: the actor of the entry is who really acted. */
function underMandate(actor: Actor): { mandateId?: string; actedFor?: string } {
  return actor.kind === 'citizen' && actor.agent !== undefined ? { mandateId: actor.agent.mandateId, actedFor: actor.accountId } : {};
}

async function write(tx: Tx, rows: readonly Waiting[]): Promise<void> {
  const column = (name: keyof Waiting): string[] => rows.map((row) => row[name]);
  await sql`select platform.journal_append(e.at, e.stream, e.kind, e.actor, e.payload) from (
    select * from unnest(${column('at')}::text[], ${column('stream')}::text[], ${column('kind')}::text[], ${column('actor')}::text[],
      ${column('payload')}::text[]) with ordinality as entry (at, stream, kind, actor, payload, place) order by place) e`.execute(tx);
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

/** A link of the chain: an entry's number and hash. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Reads the journal in order and finds the first changed, missing or reordered entry.
 * @param from the last link that is taken as proved; by default the whole journal is read
 */
export async function verifyJournal(db: Sql, from: Link = { seq: 0, hash: GENESIS_HASH }): Promise<JournalVerdict> {
  let at = from;
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
