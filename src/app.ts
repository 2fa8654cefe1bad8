import type { HttpBindings } from '@hono/node-server';
import type { Config } from './config.ts';
import { openDatabase, START_STEPS } from './database.ts';
import { cityFrame, type CityFrame } from './frame.ts';
import type { Clock } from './kernel/time.ts';
import { wireModules, type WiredModules } from './modules.ts';
import { sharedDeviceOf } from './modules/identity/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { applyParameters, loadParameters } from './parameters.ts';
import type { Context } from './platform/context.ts';
import type { Database } from './platform/database/port.ts';
import { isReachable } from './platform/database/reachable.ts';
import { loadSeal } from './platform/documents/load-seal.ts';
import { createThreadedTypesetter } from './platform/documents/threaded-typesetter.ts';
import { assetResponse } from './platform/http/assets.ts';
import { ALREADY_ANSWERED } from './platform/http/listen.ts';
import type { Readiness } from './platform/http/health.ts';
import { createServer, type CityServer } from './platform/http/server.ts';
import type { StartProgress } from './platform/http/starting.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { createJobRunner, type JobRunner } from './platform/jobs/runner.ts';
import { analyseGrown } from './platform/database/analyse.ts';
import { journalCheck } from './platform/journal/journal-check.ts';
import { createJournal } from './platform/journal/journal.ts';
import { LiveHub } from './platform/live/hub.ts';
import type { Log } from './platform/log/log.ts';
import { demoCarrier, smtpCarrier, type MailCarrier } from './platform/mail/carriers.ts';
import { demoPostRoutes } from './platform/mail/demo-post.ts';
import { createMailer, mailJobs } from './platform/mail/mail.ts';
import { SERVICES_DIRECTORY } from './services-directory.ts';

/** A running city without its ports. */
export interface City {
  readonly ctx: ProcedureContext;
  readonly server: CityServer;
  readonly jobs: JobRunner;
  readonly hub: LiveHub;
  /** Answers a request, the demo identity provider included. */
  readonly answer: (request: Request, env: object) => Response | Promise<Response>;
  /** Fills a demo with cases to look at; call it once the city answers. */
  readonly fillDemo: WiredModules['fillDemo'];
  readonly fitConnect: WiredModules['fitConnect'];
  readonly mqtt: WiredModules['mqtt'];
  readonly feeds: WiredModules['lagen']['feeds'];
  /** Ends jobs, mail and the database. Close the port first. */
  close(): Promise<void>;
}

export interface CityOptions {
  readonly config: Config;
  readonly log: Log;
  /** The database, when it is being opened already; else it is opened here. */
  readonly database?: Promise<Database>;
  readonly clock?: Clock;
  readonly progress?: (progress: StartProgress) => void;
  /** false: what repeats by the machine's clock waits for `jobs.strike`, since `clock` is another. */
  readonly jobsByTheClock?: boolean;
  /** Aborts when the city is to stop: open streams end then. */
  readonly stopping?: AbortSignal;
}

/** Wires everything together: configuration, platform, modules, server. @throws in plain German what is missing */
export async function openCity(options: CityOptions): Promise<City> {
  const database = await (options.database ?? openDatabase(options.config, options.progress));
  try {
    return await openOn(database, options);
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}

async function openOn(database: Database, options: CityOptions): Promise<City> {
  const { config, log, clock = () => Temporal.Now.instant(), progress = () => {} } = options;
  progress({ step: 'Siegel und Aufträge werden geöffnet', done: 2, total: START_STEPS });
  const { platform, jobs, hub, anchors } = await openPlatform(database, { ...options, clock });
  progress({ step: 'Die Leistungen werden geladen', done: 3, total: START_STEPS });
  const frame = cityFrame({ demo: config.env === 'demo' });
  applyParameters(loadParameters(SERVICES_DIRECTORY));
  const modules = await wireModules({ config, platform, jobs, hub, frame, anchors });
  progress({ step: 'Konten und Aufträge werden eingerichtet', done: 4, total: START_STEPS });
  await modules.seedDemo();
  const state = { working: false };
  const server = serverOf(modules, frame, state, { ...options, database, clock });
  const carrier = carrierOf(config, database, clock);
  await jobs.register([
    ...modules.jobs,
    ...mailJobs(database, carrier, clock),
    forgetKeys(server),
    journalCheck(database, log, clock),
    analyseTables(database),
  ]);
  await jobs.work();
  await modules.connectors.open();
  modules.lagen.open();
  state.working = true;
  return {
    ctx: modules.ctx,
    server,
    jobs,
    hub,
    answer: answerOf(server, modules.demoProvider, modules.doors),
    fillDemo: modules.fillDemo,
    fitConnect: modules.fitConnect,
    mqtt: modules.mqtt,
    feeds: modules.lagen.feeds,
    async close() {
      state.working = false;
      await modules.connectors.close();
      await modules.lagen.close();
      await modules.assistant.close();
      await modules.outreach.close();
      await modules.mqtt.close();
      await jobs.stop();
      carrier.close();
      await database.close();
    },
  };
}

async function openPlatform(database: Database, { config, log, clock, jobsByTheClock = true }: CityOptions & { readonly clock: Clock }) {
  const journal = createJournal(() => hub.beat());
  const hub = new LiveHub(journal, database);
  const jobs = await createJobRunner(database, log, jobsByTheClock);
  const { env, publicUrl, dataDirectory, seal: key, tsaUrl } = config;
  const { seal, anchors } = await loadSeal({ env, directory: dataDirectory, p12Path: key?.p12, p12Password: key?.password, tsaUrl }, clock());
  const platform: Context = {
    settings: { env, publicUrl, city: config.city },
    clock,
    database,
    journal,
    outbox: jobs,
    mailer: createMailer(jobs),
    typesetter: createThreadedTypesetter(clock),
    seal,
    log,
  };
  return { platform, jobs, hub, anchors };
}

function carrierOf({ smtpUrl, mailFrom, publicUrl }: Config, database: Database, clock: Clock): MailCarrier {
  return smtpUrl === undefined ? demoCarrier(database, clock) : smtpCarrier({ smtpUrl, mailFrom, publicUrl });
}

function serverOf(
  modules: WiredModules,
  frame: CityFrame,
  state: { readonly working: boolean },
  { config, log, clock, database, stopping }: Omit<CityOptions, 'database'> & { readonly clock: Clock; readonly database: Database },
): CityServer {
  const demo = config.env === 'demo';
  return createServer({
    routes: [...modules.routes, ...(demo ? demoPostRoutes(database, frame.renderPage) : [])],
    publicUrl: config.publicUrl,
    production: !demo,
    clock,
    log,
    authenticate: modules.authenticate,
    authenticateDevice: modules.authenticateDevice,
    sharedDevice: sharedDeviceOf(modules.ctx),
    renderProblem: frame.renderProblem,
    renderPage: frame.renderPage,
    database,
    rateLimit: config.rateLimit,
    trustedProxies: config.trustedProxies,
    formActionOrigins: modules.formActionOrigins,
    mapOrigins: config.basemapUrl === undefined ? [] : [new URL(config.basemapUrl).origin],
    assets: assetAnswer,
    ready: () => readiness(database, state),
    ...(stopping && { stopping }),
  });
}

/** Migrations are applied before there is a server, so a reachable journal means that they are. */
async function readiness(database: Database, state: { readonly working: boolean }): Promise<Readiness> {
  const reachable = await isReachable(database.read);
  return {
    checks: [
      { name: 'database', ok: reachable, remedy: 'Die Datenbank antwortet nicht. Prüfen Sie DATABASE_URL und ob der Server läuft.' },
      { name: 'jobs', ok: state.working, remedy: 'Die Aufträge laufen nicht. Warten Sie einige Sekunden oder starten Sie Kontor neu.' },
    ],
  };
}

const analyseTables = (database: Database): JobKind<never> => ({
  name: 'platform.analyse',
  cron: '*/5 * * * *',
  handle: async () => void (await analyseGrown(database)),
});

function forgetKeys(server: CityServer): JobKind<never> {
  return { name: 'platform.forget-idempotency-keys', cron: '23 * * * *', handle: async () => server.idempotency?.sweep() };
}

function assetAnswer(request: Request): Response | undefined {
  const found = assetResponse(new URL(request.url).pathname, request.headers.get('accept-encoding') ?? undefined);
  return found && new Response(found.body, { status: found.status, headers: found.headers });
}

/** The bundled identity provider speaks Node's own requests; all else goes to the server. */
function answerOf(server: CityServer, demo: WiredModules['demoProvider'], doors: WiredModules['doors']): City['answer'] {
  return (request, env) => {
    const { pathname } = new URL(request.url);
    const door = doors.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`));
    if (door !== undefined) return door.handle(request);
    if (demo === undefined || !pathname.startsWith(`${demo.prefix}/`)) return server.fetch(request, env);
    const { incoming, outgoing } = env as HttpBindings;
    demo.handle(incoming, outgoing);
    return ALREADY_ANSWERED;
  };
}
