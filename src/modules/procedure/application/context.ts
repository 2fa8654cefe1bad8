import type { Context } from '../../../platform/context.ts';
import type { ServiceDesk } from '../../catalogue/public.ts';

/** What the procedure's use cases may reach. */
export interface ProcedureContext extends Context {
  readonly desk: ServiceDesk;
}
