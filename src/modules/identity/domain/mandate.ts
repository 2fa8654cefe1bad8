import type { Agent, CitizenActor, TrustLevel } from '../../../kernel/actor.ts';
import { lowerTrust } from './trust.ts';

export const MEMBER_ROLES = ['verwaltung', 'bearbeitung', 'lesen'] as const;
/** Place in an organisation: `verwaltung` also manages its members, `lesen` sees and changes nothing. */
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** What somebody may do for somebody else. */
export interface MandateScope {
  /** Keys of services; null: all. */
  readonly services: readonly string[] | null;
  /** May read the holder's Postfach (§ 14(3), § 41(1) sentence 2 VwVfG). */
  readonly receives: boolean;
  readonly validFrom: Temporal.PlainDate;
  /** The last day; null: until revoked. */
  readonly validUntil: Temporal.PlainDate | null;
}

/** A Vollmacht, or a place in an organisation. */
export interface Mandate extends MandateScope {
  readonly id: string;
  readonly kind: 'vollmacht' | 'mitglied';
  readonly holderId: string;
  readonly agentId: string;
  readonly role: MemberRole | null;
  readonly writes: boolean;
  /** Trust of the sign-in with which it was given. */
  readonly trust: TrustLevel;
  readonly grantedAt: Temporal.Instant;
  /** The account that gave it: of an organisation who manages it. `null`: nobody did, as with who founds one. */
  readonly grantedBy: string | null;
  readonly endedAt: Temporal.Instant | null;
}

/** A mandate with the names of both sides. */
export interface NamedMandate extends Mandate {
  readonly holderName: string;
  readonly agentName: string;
  /** Whether an Online-Ausweis has proven the agent's name. */
  readonly agentProven: boolean;
}

/** Something that waits for an answer: a Vollmacht offered or asked for, or a place in an organisation. */
export interface MandateOffer extends MandateScope {
  readonly id: string;
  readonly way: 'offer' | 'request' | 'invitation';
  readonly askerId: string;
  /** Null in a request: who answers says for whom. */
  readonly holderId: string | null;
  readonly email: string;
  readonly role: MemberRole | null;
  readonly trust: TrustLevel | null;
  readonly createdAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/** With the names that whoever has the link is shown. */
export interface NamedOffer extends MandateOffer {
  readonly askerName: string;
  /** Whether an Online-Ausweis has proven the asker's name. */
  readonly askerProven: boolean;
  readonly holderName: string | null;
}

export type MandateStage = 'ahead' | 'inForce' | 'over' | 'ended';

/** Where a mandate stands on a legal day; both its days are included. What is ended stays ended (§ 14(1) sentence 4 VwVfG). */
export function stageOf(mandate: Pick<Mandate, 'validFrom' | 'validUntil' | 'endedAt'>, day: Temporal.PlainDate): MandateStage {
  if (mandate.endedAt !== null) return 'ended';
  if (mandate.validUntil !== null && Temporal.PlainDate.compare(day, mandate.validUntil) > 0) return 'over';
  return Temporal.PlainDate.compare(day, mandate.validFrom) < 0 ? 'ahead' : 'inForce';
}

/** What a role in an organisation carries. */
export const rightsOf = (role: MemberRole): { receives: boolean; writes: boolean } => ({ receives: role !== 'lesen', writes: role !== 'lesen' });

type InForce = Pick<Mandate, 'id' | 'holderId' | 'agentId' | 'services' | 'receives' | 'writes' | 'trust'>;

/**
 * The actor for a mandate in force. Trust is that of the agent's own sign-in, and never higher than
 * that with which the mandate was given: a password cannot give away what it does not open.
 */
export function actorUnder(mandate: InForce, sessionTrust: TrustLevel): CitizenActor {
  const agent: Agent = {
    accountId: mandate.agentId,
    mandateId: mandate.id,
    trust: sessionTrust,
    ...(mandate.services === null ? {} : { services: mandate.services }),
    receives: mandate.receives,
    writes: mandate.writes,
  };
  return { kind: 'citizen', accountId: mandate.holderId, trust: lowerTrust(sessionTrust, mandate.trust), agent };
}

/** Who acted for whom, as histories name them; an account that was deleted has no name. */
export interface ActedFor {
  readonly agent: string | null;
  readonly holder: string | null;
  readonly kind: Mandate['kind'];
}
