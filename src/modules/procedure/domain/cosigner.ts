/** Somebody who is asked to apply together with the owner of a draft. */
export interface Cosigner {
  readonly id: string;
  readonly draftId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly invitedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** The one account that took the invitation. */
  readonly accountId: string | null;
  /** What the draft was when it was signed. */
  readonly signedSha256: string | null;
  readonly signedAt: Temporal.Instant | null;
  readonly voidedAt: Temporal.Instant | null;
  readonly declinedAt: Temporal.Instant | null;
  readonly declineReason: string | null;
}

export const STANDINGS = ['invited', 'expired', 'opened', 'signed', 'voided', 'declined'] as const;
/** `voided`: signed, but the draft has changed since. */
export type Standing = (typeof STANDINGS)[number];

/** Where somebody stands who was asked to sign. */
export function standingOf(one: Pick<Cosigner, 'accountId' | 'expiresAt' | 'signedSha256' | 'voidedAt' | 'declinedAt'>, now: Temporal.Instant): Standing {
  if (one.signedSha256 !== null) return 'signed';
  if (one.declinedAt !== null) return 'declined';
  if (one.voidedAt !== null) return 'voided';
  if (one.accountId !== null) return 'opened';
  return Temporal.Instant.compare(one.expiresAt, now) <= 0 ? 'expired' : 'invited';
}

export const nameOf = ({ givenName, familyName }: Pick<Cosigner, 'givenName' | 'familyName'>): string => `${givenName} ${familyName}`;

/** Why the draft cannot be submitted: who has not signed what it is now; nothing when all have. */
export function missingSignatures(cosigners: readonly Pick<Cosigner, 'givenName' | 'familyName' | 'signedSha256'>[], fingerprint: string): string | undefined {
  const missing = cosigners.filter((one) => one.signedSha256 !== fingerprint).map(nameOf);
  if (missing.length === 0) return undefined;
  return `Es ${missing.length === 1 ? 'fehlt noch die Mitzeichnung' : 'fehlen noch die Mitzeichnungen'} von ${missing.join(', ')}. Warten Sie darauf, oder nehmen Sie ${missing.length === 1 ? 'diese Person' : 'diese Personen'} aus dem Antrag.`;
}

/** Names and address of somebody to be asked, tidied; or what is wrong with them. */
export function readInvitation(typed: { readonly givenName: string; readonly familyName: string; readonly email: string }) {
  const tidy = { givenName: oneLine(typed.givenName), familyName: oneLine(typed.familyName), email: typed.email.trim() };
  const faults = [
    ...(isName(tidy.givenName) ? [] : [{ field: 'givenName', message: 'Geben Sie den Vornamen der Person ein.' }]),
    ...(isName(tidy.familyName) ? [] : [{ field: 'familyName', message: 'Geben Sie den Nachnamen der Person ein.' }]),
    ...(isEmail(tidy.email) ? [] : [{ field: 'email', message: 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@beispiel.de.' }]),
  ];
  return { tidy, faults };
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
const isName = (text: string): boolean => text !== '' && text.length <= 100;
const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u.test(text);
