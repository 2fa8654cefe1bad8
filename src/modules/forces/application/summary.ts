import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { addStrength, NO_STRENGTH, type Strength } from '../../../kernel/strength.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { enterLage, readPicture, type LageProblem, type LageView } from '../../situation/public.ts';
import type { ForceRecord, RecordKind } from '../domain/records.ts';
import { RULES } from '../domain/rules.ts';
import { summarise, type ForcesSummary } from '../domain/summary.ts';
import { listOpen } from '../store/records.ts';
import type { ForcesContext } from './context.ts';

/** More than a staff can lead; sums are of all of them. */
const MOST = 40_000;
const SUMMED = ['unit', 'task', 'request', 'shelter'] as const;

/** Strength of the units that are ready; `null` when there is no unit at all: then nobody has counted. */
export async function readyStrength(db: Sql, lageId: string): Promise<Strength | null> {
  const units = (await listOpen(db, lageId, ['unit'], MOST)) as ForceRecord<'unit'>[];
  if (units.length === 0) return null;
  return units.filter(({ body }) => body.status === 'bereit').reduce((sum, { body }) => addStrength(sum, body.strength), NO_STRENGTH);
}

/** Sums by organisation, section and status, and the gaps; only of layers the person may see. */
export async function forcesSummary(db: Sql, view: LageView, now: Temporal.Instant): Promise<ForcesSummary> {
  const seen = SUMMED.filter((kind) => view.layers.has(RULES[kind].layer));
  const records = await listOpen(db, view.lage.id, seen, MOST);
  const open = <K extends RecordKind>(kind: K): ForceRecord<K>[] => records.filter((one) => one.kind === kind) as ForceRecord<K>[];
  const { objects } = await readPicture(db, view, { kinds: ['section'], limit: 500 });
  const sections = objects.map(({ id, title, facts }) => ({
    id: id.slice('section:'.length),
    name: title,
    leader: typeof facts['leitung'] === 'string' ? facts['leitung'] : '',
  }));
  const known = { units: open('unit'), tasks: open('task'), requests: open('request'), shelters: open('shelter'), sections };
  return summarise(known, now);
}

export async function readSummary(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
): Promise<Result<{ readonly view: LageView; readonly summary: ForcesSummary }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  return opened.ok ? ok({ view: opened.value, summary: await forcesSummary(ctx.database.read, opened.value, ctx.clock()) }) : opened;
}
