import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ServiceDesk } from '../../catalogue/public.ts';

/** What the procedure's use cases may reach. */
export interface ProcedureContext extends Context {
  readonly desk: ServiceDesk;
  /** Why a case cannot be decided yet, asked of modules that procedure does not know (e.g. an open Beteiligung). */
  readonly gates?: readonly DecisionGate[];
}

/** @returns a plain sentence that says what is open, or nothing when the decision may be taken */
export type DecisionGate = (tx: Tx, caseId: string) => Promise<string | undefined>;
