import type { Actor } from '../../kernel/actor.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Access } from './route.ts';

const SIGN_IN: Problem = { kind: 'sign-in-needed', detail: 'Melden Sie sich an, um hier weiterzumachen.' };
const CITIZENS_ONLY: Problem = {
  kind: 'not-allowed',
  detail: 'Diese Seite gehört zum Servicekonto. Melden Sie sich als Beschäftigte ab und mit Ihrem Servicekonto an.',
};
const STAFF_ONLY: Problem = {
  kind: 'not-allowed',
  detail: 'Diese Seite ist für Beschäftigte der Stadt mit der passenden Rolle. Fragen Sie Ihre Leitung, wenn Sie sie brauchen.',
};

/** Why `actor` may not call a route with this access, or `undefined` when they may. */
export function refusalOf(access: Access, actor: Actor): Problem | undefined {
  if (access === 'public') return undefined;
  if (actor.kind === 'anonymous' || actor.kind === 'system') return SIGN_IN;
  if (access === 'signed-in') return undefined;
  if (access === 'citizen') return actor.kind === 'citizen' ? undefined : CITIZENS_ONLY;
  const allowed = actor.kind === 'staff' && actor.roles.some((role) => access.includes(role));
  return allowed ? undefined : STAFF_ONLY;
}

/** The access in words, as the API description states it. */
export function accessName(access: Access): string {
  return typeof access === 'string' ? access : `staff:${access.join('|')}`;
}
