import type { Actor } from '../../../kernel/actor.ts';
import type { Lang } from '../../../kernel/lang.ts';
import type { Addressee } from '../../../kernel/mail.ts';
import type { Context } from '../../../platform/context.ts';

/** What the use cases of this module need of the outside. */
export type IdentityContext = Pick<Context, 'settings' | 'database' | 'journal' | 'mailer' | 'notify' | 'log'> & {
  /** At least 32 characters; keys the hashes under which failed tries are counted. */
  readonly secret: string;
};

export const ANONYMOUS: Actor = { kind: 'anonymous' };

/** What a browser brings along when it signs in. */
export interface Caller {
  /** Token of the session it had until now: it ends with the new one. */
  readonly sessionToken: string | undefined;
  readonly now: Temporal.Instant;
  /** Kind of browser and system, coarse. */
  readonly deviceKind?: string;
  /** In which it reads. */
  readonly lang?: Lang;
  /** The shared device where it happens, with its open visit. */
  readonly sharedDevice?: { readonly visitId?: string };
}

/** Who gets a mail; where the language of an account is not known yet, in German. */
export const addressee = ({ settings }: Pick<Context, 'settings'>, to: string, lang: Lang | null | undefined): Addressee => ({
  to,
  lang: lang ?? 'de',
  publicUrl: settings.publicUrl,
});
