import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { CountUse, UseStep } from './kernel/usage.ts';
import type { Context } from './platform/context.ts';
import { begunByOrigin, casesByOrigin, findOwnCase, useOfServices, type ProcedureContext } from './modules/procedure/public.ts';
import { searchServices, type ServicePackage } from './modules/catalogue/public.ts';
import { UseCounter, type UsageContext } from './modules/usage/public.ts';
import { originIn } from './platform/http/origin.ts';
import type { Answer, AnyRoute, FormVisit, Visit } from './platform/http/route.ts';

/** What a process counts, in its memory. */
export const useCounter = ({ clock }: Pick<Context, 'clock'>): UseCounter => new UseCounter({ clock, random: () => randomBytes(32), writer: randomUUID() });

/** Pages of the catalogue that are counted when they were shown. */
const COUNTED: Readonly<Record<string, UseStep>> = { 'get /leistungen/:key': 'service-shown', 'post /leistungen/:key/check': 'check-done' };

/** The catalogue does not know that it is counted. */
export function countedPages(routes: readonly AnyRoute[], count: CountUse | undefined): AnyRoute[] {
  return routes.map((route) => {
    const step = COUNTED[`${route.method} ${route.path}`];
    if (route.kind !== 'page' || step === undefined || count === undefined) return route;
    const shown = (visit: Visit, answer: Answer): Answer => {
      const origin = originIn(visit.query);
      if (answer.kind === 'html') count(visit.reader, { step, subject: visit.params['key'] ?? '', ...(origin !== undefined && { origin }) });
      return answer;
    };
    return route.method === 'get'
      ? { ...route, handle: async (visit: Visit) => shown(visit, await route.handle(visit)) }
      : { ...route, handle: async (visit: FormVisit) => shown(visit, await route.handle(visit)) };
  });
}

/** Who decides a service: one authority, or that of each district. */
export const officesOf = ({ desk }: Pick<ProcedureContext, 'desk'>, authority: ServicePackage['authority']): readonly string[] =>
  'id' in authority ? [authority.id] : desk.services.authorities.filter(({ district }) => district !== undefined).map(({ id }) => id);

/** Usage asks procedure for counts of cases, and the catalogue for the names of services, pages and fields. */
export function usageOn(ctx: ProcedureContext, counter: UseCounter, secret: string): UsageContext {
  return {
    ...ctx,
    count: counter.count,
    secret,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    services: () =>
      ctx.desk.offered().map(({ key, name, form, authority }) => ({
        ...{ key, name, offices: officesOf(ctx, authority) },
        pages: form.pages.map(({ id, title, fields }) => ({ id, title, fields: fields.map((field) => ({ id: field.id, label: field.label })) })),
      })),
    findServices: (query, lang) => searchServices(ctx.desk.offered(), query, lang).map(({ service }) => service.key),
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
