import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ImportedValue } from '../domain/source.ts';
import { saveValues } from '../store/sources.ts';
import { moveRevision } from '../store/stamp.ts';
import type { IndicatorsContext } from './context.ts';

export interface Taken {
  readonly values: number;
  /** New or other than before. */
  readonly changed: number;
}

interface Brought {
  readonly key: string;
  /** Oldest first, one at least. */
  readonly values: readonly ImportedValue[];
  readonly now: Temporal.Instant;
}

/** Keeps imported figures; the journal says so where one is new, and is quiet about a source that says the same every hour. */
export async function takeValues(ctx: Pick<IndicatorsContext, 'journal'>, tx: Tx, actor: Actor, { key, values, now }: Brought): Promise<Taken> {
  const changed = await saveValues(tx, key, values, now);
  if (changed > 0) {
    await moveRevision(tx);
    const last = values.at(-1)!;
    const payload = { key, changed, day: last.day, value: last.value };
    await ctx.journal.append(tx, actor, now, [{ stream: `indicators:${key}`, kind: 'indicators.imported', payload }]);
  }
  return { values: values.length, changed };
}
