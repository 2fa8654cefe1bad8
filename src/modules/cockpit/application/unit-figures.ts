import type { Indicator } from '../../../kernel/indicator.ts';
import type { CockpitContext } from './context.ts';

/** What the indicators say of the services that an authority decides on, by service, with what is too little left out as everywhere. `undefined`: nobody keeps indicators, or they could not be read. */
export async function unitFigures(
  { indicators, services, log }: Pick<CockpitContext, 'indicators' | 'services' | 'log'>,
  unit: string,
): Promise<ReadonlyMap<string, readonly Indicator[]> | undefined> {
  if (indicators === undefined) return undefined;
  const own = services().filter(({ authorities }) => authorities.includes(unit));
  try {
    // asked for at once, so that what is known is read once
    return new Map(await Promise.all(own.map(async ({ key }) => [key, await indicators.list({ service: key })] as const)));
  } catch (error) {
    log.error('cockpit.indicators-unread', { error: String(error) });
    return undefined;
  }
}
