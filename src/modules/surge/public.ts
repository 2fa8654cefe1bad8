/** The storm surge: level and forecast, stages as dated rules, gates and zones, what is to be done until when, proposals and decisions. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LageFrame } from '../situation/public.ts';
import type { SurgeContext } from './application/context.ts';
import { gatesApi } from './http/api-gates.ts';
import { measuresApi } from './http/api-measures.ts';
import { waterApi } from './http/api-water.ts';
import { comparePages } from './http/compare-page.ts';
import { gatePages } from './http/gate-pages.ts';
import { surgePages } from './http/surge-pages.ts';
import { waterForms } from './http/water-forms.ts';

export type { SurgeContext } from './application/context.ts';
export { importDemoPlan } from './application/gates.ts';
export { enterLevels, importForecast } from './application/water.ts';
export { surgeDuties, type SurgeView } from './application/read-surge.ts';
export { demoSurge, type DemoSurge } from './domain/demo-surge.ts';
export { surgeJobs } from './jobs.ts';

/** Every route of the module. What is fixed in an address stands before what is named in it. */
export function surgeRoutes(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  return [
    ...surgePages(ctx, frame),
    ...waterForms(ctx, frame),
    ...comparePages(ctx, frame),
    ...gatePages(ctx, frame),
    ...waterApi(ctx),
    ...gatesApi(ctx),
    ...measuresApi(ctx),
  ];
}
