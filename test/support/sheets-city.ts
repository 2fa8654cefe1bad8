import { after } from 'node:test';
import { sheetsOn } from '../../src/neighbours.ts';
import { documentsPanel, SheetDesk, sheetOffice, sheetsRoutes, Visits, type SheetsContext } from '../../src/modules/sheets/public.ts';
import type { Visit } from '../../src/platform/http/route.ts';
import { viewOf, type PageView } from '../../src/platform/ui/view.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { html } from '../../src/platform/ui/html.ts';
import { casePages, officerPages, procedureJobs, submit, type ProcedureContext } from '../../src/modules/procedure/public.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { filledDraft, lead, officer, procedureCity, type ProcedureCity } from './procedure-city.ts';
import { memoryLog } from './test-server.ts';

export interface SheetsCity extends ProcedureCity {
  readonly sheets: SheetsContext;
  /** @param who a name of `actors` */
  readonly request: (
    path: string,
    who: keyof SheetsCity['actors'],
    form?: Readonly<Record<string, string>> | FormData,
  ) => Promise<{ status: number; text: string; location: string; type: string }>;
  readonly actors: Readonly<Record<'officer' | 'lead' | 'revision' | 'elsewhere' | 'owner' | 'stranger', Actor>>;
  /** A submitted Baugenehmigung. @returns its id */
  readonly newCase: () => Promise<string>;
  /** Id of the file of a document, the newest one. */
  readonly fileOf: (caseId: string, slot: string) => Promise<string>;
}

/** A city that takes building applications and whose officers enter things on plan sheets. */
export async function sheetsCity(): Promise<SheetsCity> {
  const city = await procedureCity();
  const drawings = new SheetDesk();
  after(() => drawings.close());
  const sheets = sheetsOn(city.ctx, { drawings, visits: new Visits(city.clock.now) });
  const ctx: ProcedureContext = { ...city.ctx, sheets: sheetOffice(sheets) };
  await city.jobs.register([...procedureJobs(ctx)]);
  const actors = {
    officer,
    lead,
    revision: { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c1', roles: ['revision'], authorities: [] },
    elsewhere: { ...officer, staffId: '0190a000-0000-7000-8000-0000000000d1', authorities: ['bezirksamt-wandsbek'] },
    owner: city.citizen,
    stranger: city.stranger,
  } as const satisfies SheetsCity['actors'];
  const frame = (visit: Visit): PageView => viewOf(visit, { demo: true });
  const server = createServer({
    routes: [
      ...sheetsRoutes(sheets, frame),
      ...casePages(ctx, frame, city.hub, [(actor, id, lang) => documentsPanel(sheets, actor, id, lang)]),
      ...officerPages(ctx, frame),
    ],
    publicUrl: 'http://localhost:8080',
    production: false,
    clock: city.clock.now,
    log: memoryLog(),
    authenticate: async (token) => (token in actors ? { actor: actors[token as keyof typeof actors] } : undefined),
    renderProblem: (_, { title, problem }) => html`<h1>${title}</h1><p>${problem.detail}</p>`,
    renderPage: (_, { title, body }) => html`<h1>${title}</h1>${body}`,
    database: city.ctx.database,
    rateLimit: 0,
  });
  return {
    ...city,
    ctx,
    sheets,
    actors,
    async request(path, who, form) {
      const headers = { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080', accept: path.startsWith('/api/') ? 'application/json' : 'text/html' };
      const answer = await server.request(
        path,
        form === undefined ? { headers } : { method: 'POST', headers, body: form instanceof FormData ? form : new URLSearchParams(form) },
      );
      return {
        status: answer.status,
        text: await answer.text(),
        location: answer.headers.get('location') ?? '',
        type: answer.headers.get('content-type') ?? '',
      };
    },
    async newCase() {
      const id = await filledDraft(city, 'baugenehmigung');
      expectOk(await submit(ctx, city.citizen, id, 'de'));
      return id;
    },
    async fileOf(caseId, slot) {
      const view = await sheets.cases.read(ctx.database.read, caseId);
      return view!.documents.findLast((one) => one.slot === slot)!.id;
    },
  };
}
