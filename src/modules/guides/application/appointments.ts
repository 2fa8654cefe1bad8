import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, wrongState, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { isOutside, type Appointment } from '../domain/appointment.ts';
import { codeHash, drawCode } from '../domain/codes.ts';
import { isMailAddress } from '../domain/mail-address.ts';
import { appointmentMail } from '../domain/mails.ts';
import { slotComplaint, slotsOn } from '../domain/opening.ts';
import type { Place } from '../domain/place.ts';
import { noPlace, type GuideProblem } from '../domain/problems.ts';
import {
  cancelAppointment,
  countForAddress,
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

/** Reminders that wait for one address: an address may be anybody's, and nobody is written to again and again. */
const FOR_ONE_ADDRESS = 3;
const ENOUGH_FOR_ADDRESS =
  'Für diese Adresse warten schon drei Erinnerungen. Buchen Sie diesen Termin ohne E-Mail-Adresse und schreiben Sie sich den Code auf.';

export interface Booking {
  readonly placeKey: string;
  /** Absent: none was chosen. */
  readonly at: Temporal.Instant | undefined;
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
  const email = booking.email.trim().toLowerCase();
  return ctx.database.transaction(async (tx) => {
    const place = await sharePlace(tx, booking.placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    const { at } = booking;
    const topic = place.offers.find((one) => one === booking.topic);
    const faults = bookingFaults(place, { at, topic, email }, now);
    if (faults.length > 0 || at === undefined || topic === undefined) return refuse(invalidFields(faults));
    if (email !== '' && (await countForAddress(tx, email)) >= FOR_ONE_ADDRESS) return refuse(invalidField('email', ENOUGH_FOR_ADDRESS));
    const code = drawCode(3);
    for (let desk = 1; desk <= place.desks; desk++) {
      const appointment: Appointment = {
        id: newId(now.epochMilliseconds),
        placeId: place.id,
        startsAt: at,
        endsAt: at.add({ minutes: place.slotMinutes }),
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

/** All that is wrong at once. */
function bookingFaults(
  place: Place,
  { at, topic, email }: { readonly at: Temporal.Instant | undefined; readonly topic: string | undefined; readonly email: string },
  now: Temporal.Instant,
): FieldProblem[] {
  const slot = at === undefined ? 'Wählen Sie eine Uhrzeit.' : slotComplaint(place, at, now);
  return [
    ...(slot === undefined ? [] : [{ field: 'at', message: slot }]),
    ...(topic === undefined ? [{ field: 'topic', message: 'Wählen Sie, wobei Sie Hilfe möchten. Anderes gibt es an diesem Ort nicht.' }] : []),
    ...(email === '' || isMailAddress(email)
      ? []
      : [{ field: 'email', message: 'Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de. Oder lassen Sie das Feld leer.' }]),
  ];
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

export const clockOf = (at: Temporal.Instant): string => at.toZonedDateTimeISO(CITY_ZONE).toPlainTime().toString({ smallestUnit: 'minute' });

/** Writes to whoever wanted a reminder, a day before, and forgets the address. @returns how many */
export async function remind(ctx: Pick<GuidesContext, 'database' | 'clock' | 'mailer' | 'settings'>): Promise<number> {
  return ctx.database.write(async (tx) => {
    const now = ctx.clock();
    const due = await takeReminders(tx, now, now.add({ hours: REMIND_HOURS }));
    for (const one of due) {
      const place = await findPlaceById(tx, one.placeId);
      const who = { to: one.email, lang: one.lang, publicUrl: ctx.settings.publicUrl };
      const mail = appointmentMail(who, one.startsAt, place?.name ?? '', place?.address ?? '');
      await ctx.mailer.send(tx, `guides.reminder.${one.id}`, mail);
    }
    return due.length;
  });
}
