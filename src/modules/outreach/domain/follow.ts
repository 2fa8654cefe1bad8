import { parameter } from '../../../kernel/parameter.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Device } from '../../../kernel/usage.ts';

/** Why a follow of a link is left out of the figures. */
export const EXCLUSIONS = ['robot', 'ahead', 'repeat', 'burst'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];
export type Verdict = 'counted' | Exclusion;

/** What happens on a landing page: somebody reads it, and goes on to a service. */
export type LandingStep = 'shown' | 'onward';

/** What is opened and judged by the rules: a link, or a landing page. */
export type Opening = { readonly kind: 'link'; readonly code: string } | { readonly kind: 'landing'; readonly slug: string; readonly step: LandingStep };

/** The rules by which clicks are left out, as they hold from a day on. They are published with their text. */
export interface FollowRules {
  readonly from: string;
  /** Openings of one link, or one landing page, by one browser within an hour that count. */
  readonly perReaderAndHour: number;
  readonly burst: {
    readonly minutes: number;
    /** Fewer follows within these minutes are never a burst. */
    readonly atLeast: number;
    /** More than this many times the usual number of the same link or page is one. */
    readonly factor: number;
    /** The share of one kind of device from which on it is one. */
    readonly deviceShare: number;
  };
}

export const FOLLOW_RULES = parameter(
  'outreach.click-rules',
  'Welche Aufrufe eines Links nicht zählen',
  {
    perReaderAndHour: { label: 'Aufrufe je Browser und Stunde, die zählen', unit: '', least: 1, most: 100 },
    burstMinutes: { label: 'Ansturm: betrachtet werden', unit: 'Minuten', least: 1, most: 60 },
    burstAtLeast: { label: 'Ansturm: erst bei mehr als', unit: 'Aufrufen', least: 50, most: 100_000 },
    burstFactor: { label: 'Ansturm: das Vielfache des Üblichen', unit: '', least: 2, most: 1000 },
    burstDeviceShare: { label: 'Ansturm: Anteil einer Geräteart', unit: '', least: 0.5, most: 1, fraction: true },
  },
  [
    {
      from: '2024-10-01',
      value: { perReaderAndHour: 3, burstMinutes: 10, burstAtLeast: 300, burstFactor: 20, burstDeviceShare: 0.95 },
      source: 'Eigene Setzung der Stadt',
    },
  ],
);

export function rulesOn(now: Temporal.Instant): FollowRules {
  const { from, value } = FOLLOW_RULES.rowOn(legalDay(now));
  const { perReaderAndHour, burstMinutes: minutes, burstAtLeast: atLeast, burstFactor: factor, burstDeviceShare: deviceShare } = value;
  return { from, perReaderAndHour, burst: { minutes, atLeast, factor, deviceShare } };
}

/** What is at hand about one follow. Nothing of it is kept. */
export interface SeenFollow {
  readonly robot: boolean;
  /** Nobody reads the answer: a HEAD request, or a browser that fetches in advance. */
  readonly ahead: boolean;
  /** Follows of this link by this browser within the last hour, this one included. */
  readonly byReader: number;
  /** Follows of this link within the burst's minutes, this one included, by kind of device. */
  readonly recent: Readonly<Partial<Record<Device, number>>>;
  /** How many counted follows the link has in that many minutes as a rule. */
  readonly usual: number;
}

/** Whether a follow counts, or by which rule it does not; the first rule that holds is named. */
export function judgeFollow(seen: SeenFollow, rules: FollowRules): Verdict {
  if (seen.ahead) return 'ahead';
  if (seen.robot) return 'robot';
  if (seen.byReader > rules.perReaderAndHour) return 'repeat';
  const counts = Object.values(seen.recent);
  const sum = counts.reduce((total, one) => total + one, 0);
  const { atLeast, factor, deviceShare } = rules.burst;
  const alike = Math.max(0, ...counts) / Math.max(1, sum);
  return sum > Math.max(atLeast, factor * seen.usual) && alike >= deviceShare ? 'burst' : 'counted';
}

export const outreachParameters = [FOLLOW_RULES];
