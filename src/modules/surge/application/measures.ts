import type { Actor } from '../../../kernel/actor.ts';
import { uuidFrom } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { enterLage, type LageView } from '../../situation/public.ts';
import type { Item, MeasureState } from '../domain/checklist.ts';
import { isShut } from '../domain/gates.ts';
import { noMeasure, notConnected, type SurgeProblem } from '../domain/problems.ts';
import { clock } from '../domain/proposals.ts';
import { valueOf, type Measure } from '../domain/rules.ts';
import { keepMeasure, listMeasures } from '../store/measures.ts';
import type { SurgeContext, TaskOrder } from './context.ts';
import { inSurge, signed, SURGE_LAYERS } from './in-surge.ts';
import { readState, readWater, type SurgeState } from './surge-state.ts';

export interface ConfirmInput {
  readonly remark: string;
  /** Where the measure asks for a number. */
  readonly count?: number | undefined;
}

const NOTHING: Omit<MeasureState, 'key'> = { dueSince: null, confirmation: null, taskRef: null, escalated: 0 };

/** Somebody who is responsible says that a measure is done. What speaks against it must be answered by a remark. */
export function confirmMeasure(ctx: SurgeContext, actor: Actor, key: string, measureKey: string, input: ConfirmInput): Promise<Result<Item, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'report', layers: SURGE_LAYERS }, async ({ tx, view, now }) => {
    const state = await readState(ctx, tx, view.lage, now);
    const item = state.items.find(({ measure }) => measure.key === measureKey);
    if (item === undefined) return refuse(noMeasure);
    if (!mayConfirm(view, item.measure)) return refuse(notResponsible(item.measure));
    if (item.kept?.confirmation != null)
      return refuse({
        kind: 'conflict',
        detail: `Das hat schon ${item.kept.confirmation.by} um ${clock(item.kept.confirmation.at)} bestätigt. Ergänzungen gehören ins Tagebuch.`,
      });
    const remark = input.remark.trim();
    if (remark.length > 300) return refuse(invalidField('remark', 'Kürzen Sie die Bemerkung auf 300 Zeichen; Längeres gehört ins Tagebuch.'));
    if (item.measure.count !== undefined && !(Number.isInteger(input.count) && input.count! >= 0 && input.count! <= 100_000))
      return refuse(invalidField('count', 'Nennen Sie die Zahl der Menschen, die aufgestellt sind.'));
    const against = whatSpeaksAgainst(item.measure, input, state);
    if (against !== undefined && remark === '')
      return refuse(invalidField('remark', `${against} Sagen Sie in der Bemerkung, warum die Maßnahme trotzdem erledigt ist.`));
    const confirmation = { at: now, by: signed(view), remark, count: item.measure.count === undefined ? null : input.count! };
    const kept = { ...(item.kept ?? { key: measureKey, ...NOTHING }), confirmation };
    await keepMeasure(tx, view.lage.id, kept);
    const number = confirmation.count === null ? '' : ` ${confirmation.count} Menschen.`;
    const late = item.state === 'overdue' ? ` Die Frist war ${clock(item.deadline!)}.` : '';
    const text = `Erledigt: ${item.measure.title}.${number}${remark === '' ? '' : ` ${remark}.`}${against === undefined ? '' : ` Dagegen spricht: ${against}`}${late}`;
    return ok({
      value: { ...item, state: 'done' as const, kept },
      event: {
        kind: 'measure-confirmed',
        payload: { measure: measureKey, count: confirmation.count, overdue: item.state === 'overdue', remark: sha256Hex(remark) },
      },
      log: [{ kind: 'massnahme', text, refs: [`measure:${measureKey}`] }],
    });
  });
}

/** Whose function it is, who leads, and who leads operations. */
export const mayConfirm = ({ member }: Pick<LageView, 'member'>, measure: Pick<Measure, 'responsible'>): boolean =>
  member.function === measure.responsible || member.function === 'leiter' || member.function === 'S3';

const notResponsible = (measure: Measure): SurgeProblem => ({
  kind: 'not-allowed',
  detail: `„${measure.title}“ bestätigt die Funktion ${measure.responsible} oder die Leitung. Melden Sie es dorthin.`,
});

function whatSpeaksAgainst(measure: Measure, { count }: ConfirmInput, { gates, zones, surge }: SurgeState): string | undefined {
  if (measure.key === 'tore-schliessen') {
    const open = gates.filter((row) => !isShut(row) && row.due.waterAt !== null);
    return open.length === 0 ? undefined : `${open.length} Tore, die das Wasser erreicht, sind nicht sicher geschlossen.`;
  }
  if (measure.key === 'zonen-raeumen') {
    const left = zones.filter(({ state }) => state !== 'cleared');
    return left.length === 0 ? undefined : `${left.length} Räumzonen sind nicht als geräumt gemeldet.`;
  }
  if (measure.count === undefined) return undefined;
  const needed = valueOf(surge.rules, measure.count);
  return count! > needed ? undefined : `Gemeldet sind ${count}, nötig sind mehr als ${needed}.`;
}

/** A measure becomes a task in the module of forces, once. */
export async function orderMeasure(ctx: SurgeContext, actor: Actor, key: string, measureKey: string): Promise<Result<MeasureState, SurgeProblem>> {
  const opened = await enterLage(ctx, actor, key, 'order');
  if (!opened.ok) return opened;
  const { lage } = opened.value;
  const item = (await readWater(ctx.database.read, lage, ctx.clock())).items.find(({ measure }) => measure.key === measureKey);
  if (item === undefined) return refuse(noMeasure);
  if (item.kept?.taskRef != null) return ok(item.kept);
  if (ctx.orderTask === undefined) return refuse(notConnected('Das Verzeichnis der Aufträge'));
  const { title, responsible, source } = item.measure;
  const order = { title, text: `${title}. ${source}`, responsible, dueAt: item.deadline, refs: [`measure:${measureKey}`] };
  const made = await ctx.orderTask(actor, key, order, uuidFrom(`surge:${lage.id}:${measureKey}`));
  return made.ok ? keepTask(ctx, actor, key, { measureKey, order, ref: made.value.ref }) : made;
}

function keepTask(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  { measureKey, order, ref }: { readonly measureKey: string; readonly order: TaskOrder; readonly ref: string },
): Promise<Result<MeasureState, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'order' }, async ({ tx, view }) => {
    const before = (await listMeasures(tx, view.lage.id)).find((one) => one.key === measureKey) ?? { key: measureKey, ...NOTHING };
    if (before.taskRef !== null) return ok({ value: before });
    const kept = { ...before, taskRef: ref };
    await keepMeasure(tx, view.lage.id, kept);
    const text = `Auftrag an ${order.responsible}: ${order.title}${order.dueAt === null ? '' : ` bis ${clock(order.dueAt)}`}.`;
    return ok({
      value: kept,
      event: { kind: 'measure-ordered', payload: { measure: measureKey, task: ref } },
      log: [{ kind: 'befehl', text, refs: [...order.refs, ref] }],
    });
  });
}
