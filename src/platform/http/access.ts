import { inOwnName, type Actor } from '../../kernel/actor.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Access, AnyRoute } from './route.ts';

const SIGN_IN: Problem = { kind: 'sign-in-needed', detail: 'Melden Sie sich an, um hier weiterzumachen.' };
const CITIZENS_ONLY: Problem = {
  kind: 'not-allowed',
  detail: 'Diese Seite gehört zum Servicekonto. Melden Sie sich als Beschäftigte ab und mit Ihrem Servicekonto an.',
};
const STAFF_ONLY: Problem = {
  kind: 'not-allowed',
  detail: 'Diese Seite ist für Beschäftigte der Stadt mit der passenden Rolle. Fragen Sie Ihre Leitung, wenn Sie sie brauchen.',
};

const ONLY_READS: Problem = {
  kind: 'not-allowed',
  detail: 'In dieser Organisation dürfen Sie nur lesen. Bitten Sie jemanden aus ihrer Verwaltung, Ihnen die Bearbeitung zu geben.',
};

/** Why `actor` may not call a route with this access, or `undefined` when they may. */
export function refusalOf(access: Access, actor: Actor): Problem | undefined {
  if (access === 'public') return undefined;
  if (actor.kind === 'anonymous' || actor.kind === 'system') return SIGN_IN;
  if (access === 'signed-in') return actor.kind === 'device' || actor.kind === 'guest' ? STAFF_ONLY : undefined;
  if (access === 'citizen' || access === 'person') return actor.kind === 'citizen' ? undefined : CITIZENS_ONLY;
  if (actor.kind === 'device' || actor.kind === 'guest') return access.includes(actor.kind) ? undefined : STAFF_ONLY;
  const allowed = actor.kind === 'staff' && actor.roles.some((role) => access.includes(role));
  return allowed ? undefined : STAFF_ONLY;
}

/** As `refusalOf`; who may only look for somebody else changes nothing for them either. */
export function routeRefusal({ access, method }: Pick<AnyRoute, 'access' | 'method'>, actor: Actor): Problem | undefined {
  const reads = actor.kind === 'citizen' && actor.agent?.writes === false;
  return refusalOf(access, actor) ?? (reads && access === 'citizen' && method !== 'get' ? ONLY_READS : undefined);
}

/** The visit as the route's handler sees it: on a route about the person, in their own name. */
export function visitFor<V extends { readonly actor: Actor }>(access: Access, visit: V): V {
  return access === 'person' && visit.actor.kind === 'citizen' ? { ...visit, actor: inOwnName(visit.actor) } : visit;
}

/** The access in words, as the API description states it. */
export function accessName(access: Access): string {
  return typeof access === 'string' ? access : `staff:${access.join('|')}`;
}
