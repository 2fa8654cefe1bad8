import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from './platform/context.ts';
import { begunByOrigin, casesByOrigin, findOwnCase, useOfServices, type ProcedureContext } from './modules/procedure/public.ts';
import { UseCounter, type UsageContext } from './modules/usage/public.ts';

/** What a process counts, in its memory. */
export const useCounter = ({ clock }: Pick<Context, 'clock'>): UseCounter => new UseCounter({ clock, random: () => randomBytes(32), writer: randomUUID() });

/** Usage asks procedure for counts of cases, and the catalogue for the names of services, pages and fields. */
export function usageOn(ctx: ProcedureContext, counter: UseCounter, secret: string): UsageContext {
  return {
    ...ctx,
    count: counter.count,
    secret,
    random: Math.random,
    services: () =>
      [...ctx.desk.services.packages.values()]
        .filter(({ initiator }) => initiator !== 'amt')
        .map(({ key, name, form }) => ({
          key,
          name,
          pages: form.pages.map(({ id, title, fields }) => ({ id, title, fields: fields.map((field) => ({ id: field.id, label: field.label })) })),
        })),
    cases: {
      ofServices: (days) => useOfServices(ctx, days),
      byOrigin: (origins, days) => casesByOrigin(ctx, origins, days),
      begunBy: (origin, days) => begunByOrigin(ctx, origin, days),
      async own(actor, caseId) {
        const state = await findOwnCase(ctx, actor, caseId);
        // a decision counts once it has reached the person
        return state && { service: state.service, decided: state.decisions.some(({ delivery }) => delivery !== undefined) };
      },
    },
  };
}
