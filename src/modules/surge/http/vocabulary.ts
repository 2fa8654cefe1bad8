import type { GateKind, GateState, ZoneState } from '../domain/gates.ts';
import type { ProposalRule } from '../domain/proposals.ts';
import type { Reference, RuleName } from '../domain/rules.ts';

/** The words of a closed list: TypeScript refuses one that is missing and one that is not of it. */
const words = <T extends string>(list: Readonly<Record<T, 1>>): [T, ...T[]] => Object.keys(list) as [T, ...T[]];

export const GATE_STATES = words<GateState>({ open: 1, closing: 1, closed: 1, faulty: 1, unknown: 1 });
export const GATE_KINDS = words<GateKind>({ schiebetor: 1, stemmtor: 1, drehtor: 1, hubtor: 1, dammbalken: 1 });
export const ZONE_STATES = words<ZoneState>({ none: 1, ordered: 1, running: 1, cleared: 1 });
export const REFERENCES = words<Reference>({ NHN: 1, PN: 1, MHW: 1 });
export const PROPOSAL_RULES = words<ProposalRule>({
  'stage-reached': 1,
  'forecast-rises': 1,
  'forecast-old': 1,
  'gate-open': 1,
  'gate-above-level': 1,
  'gate-contradiction': 1,
  'gate-faulty': 1,
  'sensor-silent': 1,
  'measure-overdue': 1,
  'dyke-defenders-missing': 1,
});
export const RULE_NAMES = words<RuleName>({
  mhw: 1,
  mnw: 1,
  'sturmflut-above-mhw': 1,
  'schwere-above-mhw': 1,
  'sehr-schwere-above-mhw': 1,
  'stage-0-from': 1,
  'stage-1-from': 1,
  'stage-2-from': 1,
  'stage-2-to': 1,
  'staffs-from-forecast': 1,
  'streets-below': 1,
  'public-warned-above': 1,
  'public-warned-hours-latest': 1,
  'public-warned-hours-earliest': 1,
  'port-closed-from': 1,
  'dyke-defenders': 1,
  'design-level': 1,
  'gauge-zero': 1,
  'season-from': 1,
  'season-to': 1,
});
