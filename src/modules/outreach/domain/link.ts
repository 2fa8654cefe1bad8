import { cleanLine } from '../../../kernel/words.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { CHANNELS, type CampaignState, type Channel } from './campaign.ts';
import type { OutreachProblem } from './problems.ts';
import { checkTarget, type City } from './target.ts';

export interface LinkFacts {
  /** A path of the city, without parameters. */
  readonly target: string;
  readonly channel: Channel;
  readonly place: string;
  readonly material: string;
  /** The last day it leads on; absent: as long as its campaign. */
  readonly endsOn?: Temporal.PlainDate;
}

export interface Link extends LinkFacts {
  readonly code: string;
  readonly campaignId: string;
  /** Of the standing campaign: the service. */
  readonly shares?: string;
  readonly endedAt?: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
}

/** As it comes from a form; a day that is none is `null`. */
export type TypedLink = Omit<LinkFacts, 'channel' | 'endsOn'> & { readonly channel: string; readonly endsOn?: Temporal.PlainDate | null };

const LONGEST = 100;

export function checkLink(typed: TypedLink, city: City, today: Temporal.PlainDate): Result<LinkFacts, OutreachProblem> {
  const problems: FieldProblem[] = [];
  const target = checkTarget(typed.target, city);
  if (!target.ok) problems.push(...(target.problem.fields ?? []));
  const channel = CHANNELS.find((one) => one === typed.channel);
  if (channel === undefined) problems.push({ field: 'channel', message: 'Wählen Sie, auf welchem Weg der Link Menschen erreicht.' });
  const [place, material] = [cleanLine(typed.place), cleanLine(typed.material)];
  for (const [field, text] of [
    ['place', place],
    ['material', material],
  ] as const)
    if (text.length > LONGEST) problems.push({ field, message: `Kürzen Sie die Angabe auf höchstens ${LONGEST} Zeichen.` });
  if (typed.endsOn === null) problems.push({ field: 'endsOn', message: 'Schreiben Sie den Tag so: 24.11.2026.' });
  else if (typed.endsOn !== undefined && Temporal.PlainDate.compare(typed.endsOn, today) < 0)
    problems.push({ field: 'endsOn', message: 'Dieser Tag ist vorbei. Wählen Sie einen späteren, oder lassen Sie das Feld leer.' });
  if (!target.ok || channel === undefined || problems.length > 0) return refuse(invalidFields(problems));
  return ok({ target: target.value, channel, place, material, ...(typed.endsOn == null ? {} : { endsOn: typed.endsOn }) });
}

/** Whether a link leads on, or why it does not. Links of a draft, and of a campaign before its first day, do not work yet. */
export function linkStands(
  link: Link,
  campaign: { readonly state: CampaignState; readonly startsOn: Temporal.PlainDate; readonly endsOn: Temporal.PlainDate },
  now: Temporal.Instant,
): 'open' | 'early' | 'over' {
  const today = legalDay(now);
  const past = (day: Temporal.PlainDate | undefined): boolean => day !== undefined && Temporal.PlainDate.compare(day, today) < 0;
  if (link.endedAt !== undefined || past(link.endsOn) || campaign.state === 'ended' || past(campaign.endsOn)) return 'over';
  return campaign.state === 'draft' || Temporal.PlainDate.compare(today, campaign.startsOn) < 0 ? 'early' : 'open';
}
