/** What moves in the bench of the live picture, and where. */
import type { PictureObject } from '../src/modules/situation/public.ts';

export const SEA = { west: 9.7, south: 53.4, east: 10.3, north: 53.7 };

/** A unit as a feed would show it; `sentAt` is the sender's clock, in milliseconds. */
export function movedObject({
  n,
  lon,
  lat,
  sentAt,
}: {
  readonly n: number;
  readonly lon: number;
  readonly lat: number;
  readonly sentAt: number;
}): PictureObject {
  const now = Temporal.Now.instant();
  return {
    id: `unit:${n}`,
    kind: 'unit',
    layer: 'kraefte',
    title: `HLRW ${n}`,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    symbol: { grundzeichen: 'fahrzeug', organisation: 'feuerwehr' },
    facts: { sentAt, status: 3, strength: '1/2/6//9' },
    source: { kind: 'cot', name: 'bench' },
    eventAt: now,
    receivedAt: now,
  };
}
