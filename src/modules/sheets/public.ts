/** Planblaetter: what a file is technically, and how it is shown, remarked and stamped. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { SheetsContext } from './application/context.ts';
import { sheetsApi } from './http/api.ts';
import { comparePages } from './http/compare-pages.ts';
import { sheetPages, type Frame } from './http/sheet-pages.ts';

export { findingsOf, type Finding } from './domain/findings.ts';
export { inspectDocument } from './application/inspect-document.ts';
export { SheetDesk } from './application/sheet-desk.ts';
export { sheetOffice } from './application/office.ts';
export { Visits } from './application/visits.ts';
export { documentsPanel } from './http/panel.ts';
export type { CaseDocument, Cases, CaseView, SheetsContext } from './application/context.ts';

/** Every route of the module: sheets for officers and applicants, and the API. */
export function sheetsRoutes(ctx: SheetsContext, frame: Frame): AnyRoute[] {
  return [...sheetPages(ctx, frame), ...comparePages(ctx, frame), ...sheetsApi(ctx)];
}
