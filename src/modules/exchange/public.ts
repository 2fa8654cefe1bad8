/** Datenaustausch: cases in the standards that other systems read. */
export type { ExchangeContext } from './application/context.ts';
export type { CaseRecord } from './domain/case-file.ts';
export type { XbauCases, XbauContext } from './application/xbau-context.ts';
export type { XbauCase } from './domain/xbau-case.ts';
export { xbauApi } from './http/xbau-routes.ts';
export { xbauDoor, xbauPages, xbauPanel } from './http/xbau-pages.ts';
export { exchangeRoutes, handOnPanel } from './http/routes.ts';
export { receiveRoutes } from './http/receive-routes.ts';
export { draftRoutes, type DraftContext } from './http/draft-routes.ts';
export { publishRoutes } from './http/publish-routes.ts';
export { catalogueEntry } from './domain/catalogue-entry.ts';
export { unzip } from './application/zip-read.ts';
