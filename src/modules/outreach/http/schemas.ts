import { FEWEST } from '../../../kernel/few.ts';
import { z } from 'zod';
import type { StandingRate } from '../../../kernel/usage.ts';
import type { GoalNow } from '../application/goal-now.ts';
import { OFFERED } from '../application/offered.ts';
import type { Campaign, TypedCampaign } from '../domain/campaign.ts';
import type { CountedLink, Excluded } from '../application/links.ts';
import type { CountedPage } from '../application/pages.ts';
import type { Link } from '../domain/link.ts';

export const TAG = 'Kampagnen';
export const day = z.iso.date();
export const byId = z.object({ id: z.uuid() });

export const campaignSchema = z.object({
  title: z.string().max(1000),
  titles: z.object({ en: z.string().max(1000), leicht: z.string().max(1000) }).describe('Der Name auf Englisch und in Leichter Sprache.'),
  aim: z.string().max(5000),
  goal: z.object({
    services: z.array(z.string().max(100)).max(500).default([]).describe('Schlüssel der Leistungen; leer: die ganze Stadt.'),
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

export const presentCampaign = ({ goal, titles, startsOn, endsOn, changedAt, places, channels, ...rest }: Campaign): z.output<typeof campaignView> => ({
  ...rest,
  titles: { ...titles },
  places: [...places],
  channels: [...channels],
  goal: { ...goal, services: [...goal.services], by: goal.by.toString() },
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

const count = z.union([z.number(), z.literal('suppressed')]);
const excluded = z.object({ robot: count, ahead: count, repeat: count, burst: count });
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
  followed: count.describe('Volle Zehner; weniger als zehn: „suppressed“.'),
  excluded: excluded.describe('Nicht gezählt, nach Regel, in vollen Zehnern.'),
});
export const countedPageView = z.object({
  slug: z.string(),
  shown: count.describe('Volle Zehner; weniger als zehn: „suppressed“.'),
  onward: count.describe('Weiter zu einer Leistung.'),
  excluded: excluded.describe('Nicht gezählt, nach Regel, in vollen Zehnern.'),
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

const told = (n: number): z.output<typeof count> => (n < FEWEST ? 'suppressed' : n);
const toldByRule = ({ robot, ahead, repeat, burst }: Excluded): z.output<typeof excluded> => ({
  robot: told(robot),
  ahead: told(ahead),
  repeat: told(repeat),
  burst: told(burst),
});

export const presentCounted = (link: CountedLink): z.output<typeof countedLinkView> => ({
  ...presentLink(link),
  followed: told(link.followed),
  excluded: toldByRule(link.excluded),
});

export const presentCountedPage = ({ slug, shown, onward, excluded: leftOut }: CountedPage): z.output<typeof countedPageView> => ({
  slug,
  shown: told(shown),
  onward: told(onward),
  excluded: toldByRule(leftOut),
});

const standingRate = z.object({
  state: z.enum(['known', 'unknown', 'suppressed']),
  percent: z.number().nullable(),
  from: day.nullable(),
  until: day.nullable(),
  servicesKnown: z.number().nullable().describe('Beim Nutzungsgrad: von wie vielen Leistungen auch die anderen Wege gezählt sind.'),
  survey: z.object({ title: z.string(), source: z.string(), sampleSize: z.number() }).nullable(),
});
export const goalView = z
  .object({
    now: standingRate,
    before: standingRate.nullable().describe('Wie sie bekannt war, als die Kampagne begann; null: Sie hat noch nicht begonnen.'),
    reached: z.boolean().nullable(),
    light: z.enum(['green', 'yellow', 'red']).nullable(),
    rule: z.string().nullable(),
    noLight: z.enum(['no-figure', 'no-start', 'figure-older']).nullable(),
    costPerCaseCents: z.number().nullable().describe('Höchstens so viel; die Zahl der Anträge ist in vollen Zehnern.'),
    costUnknown: z.enum(['nothing-spent', 'nobody-counts', 'few']).nullable(),
  })
  .describe('Wo das Ziel steht; null: Das rechnet niemand.');

const presentRate = ({ share, days, services, survey }: StandingRate): z.output<typeof standingRate> => ({
  state: share.kind,
  percent: share.kind === 'known' ? share.value * 100 : null,
  from: days?.from.toString() ?? null,
  until: days?.until.toString() ?? null,
  servicesKnown: services?.known ?? null,
  survey: survey === undefined ? null : { ...survey },
});

export const presentGoal = ({ now, before, judged, light, cost }: GoalNow): z.output<typeof goalView> => ({
  now: presentRate(now),
  before: before === undefined ? null : presentRate(before),
  reached: judged.reached ?? null,
  ...(typeof light === 'string' ? { light: null, rule: null, noLight: light } : { light: light.light, rule: light.rule.de, noLight: null }),
  costPerCaseCents: cost.kind === 'known' ? cost.cents : null,
  costUnknown: cost.kind === 'known' ? null : cost.because,
});
