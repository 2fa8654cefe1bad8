import type { Actor } from '../../src/kernel/actor.ts';
import type { Log, LogFacts } from '../../src/platform/log/log.ts';
import { createServer, type CityServer, type ServerOptions } from '../../src/platform/http/server.ts';
import type { AnyRoute } from '../../src/platform/http/route.ts';
import { html } from '../../src/platform/ui/html.ts';

/** Session tokens the test server knows, one for each kind of caller. */
export const ACTORS = {
  citizen: { kind: 'citizen', accountId: '0190a000-0000-7000-8000-000000000001', trust: 'substanziell' },
  otherCitizen: { kind: 'citizen', accountId: '0190a000-0000-7000-8000-000000000002', trust: 'einfach' },
  sachbearbeitung: { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000003', roles: ['sachbearbeitung'], authorities: ['bezirk-altona'] },
  leitung: { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000004', roles: ['leitung'], authorities: ['bezirk-altona'] },
  administration: { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000005', roles: ['administration'], authorities: [] },
  revision: { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000006', roles: ['revision'], authorities: [] },
  krisenstab: { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000007', roles: ['krisenstab'], authorities: [] },
  guest: { kind: 'guest', guestId: '0190a000-0000-7000-8000-000000000008', lageId: '0190a000-0000-7000-8000-000000000009' },
} as const satisfies Record<string, Actor>;
export type TestActor = keyof typeof ACTORS;

/** Header that signs a test request in. */
export const as = (who: TestActor): { cookie: string } => ({ cookie: `kontor_session=${who}` });

/** A log that remembers its lines. */
export function memoryLog(): Log & { readonly lines: { level: string; event: string; facts: LogFacts }[] } {
  const lines: { level: string; event: string; facts: LogFacts }[] = [];
  const entry =
    (level: string) =>
    (event: string, facts: LogFacts = {}) =>
      void lines.push({ level, event, facts });
  return { lines, info: entry('info'), warn: entry('warn'), error: entry('error') };
}

/** A server of these routes whose sessions are the names of `ACTORS`; pages are bare. */
export function testServer(routes: readonly AnyRoute[], options: Partial<ServerOptions> = {}): CityServer {
  return createServer({
    routes,
    publicUrl: 'http://localhost:8080',
    production: false,
    clock: () => Temporal.Now.instant(),
    log: memoryLog(),
    authenticate: async (token) => (token in ACTORS ? { actor: ACTORS[token as TestActor] } : undefined),
    renderProblem: (view, { title, detail, extra, requestId }) =>
      html`<html lang="${view.lang}"><h1>${title}</h1><p>${detail}</p>${extra ?? ''}<p>${requestId}</p></html>`,
    renderPage: (_, { title, body }) => html`<html lang="de"><h1>${title}</h1>${body}</html>`,
    rateLimit: 0,
    ...options,
  });
}
