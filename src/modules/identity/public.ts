/**
 * identity: who somebody is, how sure we are of it, and where official mail reaches them.
 * The only door of this module.
 */
export { authenticate, type SignedIn } from './application/authenticate.ts';
export { deliver } from './application/deliver.ts';
export { exportAccount, type AccountExport } from './application/export-account.ts';
export { accountProfile } from './application/profile.ts';
export { staffDirectory, staffMember, substitutedBy } from './application/staff.ts';
export type { AccountProfile, FieldSource, PostalAddress, ProfileField } from './domain/account.ts';
export type { Delivered, Message, MessageDocument, MessageText, NewMessage } from './domain/mailbox.ts';
export type { StaffMember, Substitution } from './domain/staff.ts';
