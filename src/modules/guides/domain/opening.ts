import { CITY_ZONE, formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { PlaceFacts, Span } from './place.ts';

/** When a place is there. */
export type Opening = Pick<PlaceFacts, 'hours' | 'closedOn' | 'startsOn' | 'endsOn'>;

const comesBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(a, b) < 0;

/** When the place is open on a day. */
export function spansOn({ hours, closedOn, startsOn, endsOn }: Opening, day: Temporal.PlainDate): readonly Span[] {
  if (comesBefore(day, startsOn) || (endsOn !== null && comesBefore(endsOn, day)) || closedOn.includes(day.toString())) return [];
  return hours[String(day.dayOfWeek)] ?? [];
}

/** The instant of a time of day; of times that a day does not have, or has twice, the later wall-clock reading or the first. */
export const instantOf = (day: Temporal.PlainDate, time: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: CITY_ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();

export type OpenState =
  | { readonly open: true; readonly until: string }
  /** `next`: absent when it opens on none of the coming days. */
  | { readonly open: false; readonly next?: { readonly day: Temporal.PlainDate; readonly from: string } };

const LOOK_AHEAD_DAYS = 21;

export function openState(place: Opening, now: Temporal.Instant): OpenState {
  const today = legalDay(now);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const day = today.add({ days: ahead });
    for (const [from, until] of spansOn(place, day)) {
      if (Temporal.Instant.compare(now, instantOf(day, until)) >= 0) continue;
      return Temporal.Instant.compare(instantOf(day, from), now) <= 0 ? { open: true, until } : { open: false, next: { day, from } };
    }
  }
  return { open: false };
}

/** Starts of all appointments of a day, taken or not. */
export function slotsOn(place: Opening & Pick<PlaceFacts, 'slotMinutes' | 'desks'>, day: Temporal.PlainDate): readonly Temporal.Instant[] {
  if (place.desks === 0) return [];
  const slots: Temporal.Instant[] = [];
  for (const [from, until] of spansOn(place, day)) {
    const end = instantOf(day, until);
    for (let at = instantOf(day, from); ; at = at.add({ minutes: place.slotMinutes })) {
      if (Temporal.Instant.compare(at.add({ minutes: place.slotMinutes }), end) > 0) break;
      slots.push(at);
    }
  }
  return slots;
}

export const BOOK_AHEAD_DAYS = 28;

/** Why no appointment can be had at that time; nothing when the place gives one then. */
export function slotComplaint(place: PlaceFacts, at: Temporal.Instant, now: Temporal.Instant): string | undefined {
  const day = legalDay(at);
  const shown = formatGermanDate(day);
  if (Temporal.Instant.compare(at, now) <= 0) return 'Dieser Zeitpunkt ist schon vorbei. Wählen Sie einen späteren.';
  if (Temporal.PlainDate.compare(day, legalDay(now).add({ days: BOOK_AHEAD_DAYS })) > 0) {
    return `So weit im Voraus vergeben wir keine Termine. Wählen Sie einen Tag in den nächsten ${BOOK_AHEAD_DAYS} Tagen.`;
  }
  if (place.endsOn !== null && comesBefore(place.endsOn, day)) {
    return `Am ${shown} gibt es diesen Ort nicht mehr: Er ist bis zum ${formatGermanDate(place.endsOn)} da. Wählen Sie einen früheren Tag oder einen anderen Ort.`;
  }
  if (comesBefore(day, place.startsOn))
    return `Am ${shown} gibt es diesen Ort noch nicht: Er öffnet am ${formatGermanDate(place.startsOn)}. Wählen Sie einen späteren Tag.`;
  if (spansOn(place, day).length === 0) return `Am ${shown} ist dieser Ort geschlossen. Wählen Sie einen anderen Tag.`;
  if (place.desks === 0) return 'Dieser Ort vergibt keine Termine. Kommen Sie in der Öffnungszeit vorbei und ziehen Sie eine Nummer.';
  return slotsOn(place, day).some((slot) => slot.equals(at)) ? undefined : 'Um diese Zeit beginnt hier kein Termin. Wählen Sie eine Zeit aus der Liste.';
}

/** Spans as people type them, `10-12:30, 14:00-19:00`; empty: closed. @returns a sentence when they make no sense */
export function readSpans(text: string): { readonly spans: readonly Span[] } | { readonly complaint: string } {
  const spans: Span[] = [];
  for (const part of text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|bis)\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?$/.exec(part);
    if (match === null) return { complaint: `„${part}“ ist keine Öffnungszeit. Schreiben Sie zum Beispiel 10:00-19:00, oder lassen Sie das Feld leer.` };
    const [from, until] = [timeOf(match[1]!, match[2]), timeOf(match[3]!, match[4])];
    if (from === undefined || until === undefined)
      return { complaint: `„${part}“ hat eine Uhrzeit, die es nicht gibt. Schreiben Sie Zeiten von 0:00 bis 23:59.` };
    if (from >= until) return { complaint: `„${part}“ endet vor dem Anfang. Schreiben Sie zuerst, ab wann geöffnet ist.` };
    if ((spans.at(-1)?.[1] ?? '') > from) return { complaint: `„${part}“ überschneidet sich mit der Zeit davor. Schreiben Sie die Zeiten der Reihe nach.` };
    spans.push([from, until]);
  }
  return { spans };
}

function timeOf(hour: string, minute = '00'): string | undefined {
  return Number(hour) > 23 || Number(minute) > 59 ? undefined : `${hour.padStart(2, '0')}:${minute}`;
}
