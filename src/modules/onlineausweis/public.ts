/** The helper for the Online-Ausweis: at most six questions, then exactly what to do next. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { HelperContext } from './application/context.ts';
import { helperApi } from './http/api.ts';
import { helperPages, type Frame } from './http/helper-pages.ts';
import { PRACTICE_BACK, practicePages } from './http/practice-pages.ts';

export { advisedEnds, type AdvisedEnd } from './application/advice-sheets.ts';
export type { HelperContext, HelpPlace } from './application/context.ts';
export { onlineAusweisParameters } from './domain/parameters.ts';
export { PracticeDesk, type PracticeProvider } from './application/practice.ts';

/** Exactly this address must be registered with the provider of the practice run. */
export const practiceRedirectUri = (publicUrl: string): string => publicUrl + PRACTICE_BACK;

/** Every route of the module. */
export function onlineAusweisRoutes(ctx: HelperContext, frame: Frame): AnyRoute[] {
  return [...helperPages(ctx, frame), ...practicePages(ctx, frame), helperApi(ctx)];
}
