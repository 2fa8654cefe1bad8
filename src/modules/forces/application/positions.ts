import type { Actor } from '../../../kernel/actor.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { enterLage, lageStream, notYourRight, showInPicture, type LageProblem } from '../../situation/public.ts';
import type { ForceRecord, Place } from '../domain/records.ts';
import { findUnits, keepPositions } from '../store/records.ts';
import type { ForcesContext } from './context.ts';
import { objectOf } from './keep-change.ts';

/** Where a unit was seen; named by call sign or by id. */
export interface UnitPosition {
  readonly callSign?: string | undefined;
  readonly unitId?: string | undefined;
  readonly place: Place;
  readonly at: Temporal.Instant;
  readonly accuracyMetres?: number | undefined;
}

/**
 * Moves units and gives what the picture is to show of them, for a caller who shows more in the same change.
 * Units that are not there, and positions older than what is known, are passed over; of several of one unit the newest counts.
 */
export async function moveUnits(tx: Tx, lageId: string, positions: readonly UnitPosition[], now: Temporal.Instant, source: string): Promise<PictureObject[]> {
  const names = positions.map(({ unitId, callSign }) => unitId ?? callSign ?? '');
  const units = names.length === 0 ? [] : await findUnits(tx, lageId, names);
  const newest = new Map<string, { readonly unit: ForceRecord<'unit'>; readonly position: NonNullable<ForceRecord['position']> }>();
  const byName = new Map(units.flatMap((unit) => [[unit.id, unit] as const, [unit.body.callSign.toLowerCase(), unit] as const]));
  for (const [i, { place, at, accuracyMetres }] of positions.entries()) {
    const unit = byName.get(names[i]!.toLowerCase());
    const before = unit && newest.get(unit.id);
    if (unit === undefined || (before !== undefined && Temporal.Instant.compare(before.position.at, at) >= 0)) continue;
    newest.set(unit.id, { unit, position: { lon: place.lon, lat: place.lat, at, accuracyMetres: accuracyMetres ?? null } });
  }
  if (newest.size === 0) return [];
  const moved = await keepPositions(
    tx,
    [...newest.values()].map(({ unit, position }) => ({ unitId: unit.id, ...position })),
  );
  return [...newest.values()]
    .filter(({ unit }) => moved.has(unit.id))
    .map(({ unit, position }) => objectOf({ ...unit, position }, { name: source, organisation: '' }, now));
}

/** As `moveUnits`, and shows them: one entry of the journal for all, to be appended last. */
export async function placeUnits(tx: Tx, lageId: string, positions: readonly UnitPosition[], now: Temporal.Instant): Promise<NewEntry> {
  return showInPicture(tx, lageId, await moveUnits(tx, lageId, positions, now, 'Ortung'), now);
}

const AHEAD_MINUTES = 2;

/** A position by hand: by who leads forces, or by who speaks for the unit. */
export async function placeOne(
  ctx: ForcesContext,
  actor: Actor,
  key: string,
  position: UnitPosition & { readonly unitId: string },
): Promise<Result<{ readonly moved: boolean }, LageProblem>> {
  return ctx.database.transaction<{ readonly moved: boolean }, LageProblem>(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'report', tx);
    if (!opened.ok) return opened;
    const { lage, member, rights } = opened.value;
    const now = ctx.clock();
    const [unit] = await findUnits(tx, lage.id, [position.unitId]);
    if (unit === undefined) return refuse({ kind: 'not-found', detail: 'Diese Einheit gibt es in der Lage nicht, oder sie ist entlassen.' });
    if (!rights.has('forces') && unit.body.memberId !== member.id) return refuse(notYourRight);
    if (Temporal.Instant.compare(position.at, now.add({ minutes: AHEAD_MINUTES })) > 0)
      return refuse(invalidField('at', 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr Ihres Geräts.'));
    const objects = await moveUnits(tx, lage.id, [position], now, member.name);
    if (objects.length === 0) return ok({ moved: false });
    const shown = await showInPicture(tx, lage.id, objects, now);
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'forces.unit-placed', payload: { unitId: unit.id } }, shown]);
    return ok({ moved: true });
  });
}
