import { fileNumber } from '../../../kernel/id.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import { nextRegisterSerial } from '../store/cases.ts';

/** The public number that a grant gives, where the package keeps such a register; a gap in it is harmless. */
export async function numbered(db: Sql, { register }: ServicePackage, now: Temporal.Instant): Promise<{ registerNumber?: string }> {
  if (register === undefined) return {};
  return { registerNumber: fileNumber(register.prefix, legalDay(now).year, await nextRegisterSerial(db)) };
}
