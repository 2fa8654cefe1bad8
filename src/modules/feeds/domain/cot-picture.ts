import { createHash } from 'node:crypto';
import type { Json, PictureObject } from '../../../kernel/picture.ts';
import { meaningOf, type CotEvent } from './cot.ts';
import { hasNoPlace, type Jump, type Mover, type MoverName } from './mover.ts';

/** An event that was believed, or held, with what is now known of its mover. */
export interface Position {
  readonly event: CotEvent;
  readonly mover: Mover;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly receivedAt: Temporal.Instant;
}

/** A uid as part of an id that stands in addresses. */
const keyOf = (uid: string): string => (/^[A-Za-z0-9_.-]{1,64}$/.test(uid) ? uid : createHash('sha256').update(uid).digest('hex').slice(0, 40));

/** Ids under which a uid may stand in the picture. */
export const trackId = (name: MoverName): string => `track:${markOf(name)}-${keyOf(name.uid)}`;
export const markerId = (name: MoverName): string => `drawing:cot-${markOf(name)}-${keyOf(name.uid)}`;
/** The part of a source's id that is made by chance. */
const markOf = ({ sourceId }: MoverName): string => sourceId.slice(-12);
export const nameOf = ({ event, sourceId }: Pick<Position, 'event' | 'sourceId'>): MoverName => ({ sourceId, uid: event.uid });

/** The tactical symbol that fits a CoT type best. */
function symbolOf(type: string): Readonly<Record<string, string>> {
  const [, affiliation = 'u', dimension = '', ...rest] = type.split('-');
  const base: Readonly<Record<string, string>> = { A: 'flugzeug', S: 'wasserfahrzeug', U: 'wasserfahrzeug' };
  const air = rest.includes('Q') ? 'drohne' : rest.includes('H') ? 'hubschrauber' : undefined;
  const grundzeichen = dimension === 'G' ? (rest.includes('E') ? 'kraftfahrzeug-landgebunden' : 'person') : (base[dimension] ?? 'anlass');
  return {
    grundzeichen: dimension === 'A' ? (air === 'hubschrauber' ? air : 'flugzeug') : grundzeichen,
    ...(air === 'drohne' ? { symbol: 'drohne' } : {}),
    ...(affiliation === 'f' ? {} : { text: affiliation === 'h' ? '!' : '?' }),
  };
}

/** The track of a mover whom no unit of this Lage belongs to. */
export function trackOf({ event, mover, sourceId, sourceName, receivedAt }: Position): PictureObject {
  const { fix } = mover;
  const place = fix === undefined ? {} : { uncertaintyMetres: Math.round(Math.min(fix.ceMetres, 100_000)) };
  return {
    id: trackId({ sourceId, uid: event.uid }),
    kind: 'track',
    layer: 'kraefte',
    title: titleOf(event),
    geometry: fix === undefined ? null : { type: 'Point', coordinates: [fix.lon, fix.lat] },
    ...place,
    symbol: symbolOf(event.type),
    facts: factsOf(event, mover.jump),
    source: { kind: 'cot', name: sourceName, ref: event.uid },
    // a place that is not believed makes what is shown no younger
    eventAt: instantOf(mover.held === undefined || fix === undefined ? event.timeMs : fix.timeMs),
    receivedAt,
    staleAfterSeconds: staleAfter(event),
  };
}

/** A point that somebody has set with a device. */
export function markerOf({ event, sourceId, sourceName, receivedAt }: Position): PictureObject {
  return {
    id: markerId({ sourceId, uid: event.uid }),
    kind: 'drawing',
    layer: 'freihand',
    title: titleOf(event),
    geometry: hasNoPlace(event) ? null : { type: 'Point', coordinates: [event.lon, event.lat] },
    ...(event.ceMetres === undefined ? {} : { uncertaintyMetres: Math.round(Math.min(event.ceMetres, 100_000)) }),
    facts: factsOf(event, undefined),
    source: { kind: 'cot', name: sourceName, ref: event.uid },
    eventAt: instantOf(event.timeMs),
    receivedAt,
    staleAfterSeconds: staleAfter(event),
  };
}

export const objectOf = (position: Position): PictureObject => (meaningOf(position.event) === 'marker' ? markerOf(position) : trackOf(position));

const titleOf = ({ callsign, uid }: CotEvent): string => (callsign ?? uid).slice(0, 80);
const staleAfter = ({ timeMs, staleMs }: CotEvent): number => Math.max(1, Math.round((staleMs - timeMs) / 1000));
export const instantOf = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Math.round(ms));

function factsOf(event: CotEvent, jump: Jump | undefined): Readonly<Record<string, Json>> {
  const { type, how, group, role, batteryPercent, speedMetresPerSecond, courseDegrees, haeMetres, remarks } = event;
  return {
    type,
    ...(how === '' ? {} : { how }),
    ...(group === undefined ? {} : { group }),
    ...(role === undefined ? {} : { role }),
    ...(batteryPercent === undefined ? {} : { batteryPercent }),
    ...(speedMetresPerSecond === undefined ? {} : { speedMetresPerSecond }),
    ...(courseDegrees === undefined ? {} : { courseDegrees }),
    ...(haeMetres === undefined ? {} : { heightMetres: haeMetres }),
    ...(remarks === undefined ? {} : { remarks: remarks.slice(0, 500) }),
    ...(jump === undefined
      ? {}
      : { jump: { metres: jump.metres, at: instantOf(jump.timeMs).toString(), lon: jump.lon, lat: jump.lat, believed: jump.believed } }),
  };
}
