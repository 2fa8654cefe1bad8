import { z } from 'zod';
import { legalDay } from '../../../kernel/time.ts';
import type { Own } from '../application/own.ts';
import type { OpenedParticipation } from '../application/participations.ts';
import type { CategoryCount } from '../application/read-contributions.ts';
import type { Comment, Contribution } from '../domain/contribution.ts';
import type { Participation } from '../domain/participation.ts';

export const TAG = 'Beteiligung auf der Karte';

const category = z.object({ id: z.string(), name: z.string() });
const ring = z.array(z.tuple([z.number(), z.number()]));

export const participationView = z.object({
  key: z.string(),
  title: z.string(),
  text: z.string(),
  authority: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  phase: z.enum(['coming', 'running', 'over']),
  moderation: z.enum(['before', 'after']),
  display: z
    .object({ id: z.string(), title: z.string(), open: z.boolean() })
    .nullable()
    .describe('Die öffentliche Auslegung des Planverfahrens, zu dem sie gehört.'),
  categories: z.array(category.extend({ contributions: z.number(), support: z.number() })),
  area: z.array(ring),
});

export const listedView = participationView.pick({ key: true, title: true, authority: true, startsOn: true, endsOn: true, phase: true }).extend({
  contributions: z.number(),
});

export const contributionView = z.object({
  id: z.string(),
  number: z.number(),
  category: z.string(),
  title: z.string(),
  text: z.string(),
  geometry: z.unknown().nullable().describe('GeoJSON in WGS 84, oder null ohne Ort.'),
  district: z.string().nullable(),
  picture: z.string().nullable().describe('Pfad des Bildes.'),
  submittedOn: z.string(),
  support: z.number(),
  comments: z.number(),
  answer: z.string().nullable(),
});

export const commentView = z.object({ id: z.string(), text: z.string(), submittedOn: z.string() });
const state = z.enum(['waiting', 'published', 'hidden', 'merged', 'deleted']);

export const deskView = contributionView.extend({
  state,
  checked: z.boolean(),
  hiddenBecause: z.string().nullable(),
  hiddenNote: z.string().nullable(),
  commentList: z.array(commentView.extend({ state, checked: z.boolean() })),
  reports: z.array(z.object({ commentId: z.string().nullable(), reason: z.string(), text: z.string() })),
});

export const ownView = z.object({
  kind: z.enum(['contribution', 'comment']),
  participation: z.string(),
  number: z.number(),
  state,
  title: z.string().nullable(),
  text: z.string(),
  submittedOn: z.string(),
  hiddenBecause: z.string().nullable(),
  hiddenNote: z.string().nullable(),
  mergedInto: z.number().nullable(),
  answer: z.string().nullable(),
});

const position = z.object({ lon: z.number(), lat: z.number() });
const receipt = z
  .string()
  .max(64)
  .optional()
  .describe('43 Zeichen Base64url aus 32 zufälligen Bytes; ohne Angabe bildet die Stadt sie. Zweimal gesendet ist es ein Beitrag.');

export const contributionSchema = z.object({
  category: z.string().max(100),
  // longer than allowed is refused at the field, with a sentence
  title: z.string().max(100_000),
  text: z.string().max(2_000_000),
  shape: z.enum(['point', 'line', 'area']).default('point'),
  points: z.array(position).max(1000).default([]).describe('WGS 84; ohne Punkte hat der Beitrag keinen Ort.'),
  email: z.string().max(254).default('').describe('Bekommt einmal den persönlichen Link; wird nicht gespeichert.'),
  withAccount: z.boolean().default(false),
  receipt,
});
export const commentSchema = z.object({ text: z.string().max(2_000_000), withAccount: z.boolean().default(false), receipt });
export const reportSchema = z.object({ commentId: z.uuid().optional(), reason: z.string().max(40), text: z.string().max(100_000).default('') });

export const participationSchema = z.object({
  key: z.string().max(100),
  title: z.string().max(1000),
  text: z.string().max(100_000),
  area: z.array(z.array(z.tuple([z.number(), z.number()]).readonly()).max(5000)).max(100),
  categories: z.array(category).max(100),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  moderation: z.enum(['before', 'after']),
  authority: z.string().max(100),
  displayId: z.uuid().optional(),
});

const hasPicture = z.boolean().optional().describe('Ob der Beitrag, den Sie gesehen haben, ein Bild hat. Nötig nur, wenn er eines hat.');
export const moderationSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('publish'), hasPicture }),
  z.object({ action: z.literal('keep'), hasPicture }),
  z.object({
    action: z.literal('hide'),
    because: z.enum(['beleidigung', 'personen', 'werbung', 'strafbar', 'thema']),
    note: z.string().max(10_000).default(''),
  }),
  z.object({
    action: z.literal('merge'),
    into: z
      .number()
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .describe('Nummer des veröffentlichten Beitrags, in den er übergeht.'),
  }),
  z.object({ action: z.literal('answer'), text: z.string().max(100_000), hasPicture }),
]);
export const commentModerationSchema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['publish', 'keep']) }),
  z.object({ action: z.literal('hide'), because: z.enum(['beleidigung', 'personen', 'werbung', 'strafbar', 'thema']) }),
]);

export function presentParticipation(
  { participation, phase, display }: OpenedParticipation,
  counts: readonly CategoryCount[],
): z.output<typeof participationView> {
  const { key, title, text, authority, startsOn, endsOn, moderation, area } = participation;
  return {
    key,
    title,
    text,
    authority,
    startsOn: startsOn.toString(),
    endsOn: endsOn.toString(),
    phase,
    moderation,
    display: display ?? null,
    categories: counts.map((one) => ({ ...one })),
    area: area.map((corners) => corners.map(([lon, lat]): [number, number] => [lon, lat])),
  };
}

export function presentContribution(one: Contribution, { key }: Pick<Participation, 'key'>): z.output<typeof contributionView> {
  const { id, number, category: of, title, text, geometry, district, submittedAt, support, comments, answer } = one;
  return {
    id,
    number,
    category: of,
    title,
    text,
    geometry,
    district,
    picture: one.hasPicture ? `/beteiligung/${key}/beitrag/${number}/bild` : null,
    submittedOn: legalDay(submittedAt).toString(),
    support,
    comments,
    answer,
  };
}

export const presentComment = ({ id, text, submittedAt }: Comment): z.output<typeof commentView> => ({
  id,
  text,
  submittedOn: legalDay(submittedAt).toString(),
});

export function presentOwn({ participation, contribution, comment, mergedInto }: Own): z.output<typeof ownView> {
  const words = comment ?? contribution;
  return {
    kind: comment === undefined ? 'contribution' : 'comment',
    participation: participation.key,
    number: contribution.number,
    state: words.state,
    title: comment === undefined ? contribution.title : null,
    text: words.text,
    submittedOn: legalDay(words.submittedAt).toString(),
    hiddenBecause: words.hiddenBecause,
    hiddenNote: comment === undefined ? contribution.hiddenNote : null,
    mergedInto: mergedInto?.number ?? null,
    answer: comment === undefined ? contribution.answer : null,
  };
}
