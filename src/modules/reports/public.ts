/** Reports of any origin: kept, graded, and told together what they tell of. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { CityFrame, LageFrame, ReportsContext } from './application/context.ts';
import { reportActionsApi } from './http/api-actions.ts';
import { reportsApi } from './http/api-reports.ts';
import { enterPages } from './http/enter-page.ts';
import { eventPages } from './http/event-actions.ts';
import { listPages } from './http/list-page.ts';
import { publicReportPages } from './http/public-page.ts';

export { receiveReports, type KeptReport, type Receipt } from './application/receive-reports.ts';
export { contradictionList } from './application/read-reports.ts';
export { enterReport } from './application/enter-report.ts';
export { checkPicture, type CheckedPicture } from './application/pictures.ts';
export { keepPicture } from './store/pictures.ts';
export type { ReportsContext } from './application/context.ts';
export { type Category, type Credibility, type Origin, type Reliability } from '../../kernel/report.ts';
export { type IncomingReport } from './domain/report.ts';
export type { Claim } from './domain/claims.ts';
export type { ReportedEvent } from './domain/event.ts';
export { type Gospa, type TrackFigures, type TrackPoint } from './domain/gospa.ts';
export { evaluateSet, lineOf, readLine, type LabelledReport, type SetFigures } from './domain/evaluate-set.ts';
export { madeSet } from './domain/made-set.ts';

/** Every route of the module. */
export function reportsRoutes(ctx: ReportsContext, frame: CityFrame, lage: LageFrame): AnyRoute[] {
  return [
    ...listPages(ctx, lage),
    ...enterPages(ctx, lage),
    ...eventPages(ctx, lage),
    ...publicReportPages(ctx, frame),
    ...reportsApi(ctx),
    ...reportActionsApi(ctx),
  ];
}
