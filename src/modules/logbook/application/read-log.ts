import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { enterLage, notYourRight, type LageProblem, type LageView, layersOf } from '../../situation/public.ts';
import { cleanText } from '../domain/clean-text.ts';
import type { ReadEntry } from '../domain/entry.ts';
import { numbersIn } from '../domain/log-rules.ts';
import { entriesByNumber, findEntry, listEntries, type LogQuery } from '../store/entries.ts';
import type { LogbookContext } from './context.ts';

/**
 * Who reads the whole book: whoever writes it, and observers of the staff. It tells more than the picture does, so
 * a unit, a guest who observes, and a guest who was given single layers see their own messages only.
 */
export const readsLog = ({ rights, member, layers }: Pick<LageView, 'rights' | 'member' | 'layers'>): boolean =>
  member.guest ? rights.has('log') && layers.size === layersOf(member).size : rights.has('log') || member.function === 'beobachter';

/** What part of the book is wanted. */
export type LogFilter = LogQuery;

type Reading = Pick<LogbookContext, 'database' | 'clock'>;

/** The first line of reading the log. */
export async function enterLog(ctx: Reading, actor: Actor, key: string, db: Sql = ctx.database.read): Promise<Result<LageView, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read', db);
  return !opened.ok || readsLog(opened.value) ? opened : refuse(notYourRight);
}

/** Entries of the Einsatztagebuch, the newest first; with `after`, the oldest first. */
export async function readLog(
  ctx: Reading,
  actor: Actor,
  key: string,
  query: LogFilter,
): Promise<Result<{ readonly view: LageView; readonly entries: readonly ReadEntry[] }, LageProblem>> {
  const opened = await enterLog(ctx, actor, key);
  if (!opened.ok) return opened;
  return ok({ view: opened.value, entries: await listEntries(ctx.database.read, opened.value.lage.id, cleanQuery(query)) });
}

/** What nobody can have written is asked for as what is kept instead. */
function cleanQuery({ author, text, ref, ...query }: LogQuery): LogQuery {
  const clean = (words: string | undefined): string | undefined => (words === undefined ? undefined : cleanText(words));
  return { ...query, author: clean(author), text: clean(text), ref: clean(ref) };
}

export interface EntryWithLinks {
  readonly view: LageView;
  readonly entry: ReadEntry;
  /** Entries that it names or corrects, that name it or correct it. */
  readonly linked: readonly ReadEntry[];
}

/** One entry with all that it is linked to. */
export async function readEntry(ctx: Reading, actor: Actor, key: string, number: number): Promise<Result<EntryWithLinks, LageProblem>> {
  const opened = await enterLog(ctx, actor, key);
  if (!opened.ok) return opened;
  const db = ctx.database.read;
  const { lage } = opened.value;
  const entry = await findEntry(db, lage.id, number);
  if (entry === undefined) return refuse({ kind: 'not-found', detail: 'Einen Eintrag mit dieser Nummer gibt es nicht. Prüfen Sie die Nummer im Tagebuch.' });
  const numbers = [...numbersIn(entry.refs), ...entry.referredBy, entry.corrects, entry.correctedBy].filter((one) => one !== null && one !== number);
  return ok({ view: opened.value, entry, linked: await entriesByNumber(db, lage.id, numbers as number[]) });
}
