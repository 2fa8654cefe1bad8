import { z } from 'zod';
import { isStorable } from '../../../kernel/storable.ts';
import { LAYERS } from '../../../kernel/lage.ts';
import { OBJECT_KINDS, type Geometry, type PictureObject } from '../../../kernel/picture.ts';

const point = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const line = z.array(point).max(5000);
const geometry: z.ZodType<Geometry> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: point }),
  z.object({ type: z.enum(['MultiPoint', 'LineString']), coordinates: line }),
  z.object({ type: z.enum(['MultiLineString', 'Polygon']), coordinates: z.array(line).max(500) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(line).max(500)).max(500) }),
]) as z.ZodType<Geometry>;
const moment = z.iso.datetime({ offset: true }).transform((text) => Temporal.Instant.from(text));
const short = (most: number) => z.string().max(most);

/** An object as another server tells it; what it does not name does not come in. */
const sharedObject = z.object({
  id: short(120).regex(/^[a-z]+:[\w.:-]+$/),
  kind: z.enum(OBJECT_KINDS),
  layer: z.enum(LAYERS),
  title: short(200),
  geometry: geometry.nullable(),
  uncertaintyMetres: z.number().min(0).max(1_000_000).optional(),
  symbol: z.record(short(40), short(80)).optional(),
  facts: z.record(short(60), z.json()),
  source: z.object({ kind: short(20), name: short(120), organisation: short(120).optional() }),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional(),
  credibility: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]).optional(),
  eventAt: moment,
  receivedAt: moment,
  staleAfterSeconds: z.number().int().min(1).max(31_536_000).optional(),
});

export interface SharedMessage {
  readonly id: string;
  readonly text: string;
  readonly from: string;
  readonly organisation: string;
  readonly at: Temporal.Instant;
}

const sharedMessage = z.object({ id: z.uuid(), text: short(4000), from: short(120), organisation: short(120), at: moment });

const AHEAD_MINUTES = 2;

export type Taken =
  | { readonly kind: 'object'; readonly object: PictureObject }
  | { readonly kind: 'ended'; readonly id: string }
  | { readonly kind: 'message'; readonly message: SharedMessage }
  | { readonly kind: 'refused'; readonly reason: string };

/** A thing's id as it stands in our picture: its kind, the server it is of, and its id there. */
export const idFrom = (origin: string, id: string): string => id.replace(':', `:${origin}/`);

/** Reads one entry's body. Signed and chained it is; whether it makes sense is asked here. */
export function takeEntry(
  kind: 'object' | 'ended' | 'message',
  body: unknown,
  { origin, now }: { readonly origin: string; readonly now: Temporal.Instant },
): Taken {
  if (!isStorable(body)) return { kind: 'refused', reason: 'enthält Zeichen, die kein Text sind' };
  if (kind === 'ended') {
    const read = z.object({ id: short(120).regex(/^[a-z]+:[\w.:-]+$/) }).safeParse(body);
    return read.success ? { kind, id: idFrom(origin, read.data.id) } : refusedBy(read.error);
  }
  if (kind === 'message') {
    const read = sharedMessage.safeParse(body);
    return read.success ? { kind, message: read.data } : refusedBy(read.error);
  }
  if (JSON.stringify(body).length > 100_000) return { kind: 'refused', reason: 'größer als 100 kB' };
  const read = sharedObject.safeParse(body);
  if (!read.success) return refusedBy(read.error);
  const { source, eventAt, receivedAt: _theirs, ...rest } = read.data;
  if (Temporal.Instant.compare(eventAt, now.add({ minutes: AHEAD_MINUTES })) > 0)
    return { kind: 'refused', reason: `${rest.id}: die Zeit liegt in der Zukunft` };
  return { kind, object: objectOf(rest, source, origin, eventAt, now) };
}

type Rest = Omit<z.output<typeof sharedObject>, 'source' | 'eventAt' | 'receivedAt'>;

function objectOf(
  rest: Rest,
  source: z.output<typeof sharedObject>['source'],
  origin: string,
  eventAt: Temporal.Instant,
  now: Temporal.Instant,
): PictureObject {
  const { id, ...others } = rest;
  return {
    // what was not named is absent: the schema has left it out
    ...(others as Omit<PictureObject, 'id' | 'source' | 'eventAt' | 'receivedAt'>),
    id: idFrom(origin, id),
    source: { kind: 'partner', name: source.name, organisation: source.organisation ?? origin, ref: `${origin}/${id}` },
    eventAt,
    receivedAt: now,
  };
}

const refusedBy = ({ issues }: z.ZodError): Taken => ({
  kind: 'refused',
  reason: issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
    .slice(0, 300),
});
