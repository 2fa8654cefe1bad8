import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage } from '../../situation/public.ts';
import { readCot } from '../domain/cot-frames.ts';
import { Pace } from '../domain/source.ts';
import type { FeedProblem } from '../domain/problems.ts';
import type { FeedsContext } from './context.ts';
import type { CotIntake } from './cot-intake.ts';
import type { MessageOutcome } from './keep-positions.ts';
import { callerSource } from './sources.ts';

export type CotReceipt = Readonly<Record<MessageOutcome, number>>;

const PER_SECOND = 2000;
const BURST = 10_000;
const paces = new WeakMap<CotIntake, Map<string, Pace>>();
const MOST_PACES = 10_000;

/** Takes CoT that a device or a member sends in a request: XML, one or many, or TAK protocol 1. @returns after the commit */
export async function takeCot(
  ctx: FeedsContext & { readonly intake: CotIntake },
  actor: Actor,
  key: string,
  bytes: Uint8Array,
): Promise<Result<CotReceipt, FeedProblem>> {
  const source = await ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    return opened.ok ? callerSource(tx, opened.value, actor, 'cot', ctx.clock()) : opened;
  });
  if (!source.ok) return source;
  const { lageId, id } = source.value;
  const messages = readCot(bytes);
  const paced = ctx.paceFactor === 0 || paceOf(ctx, id).admits(messages.length, ctx.clock().epochMilliseconds);
  if (!paced || ctx.intake.isFull(lageId))
    return refuse({ kind: 'too-many', detail: 'Das sind zu viele Meldungen auf einmal. Senden Sie sie in einigen Sekunden noch einmal.' });
  const outcomes = await ctx.intake.keep(
    lageId,
    messages.map((message) => ({ source: source.value, message })),
  );
  const receipt = { taken: 0, repeated: 0, refused: 0, quarantined: 0 };
  for (const outcome of outcomes) receipt[outcome] += 1;
  return ok(receipt);
}

function paceOf({ intake, clock, paceFactor }: FeedsContext & { readonly intake: CotIntake }, sourceId: string): Pace {
  const all = paces.get(intake) ?? new Map<string, Pace>();
  paces.set(intake, all);
  if (all.size > MOST_PACES) all.clear();
  const pace = all.get(sourceId) ?? new Pace(PER_SECOND * paceFactor, BURST * paceFactor, clock().epochMilliseconds);
  all.set(sourceId, pace);
  return pace;
}
