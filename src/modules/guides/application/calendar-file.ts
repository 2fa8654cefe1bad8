import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { CITY_ZONE } from '../../../kernel/time.ts';
import type { KnownAppointment } from './appointments.ts';

/** RFC 5545 wants the zone's rules beside its name; Berlin's have stood since 1996 (Directive 2000/84/EC). */
const BERLIN = [
  'BEGIN:VTIMEZONE',
  `TZID:${CITY_ZONE}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/** An appointment as a calendar file, without what it is about: calendars are shared. A cancelled one takes itself out. @param url of the appointment's page */
export function calendarFile(
  { appointment, place }: Pick<KnownAppointment, 'appointment' | 'place'>,
  words: { readonly summary: string; readonly url: string },
  now: Temporal.Instant,
): string {
  const { cancelledAt, startsAt, endsAt, revision } = appointment;
  const start = startsAt.toZonedDateTimeISO(CITY_ZONE);
  const calendar = new ICalCalendar({
    prodId: { company: 'Kontor', product: 'Digitallotsen', language: 'DE' },
    method: cancelledAt === null ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL,
    timezone: { name: CITY_ZONE, generator: () => BERLIN },
  });
  calendar.createEvent({
    id: `${appointment.id}@${new URL(words.url).hostname}`,
    start,
    end: endsAt.toZonedDateTimeISO(CITY_ZONE),
    stamp: now.toZonedDateTimeISO('UTC'),
    sequence: revision,
    status: cancelledAt === null ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    timezone: CITY_ZONE,
    summary: words.summary,
    location: `${place.name}, ${place.address}`,
    url: words.url,
  });
  // the library writes the stamp in the calendar's zone; RFC 5545 wants UTC
  const stamp = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  return calendar.toString().replace(/^DTSTAMP:.*$/m, `DTSTAMP:${stamp}`);
}
