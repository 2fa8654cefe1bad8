import type { UseStep } from '../../../kernel/usage.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { ProcedureContext } from '../application/context.ts';

/** Counts a step of an application: where, never who and never what was typed. */
export function countUse(
  { count }: Pick<ProcedureContext, 'count'>,
  { reader }: Pick<Visit, 'reader'>,
  step: UseStep,
  { service, origin }: { readonly service: string; readonly origin?: string | undefined },
  page?: string,
  field?: string,
): void {
  count?.(reader, {
    step,
    subject: service,
    ...(page !== undefined && { page }),
    // which field, not of which of several trees or persons
    ...(field !== undefined && { field: field.replaceAll(/\.\d+/g, '') }),
    ...(origin !== undefined && { origin }),
  });
}
