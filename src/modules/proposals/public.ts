/** The assistant inside procedures: proposals with sources that a person takes, changes or refuses. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { ProposalsContext } from './application/context.ts';
import { proposalsApi } from './http/api.ts';
import { proposalPages, type Frame } from './http/pages.ts';

export { explanationPanel, officerPanel } from './http/panels.ts';
export { PROPOSAL_USES } from './application/uses.ts';
export type { AssistedCases, ProposalsContext } from './application/context.ts';
export type { AssistedCase, CaseDocument, CaseFact, ClosedCase } from './domain/assisted-case.ts';

/** Every route of the module. */
export function proposalsRoutes(ctx: ProposalsContext, frame: Frame): AnyRoute[] {
  return [...proposalPages(ctx, frame), ...proposalsApi(ctx)];
}
