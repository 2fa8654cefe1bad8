import { CHANNELS, COPIES, DIRECTIONS, LOG_KINDS, PRIORITIES, STEP_KINDS } from '../../../kernel/log.ts';
import { tacticalTime } from '../../../kernel/tactical-time.ts';
import { z } from 'zod';
import { STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/paging.ts';
import type { ReadEntry } from '../domain/entry.ts';
import type { ShownMessage } from '../domain/message.ts';
import type { ReadReport } from '../domain/situation-report.ts';

export const TAG = 'Lage: Tagebuch';
export const byKey = z.object({ key: z.string().max(60) });
export const byId = byKey.extend({ id: z.uuid({ error: 'Diese Kennung gibt es nicht.' }) });

export const refs = z.array(z.string().max(140)).max(50).default([]);

/** The number in the cursor of a list that is sorted by it; `undefined` for the first page. */
export function cursorNumber(cursor: string | undefined): Result<number | undefined, Problem<'invalid-input'>> {
  if (cursor === undefined) return ok(undefined);
  const [number] = decodeCursor(cursor) ?? [];
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= 2_147_483_647
    ? ok(number)
    : refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
}

/** Where the next page begins. */
export const nextOf = (items: readonly { readonly number: number }[], limit: number): string | null =>
  items.length < limit ? null : encodeCursor([items.at(-1)!.number]);

export const entryView = z.object({
  id: z.string(),
  number: z.number(),
  kind: z.enum(LOG_KINDS),
  text: z.string(),
  eventAt: z.string(),
  tacticalTime: z.string(),
  writtenAt: z.string(),
  author: z.string(),
  organisation: z.string(),
  function: z.string(),
  refs: z.array(z.string()),
  corrects: z.number().nullable(),
  correctedBy: z.number().nullable(),
  referredBy: z.array(z.number()),
  sha256: z.string().describe('SHA-256 der Worte, wie das Journal sie hält.'),
});

export const presentEntry = ({ authorId: _authorId, eventAt, writtenAt, refs: named, referredBy, ...entry }: ReadEntry): z.output<typeof entryView> => ({
  ...entry,
  eventAt: eventAt.toString(),
  tacticalTime: tacticalTime(eventAt),
  writtenAt: writtenAt.toString(),
  refs: [...named],
  referredBy: [...referredBy],
});

const staffFunction = z.enum(STAFF_FUNCTIONS);

export const messageView = z.object({
  id: z.string(),
  number: z.number(),
  direction: z.enum(DIRECTIONS),
  priority: z.enum(PRIORITIES),
  channel: z.enum(CHANNELS),
  callSign: z.string(),
  addressee: z.string(),
  conversation: z.boolean(),
  content: z.string(),
  writtenAt: z.string(),
  sender: z.string(),
  sign: z.string(),
  senderFunction: z.string(),
  wantsReceipt: z.boolean(),
  refs: z.array(z.string()),
  takenAt: z.string(),
  takenBy: z.string(),
  takenByFunction: z.string(),
  logNumber: z.number(),
  sha256: z.string(),
  settled: z.boolean(),
  overdue: z.boolean(),
  unreadBy: z.array(staffFunction),
  copies: z.record(z.enum(COPIES), staffFunction.nullable()).describe('Wer welches Blatt hat.'),
  steps: z.array(
    z.object({
      place: z.number(),
      kind: z.enum(STEP_KINDS),
      copy: z.enum(COPIES).nullable(),
      toFunction: staffFunction.nullable(),
      ref: z.string().nullable(),
      note: z.string(),
      at: z.string(),
      by: z.string(),
      byFunction: z.string(),
      sha256: z.string(),
    }),
  ),
});

export function presentMessage(message: ShownMessage): z.output<typeof messageView> {
  const { takenById: _takenById, writtenAt, takenAt, refs: named, steps, ...words } = message;
  return {
    ...words,
    writtenAt: writtenAt.toString(),
    takenAt: takenAt.toString(),
    refs: [...named],
    unreadBy: [...message.unreadBy],
    copies: { ...message.copies },
    steps: steps.map(({ messageId: _messageId, byId: _byId, at, ...step }) => ({ ...step, at: at.toString() })),
  };
}

export const sections = z.object({
  lage: z.string().max(50_000).default(''),
  kraefte: z.string().max(50_000).default(''),
  auftrag: z.string().max(50_000).default(''),
  versorgung: z.string().max(50_000).default(''),
  fuehrung: z.string().max(50_000).default(''),
});

export const reportView = z.object({
  id: z.string(),
  number: z.number(),
  version: z.number(),
  title: z.string(),
  asOf: z.string(),
  sections,
  writtenAt: z.string(),
  author: z.string(),
  authorFunction: z.string(),
  sha256: z.string(),
  release: z.object({ at: z.string(), by: z.string(), byFunction: z.string(), logNumber: z.number() }).nullable(),
});

export const presentReport = ({ authorId: _authorId, asOf, writtenAt, release, ...report }: ReadReport): z.output<typeof reportView> => ({
  ...report,
  asOf: asOf.toString(),
  writtenAt: writtenAt.toString(),
  release: release === null ? null : { ...release, at: release.at.toString() },
});

/** A file inside JSON. */
export const packed = z.object({ name: z.string(), mediaType: z.string(), base64: z.string() });
export const presentFile = ({
  name,
  mediaType,
  bytes,
}: {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}): z.output<typeof packed> => ({
  name,
  mediaType,
  base64: Buffer.from(bytes).toString('base64'),
});
