import type { IdentityContext } from '../application/context.ts';
import type { CountOpenCases, ForgetElsewhere } from '../application/delete-account.ts';
import type { Providers } from '../application/sign-in-openid.ts';
import type { Cookie, Visit } from '../../../platform/http/route.ts';
import { SESSION_COOKIE } from '../../../platform/http/session-cookie.ts';
import type { Html, Lang } from '../../../platform/ui/html.ts';
import type { OpenedSession } from '../application/open-session.ts';

/** Sets a page of this module into the city's frame; `hasErrors`: its title says so first. */
export type Frame = (visit: Visit, page: { readonly title: string; readonly body: Html; readonly hasErrors?: boolean }) => Html;

/** A service by its key, as people know it. */
export interface ServiceName {
  readonly key: string;
  readonly name: Readonly<Record<Lang, string>>;
}

/** What the routes of this module need. */
export interface IdentityHttp {
  readonly ctx: IdentityContext;
  readonly providers: Providers;
  readonly frame: Frame;
  /** How many cases of an account still run (asked before deletion). */
  readonly openCases: CountOpenCases;
  /** What a Vollmacht can be limited to. */
  readonly services: () => readonly ServiceName[];
  /** Days before the end of a Vollmacht on which both sides are reminded, the longest first. */
  readonly reminderDays: (day: Temporal.PlainDate) => readonly number[];
  /** What other modules show on the account's page, about the person alone. */
  readonly beside?: (visit: Visit) => Promise<Html>;
  /** What other modules hold about an account, for the export: name of the part to its content. */
  readonly otherHoldings: (accountId: string) => Promise<Readonly<Record<string, unknown>>>;
  /** What other modules forget when an account is deleted. */
  readonly forgetElsewhere: ForgetElsewhere;
}

/** The cookie of a fresh session. It lives as long as the browser; the server ends it earlier. */
export const sessionCookie = (session: OpenedSession): Cookie => ({ name: SESSION_COOKIE, value: session.token, maxAgeSeconds: session.maxAgeSeconds });
export const NO_SESSION: Cookie = { name: SESSION_COOKIE, value: '' };

/** Ties the provider's answer to the browser that began. */
export const OIDC_COOKIE = 'kontor_oidc';
/** Ties a passkey's answer to the browser that asked. */
export const PASSKEY_COOKIE = 'kontor_passkey';
