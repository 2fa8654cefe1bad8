import type { Actor } from '../../../kernel/actor.ts';
import type { Layer } from '../../../kernel/lage.ts';
import { boxOf, type KeptObject } from '../../../kernel/picture.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { enterLage, objectHistory, readPicture, type LageProblem, type LageView } from '../../situation/public.ts';
import { presetLayers } from '../../../kernel/lage-presets.ts';
import type { MapView } from '../domain/view.ts';
import type { LagekarteContext, Overlay } from './context.ts';

/** So much of a picture is read for one page; a map in the browser reads on. */
const MOST_OBJECTS = 10_000;
const PAGE = 5000;
const VERSIONS = 20;

/** What one look at the map shows. */
export interface MapPicture {
  readonly entered: LageView;
  readonly objects: readonly KeptObject[];
  /** There are more than this. */
  readonly some: boolean;
  readonly layers: readonly Layer[];
  readonly overlays: readonly Overlay[];
  /** When it was so: the time looked back at, or now. */
  readonly asOf: Temporal.Instant;
  readonly object?: { readonly now: KeptObject; readonly history: readonly KeptObject[] };
}

type Asking = Pick<LagekarteContext, 'clock' | 'database' | 'overlays'>;

/** Layers that are switched on: chosen one by one, by the view of a section, or all that may be seen. */
export function layersOn({ layers, preset }: MapView, seen: ReadonlySet<Layer>): readonly Layer[] {
  if (layers !== undefined) return layers.filter((layer) => seen.has(layer));
  return preset === undefined ? [...seen] : presetLayers(preset, seen);
}

export async function showMap(ctx: Asking, actor: Actor, key: string, view: MapView): Promise<Result<MapPicture, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const entered = opened.value;
  const layers = layersOn(view, entered.layers);
  const [{ objects, some }, overlays] = await Promise.all([readAll(ctx, entered, view.at, layers), ctx.overlays(entered, actor)]);
  const text = view.text?.trim().toLowerCase() ?? '';
  const object = view.object === undefined ? undefined : await objectOf(ctx, entered, view.object);
  return ok({
    entered,
    objects: text === '' ? objects : objects.filter(({ title, source }) => `${title} ${source.name}`.toLowerCase().includes(text)),
    some,
    layers,
    overlays,
    asOf: view.at ?? entered.lage.closedAt ?? ctx.clock(),
    ...(object === undefined ? {} : { object }),
  });
}

async function readAll(
  { database }: Asking,
  entered: LageView,
  at: Temporal.Instant | undefined,
  layers: readonly Layer[],
): Promise<{ readonly objects: readonly KeptObject[]; readonly some: boolean }> {
  const objects: KeptObject[] = [];
  for (let after = 0; ;) {
    const page = await readPicture(database.read, entered, { after, limit: PAGE, ended: false, layers, ...(at === undefined ? {} : { at }) });
    objects.push(...page.objects);
    if (page.objects.length < PAGE) return { objects, some: false };
    if (objects.length >= MOST_OBJECTS) return { objects, some: true };
    after = page.objects.at(-1)!.seq;
  }
}

async function objectOf({ database }: Asking, entered: LageView, id: string): Promise<MapPicture['object']> {
  const history = await objectHistory(database.read, entered, id, VERSIONS);
  const [now] = history;
  return now === undefined ? undefined : { now, history };
}

/** The middle and the size of all that has a place. */
export function placesOf(objects: readonly KeptObject[]): { readonly lon: number; readonly lat: number }[] {
  return objects.flatMap(({ geometry }) => {
    const box = boxOf(geometry);
    return box === undefined
      ? []
      : [
          { lon: box.west, lat: box.south },
          { lon: box.east, lat: box.north },
        ];
  });
}
