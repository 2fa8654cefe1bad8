import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import { federationRoutes, PartnerDesk, ServerKey, type FederationContext } from './modules/federation/public.ts';
import { forcesRoutes, roadSteps, type DeskContext } from './modules/forces/public.ts';
import { authenticate, staffWithRole } from './modules/identity/public.ts';
import { writeLogEntry } from './modules/logbook/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { authenticateGuest, lageFrame, situationRoutes, staffOf, type RoadPorts, type SituationContext } from './modules/situation/public.ts';
import { warningsRoutes } from './modules/warnings/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

/** Parts of a Lage in its own menu, in the order a staff works. */
const PARTS = [
  { path: '/unterwegs', label: { de: 'Unterwegs', en: 'On the road', leicht: 'Unterwegs' } },
  { path: '/kraefte', label: { de: 'Kräfte', en: 'Forces', leicht: 'Kräfte' } },
  { path: '/auftraege', label: { de: 'Aufträge', en: 'Tasks', leicht: 'Aufträge' } },
  { path: '/anforderungen', label: { de: 'Anforderungen', en: 'Requests', leicht: 'Was wir brauchen' } },
  { path: '/unterkuenfte', label: { de: 'Unterkünfte', en: 'Shelters', leicht: 'Unterkünfte' } },
  { path: '/material', label: { de: 'Material', en: 'Material', leicht: 'Material' } },
  { path: '/warnungen', label: { de: 'Warnungen', en: 'Warnings', leicht: 'Warnungen' } },
  { path: '/partner', label: { de: 'Partner', en: 'Partners', leicht: 'Partner' } },
  { path: '/stab', label: { de: 'Stab', en: 'Staff', leicht: 'Stab' } },
] as const;

/** Who warns, as people read it. */
const SENDER = 'Freie und Hansestadt Hamburg';

export interface LageModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** Begins what runs by itself, once the city works. */
  readonly open: () => void;
  readonly close: () => Promise<void>;
}

/** The modules of the live picture, wired together. */
export function lageModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): LageModules {
  const situation = situationOn(ctx);
  const frame = lageFrame(view, PARTS);
  const warnings = { ...ctx, senderName: SENDER, districts: () => ctx.desk.services.districts };
  const federation = federationOn(ctx, config);
  const partners = new PartnerDesk(federation);
  const forces = forcesOn(ctx, situation);
  const road: RoadPorts = { steps: (actor, key, lang) => roadSteps(forces, actor, key, lang) };
  return {
    routes: [
      ...situationRoutes(situation, view, frame, road),
      ...forcesRoutes(forces, frame),
      ...warningsRoutes(warnings, view, frame),
      ...federationRoutes(federation, frame),
    ],
    jobs: [],
    open: () => partners.open(),
    close: () => partners.close(),
  };
}

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
