import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { LAYERS } from '../../../kernel/lage.ts';
import { layersOf, rightsOf, type Lage, type LageView, type Member, type Right } from '../domain/lage.ts';
import { lageClosed, noLage, notYourRight, type LageProblem } from '../domain/problems.ts';
import { findAdmitted } from '../store/devices.ts';
import { findLage, listOpen } from '../store/lagen.ts';
import { findEntry } from '../store/members.ts';

/** Member of whom no person stands behind: a job, a model. */
export const SYSTEM_MEMBER: Member = { id: 'system', name: 'Kontor', organisation: 'Kontor', function: 'leiter', sectionId: null, guest: false };

/** The first line of nearly every use case: may this person, in this Lage, do this? Who does not belong to it does not learn that it is there. */
export async function enterLage(
  ctx: Pick<Context, 'database' | 'clock'>,
  actor: Actor,
  key: string,
  right: Right,
  db: Sql = ctx.database.read,
): Promise<Result<LageView, LageProblem>> {
  if (actor.kind === 'device') return enterAsDevice(db, actor.deviceId, key, right);
  const who = actor.kind === 'staff' ? { staffId: actor.staffId } : actor.kind === 'guest' ? { memberId: actor.guestId } : undefined;
  const entry = who && (await findEntry(db, key, who, ctx.clock()));
  if (entry === undefined || (actor.kind === 'guest' && entry.lage.id !== actor.lageId)) return refuse(noLage);
  const { lage, member, given } = entry;
  const view = { lage, member, rights: rightsOf(member, lage.state), layers: layersOf(member, given) };
  if (view.rights.has(right)) return ok(view);
  return refuse(rightsOf(member).has(right) ? lageClosed : notYourRight);
}

/** A device that was admitted brings in what it sees, and sees nothing of the Lage. */
async function enterAsDevice(db: Sql, deviceId: string, key: string, right: Right): Promise<Result<LageView, LageProblem>> {
  const admitted = await findAdmitted(db, key, deviceId);
  if (admitted === undefined) return refuse(noLage);
  const { lage, name } = admitted;
  if (right !== 'feeds' && right !== 'report') return refuse(notYourRight);
  if (lage.state === 'closed') return refuse(lageClosed);
  const member: Member = { id: deviceId, name, organisation: '', function: 'einheit', sectionId: null, guest: false };
  return ok({ lage, member, rights: new Set<Right>(['feeds', 'report']), layers: new Set() });
}

/** Lagen that are open, for jobs. */
export const openLagen = (db: Sql): Promise<Lage[]> => listOpen(db);

/** A Lage as a job sees it: whole. */
export const systemView = (lage: Lage): LageView => ({
  lage,
  member: SYSTEM_MEMBER,
  rights: rightsOf(SYSTEM_MEMBER, lage.state),
  layers: new Set(LAYERS),
});

/** Journal stream of a Lage. */
export const lageStream = (lageId: string): string => `lage:${lageId}`;

/** The open Lage for what the public may say and see, if it takes reports. */
export async function publicLage(db: Sql, key: string): Promise<Lage | undefined> {
  const lage = await findLage(db, key);
  return lage?.state === 'open' && lage.takesPublicReports ? lage : undefined;
}
