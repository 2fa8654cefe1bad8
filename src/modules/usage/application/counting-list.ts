import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { freeSlot, keysOf, proposedList, type Listed } from '../domain/counting-list.ts';
import { dropListed, findList, keepListed } from '../store/counting-list.ts';
import type { Channel } from '../domain/channel.ts';
import type { Staff, UsageContext } from './context.ts';
import { notFoundService } from './problems.ts';

type Lists = Pick<UsageContext, 'database' | 'services'>;

const listFull: Problem = {
  kind: 'wrong-state',
  detail: 'Ihre Liste hat neun Plätze, und alle sind belegt. Nehmen Sie eine Leistung heraus, dann ist Platz für diese.',
};

/** A service in the list, with its keys. */
export interface ListedKeys extends Listed {
  readonly keys: Readonly<Record<Channel, string>>;
}

/** The services that an employee counts, with their fixed places: as kept, else as proposed. What the city no longer has is left out. */
export async function countingList(ctx: Lists, actor: Staff): Promise<readonly ListedKeys[]> {
  const [kept, offered] = [await keptOrProposed(ctx, actor), offeredKeys(ctx)];
  return kept.filter(({ service }) => offered.has(service)).map((one) => ({ ...one, keys: keysOf(one.slot) }));
}

const offeredKeys = (ctx: Lists): ReadonlySet<string> => new Set(ctx.services().map(({ key }) => key));

async function keptOrProposed(ctx: Lists, actor: Staff): Promise<readonly Listed[]> {
  const kept = await findList(ctx.database.read, actor.staffId);
  return kept.length > 0
    ? kept
    : proposedList(
        ctx.services().toSorted((a, b) => a.name.de.localeCompare(b.name.de, 'de')),
        actor.authorities,
      );
}

/** Puts a service at the first free place. Doing it twice is fine. */
export async function listService(ctx: Lists, actor: Staff, service: string): Promise<Result<readonly ListedKeys[], Problem>> {
  if (!offeredKeys(ctx).has(service)) return refuse(notFoundService);
  const listed = await makeRoom(ctx, actor, await keptOrProposed(ctx, actor));
  if (!listed.some((one) => one.service === service)) {
    const slot = freeSlot(listed);
    if (slot === undefined) return refuse(listFull);
    await ctx.database.write((tx) => keepListed(tx, actor.staffId, [...listed, { slot, service }]));
  }
  return ok(await countingList(ctx, actor));
}

/** A full list lets go what the city no longer has; nobody could see it to take it out. */
async function makeRoom(ctx: Lists, actor: Staff, listed: readonly Listed[]): Promise<readonly Listed[]> {
  if (freeSlot(listed) !== undefined) return listed;
  const offered = offeredKeys(ctx);
  const gone = listed.filter(({ service }) => !offered.has(service));
  if (gone.length > 0)
    await ctx.database.write(async (tx) => {
      for (const { service } of gone) await dropListed(tx, actor.staffId, service);
    });
  return listed.filter(({ service }) => offered.has(service));
}

/** Takes a service out; the others keep their places and keys. */
export async function unlistService(ctx: Lists, actor: Staff, service: string): Promise<Result<readonly ListedKeys[], Problem>> {
  const listed = await keptOrProposed(ctx, actor);
  await ctx.database.write(async (tx) => {
    await keepListed(tx, actor.staffId, listed);
    await dropListed(tx, actor.staffId, service);
  });
  return ok(await countingList(ctx, actor));
}

/** What was counted goes to the list while there is room, and what was only proposed becomes the list: its keys are known now. */
export async function rememberUsed(ctx: Lists, actor: Staff, service: string): Promise<void> {
  const kept = await findList(ctx.database.read, actor.staffId);
  if (kept.some((one) => one.service === service)) return;
  const listed = kept.length > 0 ? kept : await keptOrProposed(ctx, actor);
  const slot = listed.some((one) => one.service === service) ? undefined : freeSlot(listed);
  const wanted = slot === undefined ? listed : [...listed, { slot, service }];
  if (wanted.length > kept.length) await ctx.database.write((tx) => keepListed(tx, actor.staffId, wanted));
}
