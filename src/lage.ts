import { FUNCTION_NAMES } from './kernel/lage-names.ts';
import { availableParallelism } from 'node:os';
import type { Config } from './config.ts';
import { invalidField } from './kernel/problem.ts';
import { ok, refuse } from './kernel/result.ts';
import { totalOf } from './kernel/strength.ts';
import type { CityFrame } from './frame.ts';
import { openGateOn } from './lage-flood.ts';
import { orientationOn } from './lage-orientation.ts';
import { zip } from './platform/files/zip.ts';
import { FeedsDesk, feedsJobs, feedsRoutes, moverKey, type FeedsContext } from './modules/feeds/public.ts';
import { federationJobs, federationRoutes, PartnerDesk, ServerKey, type FederationContext } from './modules/federation/public.ts';
import { forcesRoutes, giveTask, moveUnits, readyStrength, roadSteps, type DeskContext } from './modules/forces/public.ts';
import { floodContext, floodJobs, floodLayers, floodRoutes, type FloodLayer } from './modules/flood/public.ts';
import { findAddresses } from './modules/geodata/public.ts';
import { authenticate, deviceName, staffWithRole } from './modules/identity/public.ts';
import { lagekarteRoutes, type LagekarteContext, type Overlay } from './modules/lagekarte/public.ts';
import { logbookRoutes, takeMessage, writeEntry, writeLogEntry, type LogbookContext } from './modules/logbook/public.ts';
import { orientationRoutes } from './modules/orientation/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { authenticateGuest, lageFrame, situationRoutes, staffOf, type RoadPorts, type SituationContext } from './modules/situation/public.ts';
import { reportsRoutes, type ReportsContext, checkPicture, enterReport, keepPicture, receiveReports } from './modules/reports/public.ts';
import { followStreams, latestWords, streamCurve, streamStates } from './modules/sensors/public.ts';
import { surgeJobs, surgeRoutes, type SurgeContext } from './modules/surge/public.ts';
import { warningsRoutes } from './modules/warnings/public.ts';
import type { Sql } from './platform/database/port.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { readChain } from './platform/journal/read-chain.ts';
import { createOutbound } from './platform/outbound/outbound.ts';
import type { LangText } from './platform/ui/html.ts';

/** Parts of a Lage in its own menu, in the order a staff works. */
const PARTS = [
  { path: '/ueberblick', label: { de: 'Überblick', en: 'Overview', leicht: 'Überblick' } },
  { path: '/karte', label: { de: 'Karte', en: 'Map', leicht: 'Karte' } },
  { path: '/tagebuch', label: { de: 'Tagebuch', en: 'Log', leicht: 'Tagebuch' } },
  { path: '/nachrichten', label: { de: 'Nachrichten', en: 'Messages', leicht: 'Nachrichten' } },
  { path: '/lageberichte', label: { de: 'Lageberichte', en: 'Situation reports', leicht: 'Berichte' } },
  { path: '/sturmflut', label: { de: 'Sturmflut', en: 'Storm surge', leicht: 'Sturmflut' } },
  { path: '/tore', label: { de: 'Tore', en: 'Gates', leicht: 'Tore' } },
  { path: '/unterwegs', label: { de: 'Unterwegs', en: 'On the road', leicht: 'Unterwegs' } },
  { path: '/kraefte', label: { de: 'Kräfte', en: 'Forces', leicht: 'Kräfte' } },
  { path: '/auftraege', label: { de: 'Aufträge', en: 'Tasks', leicht: 'Aufträge' } },
  { path: '/anforderungen', label: { de: 'Anforderungen', en: 'Requests', leicht: 'Was wir brauchen' } },
  { path: '/unterkuenfte', label: { de: 'Unterkünfte', en: 'Shelters', leicht: 'Unterkünfte' } },
  { path: '/material', label: { de: 'Material', en: 'Material', leicht: 'Material' } },
  { path: '/meldungen', label: { de: 'Meldungen', en: 'Reports', leicht: 'Meldungen' } },
  { path: '/warnungen', label: { de: 'Warnungen', en: 'Warnings', leicht: 'Warnungen' } },
  { path: '/quellen', label: { de: 'Quellen', en: 'Sources', leicht: 'Quellen' } },
  { path: '/partner', label: { de: 'Partner', en: 'Partners', leicht: 'Partner' } },
  { path: '/flut', label: { de: 'Flut', en: 'Flood', leicht: 'Flut' } },
  { path: '/stab', label: { de: 'Stab', en: 'Staff', leicht: 'Stab' } },
] as const;

export interface LageModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** Begins what runs by itself, once the city works. */
  readonly open: () => void;
  readonly close: () => Promise<void>;
  /** Takes Cursor on Target, once a port is open. */
  readonly feeds: FeedsDesk;
}

/** The modules of the live picture, wired together. */
export function lageModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): LageModules {
  const situation = situationOn(ctx);
  const frame = lageFrame(view, PARTS);
  const warnings = { ...ctx, senderName: ctx.settings.city, districts: () => ctx.desk.services.districts };
  const federation = federationOn(ctx, config);
  const partners = new PartnerDesk(federation);
  const flood = floodContext(ctx, { dataDirectory: config.dataDirectory, cores: availableParallelism() });
  const feeding = feedsOn(ctx, config);
  const feeds = new FeedsDesk(feeding);
  const surge = { ...surgeOn(ctx), whatIfOpen: openGateOn(flood) };
  const logbook = logbookOn(ctx, situation);
  const orientation = orientationOn(ctx, { situation, logbook, surge });
  const forces = forcesOn(ctx, situation);
  const reporting = { ...ctx, taskHref: taskFor };
  const road: RoadPorts = {
    steps: (actor, key, lang) => roadSteps(forces, actor, key, lang),
    note: (actor, key, { id, text }) => writeEntry(logbook, actor, key, { id, kind: 'ereignis', text }),
    message: (actor, key, { to, ...message }) =>
      takeMessage(logbook, actor, key, {
        ...message,
        ...{ direction: 'in', channel: 'andere', conversation: false, wantsReceipt: false, callSign: '', sign: '' },
        ...{ addressee: FUNCTION_NAMES.de[to], to: [to] },
      }),
    report: (actor, key, { id, text, place, eventAt }) =>
      enterReport(reporting, actor, key, { text, sourceName: '', sourceRef: id, eventAt, pictures: [], ...(place === null ? {} : { place }) }),
  };
  return {
    routes: [
      ...situationRoutes(situation, view, frame, road),
      ...lagekarteRoutes(lagekarteOn(ctx), frame, ctx.desk.services.districts),
      ...orientationRoutes(orientation, frame),
      ...logbookRoutes(logbook, frame),
      ...forcesRoutes(forces, frame),
      ...surgeRoutes(surge, frame),
      ...warningsRoutes(warnings, view, frame),
      ...feedsRoutes(feeding, feeds, frame),
      ...federationRoutes(federation, frame),
      ...floodRoutes(flood, frame),
      ...reportsRoutes(reporting, view, frame),
    ],
    jobs: [...floodJobs(flood), ...feedsJobs(feeding, feeds), ...federationJobs(federation), ...surgeJobs(surge)],
    open: () => {
      partners.open();
      feeds.open();
    },
    close: async () => {
      await Promise.all([partners.close(), feeds.close(), flood.spill.close(), flood.threads.close()]);
    },
    feeds,
  };
}

/** The form of a task about something. */
const taskFor: ReportsContext['taskHref'] = ({ lage }, { title, ref }) => `/lagen/${lage.key}/auftraege/neu?${new URLSearchParams({ title, bezug: ref })}`;

/** A session is a person's, or a guest's of one Lage. */
export function sessions(ctx: ProcedureContext): ReturnType<typeof authenticate> {
  const [person, guest] = [authenticate(ctx), authenticateGuest(ctx)];
  return async (token, now) => {
    const found = await guest(token, now);
    return found === undefined ? person(token, now) : { ...found, unread: 0 };
  };
}

/** Federation, with the key of this server. */
export function federationOn(ctx: ProcedureContext, { secret, outboundHosts }: Pick<Config, 'secret' | 'outboundHosts'>): FederationContext {
  return { ...ctx, outbound: createOutbound({ allowedHosts: outboundHosts }), key: new ServerKey(secret), origin: new URL(ctx.settings.publicUrl).host };
}

/** Feeds, with what they ask of their neighbours. */
export function feedsOn(ctx: ProcedureContext, { outboundHosts, rateLimit }: Pick<Config, 'outboundHosts' | 'rateLimit'>): FeedsContext {
  return {
    ...ctx,
    outbound: createOutbound({ allowedHosts: outboundHosts }),
    streams: streamStates,
    placeUnits: unitsOfPositions,
    receiveReports,
    keepPicture: async (tx, _lageId, { fileName, bytes }) => {
      const checked = await checkPicture([{ fileName, bytes, tooLarge: false }]);
      if (!checked.ok) return checked;
      if (checked.value === undefined) return refuse(invalidField('picture', 'Das Bild ist leer.'));
      await keepPicture(tx, checked.value);
      const { sha256, takenAt } = checked.value;
      return ok({ sha256, ...(takenAt === undefined ? {} : { takenAt }) });
    },
    followStreams: (told) => followStreams(ctx.database, told),
    deviceName,
    paceFactor: rateLimit,
  };
}

/** Units of the Lage that report by a device are known by their call sign. */
const unitsOfPositions: NonNullable<FeedsContext['placeUnits']> = async (tx, lageId, positions, now) => {
  const named = positions.flatMap(({ event: { uid, callsign }, sourceId, mover: { fix } }) =>
    callsign === undefined || fix === undefined ? [] : [{ key: moverKey({ sourceId, uid }), callsign, fix }],
  );
  const moved = await moveUnits(
    tx,
    lageId,
    named.map(({ callsign, fix }) => ({
      callSign: callsign,
      place: { lon: fix.lon, lat: fix.lat },
      at: Temporal.Instant.fromEpochMilliseconds(Math.round(fix.timeMs)),
      accuracyMetres: Math.min(fix.ceMetres, 100_000),
    })),
    now,
    'CoT',
  );
  const byName = new Map(moved.map((object) => [object.title.toLowerCase(), object]));
  return new Map(named.flatMap(({ key, callsign }) => (byName.has(callsign.toLowerCase()) ? [[key, byName.get(callsign.toLowerCase())!] as const] : [])));
};

/** Situation, with what it asks of its neighbours. */
export function situationOn(ctx: ProcedureContext): SituationContext {
  return {
    ...ctx,
    origin: new URL(ctx.settings.publicUrl).host,
    staff: (db) => staffWithRole(db, 'krisenstab'),
    note: async (tx, place, text, now) => (await writeLogEntry(tx, place, { kind: 'ereignis', text }, now)).journal,
  };
}

/** Forces, with what they ask of their neighbours. */
export function forcesOn(ctx: ProcedureContext, situation: SituationContext = situationOn(ctx)): DeskContext {
  return {
    ...ctx,
    members: async (actor, key) => {
      const staff = await staffOf(situation, actor, key);
      return staff.ok ? staff.value.members.filter(({ endedAt }) => endedAt === null) : [];
    },
  };
}

/** The log, with what it asks of its neighbours. */
export function logbookOn(ctx: ProcedureContext, situation: SituationContext = situationOn(ctx)): LogbookContext {
  return {
    ...ctx,
    origin: situation.origin,
    chain: readChain,
    zip,
    staffNames: async (actor, key) => {
      const staff = await staffOf(situation, actor, key);
      const present = staff.ok ? staff.value.members.filter(({ endedAt }) => endedAt === null) : [];
      return present.map(({ function: staffFunction, name, organisation }) => `${staffFunction} ${name}, ${organisation}`);
    },
  };
}

const FLOOD_NAMES: Readonly<Record<FloodLayer['id'], LangText>> = {
  depth: { de: 'Flut: Wassertiefe', en: 'Flood: depth of water', leicht: 'Flut: So tief ist das Wasser' },
  arrival: { de: 'Flut: Ankunft', en: 'Flood: arrival', leicht: 'Flut: Dann kommt das Wasser' },
  probability: { de: 'Flut: Wahrscheinlichkeit', en: 'Flood: probability', leicht: 'Flut: So wahrscheinlich ist sie' },
  least: { de: 'Flut: wenigstens', en: 'Flood: at least', leicht: 'Flut: mindestens' },
  worst: { de: 'Flut: höchstens', en: 'Flood: at most', leicht: 'Flut: höchstens' },
};

/** What the newest calculation of a flood lays over the map. */
async function floodOverlays(db: Sql, view: Parameters<typeof floodLayers>[1]): Promise<readonly Overlay[]> {
  const layers = await floodLayers(db, view);
  return layers
    .filter(({ runId }) => runId === layers[0]?.runId)
    .map(({ id, runId, model, version, url, corners, legend, at, synthetic }) => ({
      ...{ id: `${runId}-${id}`, title: FLOOD_NAMES[id], url, at, corners: corners as Overlay['corners'] },
      source: `${model} ${version}${synthetic ? ', Gelände erfunden' : ''}`,
      legend: legend.classes.map(({ from, to, colour }) => ({
        colour,
        label: to === undefined ? `ab ${from} ${legend.unit}` : `${from}–${to} ${legend.unit}`,
      })),
    }));
}

/** The map, with what lies over it and who knows addresses. */
const lagekarteOn = (ctx: ProcedureContext): LagekarteContext => ({
  ...ctx,
  overlays: (view) => floodOverlays(ctx.database.read, view),
  addresses: (actor, words, limit) => findAddresses(ctx, actor, words, limit),
});

/** Storm surge, with the streams it listens to and the forces it orders and counts. */
export function surgeOn(ctx: ProcedureContext): SurgeContext {
  const reader = { kind: 'system', job: 'surge.watch' } as const;
  return {
    ...ctx,
    streams: {
      latest: (streamIds) => latestWords(ctx, streamIds),
      between: async (streamId, from, to) => {
        const curve = await streamCurve(ctx, reader, streamId, { from, to });
        return curve.ok ? curve.value.points.map(({ at, value }) => ({ at, metres: value })) : undefined;
      },
    },
    orderTask: async (actor, key, { title, text, responsible, dueAt, refs }, id) => {
      const given = await giveTask(ctx, actor, key, { title, text, function: responsible, deadline: dueAt?.toString() ?? null, refs }, id);
      return given.ok ? ok({ ref: `task:${given.value.id}` }) : given;
    },
    forces: async (db, lage) => {
      const ready = await readyStrength(db, lage.id);
      return { free: ready === null ? null : totalOf(ready), dykeDefenders: null };
    },
  };
}
