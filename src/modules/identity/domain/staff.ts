import type { StaffRole } from '../../../kernel/actor.ts';

/** An employee as the OpenID provider last described them. */
export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly StaffRole[];
  /** Ids of `services/authorities.yaml`. */
  readonly authorities: readonly string[];
  readonly lastSeenAt: Temporal.Instant;
}

/** Vertretung: `substituteId` looks after the cases of `staffId`, both days included. */
export interface Substitution {
  readonly staffId: string;
  readonly substituteId: string;
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}
