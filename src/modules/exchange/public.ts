/** Datenaustausch: cases in the standards that other systems read. */
export type { ExchangeContext } from './application/context.ts';
export type { CaseRecord } from './domain/case-file.ts';
export { exchangeRoutes, handOnPanel } from './http/routes.ts';
