/**
 * How the use of the city's services is counted: never who, never what was typed. The edge says what it saw of a
 * browser, modules say what happened, and one module counts.
 */

/** Ratings of services that have too few are told together, as if of a service of this name. */
export const OTHER_SERVICES = 'other';

export const DEVICES = ['phone', 'tablet', 'computer', 'unknown'] as const;
export type Device = (typeof DEVICES)[number];

/** Ways of reading that the city itself offers, as far as a request shows them. */
export const READING_MODES = ['leicht', 'dark', 'night'] as const;
export type ReadingMode = (typeof READING_MODES)[number];

/** What the edge saw of a browser. Nothing of it is kept for one browser: it only chooses the counters that go up. */
export interface Reader {
  readonly device: Device;
  readonly lang: string;
  readonly modes: readonly ReadingMode[];
  /** Calls itself a robot, or asks as none but robots do. */
  readonly robot: boolean;
  /**
   * The same for the same browser on the same day, and for nothing else: an HMAC under a salt that lives in memory and
   * goes with the day. It finds click fraud; it is never stored, logged or passed on.
   */
  readonly ofToday: string;
}

/** What can be counted of the way from an invitation to a Bescheid. Cases themselves are counted from the journal. */
export const USE_STEPS = [
  'link-followed', // a short link or QR code of a campaign
  'landing-shown',
  'landing-onward', // from a landing page to a service
  'service-shown',
  'check-done', // the quick check of a service
  'form-begun',
  'form-page', // a page of the form was reached
  'form-refused', // a page was sent and refused: `field` says where, never what
  'form-abandoned',
  'form-submitted',
  'helper-begun', // the Online-Ausweis helper
  'helper-ended', // `page`: with which advice
  'search-nothing', // a search on the front door found nothing
  'rating-asked',
] as const;
export type UseStep = (typeof USE_STEPS)[number];

export interface Use {
  readonly step: UseStep;
  /** Key of a service, slug of a landing page or name of a helper. */
  readonly subject: string;
  /** Id of a page of it. */
  readonly page?: string;
  /** Id of a field, never its content. */
  readonly field?: string;
  /** Where they came from, see `ORIGIN`. */
  readonly origin?: string;
}

/** Counts. Never throws, never waits; `undefined`: the reader wants not to be counted (DNT, GPC), and is not. */
export type CountUse = (reader: Reader | undefined, use: Use) => void;

/**
 * Where a case came from: the code of a campaign's link, and where variants of its landing page were compared, a dot and
 * the letter of the one that was shown, e.g. `b7kfm` or `b7kfm.b`. It is kept with the draft and the case, never with a
 * person. Codes have no vowels, so they are no words, and no signs that look alike.
 */
export const ORIGIN = /^[bcdfghjkmnpqrstvwxz23456789]{5,12}(?:\.[a-d])?$/;

/** Name of the parameter that carries it onward, as in `/antrag/neu/hund?k=b7kfm.b`. */
export const ORIGIN_PARAMETER = 'k';

/** What a stage of the way from an invitation to a Bescheid counted. `suppressed`: some, but fewer than may be shown. */
export interface FunnelStage {
  readonly step: UseStep | 'case-submitted' | 'case-decided';
  readonly count: number | 'suppressed' | 'unknown';
  /** Requests that were counted, or cases. */
  readonly of: 'requests' | 'cases';
}

/** A share from 0 to 1 as it may be told. What nobody counted is unknown, never 0 and never all. */
export type Share =
  | { readonly kind: 'known'; readonly value: number; readonly of: number }
  | { readonly kind: 'unknown' }
  /** Too few behind it. */
  | { readonly kind: 'suppressed' };

/** Three rates that are never mixed: online cases of all cases, submitted of begun, and what a survey says of who knows or uses a service. */
export const RATES = ['take-up', 'completion', 'survey'] as const;
export type RateKind = (typeof RATES)[number];

/** How a rate stood on a day. */
export interface StandingRate {
  readonly share: Share;
  /** Of which days it speaks; of a survey both are its day. Absent: there is none. */
  readonly days?: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };
  /** Of the services asked for, how many could be reckoned. */
  readonly services?: { readonly known: number; readonly all: number };
  readonly survey?: { readonly title: string; readonly source: string; readonly sampleSize: number };
}

/**
 * A rate as it was told on a day: of the twelve whole months before, or of the last survey until then.
 * @param question no services: of the whole city. A survey is of the city always; `title`: of this question alone
 */
export type RateOn = (question: {
  readonly rate: RateKind;
  readonly services: readonly string[];
  readonly on: Temporal.PlainDate;
  readonly title?: string;
}) => Promise<StandingRate>;

/** @param question origins as above; a code without a letter stands for all its variants. Both days are included. */
export type FunnelOf = (question: {
  readonly origins: readonly string[];
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}) => Promise<readonly FunnelStage[]>;
