import type { Actor } from '../../../kernel/actor.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { writeLogEntry, type NewLogEntry } from '../../logbook/public.ts';
import { enterLage, lageStream, notYourRight, showInPicture, type Lage, type LageView, type Layer, type Right } from '../../situation/public.ts';
import type { SurgeProblem } from '../domain/problems.ts';
import { DATED_RULES, MEASURES } from '../domain/rules-data.ts';
import { rulesOn, type SurgeRules } from '../domain/rules.ts';
import { findSurge, listRules, lockSurge, type SurgeLage } from '../store/lage.ts';
import type { SurgeContext } from './context.ts';

/** What a use case hands back to be kept: its event, entries of the Einsatztagebuch, and things of the picture. */
export interface Done<T> {
  readonly value: T;
  /** Journal kind without the module's name, and facts without words that name people. */
  readonly event?: { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> };
  readonly log?: readonly NewLogEntry[];
  readonly shown?: readonly PictureObject[];
}

export interface Inside {
  readonly tx: Tx;
  readonly view: LageView;
  readonly surge: SurgeLage;
  readonly now: Temporal.Instant;
}

/** What the page of the storm surge tells of as a whole. */
export const SURGE_LAYERS: readonly Layer[] = ['pegel', 'prognose', 'tore', 'raeumung'];

/** Enters a Lage to read what stands in these layers: a guest sees no more than they were given. */
export async function enterSeeing(
  ctx: Pick<SurgeContext, 'database' | 'clock'>,
  actor: Actor,
  key: string,
  layers: readonly Layer[] = SURGE_LAYERS,
): Promise<Result<LageView, SurgeProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  return opened.ok && !layers.every((layer) => opened.value.layers.has(layer)) ? refuse(notYourRight) : opened;
}

/**
 * One change in a Lage: its row of the storm surge is held, the rules are pinned if they were not, and row, log, picture and
 * journal are one transaction, in this order.
 */
export function inSurge<T>(
  ctx: SurgeContext,
  actor: Actor,
  { key, right, layers = [] }: { readonly key: string; readonly right: Right; /** What somebody must see to do this. */ readonly layers?: readonly Layer[] },
  work: (inside: Inside) => Promise<Result<Done<T>, SurgeProblem>>,
): Promise<Result<T, SurgeProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, right, tx);
    if (!opened.ok) return opened;
    if (!layers.every((layer) => opened.value.layers.has(layer))) return refuse(notYourRight);
    const now = ctx.clock();
    const view = opened.value;
    const surge = await lockSurge(tx, view.lage.id, await firstRules(tx, view.lage), now);
    const done = await work({ tx, view, surge, now });
    if (!done.ok) return done;
    await keepDone(ctx, tx, actor, view, done.value, now);
    return ok(done.value.value);
  });
}

/** Log, picture and journal of what was done; nothing at all when nothing was. */
export async function keepDone(
  ctx: Pick<SurgeContext, 'journal'>,
  tx: Tx,
  actor: Actor,
  view: Pick<LageView, 'lage' | 'member'>,
  { event, log = [], shown = [] }: Done<unknown>,
  now: Temporal.Instant,
): Promise<void> {
  const stream = lageStream(view.lage.id);
  const entries: NewEntry[] = event === undefined ? [] : [{ stream, kind: `surge.${event.kind}`, payload: event.payload }];
  for (const entry of log) entries.push((await writeLogEntry(tx, view, entry, now)).journal);
  if (shown.length > 0) entries.push(await showInPicture(tx, view.lage.id, shown, now));
  if (entries.length > 0) await ctx.journal.append(tx, actor, now, entries);
}

/** The rules in force on the day a Lage was opened, with what the administration had laid down by then. */
export async function firstRules(db: Sql, { openedAt }: Pick<Lage, 'openedAt'>): Promise<SurgeRules> {
  return rulesOn(legalDay(openedAt), [...DATED_RULES, ...(await listRules(db, openedAt))], MEASURES);
}

/** What a Lage keeps, or what it would keep with its first change. */
export async function surgeOf(db: Sql, lage: Lage): Promise<SurgeLage> {
  return (
    (await findSurge(db, lage.id)) ?? {
      rules: await firstRules(db, lage),
      pinnedAt: lage.openedAt,
      levelStreamId: null,
      levelReference: 'NHN',
      levelDivisor: 1,
      helpersFree: null,
    }
  );
}

/** As the log and lists name somebody. */
export const signed = ({ member }: Pick<LageView, 'member'>): string =>
  `${member.name} (${member.function}${member.organisation === '' ? '' : `, ${member.organisation}`})`;
