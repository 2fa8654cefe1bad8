import type { EventOf } from './event-kinds.ts';
import type { Fact } from './facts.ts';
import { daysBetween, monthAt, monthOfDay, type Month } from './months.ts';

/** What of a case moves figures; kept as short JSON, because a city has millions. */
export interface CaseState {
  readonly kind: 'case';
  readonly service: string;
  /** An Antrag, the authority's own motion, or a closed file of somebody else. */
  readonly begun: 'antrag' | 'amt' | 'taken';
  readonly month: Month;
  /** Nachforderungen until now. */
  readonly requests: number;
  readonly completeOn?: string;
  /** First completeness: a later Nachforderung changes nothing of it. */
  readonly firstComplete?: { readonly month: Month; readonly atOnce: boolean };
  /** The first Bescheid: what follows it (Widerspruch, Berichtigung, Rücknahme, Widerruf) changes nothing of it. */
  readonly decided?: { readonly month: Month; readonly automated: boolean; readonly requests: number; readonly days?: number };
  readonly posted?: true;
  readonly fiction?: Month;
  readonly withdrawn?: Month;
  readonly objections?: readonly Month[];
}

export interface AccountState {
  readonly kind: 'account';
  readonly organisation: boolean;
  readonly since?: Month;
  readonly eid?: Month;
  readonly gone?: Month;
}

export type StreamState = CaseState | AccountState;

/** Folds one entry into what is known of its case or account; `undefined`: nothing is, and need not be. */
export function nextState(state: StreamState | undefined, fact: Fact): StreamState | undefined {
  const [module, event] = split(fact.kind);
  if (module === 'procedure') return nextCase(state?.kind === 'case' ? state : undefined, event as EventOf<'procedure'>, fact);
  return nextAccount(state?.kind === 'account' ? state : undefined, event as EventOf<'identity'>, fact);
}

/** Whether what an entry says depends on what came before in its stream. */
export const hasState = ({ kind, stream }: Fact): boolean => kind.startsWith('procedure.') || (kind.startsWith('identity.') && stream.startsWith('account:'));

function split(kind: string): [module: string, event: string] {
  const dot = kind.indexOf('.');
  return [kind.slice(0, dot), kind.slice(dot + 1)];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function begin(event: EventOf<'procedure'>, { at, payload }: Fact): CaseState | undefined {
  const received = text(payload['receivedOn']);
  const of = { kind: 'case', service: text(payload['service']), requests: 0 } as const;
  switch (event) {
    case 'antrag-eingereicht':
      return { ...of, begun: 'antrag', month: received === '' ? monthAt(at) : monthOfDay(received) };
    case 'von-amts-wegen-begonnen':
      return { ...of, begun: 'amt', month: monthAt(at) };
    case 'akte-uebernommen':
      return { ...of, begun: 'taken', month: monthAt(at) };
    default:
      return undefined;
  }
}

function nextCase(state: CaseState | undefined, event: EventOf<'procedure'>, fact: Fact): CaseState | undefined {
  // an entry of a case whose beginning is unknown says nothing about a service
  if (state === undefined) return begin(event, fact);
  const { at, payload } = fact;
  switch (event) {
    case 'vollstaendig': {
      const completeOn = text(payload['completeOn']);
      const first = state.firstComplete ?? { month: monthOfDay(completeOn), atOnce: state.requests === 0 };
      return { ...state, completeOn, firstComplete: first };
    }
    case 'nachforderung-gestellt': {
      // what is missing was not complete: the days count from when it was handed in
      const { completeOn: _, ...rest } = state;
      return { ...rest, requests: state.requests + 1 };
    }
    case 'bescheid-erlassen':
      return decided(state, payload);
    case 'bescheid-bekanntgegeben':
      return payload['via'] === 'post' ? { ...state, posted: true } : state;
    case 'genehmigung-fingiert':
      return state.fiction === undefined ? { ...state, fiction: monthOfDay(text(payload['since'])) } : state;
    case 'zurueckgenommen':
      return { ...state, withdrawn: state.withdrawn ?? monthAt(at) };
    case 'widerspruch-eingelegt':
      return { ...state, objections: [...(state.objections ?? []), monthOfDay(text(payload['receivedOn']))] };
    default:
      return state;
  }
}

function decided(state: CaseState, payload: Fact['payload']): CaseState {
  const posted = state.posted === true || payload['channel'] === 'post' ? ({ posted: true } as const) : {};
  if (payload['decisionKind'] !== 'bescheid' || state.decided !== undefined) return { ...state, ...posted };
  const on = text(payload['decidedOn']);
  const days = state.completeOn === undefined ? -1 : daysBetween(state.completeOn, on);
  const first = { month: monthOfDay(on), automated: payload['automated'] === true, requests: state.requests, ...(days < 0 ? {} : { days }) };
  return { ...state, ...posted, decided: first };
}

function nextAccount(state: AccountState | undefined, event: EventOf<'identity'>, { at, payload }: Fact): AccountState | undefined {
  const month = monthAt(at);
  const now: AccountState = state ?? { kind: 'account', organisation: false };
  switch (event) {
    case 'account-registered':
      return { ...now, since: now.since ?? month };
    case 'organisation-founded':
      return { ...now, organisation: true, since: now.since ?? month };
    case 'signed-in': {
      if (payload['method'] !== 'eid') return state;
      const since = now.since ?? (payload['account'] === 'new' ? month : undefined);
      return { ...now, ...(since === undefined ? {} : { since }), eid: now.eid ?? month };
    }
    case 'account-deleted':
    case 'organisation-deleted':
      return { ...now, gone: now.gone ?? month };
    default:
      return state;
  }
}
