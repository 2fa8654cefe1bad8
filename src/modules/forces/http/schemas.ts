import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { ORGANISATIONS, TASK_PRIORITIES, UNIT_STATUS } from '../../../kernel/forces.ts';
import type { Bodies, ForceRecord, RecordKind, Steps } from '../domain/records.ts';
import { parseStrength, printStrength, type Strength } from '../../../kernel/strength.ts';

export const PATHS: Readonly<Record<RecordKind, string>> = {
  unit: 'kraefte',
  task: 'auftraege',
  request: 'anforderungen',
  shelter: 'unterkuenfte',
  material: 'material',
};

export const byKey = z.object({ key: z.string().max(60) });
export const byId = byKey.extend({ id: z.uuid() });

/** Kept as ISO instants in UTC, so that the same moment is the same text. */
export const moment = instant.transform((at) => at.toString());
const moments = moment.nullable().default(null);
export const place = z.object({
  lon: z.number().min(-180, 'Die Länge liegt zwischen -180 und 180.').max(180, 'Die Länge liegt zwischen -180 und 180.'),
  lat: z.number().min(-85, 'Die Breite liegt zwischen -85 und 85.').max(85, 'Die Breite liegt zwischen -85 und 85.'),
});
const places = place.nullable().default(null);
const ids = z.uuid('Wählen Sie aus der Liste.').nullable().default(null);
const words = (most: number) => z.string().trim().max(most, `Kürzen Sie das auf ${most} Zeichen.`);
const needed = (most: number, sentence: string) => words(most).min(1, sentence);
const counted = (least: number) =>
  z
    .number('Nennen Sie eine ganze Zahl.')
    .int('Nennen Sie eine ganze Zahl.')
    .min(least, `Nennen Sie eine Zahl ab ${least}.`)
    .max(10_000_000, 'Diese Zahl ist zu groß.');

const strength = z
  .string()
  .max(40)
  .transform((text, issue): Strength => {
    const read = parseStrength(text);
    if (typeof read !== 'string') return read;
    issue.addIssue({ code: 'custom', message: read });
    return z.NEVER;
  })
  .describe('Führer/Unterführer/Mannschaft//Gesamt, z. B. 1/2/6//9.');

const unit = z.object({
  callSign: needed(60, 'Nennen Sie den Rufnamen.'),
  organisation: z.enum(ORGANISATIONS, 'Wählen Sie die Organisation.'),
  type: words(80).default(''),
  symbol: z.record(z.string().max(40), z.string().max(80)).default({}).describe('Felder von taktische-zeichen-core.'),
  strength,
  status: z.enum(UNIT_STATUS, 'Wählen Sie den Status.').default('bereit').describe('Beim Anlegen; später ändert ihn ein Schritt.'),
  contact: words(200).default(''),
  sectionId: ids,
  memberId: z.uuid().nullable().default(null).describe('Mitglied der Lage, das für die Einheit spricht.'),
  since: moments,
  reliefAt: moments,
  remarks: words(2000).default(''),
});
const task = z.object({
  title: needed(80, 'Sagen Sie in höchstens 80 Zeichen, was zu tun ist.'),
  text: words(4000).default(''),
  sectionId: ids,
  unitId: ids,
  function: z.enum(STAFF_FUNCTIONS).nullable().default(null),
  place: places,
  priority: z.enum(TASK_PRIORITIES).default('normal'),
  deadline: moments,
  refs: z.array(z.string().max(100)).max(50).default([]),
});
const request = z.object({
  what: needed(80, 'Sagen Sie in höchstens 80 Zeichen, was gebraucht wird.'),
  quantity: counted(1),
  place: places,
  where: words(200).default(''),
  from: words(200).default(''),
  neededBy: moments,
  sectionId: ids,
});
const shelter = z.object({
  name: needed(80, 'Nennen Sie den Namen der Unterkunft.'),
  address: words(200).default(''),
  place: places,
  capacity: counted(0),
  wheelchair: z.boolean().default(false),
  pets: z.boolean().default(false),
  needs: words(2000).default(''),
  contact: words(200).default(''),
  sectionId: ids,
});
const material = z.object({
  name: needed(80, 'Nennen Sie das Material.'),
  unitOfCount: needed(20, 'Sagen Sie, was gezählt wird, etwa Stück.'),
  stock: counted(0).default(0).describe('Beim Anlegen; später ändern ihn Bewegungen.'),
  where: words(200).default(''),
  place: places,
  sectionId: ids,
});

/** What is typed about a thing. What only steps change is not in it, but for how it begins. */
export const INPUTS = { unit, task, request, shelter, material } as const;

/** A thing as it begins, from what was typed. */
export const BEGIN: { readonly [K in RecordKind]: (input: z.output<(typeof INPUTS)[K]>) => Bodies[K] } = {
  unit: (input) => ({ ...input, fms: null }),
  task: (input) => ({ ...input, state: 'given', reason: '' }),
  request: (input) => ({ ...input, state: 'open', offered: 0, fulfilled: 0, unitIds: [], reason: '' }),
  shelter: (input) => ({ ...input, occupancy: 0, countedAt: null, state: 'prepared' }),
  material: (input) => input,
};

const reason = words(500).default('');
export const STEP_INPUTS = {
  unit: z.object({
    step: z.literal('status'),
    status: z.enum(UNIT_STATUS, 'Wählen Sie den Status.'),
    fms: z.number().int().min(1).max(9).nullable().default(null),
  }),
  task: z.object({ step: z.enum(['acknowledge', 'start', 'done', 'cannot', 'withdraw']), reason }),
  request: z.object({ step: z.enum(['offer', 'fulfil', 'refuse']), quantity: counted(0).default(0), unitIds: z.array(z.uuid()).max(100).default([]), reason }),
  shelter: z.discriminatedUnion('step', [
    z.object({ step: z.literal('count'), count: counted(0), at: moments }),
    z.object({ step: z.literal('state'), state: z.enum(['prepared', 'open', 'full', 'closing', 'closed']) }),
  ]),
  material: z.object({ step: z.literal('move'), change: counted(-10_000_000), reason }),
} as const satisfies { readonly [K in RecordKind]: z.ZodType<Steps[K]> };

export const recordView = z.object({
  id: z.string(),
  number: z.number(),
  version: z.number().describe('Wer ändert, nennt sie als `basis`.'),
  body: z.record(z.string(), z.unknown()),
  position: z.object({ lon: z.number(), lat: z.number(), at: z.string(), accuracyMetres: z.number().nullable() }).nullable(),
  changedAt: z.string(),
  changedBy: z.string(),
});

export const presentBody = (body: ForceRecord['body']): Record<string, unknown> =>
  'strength' in body ? { ...body, strength: printStrength(body.strength) } : { ...body };

export const presentRecord = ({ id, number, version, body, position, changedAt, changedBy }: ForceRecord): z.output<typeof recordView> => ({
  id,
  number,
  version,
  body: presentBody(body),
  position: position === null ? null : { ...position, at: position.at.toString() },
  changedAt: changedAt.toString(),
  changedBy,
});
