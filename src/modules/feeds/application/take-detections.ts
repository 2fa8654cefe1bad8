import { FUTURE_MS } from '../domain/clock.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { changePicture, enterLage, lageStream } from '../../situation/public.ts';
import { instantOf } from '../domain/cot-picture.ts';
import type { FeedProblem } from '../domain/problems.ts';
import { isInTime, MOVER_CLASSES, stateOf, track, type Detection, type Track } from '../domain/tracker.ts';
import { countIn } from '../store/sources.ts';
import { lockTracks, replaceTracks } from '../store/tracks.ts';
import type { FeedsContext } from './context.ts';
import { callerSource } from './sources.ts';

export interface Scan {
  /** Name of the radar, drone or camera. */
  readonly sensor: string;
  readonly at: Temporal.Instant;
  readonly detections: readonly Detection[];
}

export const detectedClasses = MOVER_CLASSES;

const OLDEST_MS = 10 * 60_000;
const FUTURE = 'Die Zeit der Beobachtung liegt mehr als eine Minute in der Zukunft. Prüfen Sie die Uhr des Geräts.';
const OLD = 'Die Beobachtung ist älter als zehn Minuten oder als eine, die schon da ist. Für Spuren kommt sie zu spät.';

/** Brings what a sensor sees into the tracks of the Lage. @returns for each detection the track it belongs to now */
export async function takeDetections(
  ctx: FeedsContext,
  actor: Actor,
  key: string,
  scan: Scan,
): Promise<Result<{ readonly tracks: readonly (string | null)[] }, FeedProblem>> {
  const taken = await ctx.database.write(async (tx): Promise<Result<readonly (string | null)[] | string, FeedProblem>> => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    if (!opened.ok) return opened;
    const now = ctx.clock();
    const source = await callerSource(tx, opened.value, actor, 'detection', now);
    if (!source.ok) return source;
    const lageId = opened.value.lage.id;
    const before = await lockTracks(tx, lageId);
    const late = lateness(scan.at.epochMilliseconds, before, now.epochMilliseconds);
    if (late !== undefined) {
      await countIn(
        tx,
        source.value.id,
        { taken: 0, repeated: 0, rejected: [{ outcome: 'refused', reason: late, raw: `${scan.sensor} ${scan.at.toString()}` }] },
        now,
      );
      return ok(late);
    }
    const step = track(before, { sensor: scan.sensor, atMs: scan.at.epochMilliseconds, detections: scan.detections }, () => newId(now.epochMilliseconds));
    await replaceTracks(tx, lageId, step.tracks);
    await countIn(tx, source.value.id, { taken: scan.detections.length, repeated: 0, rejected: [] }, now);
    const hit = new Set(step.assigned);
    const shown = step.tracks.filter(({ id, confirmed }) => confirmed && hit.has(id)).map((one) => objectOfTrack(one, now));
    const picture = await changePicture(tx, lageId, { shown, ended: step.ended.map(idOf) }, now);
    const payload = { sourceId: source.value.id, detections: scan.detections.length, tracks: step.tracks.length, ended: step.ended.length };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lageId), kind: 'feeds.detections-kept', payload }, picture]);
    return ok(step.assigned.map((id) => (id === undefined ? null : idOf(id))));
  });
  if (!taken.ok) return taken;
  return typeof taken.value === 'string' ? refuse(invalidField('at', taken.value)) : ok({ tracks: taken.value });
}

function lateness(atMs: number, tracks: readonly Track[], nowMs: number): string | undefined {
  if (atMs > nowMs + FUTURE_MS) return FUTURE;
  const newest = tracks.reduce((latest, one) => Math.max(latest, one.lastHitMs), -Infinity);
  return atMs < nowMs - OLDEST_MS || !isInTime(newest, atMs) ? OLD : undefined;
}

const idOf = (id: string): string => `track:fused-${id}`;
const TITLES: Readonly<Record<Track['what'], string>> = { ship: 'Schiff', vehicle: 'Fahrzeug', drone: 'Drohne', person: 'Person', unknown: 'Unbekannt' };
const SYMBOLS: Readonly<Record<Track['what'], Readonly<Record<string, string>>>> = {
  ship: { grundzeichen: 'wasserfahrzeug' },
  vehicle: { grundzeichen: 'kraftfahrzeug-landgebunden' },
  drone: { grundzeichen: 'flugzeug', symbol: 'drohne' },
  person: { grundzeichen: 'person' },
  unknown: { grundzeichen: 'anlass', text: '?' },
};

function objectOfTrack(one: Track, now: Temporal.Instant): PictureObject {
  const { lon, lat, uncertaintyMetres, speedMetresPerSecond, courseDegrees } = stateOf(one);
  return {
    id: idOf(one.id),
    kind: 'track',
    layer: 'kraefte',
    title: `${TITLES[one.what]} ${one.id.slice(-4)}`,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    uncertaintyMetres: Math.round(uncertaintyMetres),
    symbol: SYMBOLS[one.what],
    facts: {
      what: one.what,
      hits: one.hits,
      seenBy: one.sensors,
      speedMetresPerSecond: Math.round(speedMetresPerSecond * 10) / 10,
      courseDegrees: Math.round(courseDegrees),
    },
    source: { kind: 'sensor', name: one.sensors[0]?.slice(0, 80) ?? '' },
    eventAt: instantOf(one.lastHitMs),
    receivedAt: now,
    staleAfterSeconds: 30,
  };
}
