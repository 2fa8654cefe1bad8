import { sampleLetters } from './commands/sample-letters.ts';
import { assistantModules, type AssistantModules } from './assistant.ts';
import { cityPages } from './city-pages.ts';
import type { Config } from './config.ts';
import { demoFillers, type DemoFillers } from './demo.ts';
import type { CityFrame } from './frame.ts';
import { legalDay } from './kernel/time.ts';
import {
  bpmnPages,
  bpmnRoutes,
  cataloguePages,
  followProcessingTimes,
  loadServices,
  openServiceDesk,
  publishPages,
  type ServiceDesk,
} from './modules/catalogue/public.ts';
import {
  authenticateDevice,
  demoIdentityProvider,
  demoOidcClients,
  identityModule,
  oidcRedirectUris,
  type DemoIdentityProvider,
} from './modules/identity/public.ts';
import {
  casePages,
  cosignPages,
  draftPages,
  exportCases,
  forgetApplicant,
  fristenPages,
  migrationPages,
  officerPages,
  openCaseCount,
  procedureApi,
  procedureJobs,
  pruefenPages,
  statisticsPages,
  unfinishedPart,
  type ProcedureContext,
} from './modules/procedure/public.ts';
import { forgetJobsOf, jobsOfAccount } from './modules/processes/public.ts';
import { fitConnectPanel, handOnPanel, xbauDoor, xbauPanel, type FitConnectOffice } from './modules/exchange/public.ts';
import { codeForLetter } from './modules/entrance/public.ts';
import { unzip } from './platform/files/zip-read.ts';
import { exchangeModules } from './exchange.ts';
import { letterOutOn } from './exchange-desk.ts';
import { xbauOn } from './neighbours-xbau.ts';
import {
  claimsPanel,
  demoPayments,
  exportClaims,
  notificationDoor,
  openClaimCount,
  paymentJobs,
  paymentRoutes,
  type PaymentContext,
} from './modules/payment/public.ts';
import {
  contributionsJobs,
  contributionsRoutes,
  displayPart,
  holdingsOf as contributionsOf,
  participationCards,
  type ContributionsContext,
} from './modules/contributions/public.ts';
import { holdingsOf as commentsOnStrategy } from './modules/cockpit/public.ts';
import { applicantPanel, holdingsOf, openForStep, officerPanel, participationJobs, participationRoutes } from './modules/participation/public.ts';
import { draftHelp, forgetHelp, helpOf, helpPanel, withHelpBand } from './modules/guides/public.ts';
import { planPanel, plansRoutes, xplanComplaint } from './modules/plans/public.ts';
import { documentsPanel, SheetDesk, sheetOffice, sheetsRoutes, Visits, type SheetsContext } from './modules/sheets/public.ts';
import { cashierOn, demandedConditions, kasseOn, technicalBlock, openParticipation, participationOn, plansOn, sheetsOn } from './neighbours.ts';
import { forgetNotices, noticesOf, reminderDays } from './modules/notification/public.ts';
import { withNotices } from './neighbours-notification.ts';
import { contributionsOn } from './neighbours-contributions.ts';
import { lageModules, sessions, type LageModules } from './lage.ts';
import { urbanData, type UrbanData } from './urban-data.ts';
import { countedPages } from './neighbours-usage.ts';
import { guidesOn, outreachModules, type OutreachModules } from './outreach.ts';
import { parameterPages } from './parameter-pages.ts';
import { SERVICES_DIRECTORY } from './services-directory.ts';
import { strategyModules } from './strategy.ts';
import { exportScenarios } from './modules/scenarios/public.ts';
import { practiceRedirectUri } from './modules/onlineausweis/public.ts';
import { MqttServer } from './modules/sensors/public.ts';
import type { Context } from './platform/context.ts';
import { checkSeal } from './platform/documents/check.ts';
import { checkTemplate } from './platform/documents/typesetter.ts';
import type { Door } from './platform/http/door.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { Authenticate, AuthenticateDevice } from './platform/http/visit.ts';
import type { JobKind } from './platform/jobs/port.ts';
import type { LiveHub } from './platform/live/hub.ts';
import type { JobRunner } from './platform/jobs/runner.ts';
import type { Lang } from './platform/ui/html.ts';

/** What a module gives to the city. */
interface CityModule {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
}

export interface WiredModules extends CityModule, DemoFillers {
  readonly ctx: ProcedureContext;
  readonly authenticate: Authenticate;
  readonly authenticateDevice: AuthenticateDevice;
  /** Origins of identity providers that forms lead to. */
  readonly formActionOrigins: readonly string[];
  /** Only in a demo, and only where a real provider is not set. */
  readonly demoProvider: DemoIdentityProvider | undefined;
  readonly fitConnect: FitConnectOffice;
  /** Its port is opened when the city is ready. */
  readonly mqtt: MqttServer;
  /** Opened when the city is ready. */
  readonly connectors: UrbanData['connectors'];
  /** Opened once the city works, closed before its database. */
  readonly lagen: Pick<LageModules, 'open' | 'close' | 'feeds'>;
  /** Closed before the city's database: answers that are being made are kept. */
  readonly assistant: Pick<AssistantModules, 'close'>;
  /** Closed before the city's database: what was counted is written, as far as it may be. */
  readonly outreach: Pick<OutreachModules, 'close'>;
  /** What stands beside the routes because it needs the request byte by byte. */
  readonly doors: readonly Door[];
}

export interface Wiring {
  readonly config: Config;
  readonly platform: Context;
  readonly jobs: JobRunner;
  readonly frame: CityFrame;
  readonly hub: LiveHub;
  /** Certificates whose seals count as the city's. */
  readonly anchors: Parameters<typeof checkSeal>[1];
}

/** All modules of the city: a new one is an entry of `modules`, and of `MODULES_WITH_TABLES` in `database.ts` if it has tables. */
export async function wireModules(wiring: Wiring): Promise<WiredModules> {
  const { config, platform, jobs, frame } = wiring;
  const { publicUrl, secret } = config;
  const services = await loadServices(SERVICES_DIRECTORY, legalDay(platform.clock()));
  const desk = await openServiceDesk(platform, services);
  for (const { file, line, message } of desk.services.mistakes) platform.log.error('service.broken', { file, line, message });
  const { ctx, sheets } = withSheets({ ...besideCases(withNotices(platform, config), desk, secret), ...countingLater(() => outreach) });
  const oidc = oidcClients(config);
  const kasse = payment(ctx, wiring);
  const exchanging = await exchangeModules(ctx, config, frame.view);
  const mqtt = new MqttServer(ctx, { authenticateDevice: authenticateDevice(ctx), paceFactor: config.rateLimit });
  const contributing = contributionsOn(ctx, secret);
  const strategy = strategyModules(ctx, config, frame.view);
  const datasets = async () => [...(await strategy.datasets()), ...(await outreach.datasets())];
  const data = urbanData(ctx, { config, view: frame.view, datasets }, mqtt);
  const lagen = lageModules(ctx, config, frame.view);
  const assistant = assistantModules(ctx, config, frame.view);
  const paths = new Set<string>();
  const outreach = outreachModules(ctx, config, frame.view, { hub: wiring.hub, pageExists: (path) => paths.has(path) });
  const modules: readonly CityModule[] = [
    catalogue(ctx, wiring, outreach),
    procedure(ctx, wiring, { kasse: kasse.ctx, sheets, assistant: assistant.panels, outreach }),
    kasse,
    participation(ctx, wiring, contributing),
    { routes: contributionsRoutes(contributing, frame.view, wiring.hub), jobs: contributionsJobs(contributing) },
    { routes: plansRoutes(plansOn(ctx), frame.view), jobs: [] },
    { routes: sheetsRoutes(sheets, frame.view), jobs: [] },
    data,
    lagen,
    assistant,
    outreach,
    strategy,
    exchanging,
    identity(ctx, oidc, wiring),
    { routes: parameterPages(frame.view), jobs: [] },
    { routes: cityPages({ frame: frame.view, jobs, database: ctx.database, services: () => [...desk.services.packages.values()] }), jobs: [] },
  ];
  const routes = modules.flatMap((module) => module.routes);
  for (const { kind, method, path } of routes) if (kind === 'page' && method === 'get') paths.add(path);
  return {
    ctx,
    routes,
    jobs: modules.flatMap((module) => module.jobs),
    doors: [...kasse.doors, ...exchanging.office.doors, ...outreach.doors],
    fitConnect: exchanging.office,
    mqtt,
    connectors: data.connectors,
    lagen,
    assistant,
    outreach,
    authenticate: sessions(ctx),
    authenticateDevice: authenticateDevice(ctx),
    formActionOrigins: [oidc.eid, oidc.staff].map(({ issuer }) => new URL(issuer).origin).filter((origin) => origin !== publicUrl),
    demoProvider: await demoProviderOf(config),
    ...demoFillers(ctx, config, { contributing, office: exchanging.office, assistant, outreach, strategy }),
  };
}

/** The bundled provider, in a demo that names none of its own. */
async function demoProviderOf({ env, publicUrl, secret, oidcEid, oidcStaff }: Config): Promise<DemoIdentityProvider | undefined> {
  if (env !== 'demo' || (oidcEid !== undefined && oidcStaff !== undefined)) return undefined;
  const redirectUris = { ...oidcRedirectUris(publicUrl), practice: practiceRedirectUri(publicUrl) };
  return demoIdentityProvider({ env, publicUrl, secret, redirectUris });
}

/** Procedure counts and asks through modules that are wired after it, from its own context. */
function countingLater(outreach: () => OutreachModules): Pick<ProcedureContext, 'count' | 'askAfterDiscard'> {
  return { count: (reader, use) => outreach().count(reader, use), askAfterDiscard: (draft) => outreach().askAfterDiscard(draft) };
}

/** What procedure reaches of the modules that stand beside it. */
function besideCases(platform: Context, desk: ServiceDesk, secret: string): ProcedureContext {
  return {
    ...platform,
    desk,
    gates: [openParticipation],
    steps: openForStep,
    demands: demandedConditions,
    contents: { 'application/gml+xml': xplanComplaint },
    cashier: cashierOn(platform),
    letterOut: letterOutOn(platform),
    inspect: technicalBlock,
    statusCode: (db, caseId) => codeForLetter(secret, db, caseId),
  };
}

/** Providers of sign-in: the demo's own where none is named. */
function oidcClients({ publicUrl, secret, oidcEid, oidcStaff }: Config): Parameters<typeof identityModule>[0]['oidc'] {
  const demo = demoOidcClients(publicUrl, secret);
  return { eid: oidcEid ?? demo.eid, staff: oidcStaff ?? demo.staff };
}

function catalogue(ctx: ProcedureContext, { frame }: Wiring, { serviceParts }: Pick<OutreachModules, 'serviceParts'>): CityModule {
  // an upload is a folder of texts
  const packed = { maxFiles: 200, maxBytes: 20 * 1024 * 1024 };
  const publishing = { ...ctx, letters: { setLetter: checkTemplate, samplesOf: sampleLetters }, unzip: (bytes: Uint8Array) => unzip(bytes, packed) };
  const routes = [...cataloguePages(ctx, frame.view, serviceParts), ...publishPages(publishing, frame.view), ...bpmnPages(ctx, frame.view), ...bpmnRoutes(ctx)];
  return { routes: countedPages(routes, ctx.count), jobs: [processingTimes(ctx)] };
}

/** Accounts, and what the other modules hold about them. */
function identity(ctx: ProcedureContext, oidc: Parameters<typeof identityModule>[0]['oidc'], { config, frame }: Wiring): CityModule {
  return identityModule({
    ctx,
    secret: config.secret,
    oidc,
    frame: frame.body,
    openCases: async (accountId) => (await openCaseCount(ctx, accountId)) + (await openClaimCount(ctx, accountId)),
    services: () => ctx.desk.offered().map(({ key, name }) => ({ key, name })),
    reminderDays: (day) => reminderDays(day),
    beside: (visit) => unfinishedPart(ctx, visit),
    otherHoldings: async (accountId) => ({
      verfahren: await exportCases(ctx, { kind: 'citizen', accountId, trust: 'einfach' }),
      stellungnahmen: await holdingsOf(participationOn(ctx), accountId),
      beitraege: await contributionsOf(ctx, accountId),
      zahlungen: await exportClaims(ctx, accountId),
      szenarien: await exportScenarios(ctx, accountId),
      strategiekommentare: await commentsOnStrategy(ctx, accountId),
      benachrichtigungen: await noticesOf(ctx.database.read, accountId),
      hilfe: await helpOf(ctx.database.read, accountId),
      rechnungen: await jobsOfAccount(ctx.database.read, accountId),
    }),
    forgetElsewhere: async (tx, accountId) => {
      await forgetNotices(tx, accountId);
      await forgetHelp(tx, accountId);
      await forgetJobsOf(tx, accountId);
      await forgetApplicant(ctx, tx, accountId);
    },
  });
}

/** Procedure with the plan sheets beside it: they read cases, and it asks them what was entered. */
function withSheets(before: ProcedureContext): { readonly ctx: ProcedureContext; readonly sheets: SheetsContext } {
  const sheets = sheetsOn(before, { drawings: new SheetDesk(), visits: new Visits(before.clock) });
  return { ctx: { ...before, help: draftHelp, sheets: sheetOffice(sheets) }, sheets };
}

interface BesideCases {
  readonly kasse: PaymentContext;
  readonly sheets: SheetsContext;
  readonly assistant: AssistantModules['panels'];
  readonly outreach: Pick<OutreachModules, 'applicant'>;
}

function procedure(ctx: ProcedureContext, { config, frame, anchors, hub }: Wiring, { kasse, sheets, assistant, outreach }: BesideCases): CityModule {
  const beside = participationOn(ctx);
  const guides = guidesOn(ctx, config);
  const routes = [
    ...withHelpBand(guides, draftPages(ctx, frame.view)),
    ...cosignPages(ctx, frame.view),
    ...casePages(ctx, frame.view, hub, [
      (actor, id, lang) => claimsPanel(kasse, actor, id, lang),
      (actor, id, lang) => applicantPanel(beside, actor, id, lang),
      (actor, id, lang) => documentsPanel(sheets, actor, id, lang),
      assistant.applicant,
      (actor, id, lang) => helpPanel(guides, actor, id, lang),
      ...outreach.applicant,
    ]),
    ...officerPages(
      ctx,
      frame.view,
      [
        (actor, id, lang) => officerPanel(beside, actor, id, lang),
        (actor, id, lang) => planPanel(plansOn(ctx), actor, id, lang),
        (actor, id, lang) => claimsPanel(kasse, actor, id, lang),
        async (_actor, id, lang) => handOnPanel(id, lang),
        (actor, id, lang) => xbauPanel(xbauOn(ctx), actor, id, lang),
        async (_actor, id, lang) => fitConnectPanel(ctx, id, lang),
        assistant.officer,
      ],
      (lang) => [xbauDoor(lang)],
    ),
    ...procedureApi(ctx),
    ...fristenPages(frame.view),
    ...statisticsPages(ctx, frame.view, hub),
    ...migrationPages(ctx, frame.view),
    ...pruefenPages((pdf) => checkSeal(pdf, anchors, ctx.clock()), frame.view),
  ];
  return { routes, jobs: procedureJobs(ctx) };
}

function participation(ctx: ProcedureContext, { frame, hub }: Wiring, contributing: ContributionsContext): CityModule {
  const own = participationOn(ctx);
  // the ways between a display and its participation on the map; neither module knows the other
  const beside = {
    list: (lang: Lang, when: 'running' | 'past' | 'all') => participationCards(contributing, lang, when),
    ofDisplay: (displayId: string, lang: Lang) => displayPart(contributing, displayId, lang),
  };
  return { routes: participationRoutes(own, frame.view, hub, beside), jobs: participationJobs(own) };
}

/** The Kasse; in a demo with a payment provider of its own, which refuses to start in production. */
function payment(
  ctx: ProcedureContext,
  { config, platform, frame, hub }: Wiring,
): CityModule & { readonly ctx: PaymentContext; readonly doors: readonly Door[] } {
  const { env, bankAccount, secret } = config;
  const account = bankAccount ?? (env === 'demo' ? DEMO_ACCOUNT : undefined);
  // both sides of the demo live in this process, whatever the city's public address is
  const inside: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const to = doors.find(({ prefix }) => new URL(request.url).pathname.startsWith(`${prefix}/`));
    return to === undefined ? new Response(null, { status: 404 }) : to.handle(request);
  };
  const demo = env === 'demo' ? demoPayments(platform, secret, { fetch: inside }) : undefined;
  const kasse = kasseOn(ctx, { providers: demo === undefined ? [] : [demo.provider], bankAccountOf: () => account });
  const doors: Door[] = [notificationDoor(kasse), ...(demo === undefined ? [] : [demo.server])];
  return { ctx: kasse, doors, routes: paymentRoutes(kasse, frame.view, hub), jobs: [...paymentJobs(kasse), ...(demo?.jobs ?? [])] };
}

/** An IBAN with a right check number that no bank has. */
const DEMO_ACCOUNT = { holder: 'Kasse der Demo-Stadt', iban: 'DE02120300000000202051' };

function processingTimes(ctx: Context): JobKind<never> {
  return { name: 'catalogue.follow-processing-times', cron: '*/10 * * * *', handle: () => followProcessingTimes(ctx) };
}
