/** The Einsatztagebuch of a Lage, its messages and situation reports. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LogbookContext } from './application/context.ts';
import { logApi } from './http/api-log.ts';
import { messageApi } from './http/api-messages.ts';
import { reportApi } from './http/api-reports.ts';
import type { LageFrame } from './http/frame.ts';
import { logPages } from './http/log-pages.ts';
import { messagePages } from './http/message-pages.ts';
import { reportPages } from './http/report-pages.ts';

export type { LogbookContext } from './application/context.ts';
export { exportFiles, noteExport, type ExportedFile } from './application/export-lage.ts';
export { readLog, readsLog } from './application/read-log.ts';
export { overdueMessages } from './application/read-messages.ts';
export { readReports } from './application/reports.ts';
export { takeMessage, type TakenMessage } from './application/take-message.ts';
export { VERIFY_SCRIPT } from './application/verify-script.ts';
export { writeEntry } from './application/write-entry.ts';
export type { LogKind } from '../../kernel/log.ts';
export { writeLogEntry, type LogPlace } from './application/write-log-entry.ts';
export type { LogEntry, NewLogEntry, ReadEntry } from './domain/entry.ts';
export { type Message, type NewMessage, type ReadMessage, type ShownMessage } from './domain/message.ts';

/** Every route of the module. What is fixed in an address stands before what is named in it. */
export function logbookRoutes(ctx: LogbookContext, frame: LageFrame): AnyRoute[] {
  return [...logPages(ctx, frame), ...messagePages(ctx, frame), ...reportPages(ctx, frame), ...logApi(ctx), ...messageApi(ctx), ...reportApi(ctx)];
}
