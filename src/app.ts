import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import { join } from 'node:path';
import { cityPages } from './city-pages.ts';
import type { Config } from './config.ts';
import { legalDay, type Clock } from './kernel/time.ts';
import { cataloguePages, followProcessingTimes, loadServices, openServiceDesk } from './modules/catalogue/public.ts';
import { authenticate, DEMO_IDP_PATH, demoIdentityProvider, demoOidcClients, identityModule, oidcRedirectUris, seedDemoAccounts } from './modules/identity/public.ts';
import { casePages, draftPages, exportCases, fristenPages, openCaseCount, procedureApi, procedureJobs, pruefenPages, type ProcedureContext } from './modules/procedure/public.ts';
import type { Context } from './platform/context.ts';
import { migrate, readMigrations } from './platform/database/migrate.ts';
import { openPglite } from './platform/database/pglite.ts';
import type { Database } from './platform/database/port.ts';
import { openPostgres } from './platform/database/postgres.ts';
import { checkSeal } from './platform/documents/check.ts';
import { loadSeal } from './platform/documents/load-seal.ts';
import { createTypesetter } from './platform/documents/typesetter.ts';
import { assetResponse } from './platform/http/assets.ts';
import type { AnyRoute, Visit } from './platform/http/route.ts';
import { createServer, type CityServer } from './platform/http/server.ts';
import type { PageView as HttpPageView } from './platform/http/refusals.ts';
import type { StartProgress } from './platform/http/starting.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { createJobRunner, type JobRunner } from './platform/jobs/runner.ts';
import { createJournal } from './platform/journal/journal.ts';
import { LiveHub } from './platform/live/hub.ts';
import type { Log } from './platform/log/log.ts';
import { demoCarrier, smtpCarrier } from './platform/mail/carriers.ts';
import { demoPostRoutes } from './platform/mail/demo-post.ts';
import { createMailer, mailJobs } from './platform/mail/mail.ts';
import { page, pageTitle } from './platform/ui/page.ts';
import { alert } from './platform/ui/alert.ts';
import { html, type Html } from './platform/ui/html.ts';
import { viewOf, type PageView } from './platform/ui/view.ts';
import { navigation } from './navigation.ts';

/** A running city without its port. */
export interface City {
  readonly ctx: ProcedureContext;
  readonly server: CityServer;
  readonly jobs: JobRunner;
  /** Answers a request, the demo identity provider included. */
  readonly answer: (request: Request, env: object) => Response | Promise<Response>;
  close(): Promise<void>;
}

export interface CityOptions {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
  readonly progress?: (progress: StartProgress) => void;
  readonly stopping?: AbortSignal;
}

const SRC = import.meta.dirname;
const MIGRATIONS = [
  { schema: 'platform', directory: join(SRC, 'platform/migrations') },
  ...['identity', 'catalogue', 'procedure'].map((schema) => ({ schema, directory: join(SRC, 'modules', schema, 'store') })),
];

/** Opens the database in force: PostgreSQL where an address is given, else PGlite in the data directory. */
export function openDatabase({ databaseUrl, dataDirectory }: Pick<Config, 'databaseUrl' | 'dataDirectory'>): Promise<Database> {
  return databaseUrl === undefined ? openPglite(dataDirectory) : Promise.resolve(openPostgres(databaseUrl));
}

/** Wires everything together: the one place that knows all modules. */
export async function openCity({ config, log, clock = () => Temporal.Now.instant(), progress = () => {}, stopping }: CityOptions): Promise<City> {
  progress({ step: 'Die Datenbank wird geöffnet', done: 0, total: 4 });
  const database = await openDatabase(config);
  progress({ step: 'Das Schema wird angelegt', done: 1, total: 4 });
  await migrate(database, await readMigrations(MIGRATIONS));
  progress({ step: 'Die Leistungen werden geladen', done: 2, total: 4 });
  const { ctx: platform, jobs, hub, anchors } = await openPlatform(config, database, log, clock);
  const services = await loadServices(join(SRC, '../services'), legalDay(clock()));
  for (const { file, line, message } of services.mistakes) log.error('service.broken', { file, line, message });
  const ctx: ProcedureContext = { ...platform, desk: await openServiceDesk(platform, services) };
  const wired = wire(ctx, config, jobs, anchors);
  await jobs.register([...wired.jobs, ...mailJobs(database, carrierOf(config, database, clock), clock)]);
  if (config.env === 'demo') {
    progress({ step: 'Die Demo-Stadt wird eingerichtet', done: 3, total: 4 });
    await seedDemoAccounts(ctx, clock());
  }
  const server = createServer({
    routes: wired.routes,
    publicUrl: config.publicUrl,
    production: config.env === 'production',
    clock,
    log,
    authenticate: authenticate(ctx),
    renderProblem: (view, { title, problem, status, extra, requestId }) => problemPage(frameOf(config)(view), { title, detail: problem.detail, status, requestId, ...(extra && { extra }) }),
    renderPage: wired.renderPage,
    database,
    rateLimit: config.rateLimit,
    trustedProxies: config.trustedProxies,
    formActionOrigins: [config.oidcStaff, config.oidcEid].flatMap((client) => (client === undefined ? [] : [new URL(client.issuer).origin])),
    assets: assetAnswer,
    ready: async () => ({ checks: [{ name: 'database', ok: await database.read.selectNoFrom((eb) => eb.lit(1).as('one')).execute().then(() => true, () => false), remedy: 'Prüfen Sie, ob die Datenbank läuft.' }] }),
    ...(stopping && { stopping }),
  });
  const answer = await withDemoProvider(config, server);
  await jobs.work();
  return {
    ctx,
    server,
    jobs,
    answer,
    async close() {
      await jobs.stop();
      void hub;
      await database.close();
    },
  };
}

async function openPlatform(config: Config, database: Database, log: Log, clock: Clock) {
  const journal = createJournal(() => hub.beat());
  const hub = new LiveHub(journal, database);
  const jobs = await createJobRunner(database, log);
  const { seal, anchors } = await loadSeal({ env: config.env, directory: config.dataDirectory, p12Path: config.seal?.p12, p12Password: config.seal?.password, tsaUrl: config.tsaUrl }, clock());
  const { env, publicUrl } = config;
  const ctx: Context = { settings: { env, publicUrl }, clock, database, journal, outbox: jobs, mailer: createMailer(jobs), typesetter: createTypesetter({ clock }), seal, log };
  return { ctx, jobs, hub, anchors };
}

const carrierOf = ({ smtpUrl, mailFrom, publicUrl }: Config, database: Database, clock: Clock) =>
  smtpUrl === undefined ? demoCarrier(database, clock) : smtpCarrier({ smtpUrl, mailFrom, publicUrl });

type FrameSource = Visit | HttpPageView;
const frameOf = (config: Config) => (visit: FrameSource): PageView =>
  viewOf({ now: Temporal.Now.instant(), ...visit }, { demo: config.env === 'demo', nav: navigation(visit) });

/** Every module, one after the other. */
function wire(ctx: ProcedureContext, config: Config, jobs: JobRunner, anchors: Parameters<typeof checkSeal>[1]) {
  const frame = frameOf(config);
  const demo = config.env === 'demo';
  const identity = identityModule({
    ctx,
    secret: config.secret,
    oidc: demo && config.oidcEid === undefined ? demoOidcClients(config.publicUrl, config.secret) : { eid: config.oidcEid!, staff: config.oidcStaff! },
    frame: (visit, { title, body }) => page(frame(visit), { title, main: body }),
    openCases: (accountId) => openCaseCount(ctx, accountId),
    otherHoldings: async (accountId) => ({ verfahren: await exportCases(ctx, { kind: 'citizen', accountId, trust: 'einfach' }) }),
  });
  const renderPage = (view: HttpPageView, { title, body }: { title: string; body: Html }): Html => page(frame(view), { title, main: html`${pageTitle(title)}${body}` });
  const followTimes: JobKind<never> = { name: 'catalogue.follow-processing-times', cron: '*/10 * * * *', handle: () => followProcessingTimes(ctx) };
  const routes: AnyRoute[] = [
    ...cataloguePages(ctx, frame),
    ...draftPages(ctx, frame),
    ...casePages(ctx, frame),
    ...procedureApi(ctx),
    ...fristenPages(frame),
    ...pruefenPages((pdf) => checkSeal(pdf, anchors, ctx.clock()), frame),
    ...identity.routes,
    ...cityPages({ frame, jobs, database: ctx.database }),
    ...(demo ? demoPostRoutes(ctx.database, renderPage) : []),
  ];
  return { routes, renderPage, jobs: [...identity.jobs, ...procedureJobs(ctx), followTimes] };
}

function problemPage(view: PageView, shown: { title: string; detail: string; status: number; requestId: string; extra?: Html }): Html {
  const main = html`${pageTitle(shown.title)}${alert('danger', shown.detail)}${shown.extra ?? ''}<p class="kern-body">Nummer dieser Anfrage: ${shown.requestId}</p>`;
  return page(view, { title: shown.title, main, status: shown.status });
}

function assetAnswer(request: Request): Response | undefined {
  const found = assetResponse(new URL(request.url).pathname, request.headers.get('accept-encoding') ?? '');
  return found && new Response(new Uint8Array(found.body), { status: found.status, headers: found.headers });
}

/** Puts the bundled identity provider beside the city's own routes; in a demo only. */
async function withDemoProvider(config: Config, server: CityServer): Promise<City['answer']> {
  if (config.env !== 'demo' || config.oidcEid !== undefined) return (request, env) => server.fetch(request, env);
  const provider = await demoIdentityProvider({ env: config.env, publicUrl: config.publicUrl, secret: config.secret, redirectUris: oidcRedirectUris(config.publicUrl) });
  return (request, env) => {
    if (!new URL(request.url).pathname.startsWith(`${DEMO_IDP_PATH}/`)) return server.fetch(request, env);
    const { incoming, outgoing } = env as HttpBindings;
    provider.handle(incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  };
}
