import type { CityFrame } from './frame.ts';
import { forcesRoutes, type DeskContext } from './modules/forces/public.ts';
import { staffWithRole } from './modules/identity/public.ts';
import { writeLogEntry } from './modules/logbook/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { lageFrame, situationRoutes, staffOf, type SituationContext } from './modules/situation/public.ts';
import { warningsRoutes } from './modules/warnings/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

/** Parts of a Lage in its own menu, in the order a staff works. */
const PARTS = [
  { path: '/kraefte', label: { de: 'Kräfte', en: 'Forces', leicht: 'Kräfte' } },
  { path: '/auftraege', label: { de: 'Aufträge', en: 'Tasks', leicht: 'Aufträge' } },
  { path: '/anforderungen', label: { de: 'Anforderungen', en: 'Requests', leicht: 'Was wir brauchen' } },
  { path: '/unterkuenfte', label: { de: 'Unterkünfte', en: 'Shelters', leicht: 'Unterkünfte' } },
  { path: '/material', label: { de: 'Material', en: 'Material', leicht: 'Material' } },
  { path: '/warnungen', label: { de: 'Warnungen', en: 'Warnings', leicht: 'Warnungen' } },
  { path: '/stab', label: { de: 'Stab', en: 'Staff', leicht: 'Stab' } },
] as const;

/** Who warns, as people read it. */
const SENDER = 'Freie und Hansestadt Hamburg';

export interface LageModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
}

/** The modules of the live picture, wired together. */
export function lageModules(ctx: ProcedureContext, view: CityFrame['view']): LageModules {
  const situation = situationOn(ctx);
  const frame = lageFrame(view, PARTS);
  const warnings = { ...ctx, senderName: SENDER, districts: () => ctx.desk.services.districts };
  return {
    routes: [...situationRoutes(situation, view, frame), ...warningsRoutes(warnings, view, frame), ...forcesRoutes(forcesOn(ctx, situation), frame)],
    jobs: [],
  };
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
