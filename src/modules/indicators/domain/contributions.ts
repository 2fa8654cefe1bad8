import { SNAPSHOT_DAY, SNAPSHOTS, type Counter, type Snapshot, type Stock } from './counters.ts';
import { SNAPSHOT, type FollowedKind } from './event-kinds.ts';
import type { Fact } from './facts.ts';
import { monthAt, type Month } from './months.ts';
import type { AccountState, CaseState, StreamState } from './stream-state.ts';

/** The service of what belongs to none. */
export const CITY = '';

/** What something adds to the figures of a service and month. */
export type Contribution = { readonly service: string; readonly month: Month } & (
  | { readonly counter: Counter | Stock; readonly n: number }
  | { readonly days: number; readonly n: number }
  | { readonly snapshot: Snapshot | typeof SNAPSHOT_DAY; readonly value: number }
);

/**
 * What a case or an account adds, all told: the one place where the rules stand. The figures are the sum of this over
 * all of them, so a change of state takes the old away and adds the new.
 */
export function contributionsOf(state: StreamState | undefined): readonly Contribution[] {
  if (state === undefined) return [];
  return state.kind === 'case' ? ofCase(state) : ofAccount(state);
}

function ofCase(state: CaseState): Contribution[] {
  const { service, month, begun } = state;
  // a file that was closed elsewhere is no work of this city; nobody applied for what an authority begins itself
  if (begun === 'taken') return [{ service, month, counter: 'taken_over', n: 1 }];
  if (begun === 'amt') return [{ service, month, counter: 'own_motion', n: 1 }];
  const all: Contribution[] = [{ service, month, counter: 'received', n: 1 }];
  const one = (at: Month, counter: Counter, n = 1): void => void (n > 0 && all.push({ service, month: at, counter, n }));
  if (state.firstComplete !== undefined) {
    one(state.firstComplete.month, 'completed');
    one(state.firstComplete.month, 'complete_first', state.firstComplete.atOnce ? 1 : 0);
  }
  if (state.decided !== undefined) {
    const { month: at, automated, requests, days } = state.decided;
    one(at, 'decided');
    one(at, 'automated', automated ? 1 : 0);
    one(at, 'requests', requests);
    one(at, 'media_breaks', state.posted === true ? 1 : 0);
    one(at, days === undefined ? 'undated' : 'timed');
    if (days !== undefined) all.push({ service, month: at, days, n: 1 });
  }
  if (state.withdrawn !== undefined && state.decided === undefined) one(state.withdrawn, 'withdrawn');
  if (state.fiction !== undefined) one(state.fiction, 'fictions');
  for (const at of state.objections ?? []) one(at, 'objections');
  return all;
}

function ofAccount({ organisation, since, eid, gone }: AccountState): Contribution[] {
  if (since === undefined) return [];
  const stock = (counter: Stock, from: Month): Contribution[] => [
    { service: CITY, month: from, counter, n: 1 },
    ...(gone === undefined ? [] : [{ service: CITY, month: gone, counter, n: -1 }]),
  ];
  if (organisation) return stock('organisations', since);
  return [...stock('accounts', since), ...(eid === undefined ? [] : stock('eid_accounts', eid))];
}

/** What an entry adds by itself, whatever came before. */
export function contributionsOfFact({ kind, at, payload }: Fact): readonly Contribution[] {
  const month = monthAt(at);
  const service = typeof payload['service'] === 'string' ? payload['service'] : CITY;
  switch (kind as FollowedKind) {
    case 'usage.counter-cases': {
      const n = payload['count'];
      if (typeof n !== 'number' || !Number.isInteger(n) || service === CITY) return [];
      return [
        { service, month, counter: 'counter', n },
        { service, month, counter: 'counter_records', n: 1 },
      ];
    }
    case 'usage.rated': {
      const n = payload['score'];
      if (payload['after'] !== 'decision' || typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > 5) return [];
      return [
        { service, month, counter: 'ratings', n: 1 },
        { service, month, counter: 'rating_sum', n },
      ];
    }
    case 'llm.answered':
      return ['stop', 'length'].includes(String(payload['finish'])) ? [{ service: CITY, month, counter: 'llm_answers', n: 1 }] : [];
    case 'proposals.settled':
      return settledItems(payload['items'], month);
    case 'situation.lage-opened':
      return payload['exercise'] === true ? [{ service: CITY, month, counter: 'exercises', n: 1 }] : [];
    case 'guides.consultations': {
      const n = payload['count'];
      return typeof n === 'number' && Number.isInteger(n) ? [{ service: CITY, month, counter: 'consultations', n }] : [];
    }
    case SNAPSHOT:
      return ([SNAPSHOT_DAY, ...Object.keys(SNAPSHOTS)] as (Snapshot | typeof SNAPSHOT_DAY)[]).flatMap((snapshot) => {
        const value = payload[snapshot];
        return typeof value === 'number' ? [{ service: CITY, month, snapshot, value }] : [];
      });
    default:
      return [];
  }
}

function settledItems(items: unknown, month: Month): Contribution[] {
  if (!Array.isArray(items)) return [];
  const of = (outcome: string): number => items.filter((item: unknown) => (item as { outcome?: unknown } | null)?.outcome === outcome).length;
  const counts = [
    ['items_settled', items.length],
    ['items_accepted', of('accepted')],
    ['items_changed', of('changed')],
  ] as const;
  return counts.filter(([, n]) => n > 0).map(([counter, n]) => ({ service: CITY, month, counter, n }));
}
