import type { Category, Credibility, Origin, Reliability, ReportState } from '../../../kernel/report.ts';
import type { Claim } from './claims.ts';

/** Both axes; each is rated alone. */
export interface Grade {
  readonly reliability: Reliability;
  readonly credibility: Credibility;
}

/** WGS 84; the radius is one standard deviation. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly uncertaintyMetres?: number;
}

/** A report as it reaches this module, from a person or another module. */
export interface IncomingReport {
  readonly lageId: string;
  readonly origin: Origin;
  /** Who says it: a call sign, an account, a feed. */
  readonly sourceName: string;
  readonly organisation?: string;
  /** Id at the source: the same source and id is the same report. */
  readonly sourceRef?: string;
  /** What it is a repost or copy of: an id of the source's world. */
  readonly originRef?: string;
  readonly text: string;
  /** Absent: read from the text. */
  readonly category?: Category;
  readonly place?: Place;
  readonly eventAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly reliability?: Reliability;
  readonly credibility?: Credibility;
  /** SHA-256 of pictures that the caller has checked and kept. */
  readonly pictures?: readonly string[];
  /** Told by the source; absent: read from the text. */
  readonly claims?: readonly Claim[];
  /** Who sends, where that is finer than the source's name: bounds what one sender can fill. */
  readonly sender?: string;
}

/** A report as kept. */
export interface Report extends Grade {
  readonly id: string;
  readonly lageId: string;
  /** The event it belongs to now. */
  readonly eventId: string;
  readonly origin: Origin;
  readonly sourceName: string;
  readonly organisation: string | null;
  readonly sourceRef: string | null;
  readonly originRef: string | null;
  readonly text: string;
  readonly category: Category;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly uncertaintyMetres: number | null;
  readonly eventAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly pictures: readonly string[];
  readonly claims: readonly Claim[];
  readonly state: ReportState;
  /** Came from the public and nobody has looked at it: only S2 and who leads see it. */
  readonly quarantined: boolean;
  /** Further reports of the same sender that were counted here instead of being kept. */
  readonly collapsed: number;
  /** What the last of those said. */
  readonly collapsedText: string | null;
}

/** What a source of a kind is worth where nobody has rated it. A post that anybody can write is F6. */
const DEFAULT_GRADES: Readonly<Record<Origin, Grade>> = {
  person: { reliability: 'B', credibility: 3 },
  form: { reliability: 'B', credibility: 3 },
  sensor: { reliability: 'B', credibility: 2 },
  cap: { reliability: 'A', credibility: 2 },
  cot: { reliability: 'C', credibility: 3 },
  partner: { reliability: 'B', credibility: 3 },
  import: { reliability: 'F', credibility: 6 },
  image: { reliability: 'F', credibility: 6 },
  mail: { reliability: 'F', credibility: 6 },
  social: { reliability: 'F', credibility: 6 },
  public: { reliability: 'F', credibility: 6 },
};

/** Each axis as the source rated it, else as its kind is worth. */
export function gradeAtReceipt({ origin, reliability, credibility }: Pick<IncomingReport, 'origin' | 'reliability' | 'credibility'>): Grade {
  const standard = DEFAULT_GRADES[origin];
  return { reliability: reliability ?? standard.reliability, credibility: credibility ?? standard.credibility };
}

/** What a report stands for beyond which a place without a word about it is not known. */
export const DEFAULT_UNCERTAINTY_METRES: Readonly<Record<Origin, number>> = {
  person: 50,
  form: 50,
  sensor: 10,
  cap: 500,
  cot: 20,
  partner: 50,
  import: 100,
  image: 50,
  mail: 200,
  social: 200,
  public: 50,
};
