/** Role of an employee, as the city's own OpenID provider states it. */
export type StaffRole = 'sachbearbeitung' | 'leitung' | 'administration' | 'revision';

/** Trust in who the citizen is: Servicekonto with password, or eID at an eIDAS level. */
export type TrustLevel = 'einfach' | 'substanziell' | 'hoch';

/** Who does something. Every use case receives one, every journal entry names one. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'citizen'; readonly accountId: string; readonly trust: TrustLevel }
  | {
      readonly kind: 'staff';
      readonly staffId: string;
      readonly roles: readonly StaffRole[];
      /** Authorities (see services/authorities.yaml) whose cases this person may see. */
      readonly authorities: readonly string[];
    }
  | { readonly kind: 'system'; readonly job: string };

/** The actor in the journal's notation: `citizen:<id>`, `staff:<id>`, `system:<job>`, `anonymous`. */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'citizen':
      return `citizen:${actor.accountId}`;
    case 'staff':
      return `staff:${actor.staffId}`;
    case 'system':
      return `system:${actor.job}`;
  }
}
