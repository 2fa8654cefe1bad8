import type { Lang } from '../../../kernel/lang.ts';
import { RATES } from '../../../kernel/usage.ts';
import { BLOCK_KINDS, BLOCK_PARTS, DRAWINGS, LANGUAGES, linesOf, mayVary, WORD_LIMITS, type Block } from '../domain/blocks.ts';
import { CHANNELS, LONGEST, readCents, STANDING_KEY, STATES, titleIn, type Campaign, type CampaignFacts } from '../domain/campaign.ts';
import { ALPHAS, VARIANTS, variantsOf } from '../domain/experiment.ts';
import { EXCLUSIONS, rulesOn, type FollowRules } from '../domain/follow.ts';
import type { OutreachContext } from './context.ts';

/** What forms and the API offer to choose from, and how long texts may be. */
export const OFFERED = {
  channels: CHANNELS,
  rates: RATES,
  states: STATES,
  exclusions: EXCLUSIONS,
  longest: LONGEST,
  blockKinds: BLOCK_KINDS,
  drawings: DRAWINGS,
} as const;

/** What blocks are made of. */
export const BLOCKS = { parts: BLOCK_PARTS, limits: WORD_LIMITS, languages: LANGUAGES } as const;

/** Entries of words that have one a line. */
export const entriesOf = (text: string): readonly string[] => linesOf(text);

/** Whether the words of a block may be compared in variants. */
export const varies = (block: Block): boolean => mayVary(block);

/** What a comparison may be set to. */
export const EXPERIMENTS = { alphas: ALPHAS, variants: VARIANTS, variantsOf } as const;

/** An amount as somebody typed it, in cents; NaN when it is none. */
export const typedCents = (typed: string): number => readCents(typed);

/** The name of a campaign in a language. */
export const titleOf = (campaign: Pick<CampaignFacts, 'title' | 'titles'>, lang: Lang): string => titleIn(campaign, lang);

/** Whether the city keeps this campaign by itself. */
export const isStanding = ({ key }: Pick<Campaign, 'key'>): boolean => key === STANDING_KEY;

/** The rules in force by which follows are left out. */
export const followRules = ({ clock }: Pick<OutreachContext, 'clock'>): FollowRules => rulesOn(clock());
