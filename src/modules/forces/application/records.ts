import type { Actor } from '../../../kernel/actor.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { enterLage, notYourRight, sectionsOf, type LageProblem, type LageView } from '../../situation/public.ts';
import type { Bodies, ForceRecord, RecordKind, Steps } from '../domain/records.ts';
import { edited, RULES, stepped } from '../domain/rules.ts';
import { changesOf, findRecord, findUnits, listRecords, lockKind, nextNumber, wasChanged, type PastChange, type RecordQuery } from '../store/records.ts';
import type { ForcesContext } from './context.ts';
import { keepChange } from './keep-change.ts';

export interface Listed<K extends RecordKind> {
  readonly view: LageView;
  readonly records: readonly ForceRecord<K>[];
}

/** What of a kind is there, by number. */
export async function listOf<K extends RecordKind>(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  kind: K,
  query: RecordQuery,
): Promise<Result<Listed<K>, LageProblem>> {
  const opened = await enterForces(ctx, actor, key, kind);
  if (!opened.ok) return opened;
  return ok({ view: opened.value, records: (await listRecords(ctx.database.read, opened.value.lage.id, kind, query)) as ForceRecord<K>[] });
}

export interface Opened<K extends RecordKind> {
  readonly view: LageView;
  readonly record: ForceRecord<K>;
  readonly changes: readonly PastChange[];
}

/** One thing with its history. */
export async function openOne<K extends RecordKind>(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  kind: K,
  id: string,
): Promise<Result<Opened<K>, LageProblem>> {
  const opened = await enterForces(ctx, actor, key, kind);
  if (!opened.ok) return opened;
  const record = await findRecord(ctx.database.read, opened.value.lage.id, id);
  if (!isOf(record, kind)) return refuse(noSuch(kind));
  return ok({ view: opened.value, record, changes: await changesOf(ctx.database.read, id) });
}

/** Makes a thing. @param id made by who sends: sent twice it is one */
export async function makeOne<K extends RecordKind>(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  kind: K,
  body: Bodies[K],
  id?: string,
): Promise<Result<ForceRecord<K>, LageProblem>> {
  const checked = await sectionThere(ctx, actor, key, body.sectionId);
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, RULES[kind].right, tx);
    if (!opened.ok) return opened;
    return makeIn(ctx, tx, actor, opened.value, kind, body, id);
  });
}

/** As `makeOne`, within the transaction of a caller who has entered the Lage and appends nothing after it. */
export async function makeIn<K extends RecordKind>(
  ctx: Pick<ForcesContext, 'clock' | 'journal'>,
  tx: Tx,
  actor: Actor,
  view: LageView,
  kind: K,
  body: Bodies[K],
  id?: string,
): Promise<Result<ForceRecord<K>, LageProblem>> {
  const now = ctx.clock();
  await lockKind(tx, view.lage.id, kind);
  const before = id === undefined ? undefined : await findRecord(tx, view.lage.id, id);
  if (before !== undefined) return isOf(before, kind) ? ok(before) : refuse(idTaken);
  const wrong = await bodyProblem(tx, view, kind, body, undefined);
  if (wrong !== undefined) return refuse(wrong);
  const number = await nextNumber(tx, view.lage.id, kind);
  const record = {
    id: id ?? newId(now.epochMilliseconds),
    lageId: view.lage.id,
    kind,
    number,
    version: 1,
    body,
    changedAt: now,
    changedBy: view.member.name,
    position: null,
  };
  await keepChange(ctx, tx, actor, view, record, { step: 'made', changeId: null }, now);
  return ok(record);
}

export interface Change {
  readonly id: string;
  /** The version this change is based on. */
  readonly basis: number;
  /** Made by who sends: sent twice it is one. */
  readonly changeId?: string | undefined;
}

/** Corrects what a thing is; what happens to it are steps. */
export async function editOne<K extends RecordKind>(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  kind: K,
  change: Change & { readonly body: Bodies[K] },
): Promise<Result<ForceRecord<K>, LageProblem>> {
  const checked = await sectionThere(ctx, actor, key, change.body.sectionId);
  if (!checked.ok) return checked;
  return inChange(ctx, actor, key, kind, change, 'edited', async (tx, view, record) => {
    if (!view.rights.has(RULES[kind].right)) return refuse(notYourRight);
    const wrong = await bodyProblem(tx, view, kind, change.body, record.id);
    return wrong === undefined ? ok(edited(kind, record.body, change.body)) : refuse(wrong);
  });
}

/** Something happens to a thing: status, count, movement, acknowledgement. */
export async function stepOne<K extends RecordKind>(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  kind: K,
  change: Change & { readonly step: Steps[K] },
): Promise<Result<ForceRecord<K>, LageProblem>> {
  return inChange(ctx, actor, key, kind, change, change.step.step, async (tx, view, record) => {
    if (!(await maySteps(tx, view, record, change.step.step))) return refuse(notYourRight);
    if (kind === 'request' && 'unitIds' in change.step) {
      const known = await findUnits(tx, view.lage.id, change.step.unitIds);
      if (known.length < new Set(change.step.unitIds).size) return refuse(invalidField('unitIds', 'Eine dieser Einheiten gibt es nicht mehr. Wählen Sie neu.'));
    }
    return stepped(kind, record.body, change.step, ctx.clock());
  });
}

type Work<K extends RecordKind> = (tx: Tx, view: LageView, record: ForceRecord<K>) => Promise<Result<Bodies[K], LageProblem>>;

async function inChange<K extends RecordKind>(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  kind: K,
  { id, basis, changeId }: Change,
  step: string,
  work: Work<K>,
): Promise<Result<ForceRecord<K>, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    // the right to the step is asked for with the record at hand: a unit may report for itself
    const opened = await enterLage(ctx, actor, key, 'report', tx);
    if (!opened.ok) return opened;
    const view = opened.value;
    if (!view.layers.has(RULES[kind].layer)) return refuse(notYourRight);
    await lockKind(tx, view.lage.id, kind);
    const record = await findRecord(tx, view.lage.id, id);
    if (!isOf(record, kind)) return refuse(noSuch(kind));
    if (changeId !== undefined && (await wasChanged(tx, id, changeId))) return ok(record);
    if (record.version !== basis) return refuse(changedMeanwhile(record));
    const body = await work(tx, view, record);
    if (!body.ok) return body;
    if (canonicalJson(body.value) === canonicalJson(record.body)) return ok(record);
    const now = ctx.clock();
    const next = { ...record, body: body.value, version: record.version + 1, changedAt: now, changedBy: view.member.name };
    await keepChange(ctx, tx, actor, view, next, { step, changeId: changeId ?? null }, now);
    return ok(next);
  });
}

async function enterForces(ctx: ForcesContext, actor: Actor, key: string, kind: RecordKind): Promise<Result<LageView, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  return opened.ok && !opened.value.layers.has(RULES[kind].layer) ? refuse(notYourRight) : opened;
}

/** Sections belong to situation, and are asked for before the transaction: an embedded database has one connection. */
async function sectionThere(ctx: ForcesContext, actor: Actor, key: string, sectionId: string | null): Promise<Result<null, LageProblem>> {
  if (sectionId === null) return ok(null);
  const sections = await sectionsOf(ctx, actor, key);
  if (!sections.ok) return sections;
  return sections.value.some(({ id }) => id === sectionId)
    ? ok(null)
    : refuse(invalidField('sectionId', 'Diesen Abschnitt gibt es nicht mehr. Wählen Sie neu.'));
}

async function bodyProblem<K extends RecordKind>(tx: Tx, view: LageView, kind: K, body: Bodies[K], id: string | undefined): Promise<LageProblem | undefined> {
  if (kind === 'unit') {
    const { callSign } = body as Bodies['unit'];
    const same = (await findUnits(tx, view.lage.id, [callSign])).some((unit) => unit.id !== id && unit.body.callSign.toLowerCase() === callSign.toLowerCase());
    if (same) return invalidField('callSign', 'Eine Einheit mit diesem Rufnamen ist schon da. Wählen Sie einen anderen, oder ändern Sie jene.');
  }
  if (kind === 'task') {
    const { unitId } = body as Bodies['task'];
    if (unitId !== null && (await findUnits(tx, view.lage.id, [unitId])).length === 0)
      return invalidField('unitId', 'Diese Einheit gibt es nicht mehr. Wählen Sie eine andere.');
  }
  return undefined;
}

/** Who commands may; who got the task, and who speaks for a unit, may say what becomes of it. */
async function maySteps(tx: Tx, { rights, member }: LageView, record: ForceRecord, step: string): Promise<boolean> {
  if (rights.has(RULES[record.kind].right)) return true;
  if (record.kind === 'unit') return (record.body as Bodies['unit']).memberId === member.id;
  if (record.kind !== 'task' || step === 'withdraw') return false;
  const { unitId, function: staffFunction, sectionId } = record.body as Bodies['task'];
  const [unit] = unitId === null ? [] : await findUnits(tx, record.lageId, [unitId]);
  if (unit !== undefined) return unit.body.memberId === member.id || rights.has('forces');
  return staffFunction === member.function || (staffFunction === null && sectionId !== null && sectionId === member.sectionId);
}

const isOf = <K extends RecordKind>(record: ForceRecord | undefined, kind: K): record is ForceRecord<K> => record?.kind === kind;

const idTaken = invalidField('id', 'Diese Kennung ist vergeben. Nehmen Sie eine neue.');

const noSuch = (kind: RecordKind): LageProblem => ({
  kind: 'not-found',
  detail: `Das gibt es in dieser Lage nicht (${RULES[kind].word}). Gehen Sie zur Liste zurück.`,
});

const changedMeanwhile = (record: ForceRecord): LageProblem => ({
  kind: 'conflict',
  detail: `${record.changedBy} hat das inzwischen geändert. Ihre Angaben stehen noch da. Vergleichen Sie und speichern Sie noch einmal.`,
  current: { version: record.version, body: record.body },
});
