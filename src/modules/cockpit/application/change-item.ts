import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { placeProblem, readItem, removalProblem } from '../domain/check-item.ts';
import { changedFacts } from '../domain/diff.ts';
import { strategyOf, type Facts, type Item, type ItemKind, type Strategy, type Version } from '../domain/items.ts';
import { noItem, notYours, type CockpitProblem } from '../domain/problems.ts';
import { insertVersions, listVersions, lockHead } from '../store/versions.ts';
import { actsFor, keepsStrategy, streamOf, UNIT_KINDS, type CockpitContext } from './context.ts';

export interface ItemChange {
  readonly kind: ItemKind;
  readonly key: string;
  readonly facts: unknown;
  readonly reason: string;
  /** The version that was looked at; absent: the thing is new. */
  readonly version?: number | undefined;
  /** Key of the decision that is carried out by it; empty: none. */
  readonly decision?: string | undefined;
}

const LONGEST_REASON = 1000;

const reasonProblem = (reason: string): Problem<'invalid-input'> | undefined =>
  reason === '' || reason.length > LONGEST_REASON
    ? invalidField('reason', `Schreiben Sie den Grund der Änderung, höchstens ${LONGEST_REASON} Zeichen. Er ist öffentlich.`)
    : undefined;

/** Adds a thing to the strategy, or changes it, with a reason. The version before stays readable. */
export async function changeItem(ctx: CockpitContext, actor: Actor, change: ItemChange): Promise<Result<{ readonly version: number }, CockpitProblem>> {
  const reason = cleanText(change.reason);
  const read = readItem(change.kind, change.key, change.facts);
  if (!read.ok) return read;
  const item = read.value;
  const wrong = reasonProblem(reason) ?? serviceProblem(ctx, item);
  if (wrong !== undefined) return refuse(wrong);
  return ctx.database.transaction(async (tx) => {
    const head = await lockHead(tx);
    const versions = await listVersions(tx);
    const strategy = strategyOf(versions);
    const before = strategy[item.kind].get(item.key);
    const now = ctx.clock();
    const refused =
      rightProblem(strategy, actor, item, before) ??
      staleProblem(change, before) ??
      placeProblem(strategy, item, legalDay(now)) ??
      decisionProblem(strategy, change.decision);
    if (refused !== undefined) return refuse(refused);
    const facts = before === undefined ? [] : changedFacts(before, item.facts);
    if (before !== undefined && facts.length === 0 && item.kind !== 'override') return ok({ version: before.version });
    const version = nextVersion(versions, item.kind, item.key);
    await insertVersions(tx, [{ seq: head + 1, ...item, version, reason, at: now, ...underDecision(change.decision) }]);
    const payload = {
      key: item.key,
      version,
      facts,
      reasonSha256: sha256Hex(reason),
      factsSha256: sha256Hex(JSON.stringify(item.facts)),
      ...slipOf(before, item),
      ...underDecision(change.decision),
    };
    await ctx.journal.append(tx, actor, now, [
      { stream: streamOf(item.kind, item.key), kind: `cockpit.${item.kind}-${before === undefined ? 'added' : 'changed'}`, payload },
    ]);
    return ok({ version });
  });
}

/** Takes a thing out of the strategy. What it was stays readable. */
export async function removeItem(
  ctx: CockpitContext,
  actor: Actor,
  { kind, key, reason: typed, version, decision }: Omit<ItemChange, 'facts'>,
): Promise<Result<{ readonly version: number }, CockpitProblem>> {
  const reason = cleanText(typed);
  const wrong = reasonProblem(reason);
  if (wrong !== undefined) return refuse(wrong);
  return ctx.database.transaction(async (tx) => {
    const head = await lockHead(tx);
    const versions = await listVersions(tx);
    const strategy = strategyOf(versions);
    const before = strategy[kind].get(key);
    if (before === undefined) return refuse(noItem);
    const { key: _, version: at, changedAt: __, reason: ___, ...facts } = before;
    const refused =
      rightProblem(strategy, actor, { kind, key, facts } as unknown as Item, before) ??
      staleProblem({ version }, { version: at }) ??
      removalProblem(strategy, kind, key) ??
      decisionProblem(strategy, decision);
    if (refused !== undefined) return refuse(refused);
    const now = ctx.clock();
    const next = nextVersion(versions, kind, key);
    await insertVersions(tx, [{ seq: head + 1, kind, key, facts: null, version: next, reason, at: now, ...underDecision(decision) }]);
    await ctx.journal.append(tx, actor, now, [
      {
        stream: streamOf(kind, key),
        kind: `cockpit.${kind}-removed`,
        payload: { key, version: next, reasonSha256: sha256Hex(reason), ...underDecision(decision) },
      },
    ]);
    return ok({ version: next });
  });
}

const nextVersion = (all: readonly Version[], kind: ItemKind, key: string): number => all.filter((one) => one.kind === kind && one.key === key).length + 1;

const underDecision = (decision: string | undefined): { readonly decision?: string } => ((decision ?? '') === '' ? {} : { decision: decision! });

const decisionProblem = (strategy: Strategy, decision: string | undefined): Problem<'invalid-input'> | undefined =>
  (decision ?? '') === '' || strategy.decision.has(decision!)
    ? undefined
    : invalidField('decision', 'Diese Entscheidung ist nicht festgehalten. Halten Sie sie zuerst fest, oder lassen Sie das Feld leer.');

/** Services are the city's own: what a measure names must be there. */
function serviceProblem(ctx: Pick<CockpitContext, 'services'>, item: Item): Problem<'invalid-input'> | undefined {
  if (item.kind !== 'measure') return undefined;
  const known = new Set(ctx.services().map(({ key }) => key));
  const strange = item.facts.services.find((key) => !known.has(key));
  return strange === undefined ? undefined : invalidField('services', `Eine Leistung „${strange}“ gibt es nicht. Es gibt: ${[...known].join(', ')}.`);
}

function staleProblem({ version }: Pick<ItemChange, 'version'>, before: { readonly version: number } | undefined): CockpitProblem | undefined {
  if (version === before?.version) return undefined;
  if (before === undefined) return noItem;
  const detail =
    version === undefined
      ? 'Diese Kurzadresse gibt es schon. Nehmen Sie eine andere, oder ändern Sie den vorhandenen Eintrag.'
      : 'Inzwischen hat jemand diesen Eintrag geändert. Lesen Sie, was jetzt dort steht, und senden Sie Ihre Fassung noch einmal, wenn sie gelten soll.';
  return { kind: 'conflict', detail, current: { version: before.version } };
}

/** The whole belongs to who keeps the strategy; of its own measures a unit keeps milestones and risks. */
function rightProblem(strategy: Strategy, actor: Actor, item: Item, before: object | undefined): CockpitProblem | undefined {
  if (keepsStrategy(actor)) return undefined;
  if (!UNIT_KINDS.includes(item.kind)) return notYours;
  const unitOf = (facts: object | undefined): string | undefined => strategy.measure.get((facts as Facts['milestone'] | undefined)?.measure ?? '')?.unit;
  const there = before === undefined || actsFor(actor, unitOf(before));
  return there && actsFor(actor, unitOf(item.facts)) ? undefined : notYours;
}

/** A day that was moved stands in the journal itself: it is what everybody asks for. */
function slipOf(before: object | undefined, item: Item): { readonly dueFrom?: string; readonly dueTo?: string } {
  const then = (before as Facts['milestone'] | undefined)?.dueOn;
  return item.kind !== 'milestone' || then === undefined || then === item.facts.dueOn ? {} : { dueFrom: then, dueTo: item.facts.dueOn };
}
