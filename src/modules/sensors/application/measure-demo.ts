import type { Position } from '../../../kernel/geo.ts';
import type { Context } from '../../../platform/context.ts';
import { DEMO_PROPERTIES, demoPlace, demoStreams, type DemoKind, type DemoStream } from '../domain/demo-streams.ts';
import { demoSlot, demoValue } from '../domain/demo-values.ts';
import type { NewObservation } from '../domain/observation.ts';
import { findDemoStreams, hasDemo, insertDemo, type DemoStation } from '../store/demo.ts';
import { keepObservations } from './keep-observations.ts';

/** Where the demo's stations may stand. */
export interface DemoGround {
  /** Points of roads, near which they stand. */
  readonly roads: readonly Position[];
  /** Points of rivers, for gauges. */
  readonly rivers: readonly Position[];
  readonly inside: (position: Position) => boolean;
}

type Measuring = Pick<Context, 'database' | 'clock'>;

const NAMES: Readonly<Record<DemoKind, string>> = {
  bikes: 'Radzählstelle',
  water: 'Pegel',
  air: 'Luftmessstation',
  parking: 'Parkhaus',
  charging: 'Ladestation',
};
const QUARTER_MS = 15 * 60_000;

/** Makes the demo's stations, once. @param every only each n-th station, for a small demo */
export async function makeDemoStations(ctx: Measuring, ground: DemoGround, every = 1): Promise<void> {
  if (await hasDemo(ctx.database.read)) return;
  const stations = new Map<number, DemoStream[]>();
  for (const stream of demoStreams()) {
    if (stream.station % every === 0) stations.set(stream.station, [...(stations.get(stream.station) ?? []), stream]);
  }
  const properties = Object.entries(DEMO_PROPERTIES).map(([key, { name, definition, description }]) => ({ key, name, definition, description }));
  await ctx.database.write((tx) =>
    insertDemo(
      tx,
      properties,
      [...stations.values()].map((streams) => stationOf(streams, ground)),
    ),
  );
}

function stationOf(streams: readonly DemoStream[], { roads, rivers, inside }: DemoGround): DemoStation {
  const { kind, station } = streams[0]!;
  const { lon, lat } = demoPlace(station, kind === 'water' ? rivers : roads, inside);
  return {
    name: `${NAMES[kind]} ${station + 1}`,
    description: 'Erfundene Station der Demo.',
    lon,
    lat,
    streams: streams.map(({ number, property }) => {
      const { name, description, unit, serviceName, layerName, minutes } = DEMO_PROPERTIES[property];
      return { demo: number, property, name, description, unit, properties: { serviceName, layerName, minutes } };
    }),
  };
}

/** One at a time in a process: history being filled and the minute's job would write the same slots. */
const busy = new WeakSet<object>();

/**
 * Measures what the demo has not measured yet, up to now, a quarter of an hour after the other: history at
 * the first start, the gap after a standstill, and what runs live.
 * @param options.hours how far back at most
 * @param options.each wraps each step of history, so that it may rest and tell how far it is
 * @returns observations kept
 */
export async function measureDemo(
  ctx: Measuring,
  options: {
    readonly hours: number;
    readonly each?: (step: () => Promise<void>, done: number, total: number) => Promise<void>;
  },
): Promise<number> {
  if (busy.has(ctx.database)) return 0;
  busy.add(ctx.database);
  try {
    return await measure(ctx, options);
  } finally {
    busy.delete(ctx.database);
  }
}

async function measure(ctx: Measuring, { hours, each = (step) => step() }: Parameters<typeof measureDemo>[1]): Promise<number> {
  const streams = demoStreams();
  const kept = (await findDemoStreams(ctx.database.read)).map(({ streamId, demo, measuredUntil }) => ({
    streamId,
    stream: streams[demo]!,
    untilMs: measuredUntil?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
  }));
  const nowMs = ctx.clock().epochMilliseconds;
  const oldest = nowMs - hours * 3_600_000;
  const from = Math.min(...kept.map(({ untilMs }) => Math.max(oldest, untilMs)));
  let observations = 0;
  const first = Math.floor(from / QUARTER_MS) * QUARTER_MS + QUARTER_MS;
  const total = Math.max(0, Math.floor((nowMs - first) / QUARTER_MS) + 1);
  for (let index = 0; index < total; index++) {
    const slotMs = first + index * QUARTER_MS;
    const phenomenonStart = new Date(slotMs).toISOString();
    const rows: NewObservation[] = kept
      .filter(({ stream, untilMs }) => demoSlot(stream.property, slotMs) === slotMs && slotMs > untilMs)
      .map(({ streamId, stream }) => ({ streamId, phenomenonStart, resultTime: phenomenonStart, number: demoValue(stream, slotMs) }));
    if (rows.length === 0) continue;
    await each(
      async () => {
        await keepObservations(ctx, rows);
      },
      index,
      total,
    );
    observations += rows.length;
  }
  return observations;
}
