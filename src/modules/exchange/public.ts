/** Datenaustausch: cases in the standards that other systems read. */
export type { ExchangeContext } from './application/context.ts';
export type { CaseRecord } from './domain/case-file.ts';
export { exchangeRoutes, handOnPanel } from './http/routes.ts';
export { receiveRoutes } from './http/receive-routes.ts';
export { draftRoutes, type DraftContext } from './http/draft-routes.ts';
export { dataSchema, dataSchemaUri, DOCUMENT_SLOTS } from './application/data-schema.ts';
export type { ReceivedApplication } from './application/fit-connect-context.ts';
export { fitConnectJobs } from './application/fit-connect-jobs.ts';
export { fitConnectApi } from './http/fit-connect-api.ts';
export { fitConnectOffice, type Contents, type FitConnectDesk, type FitConnectOffice } from './http/fit-connect-office.ts';
export { fitConnectPages } from './http/fit-connect-pages.ts';
export { schemaRoutes } from './http/schema-routes.ts';
export { publishRoutes } from './http/publish-routes.ts';
export { catalogueEntry } from './domain/catalogue-entry.ts';
export { unzip } from './application/zip-read.ts';
