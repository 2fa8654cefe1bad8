import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Organisation, PostalAddress } from './account.ts';
import type { MandateScope } from './mandate.ts';
import type { IdentityProblem } from './problems.ts';
import { EMAIL_FAULT, readAddress, readEmail, readGermanDay } from './profile-input.ts';

/** A scope as somebody states it. */
export interface ScopeInput {
  /** Where the link goes. */
  readonly email: string;
  /** `named`: only what stands in `services`. Nothing is chosen beforehand: all is never given by forgetting. */
  readonly scope: string;
  readonly services: readonly string[];
  readonly receives: boolean;
  /** Days as `24.11.2026` or `2026-11-24`; an empty first day is today, an empty last day is none. */
  readonly validFrom: string;
  readonly validUntil: string;
}

const DAY = 'Dieses Datum gibt es nicht. Schreiben Sie es wie: 24.11.2026';

/** Checks address, scope and days; each fault with its remedy. @param known keys of the services there are */
export function readScope(
  input: ScopeInput,
  known: readonly string[],
  today: Temporal.PlainDate,
): Result<{ readonly scope: MandateScope; readonly email: string }, IdentityProblem> {
  const faults: FieldProblem[] = [];
  const email = readEmail(input.email);
  if (email === undefined) faults.push({ field: 'email', message: EMAIL_FAULT });
  const services = readServices(input, known, faults);
  const validFrom = input.validFrom.trim() === '' ? today : readGermanDay(input.validFrom.trim());
  const validUntil = input.validUntil.trim() === '' ? null : readGermanDay(input.validUntil.trim());
  if (validFrom === undefined) faults.push({ field: 'validFrom', message: DAY });
  if (validUntil === undefined) faults.push({ field: 'validUntil', message: DAY });
  else if (validUntil !== null && Temporal.PlainDate.compare(validUntil, today) < 0)
    faults.push({ field: 'validUntil', message: 'Dieser Tag ist schon vorbei. Wählen Sie einen Tag ab heute, oder lassen Sie das Feld leer.' });
  else if (validUntil !== null && validFrom !== undefined && Temporal.PlainDate.compare(validUntil, validFrom) < 0)
    faults.push({ field: 'validUntil', message: 'Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Tage.' });
  if (faults.length > 0 || email === undefined || validFrom === undefined || validUntil === undefined) return refuse(invalidFields(faults));
  return ok({ scope: { services, receives: input.receives, validFrom, validUntil }, email });
}

function readServices({ scope, services }: ScopeInput, known: readonly string[], faults: FieldProblem[]): readonly string[] | null {
  if (scope === 'all') return null;
  if (scope !== 'named') faults.push({ field: 'scope', message: 'Wählen Sie, wofür die Vollmacht gilt: für alle Leistungen oder für einzelne.' });
  else if (services.length === 0) faults.push({ field: 'services', message: 'Wählen Sie mindestens eine Leistung aus.' });
  else if (services.some((key) => !known.includes(key)))
    faults.push({ field: 'services', message: 'Eine dieser Leistungen gibt es nicht. Wählen Sie aus der Liste.' });
  return [...new Set(services)].toSorted();
}

/** An organisation as somebody states it. */
export interface OrganisationInput {
  readonly name: string;
  readonly registerNumber: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly place: string;
}

/** Checks name, register number and address of an organisation. */
export function readOrganisation(input: OrganisationInput): Result<{ organisation: Organisation; address: PostalAddress | null }, IdentityProblem> {
  const faults: FieldProblem[] = [];
  const tidy = (typed: string): string => typed.trim().replace(/\s+/g, ' ').normalize('NFC');
  const name = tidy(input.name);
  const registerNumber = tidy(input.registerNumber) === '' ? '' : readRegisterNumber(tidy(input.registerNumber));
  if (name === '') faults.push({ field: 'name', message: 'Geben Sie den Namen der Organisation an.' });
  else if (name.length > 200) faults.push({ field: 'name', message: 'Der Name ist zu lang. Nehmen Sie höchstens 200 Zeichen.' });
  else if (/[\p{Cc}<>]|https?:/u.test(name))
    faults.push({ field: 'name', message: 'Der Name enthält Zeichen, die in keinem Namen vorkommen. Bitte prüfen Sie ihn.' });
  if (registerNumber === undefined) faults.push({ field: 'registerNumber', message: REGISTER_FAULT });
  const address = readAddress(input, faults) ?? null;
  if (faults.length > 0 || registerNumber === undefined) return refuse(invalidFields(faults));
  return ok({ organisation: { name, ...(registerNumber === '' ? {} : { registerNumber }) }, address });
}

const REGISTER_FAULT =
  'Schreiben Sie Register, Nummer und Gericht, etwa: HRB 123456, Amtsgericht Hamburg. Register heißen HRA, HRB, GnR, GsR, PR oder VR. Steht die Organisation in keinem, lassen Sie das Feld leer.';
/** Kinds of registers at the Registergerichte (§ 4 HRV, VRV, GenRegV, GsRV, PRV), each as it is written. */
const REGISTERS = ['HRA', 'HRB', 'GnR', 'GsR', 'PR', 'VR'] as const;

/** Kind, number and court, in either order: `HRB 123456, Amtsgericht Hamburg`. Letters behind the number are the court's (Berlin: B, Kiel: KI). */
function readRegisterNumber(typed: string): string | undefined {
  const found =
    /^(?<before>[^\d]*?)[\s,;]*\b(?<kind>hra|hrb|gnr|gsr|pr|vr)[\s.:-]*(?<number>\d{1,7})(?:\s?(?<letter>(?!AG\b)[a-z]{1,2})(?!\p{L}))?[\s,;]*(?<after>[^\d]*)$/iu.exec(
      typed,
    )?.groups;
  const court = [found?.['before'], found?.['after']]
    .map((part) => (part ?? '').replace(/\b(Amtsgericht|AG|Registergericht)\b\.?/giu, '').trim())
    .filter((part) => part !== '');
  if (found === undefined || court.length !== 1 || !/^\p{Lu}[\p{L} ().-]{1,59}$/u.test(court[0]!)) return undefined;
  const kind = REGISTERS.find((one) => one.toLowerCase() === found['kind']!.toLowerCase())!;
  const letter = found['letter'] === undefined ? '' : ` ${found['letter'].toUpperCase()}`;
  return `${kind} ${found['number']}${letter}, Amtsgericht ${court[0]}`;
}
