/**
 * Role of an employee, as the city's own OpenID provider states it. `krisenstab`: works in the staff of a Lage,
 * whatever organisation they come from. `lotse`: helps people at a counter or by phone to use the city's online services.
 * `presse`: runs campaigns. `strategie`: keeps the digital strategy and its indicators.
 */
export const STAFF_ROLES = ['sachbearbeitung', 'leitung', 'administration', 'revision', 'krisenstab', 'lotse', 'presse', 'strategie'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Trust in who the citizen is: Servicekonto with password, or eID at an eIDAS level. */
export type TrustLevel = 'einfach' | 'substanziell' | 'hoch';

/** Somebody who acts for the holder of an account: under a Vollmacht (§ 14 VwVfG), or as a member of an organisation. */
export interface Agent {
  /** Account of the person who really acts. */
  readonly accountId: string;
  /** The Vollmacht or membership they act under. */
  readonly mandateId: string;
  /** Trust of their own sign-in; `Actor.trust` is never higher. */
  readonly trust: TrustLevel;
  /** Keys of the services the mandate is limited to; absent: all. */
  readonly services?: readonly string[];
  /** May read the holder's Postfach (§ 14(3), § 41(1) sentence 2 VwVfG). */
  readonly receives: boolean;
  /** `false`: sees and changes nothing. */
  readonly writes: boolean;
}

/** A person with a Servicekonto. While they act for somebody else, `accountId` is the holder's and `agent` says who acts. */
export interface CitizenActor {
  readonly kind: 'citizen';
  readonly accountId: string;
  readonly trust: TrustLevel;
  readonly agent?: Agent;
}

/** Who does something. Every use case receives one, every journal entry names one. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | CitizenActor
  | {
      readonly kind: 'staff';
      readonly staffId: string;
      readonly roles: readonly StaffRole[];
      /** Authorities (see services/authorities.yaml) whose cases this person may see. */
      readonly authorities: readonly string[];
    }
  /** A program or a device outside that writes data with an access key of its own, e.g. a sensor's gateway. */
  | { readonly kind: 'device'; readonly deviceId: string }
  /** Somebody whom a staff let into one Lage by a link that ends. */
  | { readonly kind: 'guest'; readonly guestId: string; readonly lageId: string }
  | { readonly kind: 'system'; readonly job: string };

/** Who acts for the city: they see the data that are kept inside, too. */
export const worksForCity = ({ kind }: Actor): boolean => kind === 'staff' || kind === 'device' || kind === 'system';

/** Account of the person who is signed in, whoever they act for. */
export const personOf = (actor: CitizenActor): string => actor.agent?.accountId ?? actor.accountId;

/** The signed-in person in their own name, with the trust of their own sign-in. */
export function inOwnName(actor: CitizenActor): CitizenActor {
  return actor.agent === undefined ? actor : { kind: 'citizen', accountId: actor.agent.accountId, trust: actor.agent.trust };
}

/** Whose rows a citizen may touch: those of the account, of these services where the mandate is limited. */
export interface Owner {
  readonly accountId: string;
  readonly services?: readonly string[];
}

export const ownerOf = ({ accountId, agent }: CitizenActor): Owner => ({
  accountId,
  ...(agent?.services === undefined ? {} : { services: agent.services }),
});

/** Whether a row of this account and service belongs to the owner. */
export function owns(owner: Owner, row: { readonly accountId: string | null; readonly service: string }): boolean {
  return row.accountId === owner.accountId && (owner.services?.includes(row.service) ?? true);
}

/**
 * The actor in the journal's notation: `citizen:<id>`, `staff:<id>`, `device:<id>`, `guest:<id>`, `system:<job>`, `anonymous`. It
 * names the person who really acts, never the one they act for.
 */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'citizen':
      return `citizen:${personOf(actor)}`;
    case 'staff':
      return `staff:${actor.staffId}`;
    case 'device':
      return `device:${actor.deviceId}`;
    case 'guest':
      return `guest:${actor.guestId}`;
    case 'system':
      return `system:${actor.job}`;
  }
}
