import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { plainMail } from '../../../kernel/mail.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE, formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { isOutside, type Appointment } from '../domain/appointment.ts';
import { codeHash, drawCode } from '../domain/codes.ts';
import { isMailAddress } from '../domain/mail-address.ts';
import { slotComplaint, slotsOn } from '../domain/opening.ts';
import type { Place } from '../domain/place.ts';
import { noPlace, type GuideProblem } from '../domain/problems.ts';
import {
  cancelAppointment,
  findAppointment,
  insertAppointment,
  listAppointments,
  listComing,
  lockAppointment,
  takenDesks,
  takeReminders,
} from '../store/appointments.ts';
import { findPlaceById, sharePlace } from '../store/places.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';

/** Nobody: who books is not known, and the journal keeps the time and the place alone. */
const NOBODY: Actor = { kind: 'anonymous' };
const REMIND_HOURS = 24;

export interface Booking {
  readonly placeKey: string;
  readonly at: Temporal.Instant;
  readonly topic: string;
  readonly lang: Lang;
  /** Empty: no reminder. */
  readonly email: string;
}

export interface Booked {
  readonly appointment: Appointment;
  readonly place: Place;
  /** Whoever has it has the appointment. */
  readonly code: string;
}

/** Gives an appointment to anybody, without a name. The first free desk is taken; the database gives none twice. */
export async function book(ctx: GuidesContext, booking: Booking): Promise<Result<Booked, GuideProblem>> {
  const email = booking.email.trim();
  if (email !== '' && !isMailAddress(email))
    return refuse(invalidField('email', 'Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de. Oder lassen Sie das Feld leer.'));
  return ctx.database.transaction(async (tx) => {
    const place = await sharePlace(tx, booking.placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    const complaint = slotComplaint(place, booking.at, now);
    if (complaint !== undefined) return refuse(invalidField('at', complaint));
    const topic = place.offers.find((one) => one === booking.topic);
    if (topic === undefined) return refuse(invalidField('topic', 'Wählen Sie, wobei Sie Hilfe möchten. Anderes gibt es an diesem Ort nicht.'));
    const code = drawCode(3);
    for (let desk = 1; desk <= place.desks; desk++) {
      const appointment: Appointment = {
        id: newId(now.epochMilliseconds),
        placeId: place.id,
        startsAt: booking.at,
        endsAt: booking.at.add({ minutes: place.slotMinutes }),
        desk,
        topic,
        lang: booking.lang,
        cancelledAt: null,
        cancelledBy: null,
        revision: 0,
      };
      const kept = { codeHash: codeHash(code, ctx.secret), email: email === '' ? null : email, now };
      if (!(await insertAppointment(tx, appointment, kept))) continue;
      await ctx.journal.append(tx, NOBODY, now, [appointmentEntry('booked', appointment)]);
      return ok({ appointment, place, code });
    }
    return refuse(TAKEN);
  });
}

const TAKEN: GuideProblem = {
  kind: 'conflict',
  detail: 'Diesen Termin hat gerade jemand anderes genommen. Wählen Sie eine andere Zeit.',
  fields: [{ field: 'at', message: 'Diesen Termin hat gerade jemand anderes genommen. Wählen Sie eine andere Zeit.' }],
};

export const appointmentEntry = (kind: string, { id, placeId, startsAt }: Appointment) => ({
  stream: `place:${placeId}`,
  kind: `guides.appointment-${kind}`,
  payload: { appointmentId: id, placeId, startsAt: startsAt.toString() },
});

const noAppointment: GuideProblem = {
  kind: 'not-found',
  detail: 'Diesen Termin gibt es nicht oder nicht mehr. Prüfen Sie den Code. Eine Woche nach dem Termin löschen wir ihn.',
};

export interface KnownAppointment {
  readonly appointment: Appointment;
  readonly place: Place;
  /** The place has other hours by now: somebody is there for it all the same. */
  readonly outside: boolean;
}

/** The appointment of a code. */
export async function readAppointment(ctx: Pick<GuidesContext, 'database' | 'secret'>, code: string): Promise<Result<KnownAppointment, GuideProblem>> {
  const appointment = await findAppointment(ctx.database.read, codeHash(code, ctx.secret));
  const place = appointment && (await findPlaceById(ctx.database.read, appointment.placeId));
  return place === undefined ? refuse(noAppointment) : ok({ appointment: appointment!, place, outside: isOutside(place, appointment!) });
}

/** Gives the time back to others. Doing it twice is doing it once. */
export async function cancel(ctx: GuidesContext, code: string): Promise<Result<Appointment, GuideProblem>> {
  return ctx.database.transaction(async (tx) => {
    const one = await lockAppointment(tx, codeHash(code, ctx.secret));
    if (one === undefined) return refuse(noAppointment);
    if (one.cancelledAt !== null) return ok(one);
    const now = ctx.clock();
    if (Temporal.Instant.compare(one.startsAt, now) <= 0)
      return refuse(wrongState('Dieser Termin ist schon vorbei. Sie müssen nichts tun: Wir löschen ihn bald.'));
    await cancelAppointment(tx, one.id, now);
    await ctx.journal.append(tx, NOBODY, now, [appointmentEntry('cancelled', one)]);
    return ok({ ...one, cancelledAt: now, cancelledBy: 'person', revision: one.revision + 1 });
  });
}

export interface FreeSlot {
  readonly at: Temporal.Instant;
  readonly free: number;
}

/** Times of a day that can still be had. */
export async function freeSlots(ctx: Pick<GuidesContext, 'database' | 'clock'>, place: Place, day: Temporal.PlainDate): Promise<readonly FreeSlot[]> {
  const now = ctx.clock();
  const slots = slotsOn(place, day).filter((at) => Temporal.Instant.compare(at, now) > 0);
  if (slots.length === 0) return [];
  const endOf = (at: Temporal.Instant): Temporal.Instant => at.add({ minutes: place.slotMinutes });
  const taken = await takenDesks(ctx.database.read, place.id, slots[0]!, endOf(slots.at(-1)!));
  const before = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;
  const desks = (at: Temporal.Instant): ReadonlySet<number> =>
    new Set(taken.filter((one) => one.desk <= place.desks && before(one.startsAt, endOf(at)) && before(at, one.endsAt)).map(({ desk }) => desk));
  return slots.map((at) => ({ at, free: place.desks - desks(at).size })).filter(({ free }) => free > 0);
}

/** What is booked and falls out of the hours of its place: kept, so somebody has to be there. */
export async function bookedOutside(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, place: Place): Promise<readonly Appointment[]> {
  if (guideOf(actor) === undefined) return [];
  return (await listComing(ctx.database.read, place.id, ctx.clock())).filter((one) => isOutside(place, one));
}

/** What is booked at a place today and tomorrow, for guides: times and topics, nobody's name. */
export async function bookedAt(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, place: Place): Promise<readonly Appointment[]> {
  if (guideOf(actor) === undefined) return [];
  const today = legalDay(ctx.clock());
  const startOf = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(CITY_ZONE).toInstant();
  return listAppointments(ctx.database.read, place.id, startOf(today), startOf(today.add({ days: 2 })));
}

/** `01.12.2026 um 10:00 Uhr` */
export const whenOf = ({ startsAt }: Pick<Appointment, 'startsAt'>): string => `${formatGermanDate(legalDay(startsAt))} um ${clockOf(startsAt)} Uhr`;

export const clockOf = (at: Temporal.Instant): string => at.toZonedDateTimeISO(CITY_ZONE).toPlainTime().toString({ smallestUnit: 'minute' });

/** Writes to whoever wanted a reminder, a day before, and forgets the address. @returns how many */
export async function remind(ctx: Pick<GuidesContext, 'database' | 'clock' | 'mailer'>): Promise<number> {
  return ctx.database.write(async (tx) => {
    const now = ctx.clock();
    const due = await takeReminders(tx, now, now.add({ hours: REMIND_HOURS }));
    for (const one of due) {
      const place = await findPlaceById(tx, one.placeId);
      const mail = plainMail(
        one.email,
        'Erinnerung an Ihren Termin',
        `Sie haben einen Termin bei den Digitallotsen: am ${whenOf(one)}, ${place?.name ?? ''}, ${place?.address ?? ''}.`,
        'Absagen können Sie mit dem Code, den Sie bekommen haben. Ihre E-Mail-Adresse haben wir mit dieser Mail gelöscht.',
      );
      await ctx.mailer.send(tx, `guides.reminder.${one.id}`, mail);
    }
    return due.length;
  });
}
