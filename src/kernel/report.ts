/** What a report is about. */
export const CATEGORIES = [
  'person-in-water',
  'missing-person',
  'injured',
  'flooded-street',
  'dyke-damage',
  'gate',
  'water-level',
  'blocked-road',
  'power-cut',
  'drifting-ship',
  'fire',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Which way a report came in. */
export const ORIGINS = ['person', 'form', 'public', 'mail', 'social', 'cap', 'cot', 'import', 'partner', 'image', 'sensor'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Reliability of the source in the Admiralty scheme: A completely reliable … E unreliable, F cannot be judged. */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Reliability = (typeof RELIABILITIES)[number];

/** Credibility of what is said: 1 confirmed by independent sources … 5 improbable, 6 cannot be judged. */
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const;
export type Credibility = (typeof CREDIBILITIES)[number];

/** `new`: nobody has looked at it yet. */
export const STATES = ['new', 'checked', 'refused'] as const;
export type ReportState = (typeof STATES)[number];
