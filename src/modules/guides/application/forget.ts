import { APPOINTMENT_DAYS, deletedBefore } from '../domain/retention.ts';
import { deleteAppointmentsBefore } from '../store/appointments.ts';
import { deleteNumbersBefore } from '../store/queue.ts';
import type { GuidesContext } from './context.ts';

export const FORGET = 'guides.forget';

/** Deletes appointments and numbers whose days are over. @returns how many */
export async function forget(ctx: Pick<GuidesContext, 'database' | 'clock'>): Promise<number> {
  return ctx.database.write(async (tx) => {
    const before = deletedBefore(APPOINTMENT_DAYS, ctx.clock());
    return (await deleteAppointmentsBefore(tx, before)) + (await deleteNumbersBefore(tx, before));
  });
}
