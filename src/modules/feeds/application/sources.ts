import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, wrongState, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { admitDevice, dismissDevice, enterLage, lageStream, type LageView } from '../../situation/public.ts';
import { declarationSchema, type Declaration, type DeviceDeclaration } from '../domain/declaration.ts';
import { noSource, sourceOff, type FeedProblem } from '../domain/problems.ts';
import { DECLARED_KINDS, SOURCE_KINDS, type Source, type SourceKind } from '../domain/source.ts';
import {
  findSource,
  findSourceByName,
  hourOf,
  hoursOf,
  insertSource,
  listSources,
  rejectedOf,
  setActive,
  type CountedSource,
  type RejectedRow,
} from '../store/sources.ts';
import type { FeedsContext } from './context.ts';

/** What a declaration looks like, and the kinds there are, for who asks for one. */
export const sourceDeclaration = declarationSchema;
export const sourceKinds = SOURCE_KINDS;
export const declaredKinds = DECLARED_KINDS;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const nameOf = ({ member }: LageView): string => (member.organisation === '' ? member.name : `${member.name}, ${member.organisation}`);

/** Declares a source that this city listens to or asks by itself. */
export async function declareSource(ctx: FeedsContext, actor: Actor, key: string, input: unknown): Promise<Result<Source, FeedProblem>> {
  const read = declarationSchema.safeParse(input);
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    if (!opened.ok) return opened;
    if (actor.kind === 'device') return refuse({ kind: 'not-allowed', detail: 'Quellen erklären Menschen, nicht Geräte.' } as const);
    if (!read.success) return refuse(invalidFields(read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))));
    const now = ctx.clock();
    const admitted = await admitDeclared(ctx, tx, opened.value, read.data, now);
    if (!admitted.ok) return admitted;
    const { name, kind, ...config } = read.data;
    const id = newId(now.epochMilliseconds);
    const source = { id, lageId: opened.value.lage.id, kind, name, config, declaredBy: nameOf(opened.value), declaredAt: now };
    const asked = kind === 'cap-feed' || kind === 'social';
    if (!(await insertSource(tx, { ...source, ...(asked ? { dueAt: now } : {}) })))
      return refuse(invalidField('name', 'Eine Quelle dieser Art mit diesem Namen gibt es schon. Wählen Sie einen anderen.'));
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(source.lageId), kind: 'feeds.source-declared', payload: { sourceId: id, sourceKind: kind } },
    ]);
    return ok((await findSource(tx, source.lageId, id))!);
  });
}

/** A device may bring something only into Lagen whose staff has declared it. */
async function admitDeclared(ctx: FeedsContext, tx: Tx, { lage }: LageView, one: Declaration, now: Temporal.Instant): Promise<Result<undefined, FeedProblem>> {
  if (one.kind !== 'device') return ok(undefined);
  if ((await ctx.deviceName(tx, one.device)) === undefined)
    return refuse(invalidField('device', 'Dieses Gerät kennt die Stadt nicht. Die Administration lässt es zu und nennt Ihnen die Kennung.'));
  await admitDevice(tx, lage.id, { deviceId: one.device, name: one.name }, now);
  return ok(undefined);
}

/** Sources a person may look at are those of Lagen they may read. */
export async function sourcesOf(
  ctx: FeedsContext,
  actor: Actor,
  key: string,
  page: { readonly after?: string; readonly limit: number },
): Promise<Result<{ readonly view: LageView; readonly sources: readonly CountedSource[] }, FeedProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  if (page.after !== undefined && !UUID.test(page.after))
    return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
  const sources = await listSources(ctx.database.read, opened.value.lage.id, hourOf(ctx.clock()), page);
  return ok({ view: opened.value, sources: sources.map((one) => ({ ...one, ...shownTo(opened.value, one) })) });
}

export interface SourceDetails {
  readonly view: LageView;
  readonly source: Source;
  readonly hours: Awaited<ReturnType<typeof hoursOf>>;
  /** With what came as it came: only for who keeps the feeds. */
  readonly rejected: readonly RejectedRow[];
}

/** Addresses of feeds may hold keys: only who works with the feeds sees them. */
const shownTo = (view: LageView, source: Source): Source => (view.rights.has('feeds') ? source : { ...source, config: {} });

const SHOWN_HOURS = 48;

export async function sourceDetails(ctx: FeedsContext, actor: Actor, key: string, id: string): Promise<Result<SourceDetails, FeedProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const db = ctx.database.read;
  const source = UUID.test(id) ? await findSource(db, opened.value.lage.id, id) : undefined;
  if (source === undefined) return refuse(noSource);
  const rejected = await rejectedOf(db, id);
  // what was not taken may name people: only who works with the feeds sees the words
  const seen = opened.value.rights.has('feeds') ? rejected : rejected.map((one) => ({ ...one, raw: '' }));
  return ok({ view: opened.value, source: shownTo(opened.value, source), hours: await hoursOf(db, id, SHOWN_HOURS), rejected: seen });
}

/** Switches a source off or on again; what it has brought stays. */
export async function switchSource(ctx: FeedsContext, actor: Actor, key: string, id: string, active: boolean): Promise<Result<Source, FeedProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    if (!opened.ok) return opened;
    const source = UUID.test(id) && actor.kind !== 'device' ? await findSource(tx, opened.value.lage.id, id) : undefined;
    if (source === undefined) return refuse(noSource);
    if (source.kind === 'import') return refuse(wrongState('Ein Import wird nicht geschaltet, sondern zurückgenommen.'));
    if (source.active === active) return ok(source);
    const now = ctx.clock();
    await setActive(tx, id, active);
    if (source.kind === 'device') await switchDevice(tx, source, active, now);
    const kind = active ? 'feeds.source-switched-on' : 'feeds.source-switched-off';
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(source.lageId), kind, payload: { sourceId: id } }]);
    return ok({ ...source, active });
  });
}

function switchDevice(tx: Tx, { lageId, name, config }: Source, active: boolean, now: Temporal.Instant): Promise<void> {
  const { device } = config as unknown as DeviceDeclaration;
  return active ? admitDevice(tx, lageId, { deviceId: device, name }, now) : dismissDevice(tx, lageId, device, now);
}

/** The source of somebody who brings something by a request; it begins with the first. */
export async function callerSource(tx: Tx, view: LageView, actor: Actor, kind: SourceKind, now: Temporal.Instant): Promise<Result<Source, FeedProblem>> {
  const name = actor.kind === 'device' ? `${view.member.name.slice(0, 60)} (Gerät ${view.member.id.slice(-12)})` : nameOf(view);
  const known = await findSourceByName(tx, view.lage.id, kind, name);
  if (known !== undefined) return known.active ? ok(known) : refuse(sourceOff);
  const config: Partial<Declaration> = {};
  await insertSource(tx, { id: newId(now.epochMilliseconds), lageId: view.lage.id, kind, name, config, declaredBy: name, declaredAt: now });
  return ok((await findSourceByName(tx, view.lage.id, kind, name))!);
}
