/** Reports of any origin: kept, graded, and told together what they tell of. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { ReportsContext } from './application/context.ts';

export { receiveReports, type KeptReport, type Receipt } from './application/receive-reports.ts';
export { eventDetails, eventList, contradictionList, reportList } from './application/read-reports.ts';
export type { ReportsContext } from './application/context.ts';
export { CATEGORIES, CREDIBILITIES, ORIGINS, RELIABILITIES, type Category, type Credibility, type IncomingReport, type Origin, type Reliability } from './domain/report.ts';
export type { Claim } from './domain/claims.ts';
export type { ReportedEvent } from './domain/event.ts';
export { gospa, scoreTracks, type Gospa, type TrackFigures, type TrackPoint } from './domain/gospa.ts';
export { cheapestAssignment } from './domain/assignment.ts';
