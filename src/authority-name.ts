import type { ProcedureContext } from './modules/procedure/public.ts';

/** Names of authorities by their id; a role may name one that the list has no more: then its id stands for it. */
export const authorityNamesOf =
  ({ desk }: Pick<ProcedureContext, 'desk'>) =>
  (id: string): string =>
    desk.services.authorities.find((one) => one.id === id)?.name ?? id;
