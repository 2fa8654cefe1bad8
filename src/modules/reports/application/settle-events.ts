import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { changePicture, type PictureObject } from '../../situation/public.ts';
import { leadOf, placeOf, SUMMED, sumOf, type Member, type ReportedEvent } from '../domain/event.ts';
import type { Origin } from '../../../kernel/report.ts';
import { emptyEvent, setSums } from '../store/events.ts';
import { membersOf } from '../store/reports.ts';
import { CATEGORY_SIGNS } from './category-names.ts';

/** Id in the picture of an event that everybody sees. */
export const shownId = (eventId: string): string => `report:${eventId}`;
/** The same while only S2 and who leads see it: who sees a thing of the picture never changes. */
const uncheckedId = (eventId: string): string => `report:${eventId}-neu`;

/** Sums events up anew after their reports changed, and shows them as they are now. @returns the entry of the picture's change */
export async function settleEvents(tx: Tx, lageId: string, eventIds: readonly string[], now: Temporal.Instant): Promise<NewEntry> {
  const ids = [...new Set(eventIds)];
  const byEvent = Map.groupBy(await membersOf(tx, ids, SUMMED), ({ eventId }) => eventId);
  for (const id of ids) if (!byEvent.has(id)) await emptyEvent(tx, id);
  const settled = await setSums(
    tx,
    [...byEvent].map(([id, members]) => ({ id, ...sumOf(members) })),
  );
  const shown: PictureObject[] = [];
  const ended: string[] = ids.filter((id) => !byEvent.has(id)).flatMap((id) => [shownId(id), uncheckedId(id)]);
  for (const event of settled) {
    if (event.state === 'refused') ended.push(shownId(event.id), uncheckedId(event.id));
    else {
      shown.push(objectOf(event, byEvent.get(event.id)!));
      ended.push(event.hidden ? shownId(event.id) : uncheckedId(event.id));
    }
  }
  return changePicture(tx, lageId, { shown, ended }, now);
}

const SOURCE_KINDS: Readonly<Record<Origin, PictureObject['source']['kind']>> = {
  person: 'person',
  form: 'person',
  public: 'report',
  mail: 'mail',
  social: 'social',
  cap: 'cap',
  cot: 'cot',
  import: 'import',
  partner: 'partner',
  image: 'report',
  sensor: 'sensor',
};

const LONGEST_TEXT = 200;

function objectOf(event: ReportedEvent, members: readonly Member[]): PictureObject {
  const seen = event.hidden ? members : members.filter(({ quarantined }) => !quarantined);
  const lead = leadOf(seen);
  const place = placeOf(seen);
  const counted = event.members - (event.hidden ? 0 : members.length - seen.length);
  return {
    id: event.hidden ? uncheckedId(event.id) : shownId(event.id),
    kind: 'report',
    layer: 'meldungen',
    title: `${CATEGORY_SIGNS[event.category]}${counted > 1 ? ` (${counted})` : ''}`,
    geometry: place === undefined ? null : { type: 'Point', coordinates: [place.lon, place.lat] },
    ...(place === undefined ? {} : { uncertaintyMetres: place.uncertaintyMetres }),
    facts: {
      nummer: event.number,
      kategorie: event.category,
      meldungen: counted,
      quellen: event.sources,
      widerspruch: event.contradicted,
      stand: event.state,
      text: lead.text.length > LONGEST_TEXT ? `${lead.text.slice(0, LONGEST_TEXT - 1)}…` : lead.text,
    },
    source: { kind: SOURCE_KINDS[lead.origin], name: lead.sourceName, ...(lead.organisation === null ? {} : { organisation: lead.organisation }) },
    reliability: event.reliability,
    credibility: event.credibility,
    eventAt: event.eventAt,
    receivedAt: event.receivedAt,
    ...(event.hidden ? { needToKnow: ['S2'] as const } : {}),
  };
}
