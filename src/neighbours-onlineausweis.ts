import type { Config } from './config.ts';
import type { CountUse } from './kernel/usage.ts';
import { cardPractice, demoOidcClients } from './modules/identity/public.ts';
import { PracticeDesk, practiceRedirectUri, type HelperContext } from './modules/onlineausweis/public.ts';
import type { Context } from './platform/context.ts';

/** The helper for the Online-Ausweis with its neighbours: who counts, which places help, where to practise. */
export function onlineAusweisOn(
  ctx: Pick<Context, 'clock' | 'settings' | 'typesetter' | 'log'>,
  config: Config,
  count: CountUse,
  places?: HelperContext['places'],
): HelperContext {
  const { clock, settings, typesetter } = ctx;
  const practice = practiceOn(ctx, config);
  return {
    clock,
    settings,
    typesetter,
    count,
    ...(places !== undefined && { places }),
    ...(practice !== undefined && { practice }),
  };
}

/** Only where the city's cards are invented ones: nobody practises on a provider that reads real cards. */
function practiceOn({ log }: Pick<Context, 'log'>, { env, publicUrl, secret, oidcEid }: Config): PracticeDesk | undefined {
  if (env !== 'demo' || oidcEid !== undefined) return undefined;
  const settings = { ...demoOidcClients(publicUrl, secret).eid, redirectUri: practiceRedirectUri(publicUrl) };
  return new PracticeDesk(cardPractice(settings, (reason) => log.warn('onlineausweis.practice-failed', { reason })));
}
