import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { placeProblem, readItem } from '../domain/check-item.ts';
import { ITEM_KINDS, strategyOf, type Item, type ItemKind, type Version } from '../domain/items.ts';
import { notYours, type CockpitProblem } from '../domain/problems.ts';
import { insertVersions, lockHead } from '../store/versions.ts';
import { keepsStrategy, type CockpitContext } from './context.ts';

/** A strategy as one document: a list of things for each kind, each with its key. */
const documentSchema = z.partialRecord(z.enum(ITEM_KINDS as [ItemKind, ...ItemKind[]]), z.array(z.looseObject({ key: z.string() })));

/** Days of examples, counted from the day the document is loaded: `{ inDays: -20 }`. */
const relative = z.strictObject({ inDays: z.number().int() });

function withDays(value: unknown, today: Temporal.PlainDate): unknown {
  const found = relative.safeParse(value);
  return found.success ? today.add({ days: found.data.inDays }).toString() : value;
}

/** Reads a document. @param today the day that relative days are counted from */
export function readStrategy(document: unknown, today: Temporal.PlainDate): Result<readonly Item[], CockpitProblem> {
  const read = documentSchema.safeParse(document);
  if (!read.success) return refuse({ kind: 'invalid-input', detail: `Das ist keine Strategie: ${z.prettifyError(read.error)}` });
  const items: Item[] = [];
  for (const kind of ITEM_KINDS)
    for (const { key, ...facts } of read.data[kind] ?? []) {
      const item = readItem(kind, key, Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, withDays(value, today)])));
      if (!item.ok)
        return refuse({
          ...item.problem,
          detail: `${kind}/${key}: ${(item.problem.fields ?? []).map(({ field, message }) => `${field}: ${message}`).join(' ')}`,
        });
      items.push(item.value);
    }
  return ok(items);
}

/** Fills an empty strategy from a document, at once or not at all. @returns how many things; 0 where there is a strategy already */
export async function loadStrategy(ctx: CockpitContext, actor: Actor, document: unknown, reason: string): Promise<Result<number, CockpitProblem>> {
  if (!keepsStrategy(actor)) return refuse(notYours);
  const now = ctx.clock();
  const read = readStrategy(document, legalDay(now));
  if (!read.ok) return read;
  return ctx.database.transaction(async (tx) => {
    if ((await lockHead(tx)) > 0) return ok(0);
    const versions: Version[] = [];
    for (const item of read.value) {
      const wrong = placeProblem(strategyOf(versions), item, legalDay(now));
      if (wrong !== undefined) return refuse({ ...wrong, detail: `${item.kind}/${item.key}: ${wrong.detail}` });
      versions.push({ seq: versions.length + 1, ...item, version: 1, reason, at: now });
    }
    if (versions.length === 0) return ok(0);
    await insertVersions(tx, versions);
    const facts = versions.map(({ kind, key, facts: one }) => ({ kind, key, facts: one }));
    await ctx.journal.append(tx, actor, now, [
      { stream: 'strategy:all', kind: 'cockpit.strategy-loaded', payload: { items: versions.length, factsSha256: sha256Hex(JSON.stringify(facts)) } },
    ]);
    return ok(versions.length);
  });
}
