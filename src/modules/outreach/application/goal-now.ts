import type { IndicatorLight } from '../../../kernel/indicator.ts';
import { figureWords } from '../../../kernel/indicator-figure.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { StandingRate } from '../../../kernel/usage.ts';
import { lightOf } from '../../indicators/public.ts';
import type { Campaign } from '../domain/campaign.ts';
import { costPerCase, judgeGoal, type CostPerCase, type Judged, type NoLight } from '../domain/goal.ts';
import type { OutreachContext } from './context.ts';
import type { CampaignFunnel } from './read-funnel.ts';

/** Where the goal of a campaign stands. */
export interface GoalNow {
  readonly now: StandingRate;
  /** As it was told when the campaign began; absent where it has not. */
  readonly before: StandingRate | undefined;
  readonly judged: Judged;
  readonly light: IndicatorLight | NoLight;
  readonly cost: CostPerCase;
}

/** @returns `undefined` where nobody reckons such rates */
export async function goalNow(
  ctx: Pick<OutreachContext, 'clock' | 'rateOn'>,
  campaign: Pick<Campaign, 'goal' | 'startsOn' | 'spentCents'>,
  funnel: CampaignFunnel,
): Promise<GoalNow | undefined> {
  const { rateOn } = ctx;
  if (rateOn === undefined) return undefined;
  const { goal, startsOn, spentCents } = campaign;
  const today = legalDay(ctx.clock());
  const now = await rateOn({ rate: goal.rate, services: goal.services, on: today });
  const begun = Temporal.PlainDate.compare(startsOn, today) <= 0;
  // another question is another figure
  const same = now.survey === undefined ? {} : { title: now.survey.title };
  const before = begun ? await rateOn({ rate: goal.rate, services: goal.services, on: startsOn, ...same }) : undefined;
  const judged = judgeGoal(campaign, now);
  const cases = funnel.kind === 'read' ? funnel.stages.find(({ step }) => step === 'case-submitted')?.count : undefined;
  return { now, before, judged, light: lightOn(campaign, judged), cost: costPerCase(spentCents, cases) };
}

/** The rule of the indicators: on the straight way from the start to the goal. */
function lightOn({ goal, startsOn }: Pick<Campaign, 'goal' | 'startsOn'>, { on, percent }: Judged): GoalNow['light'] {
  if (typeof on === 'string') return on;
  const way = {
    better: 'more',
    unit: 'share',
    start: { value: goal.fromPercent! / 100, on: startsOn },
    target: { value: goal.toPercent / 100, by: goal.by },
  } as const;
  return lightOf(way, percent! / 100, on, (lang, share) => figureWords(lang, 'share', share)) ?? 'no-start';
}
