import { FEWEST } from '../../../kernel/few.ts';
import { z } from 'zod';
import { OFFERED } from '../application/offered.ts';
import type { Campaign, TypedCampaign } from '../domain/campaign.ts';
import type { CountedLink } from '../application/links.ts';
import type { Link } from '../domain/link.ts';

export const TAG = 'Kampagnen';
export const day = z.iso.date();
export const byId = z.object({ id: z.uuid() });

export const campaignSchema = z.object({
  title: z.string().max(1000),
  aim: z.string().max(5000),
  goal: z.object({
    service: z.string().max(100).describe('Schlüssel der Leistung.'),
    rate: z.enum(OFFERED.rates),
    fromPercent: z.number().optional().describe('Fehlt, wenn niemand den Ausgangswert kennt.'),
    toPercent: z.number(),
    by: day,
  }),
  audience: z.string().max(5000),
  places: z.array(z.string().max(1000)).max(100),
  channels: z.array(z.enum(OFFERED.channels)),
  material: z.string().max(5000),
  budgetCents: z.number().int(),
  spentCents: z.number().int(),
  startsOn: day,
  endsOn: day,
  source: z.string().max(5000),
  ownPlacement: z.boolean().default(false),
});

export const campaignView = campaignSchema.extend({
  id: z.string(),
  key: z.string().nullable().describe('Nur bei der Kampagne, die die Stadt selbst führt.'),
  state: z.enum(OFFERED.states),
  version: z.number(),
  changedAt: z.string(),
});

export const typedFrom = ({ goal: { fromPercent, by, ...goal }, startsOn, endsOn, ...rest }: z.output<typeof campaignSchema>): TypedCampaign => ({
  ...rest,
  goal: { ...goal, ...(fromPercent === undefined ? {} : { fromPercent }), by: Temporal.PlainDate.from(by) },
  startsOn: Temporal.PlainDate.from(startsOn),
  endsOn: Temporal.PlainDate.from(endsOn),
});

export const presentCampaign = ({ goal, startsOn, endsOn, changedAt, places, channels, ...rest }: Campaign): z.output<typeof campaignView> => ({
  ...rest,
  places: [...places],
  channels: [...channels],
  goal: { ...goal, by: goal.by.toString() },
  startsOn: startsOn.toString(),
  endsOn: endsOn.toString(),
  changedAt: changedAt.toString(),
});

export const linkSchema = z.object({
  target: z.string().max(500).describe('Pfad in der Stadt, etwa /leistungen/hund oder /d/…; ohne Parameter.'),
  channel: z.enum(OFFERED.channels),
  place: z.string().max(500).default(''),
  material: z.string().max(500).default(''),
  endsOn: day.optional(),
});

const excluded = z.object({ robot: z.number(), ahead: z.number(), repeat: z.number(), burst: z.number() });
const count = z.union([z.number(), z.literal('suppressed')]);
export const linkView = z.object({
  code: z.string(),
  path: z.string(),
  target: z.string(),
  channel: z.enum(OFFERED.channels),
  place: z.string(),
  material: z.string(),
  endsOn: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export const countedLinkView = linkView.extend({
  followed: count.describe('Ab zehn eine Zahl, darunter „suppressed“.'),
  excluded: excluded.describe('Nicht gezählt, nach Regel.'),
});

export const presentLink = ({ code, target, channel, place, material, endsOn, endedAt }: Link): z.output<typeof linkView> => ({
  code,
  path: `/k/${code}`,
  target,
  channel,
  place,
  material,
  endsOn: endsOn?.toString() ?? null,
  endedAt: endedAt?.toString() ?? null,
});

export const presentCounted = (link: CountedLink): z.output<typeof countedLinkView> => ({
  ...presentLink(link),
  followed: link.followed > 0 && link.followed < FEWEST ? 'suppressed' : link.followed,
  excluded: link.excluded,
});
