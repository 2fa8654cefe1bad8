import { ageOf, type KeptObject, type ObjectKind } from '../../../kernel/picture.ts';

export type Aspect = 'due' | 'proposed' | 'contradictory' | 'missing';

/** Something a staff has to look at; a person decides what follows. */
export interface Finding {
  readonly aspect: Aspect;
  /** Says in the reader's language what kind it is. */
  readonly code: FindingCode;
  /** What it is about, in the words of who wrote it. */
  readonly about: string;
  /** Deadline, or since when; absent: nobody knows. */
  readonly at?: Temporal.Instant;
  readonly href: string;
}

export type FindingCode =
  | 'task-overdue'
  | 'task-due'
  | 'measure-overdue'
  | 'measure-due'
  | 'message-waits'
  | 'relief-due'
  | 'warning-ends'
  | 'report-old'
  | 'proposal'
  | 'contradiction'
  | 'section-without-leader'
  | 'task-without-unit'
  | 'request-open'
  | 'shelter-full'
  | 'function-empty'
  | 'stale'
  | 'warning-waits'
  | 'gate-unknown';

const ORDER: readonly FindingCode[] = [
  'measure-overdue',
  'message-waits',
  'task-overdue',
  'contradiction',
  'gate-unknown',
  'proposal',
  'warning-waits',
  'relief-due',
  'shelter-full',
  'request-open',
  'measure-due',
  'task-due',
  'warning-ends',
  'function-empty',
  'section-without-leader',
  'task-without-unit',
  'report-old',
  'stale',
];

/** The most pressing first: by what it is, then by time. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const at = ({ at: when }: Finding): number => when?.epochMilliseconds ?? Infinity;
  return findings.toSorted((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code) || at(a) - at(b));
}

/** By deadline, what is overdue first. */
export const byDeadline = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => (a.at?.epochMilliseconds ?? Infinity) - (b.at?.epochMilliseconds ?? Infinity) || ORDER.indexOf(a.code) - ORDER.indexOf(b.code));

/** What the picture itself says: things that contradict each other, and what has become old. */
export function findingsIn(objects: readonly KeptObject[], { key, now }: { readonly key: string; readonly now: Temporal.Instant }): Finding[] {
  const href = (one: KeptObject): string =>
    typeof one.facts['page'] === 'string' && one.facts['page'].startsWith('/lagen/')
      ? one.facts['page']
      : `/lagen/${key}/karte?objekt=${encodeURIComponent(one.id)}`;
  const found: Finding[] = [];
  for (const one of objects) {
    // of reports their module tells both sides itself
    if (one.kind !== 'report' && isContradicted(one))
      found.push({ aspect: 'contradictory', code: 'contradiction', about: one.title, at: one.eventAt, href: href(one) });
    if (one.kind === 'gate' && (one.facts['state'] === 'unknown' || one.facts['sensorSilent'] === true))
      found.push({ aspect: 'missing', code: 'gate-unknown', about: one.title, at: one.eventAt, href: href(one) });
    if (one.kind === 'section' && one.facts['art'] === 'abschnitt' && one.facts['leitung'] === '')
      found.push({ aspect: 'missing', code: 'section-without-leader', about: one.title, href: `/lagen/${key}/stab` });
    if (one.kind === 'warning' && typeof one.facts['bis'] === 'string') found.push(...endingSoon(one, one.facts['bis'], key, now));
    if (GOES_STALE.includes(one.kind) && ageOf(one, now).stale)
      found.push({ aspect: 'missing', code: 'stale', about: one.title, at: one.eventAt, href: href(one) });
  }
  return found;
}

/** Kinds of which no news is a gap. */
const GOES_STALE: readonly ObjectKind[] = ['gauge', 'unit', 'shelter', 'person'];

/** Kinds that are looked through whole; of all others what says of itself that it is in doubt. */
export const NOTEWORTHY: readonly ObjectKind[] = ['section', 'warning', ...GOES_STALE];

const isContradicted = ({ facts }: KeptObject): boolean =>
  facts['contradiction'] === true || facts['contradicts'] === true || (typeof facts['contradictions'] === 'number' && facts['contradictions'] > 0);

const WARNING_ENDS_MINUTES = 60;

function endingSoon(one: KeptObject, until: string, key: string, now: Temporal.Instant): Finding[] {
  try {
    const at = Temporal.Instant.from(until);
    const soon = now.until(at).total('minutes') <= WARNING_ENDS_MINUTES;
    return soon ? [{ aspect: 'due', code: 'warning-ends', about: one.title, at, href: `/lagen/${key}/warnungen/${one.id.slice('warning:'.length)}` }] : [];
  } catch {
    return [];
  }
}

/** A thing that changed, and how many of its kind did. */
export interface ChangedThing extends Pick<KeptObject, 'id' | 'kind' | 'title' | 'ended' | 'seq'> {
  readonly count: number;
}

/** Changes of one kind since somebody last looked. */
export interface Changed {
  readonly kind: ObjectKind;
  /** The newest of them. */
  readonly objects: readonly ChangedThing[];
  readonly count: number;
}

/** What is told first. */
const TOLD: readonly ObjectKind[] = [
  'warning',
  'hazard',
  'gate',
  'person',
  'damage',
  'zone',
  'closure',
  'report',
  'task',
  'forecast',
  'gauge',
  'unit',
  'shelter',
];
/** How many of each kind are told by name. */
export const SHOWN = 10;

/** Changes by kind, the most important first, of each the newest. */
export function grouped(things: readonly ChangedThing[]): Changed[] {
  const kinds = new Map<ObjectKind, ChangedThing[]>();
  for (const one of things) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
  const place = (kind: ObjectKind): number => (TOLD.includes(kind) ? TOLD.indexOf(kind) : TOLD.length);
  return [...kinds]
    .map(([kind, all]) => ({ kind, count: all[0]!.count, objects: all.toSorted((a, b) => b.seq - a.seq) }))
    .toSorted((a, b) => place(a.kind) - place(b.kind));
}

/** Of each kind the first few, and how many more there are: a hundred gates of which nobody knows must not hide the one message that waits. */
export function condensed(
  findings: readonly Finding[],
  most = 5,
): { readonly shown: readonly Finding[]; readonly more: readonly { readonly code: FindingCode; readonly count: number }[] } {
  const counts = new Map<FindingCode, number>();
  const shown = findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= most;
  });
  return { shown, more: [...counts].flatMap(([code, count]) => (count > most ? [{ code, count: count - most }] : [])) };
}
