import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { enterLage, readPicture, type LageProblem, type LageView } from '../../situation/public.ts';
import type { ForceRecord, RecordKind } from '../domain/records.ts';
import { RULES } from '../domain/rules.ts';
import { summarise, type ForcesSummary } from '../domain/summary.ts';
import { listRecords } from '../store/records.ts';
import type { ForcesContext } from './context.ts';

/** More than a staff can lead; sums are of all of them. */
const MOST = 10_000;

/** Sums by organisation, section and status, and the gaps; only of layers the person may see. */
export async function forcesSummary(db: Sql, view: LageView, now: Temporal.Instant): Promise<ForcesSummary> {
  const open = async <K extends RecordKind>(kind: K): Promise<ForceRecord<K>[]> =>
    view.layers.has(RULES[kind].layer) ? ((await listRecords(db, view.lage.id, kind, { limit: MOST, open: true })) as ForceRecord<K>[]) : [];
  const { objects } = await readPicture(db, view, { kinds: ['section'], limit: 500 });
  const sections = objects.map(({ id, title, facts }) => ({
    id: id.slice('section:'.length),
    name: title,
    leader: typeof facts['leitung'] === 'string' ? facts['leitung'] : '',
  }));
  const known = { units: await open('unit'), tasks: await open('task'), requests: await open('request'), shelters: await open('shelter'), sections };
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
