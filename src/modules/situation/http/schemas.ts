import { z } from 'zod';
import { HAZARDS, LAYERS, STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import type { Lage, ListedMember, Section } from '../domain/lage.ts';
import { OBJECT_KINDS, type Geometry, type KeptObject } from '../../../kernel/picture.ts';

export const TAG = 'Lage';
export const byKey = z.object({ key: z.string().max(60) });
export const byId = byKey.extend({ id: z.string().max(100) });

export const lageView = z.object({
  key: z.string(),
  title: z.string(),
  hazard: z.enum(HAZARDS),
  exercise: z.boolean(),
  state: z.enum(['open', 'closed']),
  ledBy: z.string(),
  origin: z.string(),
  takesPublicReports: z.boolean(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  closedBecause: z.string().nullable(),
});

export const presentLage = ({ id: _id, openedAt, closedAt, ...lage }: Lage): z.output<typeof lageView> => ({
  ...lage,
  openedAt: openedAt.toString(),
  closedAt: closedAt?.toString() ?? null,
});

export const memberView = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string(),
  function: z.enum(STAFF_FUNCTIONS),
  sectionId: z.string().nullable(),
  guest: z.boolean(),
  since: z.string(),
  until: z.string().nullable(),
  endedAt: z.string().nullable(),
});

export const presentMember = ({ staffId: _staffId, layers: _layers, since, until, endedAt, ...member }: ListedMember): z.output<typeof memberView> => ({
  ...member,
  since: since.toString(),
  until: until?.toString() ?? null,
  endedAt: endedAt?.toString() ?? null,
});

const point = z.tuple([z.number(), z.number()]);
/** GeoJSON in CRS84; altitude is not kept. */
export const geometrySchema: z.ZodType<Geometry> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: point }),
  z.object({ type: z.literal('MultiPoint'), coordinates: z.array(point) }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(point) }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(point)) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(point)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(point))) }),
]);

export const sectionView = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  kind: z.enum(['abschnitt', 'sektor']),
  name: z.string(),
  leader: z.string(),
  area: z.unknown().nullable(),
});

export const presentSection = (section: Section): z.output<typeof sectionView> => ({ ...section });

export const objectView = z.object({
  id: z.string(),
  seq: z.number().describe('Nummer der letzten Änderung; wer ändert, nennt sie als `basis`.'),
  kind: z.enum(OBJECT_KINDS),
  layer: z.enum(LAYERS),
  title: z.string(),
  geometry: z.unknown().nullable().describe('GeoJSON in CRS84, oder null ohne Ort.'),
  uncertaintyMetres: z.number().optional(),
  symbol: z.record(z.string(), z.string()).optional(),
  facts: z.record(z.string(), z.unknown()),
  source: z.object({ kind: z.string(), name: z.string(), organisation: z.string().optional(), ref: z.string().optional() }),
  reliability: z.string().optional(),
  credibility: z.number().optional(),
  eventAt: z.string(),
  receivedAt: z.string(),
  staleAfterSeconds: z.number().optional(),
  sectionId: z.string().optional(),
  changedAt: z.string(),
  ended: z.boolean(),
});

/** An object of the picture as the API and the live feed write it. */
export function presentObject({ needToKnow: _needToKnow, eventAt, receivedAt, changedAt, ...object }: KeptObject): z.output<typeof objectView> {
  return {
    ...(object as Omit<z.output<typeof objectView>, 'eventAt' | 'receivedAt' | 'changedAt'>),
    eventAt: eventAt.toString(),
    receivedAt: receivedAt.toString(),
    changedAt: changedAt.toString(),
  };
}
