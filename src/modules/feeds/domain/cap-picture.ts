import { createHash } from 'node:crypto';
import type { Json, PictureObject } from '../../../kernel/picture.ts';
import type { CapAlert, CapInfo } from './cap.ts';
import { geometryOf } from './cap-area.ts';
import { instantOf } from './cot-picture.ts';

const FEET = 0.3048;
const DAY_SECONDS = 86_400;

/** The same warning in several languages is one: the German one is shown, else the first. */
function germanFirst(infos: readonly CapInfo[]): readonly CapInfo[] {
  const german = infos.filter(({ language }) => /^de\b/i.test(language));
  return german.length > 0 ? german : infos.filter(({ language }) => language === infos[0]?.language);
}

/** Things of the picture that a message makes: one for each warning in it, in one language. */
export function objectsOfAlert(alert: CapAlert, sourceName: string, receivedAt: Temporal.Instant): PictureObject[] {
  const key = createHash('sha256').update(`${alert.sender} ${alert.identifier}`).digest('hex').slice(0, 32);
  return germanFirst(alert.infos).map((info, index) => ({
    id: `warning:cap-${key}-${index}`,
    kind: 'warning',
    layer: 'warnungen',
    title: (info.headline || info.event).slice(0, 80),
    geometry: geometryOf(info.areas),
    facts: factsOf(alert, info),
    source: {
      kind: 'cap',
      name: (info.senderName || sourceName).slice(0, 80),
      ref: `${alert.sender},${alert.identifier}`.slice(0, 300),
    },
    reliability: 'A',
    credibility: 2,
    eventAt: instantOf(info.onsetMs ?? info.effectiveMs ?? alert.sentMs),
    receivedAt,
    // without an end it holds until it is withdrawn, and looks old after a day
    staleAfterSeconds:
      info.expiresMs === undefined ? DAY_SECONDS : Math.max(1, Math.round((info.expiresMs - (info.onsetMs ?? info.effectiveMs ?? alert.sentMs)) / 1000)),
  }));
}

function factsOf(alert: CapAlert, info: CapInfo): Readonly<Record<string, Json>> {
  const [area] = info.areas;
  const colour = info.parameters.get('AREA_COLOR');
  return {
    event: info.event,
    severity: info.severity,
    urgency: info.urgency,
    certainty: info.certainty,
    categories: info.categories,
    ...(info.responses.length === 0 ? {} : { responses: info.responses }),
    ...(info.expiresMs === undefined ? { openEnded: true } : { expires: instantOf(info.expiresMs).toString() }),
    ...(info.description === '' ? {} : { description: info.description.slice(0, 1000) }),
    ...(info.instruction === '' ? {} : { instruction: info.instruction.slice(0, 1000) }),
    ...(/^https?:\/\//.test(info.web) ? { web: info.web } : {}),
    areas: info.areas.map(({ description }) => description.slice(0, 200)).slice(0, 30),
    ...(info.areas.every(({ geocodes }) => geocodes.length === 0)
      ? {}
      : { geocodes: info.areas.flatMap(({ geocodes }) => geocodes.map((pair) => pair.join('='))).slice(0, 100) }),
    ...(area?.altitudeFeet === undefined ? {} : { fromMetres: Math.round(area.altitudeFeet * FEET) }),
    ...(area?.ceilingFeet === undefined ? {} : { toMetres: Math.round(area.ceilingFeet * FEET) }),
    ...(colour === undefined ? {} : { colour: colour.slice(0, 20) }),
    ...(alert.status === 'Actual' ? {} : { status: alert.status }),
  };
}
