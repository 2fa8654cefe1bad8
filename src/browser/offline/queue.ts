/** Something a person entered on this device, until the city has it. */
export interface Entry {
  /** Made here (UUIDv7), and the thing's own id at the city: sent twice it is one. */
  readonly id: string;
  /** Member of the Lage who entered it: nobody else's sign-in may send it. */
  readonly owner: string;
  readonly lage: string;
  /** The order in which it was entered on this device. */
  readonly place: number;
  /** Short, for the person. */
  readonly title: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The thing that it changes; a later change of the same waits for the earlier one. */
  readonly about: string;
  /** Milliseconds. */
  readonly enteredAt: number;
  readonly state: 'waiting' | 'conflict' | 'refused';
  /** Counts decisions of the person: a changed entry is another request. */
  readonly attempt: number;
  readonly detail?: string;
  /** Of a conflict: the thing as the city has it now. */
  readonly current?: Readonly<Record<string, unknown>>;
}

/** What the city answered: `kept`; `later`: not now, nothing is known; `sign-in`: not before somebody signs in again. */
export type Outcome =
  | { readonly kind: 'kept'; readonly answer?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'later' | 'sign-in' }
  | { readonly kind: 'conflict'; readonly detail: string; readonly current: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly detail: string };

interface ProblemDocument {
  readonly detail?: unknown;
  readonly current?: unknown;
  readonly errors?: readonly { readonly message?: unknown }[];
}

const STILL_RUNNING = 'retry-after';

/** Reads an answer. @param header of the answer, by name */
export function outcomeOf(status: number, answer: Readonly<Record<string, unknown>> | undefined, header: (name: string) => string | null): Outcome {
  if (status >= 200 && status < 300) return { kind: 'kept', ...(answer === undefined ? {} : { answer }) };
  // a redirect leads to the sign-in
  if (status === 0 || status === 401 || (status >= 300 && status < 400)) return { kind: 'sign-in' };
  if (status >= 500 || status === 408 || status === 429) return { kind: 'later' };
  const problem = answer as ProblemDocument | undefined;
  const detail = [problem?.detail, ...(problem?.errors ?? []).map(({ message }) => message)].filter((text) => typeof text === 'string').join(' ');
  if (status !== 409) return { kind: 'refused', detail };
  const { current } = problem ?? {};
  if (typeof current === 'object' && current !== null) return { kind: 'conflict', detail, current: current as Readonly<Record<string, unknown>> };
  return header(STILL_RUNNING) === null ? { kind: 'refused', detail } : { kind: 'later' };
}

/** The next to send: in the order of entering, but what changes a thing waits until an earlier change of it is decided. */
export function nextToSend(entries: readonly Entry[], owner: string): Entry | undefined {
  const held = new Set<string>();
  for (const entry of entries.filter((one) => one.owner === owner).toSorted((a, b) => a.place - b.place)) {
    const subject = `${entry.lage} ${entry.about}`;
    if (entry.state === 'waiting' && !held.has(subject)) return entry;
    held.add(subject);
  }
  return undefined;
}

/** The entry after an answer; `undefined`: the city has it. Only that takes it away. */
export function afterAnswer(entry: Entry, outcome: Outcome): Entry | undefined {
  switch (outcome.kind) {
    case 'kept':
      return undefined;
    case 'later':
    case 'sign-in':
      return entry;
    case 'conflict':
      return { ...entry, state: 'conflict', detail: outcome.detail, current: outcome.current };
    case 'refused':
      return { ...entry, state: 'refused', detail: outcome.detail };
  }
}

/** The number of a state, as the thing's own API calls it. */
const stateOf = (thing: Readonly<Record<string, unknown>> | undefined): unknown => thing?.['seq'] ?? thing?.['version'];

/**
 * Later changes of the same thing by the same person that were based on the same state as one that the city now has:
 * they are based on what came of it. Else a person would contradict themselves. @param answer the thing as it is now
 */
export function followUps(entries: readonly Entry[], kept: Entry, answer: Readonly<Record<string, unknown>> | undefined): Entry[] {
  const basis = stateOf(answer);
  if (basis === undefined || kept.body['basis'] === undefined) return [];
  const same = (one: Entry): boolean => one.owner === kept.owner && one.lage === kept.lage && one.about === kept.about && one.place > kept.place;
  return entries.filter((one) => same(one) && one.body['basis'] === kept.body['basis']).map((one) => ({ ...one, body: { ...one.body, basis } }));
}

/** The person stands by what they entered: it is sent again, based on what the city has now. */
export function insist(entry: Entry): Entry {
  const { current, detail: _detail, ...rest } = entry;
  const body = current === undefined ? entry.body : { ...entry.body, basis: stateOf(current) };
  return { ...rest, body, state: 'waiting', attempt: entry.attempt + 1 };
}

/** Header `Idempotency-Key` of this try. */
export const keyOf = ({ id, attempt }: Pick<Entry, 'id' | 'attempt'>): string => `${id}.${attempt}`;
