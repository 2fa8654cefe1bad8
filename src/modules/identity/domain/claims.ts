import { STAFF_ROLES, type StaffRole } from '../../../kernel/actor.ts';
import type { PostalAddress } from './account.ts';

/** What an eID provider said of a person. */
export interface EidClaims {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: Temporal.PlainDate;
  readonly address?: PostalAddress;
  /** Only when the provider says it has checked it. */
  readonly email?: string;
}

type Claims = Readonly<Record<string, unknown>>;

const text = (claims: Claims, name: string, max = 200): string | undefined => {
  const value = claims[name];
  return typeof value === 'string' && value.trim() !== '' && value.length <= max ? value.trim() : undefined;
};

/** Reads the claims of an eID (OpenID Connect Core 5.1); `undefined` when a name is missing. */
export function readEidClaims(claims: Claims): EidClaims | undefined {
  const givenName = text(claims, 'given_name');
  const familyName = text(claims, 'family_name');
  if (givenName === undefined || familyName === undefined) return undefined;
  const birthDate = readDay(text(claims, 'birthdate'));
  const address = readAddress(claims['address']);
  const email = claims['email_verified'] === true ? text(claims, 'email', 254)?.toLowerCase() : undefined;
  return {
    givenName,
    familyName,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(address === undefined ? {} : { address }),
    ...(email === undefined ? {} : { email }),
  };
}

/** `0000-05-01` is how OpenID Connect says that the year is unknown: no date of birth then. */
function readDay(value: string | undefined): Temporal.PlainDate | undefined {
  if (value === undefined || !/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  try {
    return Temporal.PlainDate.from(value);
  } catch {
    return undefined;
  }
}

function readAddress(value: unknown): PostalAddress | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const parts = value as Claims;
  const line = /^(.*\D)\s+(\d{1,4}(?:\s?[a-zA-Z])?(?:[-/]\d{1,4})?)$/.exec(text(parts, 'street_address') ?? '');
  const postcode = text(parts, 'postal_code');
  const place = text(parts, 'locality');
  if (line === null || place === undefined || postcode === undefined || !/^\d{5}$/.test(postcode)) return undefined;
  return { street: line[1]!.trim(), houseNumber: line[2]!, postcode, place };
}

/** What the staff's provider said of an employee. */
export interface StaffIdentity {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly StaffRole[];
  readonly authorities: readonly string[];
}

/** Reads `name`, `email`, `roles` and `authorities`; unknown roles are dropped. `undefined` without any role. */
export function readStaffClaims(claims: Claims): StaffIdentity | undefined {
  const name = text(claims, 'name');
  const roles = list(claims['roles']).filter((role): role is StaffRole => STAFF_ROLES.includes(role as StaffRole));
  if (name === undefined || roles.length === 0) return undefined;
  const authorities = list(claims['authorities']).filter((id) => /^[a-z0-9-]{1,80}$/.test(id));
  return { name, email: text(claims, 'email', 254) ?? '', roles: [...new Set(roles)], authorities: [...new Set(authorities)] };
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
