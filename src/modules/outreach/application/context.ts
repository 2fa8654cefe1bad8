import type { CountUse, FunnelOf, RateOn } from '../../../kernel/usage.ts';
import type { Context } from '../../../platform/context.ts';
import type { LangText } from '../../../platform/ui/html.ts';

/** A service as campaigns speak of it. */
export interface ServiceView {
  readonly key: string;
  readonly name: LangText;
}

/** What the module needs; other modules are reached through ports that the wiring fills. */
export interface OutreachContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'settings' | 'typesetter' | 'log'> {
  readonly services: () => readonly ServiceView[];
  readonly count: CountUse;
  /** As `Math.random`: codes and variants. */
  readonly random: () => number;
  /** Absent: nobody measures the way, and no figures are shown. */
  readonly funnel?: FunnelOf;
  /** Absent: nobody reckons the rates that goals name. */
  readonly rateOn?: RateOn;
  /** How many forms were begun from this origin in these days, both included. Absent: nobody counts them. */
  readonly begunByOrigin?: (origin: string, from: Temporal.PlainDate, until: Temporal.PlainDate) => Promise<number>;
}

export const serviceOf = (ctx: Pick<OutreachContext, 'services'>, key: string): ServiceView | undefined => ctx.services().find((one) => one.key === key);

/** What the checks of a target know of the city. */
export const cityOf = (ctx: Pick<OutreachContext, 'services' | 'settings'>): { publicUrl: string; hasService: (key: string) => boolean } => ({
  publicUrl: ctx.settings.publicUrl,
  hasService: (key) => serviceOf(ctx, key) !== undefined,
});
