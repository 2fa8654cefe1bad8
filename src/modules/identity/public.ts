/**
 * identity: who somebody is, how sure we are of it, and where official mail reaches them.
 * The only door of this module.
 */
import { join } from 'node:path';
import type { Context } from '../../platform/context.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { JobKind } from '../../platform/jobs/port.ts';
import type { CountOpenCases, ForgetElsewhere } from './application/delete-account.ts';
import { openIdProvider } from './application/openid.ts';
import type { Providers } from './application/sign-in-openid.ts';
import type { Frame, IdentityHttp, ServiceName } from './http/deps.ts';
import { identityRoutes } from './http/routes.ts';
import { oidcRedirectUris } from './http/sign-in-routes.ts';
import { identityJobs } from './jobs.ts';

export { authenticate, type SignedIn } from './application/authenticate.ts';
export { identityParameters } from './domain/recovery.ts';
export { authenticateDevice, deviceName } from './application/devices.ts';
export type { CountOpenCases } from './application/delete-account.ts';
export { deliver } from './application/deliver.ts';
export { exportAccount, type AccountExport } from './application/export-account.ts';
export { cardPractice } from './application/practice.ts';
export { actedUnder } from './application/mandates.ts';
export { accountProfile, namesAccount, namesItsHolder } from './application/profile.ts';
export { accountLang, confirmedEmail, hearsOf, keepAccountLang, mandatesEnding, toldAbout } from './application/told-about.ts';
export { demoAccounts, seedDemoAccounts, seedDemoResident, seedDemoStaff, type DemoResident } from './application/seed-demo.ts';
export {
  closeDevice,
  openForVisit,
  removeSharedDevice,
  setUpSharedDevice,
  sharedDeviceOf,
  sharedDevices,
  type SharedDeviceNow,
} from './application/shared-devices.ts';
export { staffDirectory, staffMember, staffWithRole, substitutedBy } from './application/staff.ts';
export type { AccountProfile, FieldSource, PostalAddress, ProfileField } from './domain/account.ts';
export { DEMO_PASSWORD, DEMO_PEOPLE as demoPeople, type DemoCitizen, type DemoOfficer, type DemoPerson } from './domain/demo-people.ts';
export type { Delivered, Message, MessageDocument, MessageText, NewMessage } from './domain/mailbox.ts';
export type { ActedFor } from './domain/mandate.ts';
export type { StaffMember, Substitution } from './domain/staff.ts';
export { demoIdentityProvider, demoOidcClients, type DemoIdentityProvider } from './http/demo-idp.ts';
export type { Frame } from './http/deps.ts';
export { oidcRedirectUris } from './http/sign-in-routes.ts';

/** How to reach one OpenID provider, as `src/config.ts` reads it. */
export interface OidcClientSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface IdentityOptions {
  readonly ctx: Pick<Context, 'settings' | 'database' | 'journal' | 'mailer' | 'notify' | 'log' | 'clock'>;
  /** At least 32 characters. */
  readonly secret: string;
  /** In a demo: `demoOidcClients(publicUrl, secret)`. */
  readonly oidc: { readonly eid: OidcClientSettings; readonly staff: OidcClientSettings };
  readonly frame: Frame;
  /** How many cases of an account still run; none without it. */
  readonly openCases?: CountOpenCases;
  /** What a Vollmacht can be limited to; without it every Vollmacht is for all services. */
  readonly services?: () => readonly ServiceName[];
  /** Days before the end of a Vollmacht on which both sides are reminded, the longest first. */
  readonly reminderDays: (day: Temporal.PlainDate) => readonly number[];
  /** What other modules show on the account's page. */
  readonly beside?: NonNullable<IdentityHttp['beside']>;
  /** What other modules hold about an account, by name of the part. */
  readonly otherHoldings?: (accountId: string) => Promise<Readonly<Record<string, unknown>>>;
  /** What other modules forget when an account is deleted, in that transaction. */
  readonly forgetElsewhere?: ForgetElsewhere;
}

/** The module as `app.ts` wires it. */
export interface IdentityModule {
  readonly schema: 'identity';
  /** Directory of the numbered SQL files. */
  readonly migrations: string;
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
}

/** Builds the module; nothing is asked of the providers until somebody signs in. */
export function identityModule(options: IdentityOptions): IdentityModule {
  const { secret, frame, oidc } = options;
  const ctx = { ...options.ctx, secret };
  const redirects = oidcRedirectUris(ctx.settings.publicUrl);
  const provider = (name: 'eid' | 'staff') =>
    openIdProvider({ ...oidc[name], redirectUri: redirects[name] }, (reason) => ctx.log.warn('identity.openid-failed', { provider: name, reason }));
  const providers: Providers = { eid: provider('eid'), staff: provider('staff') };
  const deps: IdentityHttp = {
    ctx,
    providers,
    frame,
    openCases: options.openCases ?? (async () => 0),
    services: options.services ?? (() => []),
    reminderDays: options.reminderDays,
    ...(options.beside !== undefined && { beside: options.beside }),
    otherHoldings: options.otherHoldings ?? (async () => ({})),
    forgetElsewhere: options.forgetElsewhere ?? (async () => {}),
  };
  return {
    schema: 'identity',
    migrations: join(import.meta.dirname, 'store'),
    routes: identityRoutes(deps),
    jobs: identityJobs(ctx, ctx.clock),
  };
}
