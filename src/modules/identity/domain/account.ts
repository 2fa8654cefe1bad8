import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Lang } from '../../../kernel/lang.ts';

/** A postal address in Germany. */
export interface PostalAddress {
  readonly street: string;
  /** With letter, e.g. `12 a`. */
  readonly houseNumber: string;
  /** Five digits. */
  readonly postcode: string;
  readonly place: string;
}

/** Who said it: the person in the Servicekonto, or the Online-Ausweis. */
export type FieldSource = 'konto' | 'eid';
export const PROFILE_FIELDS = ['givenName', 'familyName', 'email', 'birthDate', 'address'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** What an account holds that belongs to a company or an association. */
export interface Organisation {
  readonly name: string;
  /** As the organisation states it, e.g. `HRB 123456, Amtsgericht Hamburg`: its form is checked, the register is not asked. */
  readonly registerNumber?: string;
}

/** What the Servicekonto knows of a person, with the source of each field. */
export interface AccountProfile {
  readonly accountId: string;
  /** Present for an organisation; then the names of a person are empty. */
  readonly organisation?: Organisation;
  readonly givenName: string;
  readonly familyName: string;
  readonly email?: string;
  readonly emailConfirmed: boolean;
  /** In which it is written to; absent: not known yet. */
  readonly lang?: Lang;
  readonly birthDate?: Temporal.PlainDate;
  readonly address?: PostalAddress;
  /** Best level the account has ever been proven at; the level of a sign-in stands in its `Actor`. */
  readonly provenTrust: TrustLevel;
  /** One entry for each field that is there. */
  readonly sources: Readonly<Partial<Record<ProfileField, FieldSource>>>;
}
