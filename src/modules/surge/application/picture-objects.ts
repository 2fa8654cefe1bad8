import type { Json, PictureObject } from '../../../kernel/picture.ts';
import { clock } from '../domain/proposals.ts';
import { SENSOR_SILENT_MINUTES, type Zone } from '../domain/gates.ts';
import { classOf, stageOf } from '../domain/rules.ts';
import type { KeptRow, SurgeState } from './surge-state.ts';

/** Where Pegel St. Pauli stands. */
export const ST_PAULI = { lon: 9.97, lat: 53.5456 } as const;

const iso = (at: Temporal.Instant | null | undefined): string | null => at?.toString() ?? null;

/** The expected water moves by seconds with every look: a gate changes in the picture when its time moves by minutes. */
const NEARLY = { smallestUnit: 'minute', roundingIncrement: 5 } as const;

/** Changes of it are changes of the picture; how many minutes are left is not, as every reader counts them. */
export const shownKey = ({ judged, due }: Pick<KeptRow, 'judged' | 'due'>): string =>
  JSON.stringify([judged.state, judged.source, judged.contradiction, judged.silent, iso(due.beginBy?.round(NEARLY) ?? null)]);

/** A gate in the picture. Facts: code, type, polder, pilot, state, who says so, contradiction, closing level, when to begin. */
export function gateObject({ gate, judged, due }: KeptRow, now: Temporal.Instant): PictureObject {
  const facts: Record<string, Json> = {
    code: gate.code,
    gateKind: gate.kind,
    polder: gate.polder,
    pilot: gate.pilot,
    state: judged.state,
    saidBy: judged.source,
    contradiction: judged.contradiction,
    sensorSilent: judged.silent,
    sensorState: gate.sensor?.state ?? null,
    personState: gate.person?.state ?? null,
    closingMetres: gate.closingMetres,
    closingMinutes: gate.closingMinutes,
    waterAt: iso(due.waterAt),
    beginBy: iso(due.beginBy),
  };
  const person = judged.source === 'person' && gate.person !== null;
  return {
    id: `gate:${gate.id}`,
    kind: 'gate',
    layer: 'tore',
    title: `${gate.code} ${gate.name}`,
    geometry: { type: 'Point', coordinates: [gate.lon, gate.lat] },
    facts,
    source: person
      ? { kind: 'person', name: gate.person.by }
      : { kind: judged.source === 'sensor' ? 'sensor' : 'system', name: gate.sensor?.name ?? 'niemand' },
    ...(judged.contradiction ? { credibility: 4 as const } : {}),
    eventAt: judged.at ?? now,
    receivedAt: now,
    // a sensor speaks often; what a person closed stays so for hours
    staleAfterSeconds: person ? 6 * 3600 : SENSOR_SILENT_MINUTES * 60,
  };
}

/** The gauge and the forecast's peak in the picture, as far as they are known. */
export function waterObjects({ level, trend, forecast, peak, surge, now }: SurgeState): PictureObject[] {
  const shown: PictureObject[] = [];
  if (level !== undefined)
    shown.push({
      id: 'gauge:st-pauli',
      kind: 'gauge',
      layer: 'pegel',
      title: `St. Pauli ${metres(level.metres)}`,
      geometry: { type: 'Point', coordinates: [ST_PAULI.lon, ST_PAULI.lat] },
      facts: {
        metres: level.metres,
        trendCentimetresPerHour: trend ?? null,
        stage: stageOf(level.metres, surge.rules) ?? null,
        class: classOf(level.metres, surge.rules),
        forecastMetres: peak?.metres ?? null,
        forecastAt: iso(peak?.at),
        forecastIssuer: forecast?.issuer ?? null,
      },
      source: { kind: level.byHand ? 'person' : 'sensor', name: level.source },
      eventAt: level.at,
      receivedAt: level.receivedAt,
    });
  if (forecast !== undefined && peak !== undefined)
    shown.push({
      id: 'forecast:st-pauli',
      kind: 'forecast',
      layer: 'prognose',
      title: `HW ${metres(peak.metres)} am ${clock(peak.at)}`,
      geometry: null,
      facts: {
        metres: peak.metres,
        plusMinus: peak.plusMinus,
        at: peak.at.toString(),
        number: forecast.number,
        stage: stageOf(peak.metres, surge.rules) ?? null,
        class: classOf(peak.metres, surge.rules),
        synthetic: forecast.synthetic,
      },
      source: { kind: 'import', name: forecast.issuer, ref: forecast.id },
      eventAt: forecast.issuedAt,
      receivedAt: now,
    });
  return shown;
}

/** A zone in the picture. Facts: code, people, how many left, state, helpers and minutes it takes. */
export const zoneObject = (zone: Zone, now: Temporal.Instant): PictureObject => ({
  id: `zone:${zone.id}`,
  kind: 'zone',
  layer: 'raeumung',
  title: zone.name,
  geometry: zone.area,
  facts: { code: zone.code, people: zone.people, left: zone.left, state: zone.state, helpers: zone.helpers, minutes: zone.minutes, synthetic: zone.synthetic },
  source: zone.by === '' ? { kind: 'import', name: 'Räumplan' } : { kind: 'person', name: zone.by },
  eventAt: zone.at ?? now,
  receivedAt: now,
});

export const metres = (value: number): string => `${value.toFixed(2).replace('.', ',')} m`;
