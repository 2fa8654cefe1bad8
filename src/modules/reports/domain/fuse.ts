import { contradictionOf, LINK_FROM, match, PROPOSE_FROM, type Fusable, type Match } from './match.ts';
import { probesOf } from './cells.ts';
import type { Claim } from './claims.ts';

/** So many of the newest are looked at under one number, so many reports are compared with one, and so many of an event. */
export const PER_PROBE = 24;
export const MOST_COMPARED = 80;
const OF_AN_EVENT = 8;
const MOST_CONTRADICTIONS = 3;
const MOST_PROPOSALS = 3;

/** A link to one report of an event. */
export interface Found extends Match {
  readonly reportId: string;
  readonly eventId: string;
}

export interface FoundContradiction {
  readonly reportId: string;
  readonly eventId: string;
  readonly says: Claim;
  readonly otherSays: Claim;
}

/** Where a report belongs. */
export interface Verdict {
  readonly eventId: string;
  /** Absent: it begins an event of its own. */
  readonly link?: Found;
  /** Events that may be the same; a person decides. */
  readonly proposals: readonly Found[];
  readonly contradictions: readonly FoundContradiction[];
}

type Placed = Fusable & { readonly eventId: string };

/**
 * Places reports into events one after the other. Work for one report is bounded whatever the number of reports:
 * only those found under the same numbers are compared.
 */
export class Fusion {
  readonly #reports = new Map<string, Placed>();
  readonly #byProbe = new Map<number, string[]>();

  /** Takes in a report whose event is known. */
  know(report: Placed): void {
    if (this.#reports.has(report.id)) return;
    this.#reports.set(report.id, report);
    for (const probe of new Set(probesOf(report).kept)) {
      const found = this.#byProbe.get(probe);
      if (found === undefined) this.#byProbe.set(probe, [report.id]);
      else found.push(report.id);
    }
  }

  /** Finds a new report's event and takes it in. @param ownEvent id of the event it begins if it fits none */
  place(report: Fusable, ownEvent: string = report.id): Verdict {
    const candidates = this.#candidates(report);
    const byEvent = new Map<string, Found[]>();
    for (const one of candidates) {
      const found = match(report, one);
      const entry: Found = { ...(found ?? { reason: 'alike', score: 0, parts: NOTHING }), reportId: one.id, eventId: one.eventId };
      const before = byEvent.get(one.eventId);
      if (before === undefined) byEvent.set(one.eventId, [entry]);
      else if (before.length < OF_AN_EVENT) before.push(entry);
    }
    const ranked = [...byEvent.values()].map(bestOf).toSorted((a, b) => b.score - a.score);
    const [best] = ranked;
    const link = best !== undefined && best.score >= LINK_FROM ? best : undefined;
    const eventId = link?.eventId ?? ownEvent;
    this.know({ ...report, eventId });
    return {
      eventId,
      ...(link === undefined ? {} : { link }),
      proposals: ranked.filter((one) => one !== link && one.score >= PROPOSE_FROM).slice(0, MOST_PROPOSALS),
      contradictions: contradictionsIn(report, candidates),
    };
  }

  /** The newest under each of the report's numbers, most hits first. */
  #candidates(report: Fusable): Placed[] {
    const hits = new Map<string, number>();
    for (const probe of new Set(probesOf(report).sought)) {
      const ids = this.#byProbe.get(probe) ?? [];
      for (const id of ids.slice(-PER_PROBE)) hits.set(id, (hits.get(id) ?? 0) + 1);
    }
    hits.delete(report.id);
    const ordered = [...hits].toSorted(([one, a], [two, b]) => b - a || (one < two ? 1 : -1));
    return ordered.slice(0, MOST_COMPARED).map(([id]) => this.#reports.get(id)!);
  }
}

const NOTHING = { text: 0, space: 0, time: 0, category: 0, names: 0 } as const;
/** Below that, a member of an event speaks against the newcomer. */
const SPEAKS_AGAINST = 0.15;

/**
 * The best link to an event. A chain of neighbours must not grow without end: where most of the event's reports
 * speak against the newcomer, the best link counts as a proposal only. Copies are never in doubt.
 */
function bestOf(found: readonly Found[]): Found {
  const best = found.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.reason !== 'alike') return best;
  const against = found.filter(({ score }) => score < SPEAKS_AGAINST).length;
  return against * 2 > found.length ? { ...best, score: Math.min(best.score, LINK_FROM - 0.01) } : best;
}

function contradictionsIn(report: Fusable, candidates: readonly Placed[]): FoundContradiction[] {
  if (report.claims.length === 0) return [];
  const found: FoundContradiction[] = [];
  for (const one of candidates) {
    const both = contradictionOf(report, one);
    if (both === undefined) continue;
    found.push({ reportId: one.id, eventId: one.eventId, says: both[0], otherSays: both[1] });
    if (found.length === MOST_CONTRADICTIONS) break;
  }
  return found;
}
