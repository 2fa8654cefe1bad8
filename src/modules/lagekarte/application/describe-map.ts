import type { Actor } from '../../../kernel/actor.ts';
import type { Layer } from '../../../kernel/lage.ts';
import { PRESETS, presetLayers, type Preset } from '../../../kernel/lage-presets.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { enterLage, type LageProblem } from '../../situation/public.ts';
import type { LagekarteContext, Overlay } from './context.ts';

/** What the map of a Lage can show to somebody. */
export interface MapContents {
  readonly layers: readonly Layer[];
  readonly presets: readonly { readonly id: Preset; readonly layers: readonly Layer[] }[];
  readonly overlays: readonly Overlay[];
}

export async function describeMap(
  ctx: Pick<LagekarteContext, 'clock' | 'database' | 'overlays'>,
  actor: Actor,
  key: string,
): Promise<Result<MapContents, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const { layers } = opened.value;
  const overlays = await ctx.overlays(opened.value, actor);
  return ok({ layers: [...layers], presets: PRESETS.map((id) => ({ id, layers: presetLayers(id, layers) })), overlays });
}
