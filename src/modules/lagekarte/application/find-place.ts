import type { Actor } from '../../../kernel/actor.ts';
import { printMgrs } from '../../../kernel/mgrs.ts';
import { boxOf } from '../../../kernel/picture.ts';
import { readPlace } from '../../../kernel/place-text.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { enterLage, readPicture, type LageProblem } from '../../situation/public.ts';
import type { FoundPlace } from '../domain/address-book.ts';
import type { LagekarteContext } from './context.ts';

const MOST = 20;
/** So many are looked at: those without a place are left out. */
const NAMED = 200;

/** Finds a place by what somebody typed: coordinates in any notation, the title of something in the picture, or an address. */
export async function findPlace(
  ctx: Pick<LagekarteContext, 'clock' | 'database' | 'addresses'>,
  actor: Actor,
  key: string,
  typed: string,
): Promise<Result<readonly FoundPlace[], LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const words = typed.trim().slice(0, 100);
  if (words === '') return ok([]);
  const place = readPlace(words);
  if (place !== undefined) return ok([{ title: printMgrs(place) ?? words, lon: place.lon, lat: place.lat, from: 'coordinates' }]);
  const [{ objects }, addresses] = await Promise.all([
    readPicture(ctx.database.read, opened.value, { titled: words, limit: NAMED }),
    ctx.addresses(actor, words, MOST),
  ]);
  const named = objects.flatMap(({ id, title, geometry }): FoundPlace[] => {
    const box = boxOf(geometry);
    if (box === undefined) return [];
    return [{ title, lon: (box.west + box.east) / 2, lat: (box.south + box.north) / 2, from: 'object', objectId: id }];
  });
  return ok([...named.slice(0, MOST), ...addresses.map((one): FoundPlace => ({ ...one, from: 'address' }))].slice(0, MOST));
}
