import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { Appointment } from '../domain/appointment.ts';
import { calledOffMail } from '../domain/mails.ts';
import type { Place } from '../domain/place.ts';
import { callOff } from '../store/appointments.ts';
import { appointmentEntry, clockOf } from './appointments.ts';
import type { GuidesContext } from './context.ts';

/** What becomes of appointments that fall out of the hours: somebody is there all the same, or they are called off. */
export const OUTSIDE = ['keep', 'cancel'] as const;

const MOST_NAMED = 12;

/** Which appointments fall out of the hours, and who could be told. */
export function outsideComplaint(outside: readonly (Appointment & { readonly hasEmail: boolean })[]): string {
  const count = outside.length;
  const days = Map.groupBy(outside.slice(0, MOST_NAMED), ({ startsAt }) => formatGermanDate(legalDay(startsAt)));
  const named = [...days].map(([day, all]) => `am ${day} um ${spoken(all.map(({ startsAt }) => clockOf(startsAt)))} Uhr`).join('; ');
  const more = count > MOST_NAMED ? `; und ${count - MOST_NAMED} weitere` : '';
  const reachable = outside.filter(({ hasEmail }) => hasEmail).length;
  return `${count === 1 ? 'Ein gebuchter Termin liegt' : `${count} gebuchte Termine liegen`} dann außerhalb der Öffnungszeit: ${named}${more}. ${reachable === 1 ? '1 davon hat' : `${reachable} davon haben`} eine E-Mail-Adresse hinterlassen. Entscheiden Sie, was mit ihnen geschieht.`;
}

const spoken = (all: readonly string[]): string => (all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} und ${all.at(-1)!}`);

/** Calls appointments off and writes to whoever left an address. Who did not reads it on the page of their code. @returns entries for the journal */
export async function callOffAll(
  ctx: Pick<GuidesContext, 'mailer' | 'settings'>,
  tx: Tx,
  all: readonly Appointment[],
  place: Place,
  now: Temporal.Instant,
): Promise<readonly NewEntry[]> {
  const addresses = await callOff(
    tx,
    all.map(({ id }) => id),
    now,
  );
  for (const { id, email } of addresses) {
    const one = all.find((appointment) => appointment.id === id)!;
    const who = { to: email, lang: one.lang, publicUrl: ctx.settings.publicUrl };
    const mail = calledOffMail(who, one.startsAt, place.name, `/hilfe-vor-ort/${place.key}`);
    await ctx.mailer.send(tx, `guides.called-off.${id}`, mail);
  }
  return all.map((one) => appointmentEntry('called-off', one));
}
