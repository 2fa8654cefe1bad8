import type { Actor } from '../../../kernel/actor.ts';
import { sectionsOf } from '../../situation/public.ts';
import type { DeskContext } from './context.ts';
import { listOf } from './records.ts';

type Options = readonly { readonly value: string; readonly label: string }[];

/** What a form offers: sections, open units and who belongs to the Lage. What a person may not see is not offered. */
export async function choicesFor(
  ctx: DeskContext,
  actor: Actor,
  key: string,
): Promise<{ readonly section: Options; readonly unit: Options; readonly member: Options }> {
  const sections = await sectionsOf(ctx, actor, key);
  const units = await listOf(ctx, actor, key, 'unit', { limit: 2000, open: true });
  const members = await ctx.members(actor, key);
  return {
    section: sections.ok ? sections.value.map(({ id, name }) => ({ value: id, label: name })) : [],
    unit: units.ok ? units.value.records.map(({ id, body }) => ({ value: id, label: body.callSign })) : [],
    member: members.map(({ id, name, organisation }) => ({ value: id, label: `${name}, ${organisation}` })),
  };
}
