import { z } from 'zod';
import { ok, refuse } from '../../kernel/result.ts';
import { apiRoute, type AnyRoute } from './route.ts';

/** What the city needs to do its work, and whether it has it. */
export interface Readiness {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly remedy: string }[];
}

/** `/health`: the process answers. `/ready`: it can do its work. */
export function healthRoutes(ready: () => Promise<Readiness> = async () => ({ checks: [] })): readonly AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/health',
      access: 'public',
      tag: 'Betrieb',
      summary: 'Das Programm antwortet.',
      output: z.object({ status: z.literal('ok') }),
      handle: async () => ok({ status: 'ok' as const }),
    }),
    apiRoute({
      method: 'get',
      path: '/ready',
      access: 'public',
      tag: 'Betrieb',
      summary: 'Die Stadt kann arbeiten: Datenbank, Migrationen und Aufträge laufen.',
      output: z.object({ status: z.literal('ready'), checks: z.record(z.string(), z.literal(true)) }),
      async handle() {
        const { checks } = await ready();
        const missing = checks.filter((check) => !check.ok);
        if (missing.length > 0) {
          const fields = missing.map(({ name, remedy }) => ({ field: name, message: remedy }));
          return refuse({ kind: 'unavailable', detail: 'Die Stadt ist noch nicht bereit oder ihr fehlt etwas.', fields });
        }
        return ok({ status: 'ready' as const, checks: Object.fromEntries(checks.map((check) => [check.name, true as const])) });
      },
    }),
  ];
}
