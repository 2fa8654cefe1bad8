import type { Tx } from '../../../platform/database/port.ts';
import { admit, dismiss } from '../store/devices.ts';

/** From now on this device of the city may bring something into the Lage; whoever may declare its sources says so. */
export const admitDevice = (tx: Tx, lageId: string, device: { readonly deviceId: string; readonly name: string }, now: Temporal.Instant): Promise<void> =>
  admit(tx, lageId, device, now);

/** It may no more, and does not learn that the Lage is there. */
export const dismissDevice = (tx: Tx, lageId: string, deviceId: string, now: Temporal.Instant): Promise<void> => dismiss(tx, lageId, deviceId, now);
