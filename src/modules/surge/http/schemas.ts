import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import type { Item } from '../domain/checklist.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { GateRow, Zone } from '../domain/gates.ts';
import type { OptionFigures } from '../domain/options.ts';
import type { Proposed } from '../domain/proposals.ts';
import type { DatedRule } from '../domain/rules.ts';
import { GATE_KINDS, GATE_STATES, PROPOSAL_RULES, REFERENCES, RULE_NAMES, ZONE_STATES } from './vocabulary.ts';

export const TAG = 'Sturmflut';
export const byKey = z.object({ key: z.string().max(60) });
export const byId = byKey.extend({ id: z.string().max(100) });

export const reference = z.enum(REFERENCES).default('NHN').describe('Wovon die Höhen zählen: NHN, Pegelnullpunkt (PN) oder mittleres Hochwasser (MHW).');

export const forecastInput = z.object({
  issuer: z.string().max(500),
  issuedAt: instant,
  reference,
  synthetic: z.boolean().default(false).describe('Für Übung und Demo gemacht.'),
  peaks: z.array(z.object({ kind: z.enum(['HW', 'NW']), at: instant, metres: z.number(), plusMinus: z.number().default(0) })).max(200),
  curve: z
    .array(z.object({ at: instant, metres: z.number() }))
    .max(5000)
    .default([]),
});

export const forecastView = z.object({
  id: z.string(),
  number: z.number(),
  issuer: z.string(),
  issuedAt: z.string(),
  receivedAt: z.string(),
  enteredBy: z.string(),
  synthetic: z.boolean(),
  peaks: z.array(z.object({ kind: z.enum(['HW', 'NW']), at: z.string(), metres: z.number(), plusMinus: z.number() })).describe('Höhen in m NHN.'),
  curve: z.array(z.object({ at: z.string(), metres: z.number() })),
});

export const presentForecast = (one: Forecast): z.output<typeof forecastView> => ({
  ...one,
  issuedAt: one.issuedAt.toString(),
  receivedAt: one.receivedAt.toString(),
  peaks: one.peaks.map((peak) => ({ ...peak, at: peak.at.toString() })),
  curve: one.curve.map((point) => ({ ...point, at: point.at.toString() })),
});

const word = z.object({ state: z.enum(GATE_STATES), at: z.string() });
export const gateView = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(GATE_KINDS),
  polder: z.string(),
  polderId: z.string(),
  pilot: z.string(),
  closingMetres: z.number(),
  closingMinutes: z.number(),
  lon: z.number(),
  lat: z.number(),
  streamId: z.number().nullable(),
  state: z.enum(GATE_STATES),
  saidBy: z.enum(['sensor', 'person', 'nobody']),
  stateAt: z.string().nullable(),
  contradiction: z.boolean(),
  sensorSilent: z.boolean(),
  sensor: word.extend({ since: z.string(), name: z.string() }).nullable(),
  person: word.extend({ by: z.string(), remark: z.string() }).nullable(),
  waterAt: z.string().nullable().describe('Wann das Wasser die Schließhöhe erreicht.'),
  beginBy: z.string().nullable().describe('Wann das Schließen beginnen muss.'),
  minutesLeft: z.number().nullable(),
});

const text = (at: Temporal.Instant | null): string | null => at?.toString() ?? null;

export function presentGate({ gate, judged, due }: GateRow): z.output<typeof gateView> {
  const { id, code, name, kind, polder, polderId, pilot, closingMetres, closingMinutes, lon, lat, streamId, sensor, person } = gate;
  return {
    ...{ id, code, name, kind, polder, polderId, pilot, closingMetres, closingMinutes, lon, lat, streamId },
    state: judged.state,
    saidBy: judged.source,
    stateAt: text(judged.at),
    contradiction: judged.contradiction,
    sensorSilent: judged.silent,
    sensor: sensor && { ...sensor, at: sensor.at.toString(), since: sensor.since.toString() },
    person: person && { ...person, at: person.at.toString() },
    waterAt: text(due.waterAt),
    beginBy: text(due.beginBy),
    minutesLeft: due.minutesLeft,
  };
}

export const zoneFacts = z.object({
  code: z.string().max(100),
  name: z.string().max(200),
  people: z.number().int().min(0).max(2_000_000),
  helpers: z.number().int().min(0).max(100_000),
  minutes: z.number().int().min(0).max(10_000),
  area: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.tuple([z.number(), z.number()])).max(2000)).max(20) }).nullable(),
  synthetic: z.boolean().default(false),
});

export const zoneView = zoneFacts.extend({
  id: z.string(),
  state: z.enum(ZONE_STATES),
  left: z.number(),
  at: z.string().nullable(),
  by: z.string(),
  remark: z.string(),
});
export const presentZone = (zone: Zone): z.output<typeof zoneView> => ({ ...zone, at: text(zone.at), area: zone.area as z.output<typeof zoneView>['area'] });

export const gateFacts = z.object({
  code: z.string().max(100),
  name: z.string().max(200),
  kind: z.enum(GATE_KINDS),
  closingMetres: z.number(),
  closingMinutes: z.number().int(),
  pilot: z.string().max(120),
  lon: z.number(),
  lat: z.number(),
  streamId: z.number().int().positive().nullable().default(null).describe('Datastream der SensorThings API, der den Stand meldet.'),
});

export const planInput = z.object({
  polders: z
    .array(
      z.object({
        code: z.string().max(100),
        name: z.string().max(200),
        people: z.number().int().min(0).max(2_000_000),
        facilities: z.number().int().min(0).max(10_000),
        lon: z.number(),
        lat: z.number(),
        synthetic: z.boolean().default(false),
        gates: z.array(gateFacts).max(100),
      }),
    )
    .max(1000)
    .default([]),
  zones: z.array(zoneFacts).max(500).default([]),
});

export const itemView = z.object({
  key: z.string(),
  title: z.string(),
  stage: z.number(),
  responsible: z.string(),
  state: z.enum(['waiting', 'due', 'overdue', 'done']),
  deadline: z.string().nullable(),
  minutesLeft: z.number().nullable(),
  escalation: z.number(),
  asksCount: z.boolean(),
  confirmedAt: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  remark: z.string().nullable(),
  count: z.number().nullable(),
  task: z.string().nullable(),
  source: z.string(),
});

export const presentItem = ({ measure, state, deadline, minutesLeft, escalation, kept }: Item): z.output<typeof itemView> => ({
  key: measure.key,
  title: measure.title,
  stage: measure.stage,
  responsible: measure.responsible,
  state,
  deadline: text(deadline),
  minutesLeft,
  escalation,
  asksCount: measure.count !== undefined,
  confirmedAt: text(kept?.confirmation?.at ?? null),
  confirmedBy: kept?.confirmation?.by ?? null,
  remark: kept?.confirmation?.remark ?? null,
  count: kept?.confirmation?.count ?? null,
  task: kept?.taskRef ?? null,
  source: measure.source,
});

export const proposalView = z.object({
  id: z.string(),
  rule: z.enum(PROPOSAL_RULES),
  urgency: z.enum(['now', 'soon', 'note']),
  subject: z.string(),
  title: z.string(),
  reasons: z.array(z.string()),
  raisedAt: z.string(),
  state: z.enum(['open', 'accepted', 'refused', 'lapsed']),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  because: z.string().nullable(),
  task: z.string().nullable(),
});

/** A proposal as it is kept. */
export interface ShownProposal extends Proposed {
  readonly id: string;
  readonly raisedAt: Temporal.Instant;
  readonly state: 'open' | 'accepted' | 'refused' | 'lapsed';
  readonly decidedAt: Temporal.Instant | null;
  readonly decidedBy: string | null;
  readonly because: string | null;
  readonly taskRef: string | null;
}

export const presentProposal = ({ key: _key, taskRef, raisedAt, decidedAt, reasons, ...one }: ShownProposal): z.output<typeof proposalView> => ({
  ...one,
  reasons: [...reasons],
  raisedAt: raisedAt.toString(),
  decidedAt: text(decidedAt),
  task: taskRef,
});

export const optionInput = z.object({
  title: z.string().max(500),
  kind: z.enum(['close-gates', 'evacuate', 'wait', 'other']),
  gateIds: z.array(z.uuid()).max(500).default([]),
  zoneIds: z.array(z.uuid()).max(100).default([]),
  minutes: z.number().int().min(0).max(100_000).optional(),
  helpers: z.number().int().min(0).max(100_000).optional(),
  people: z.number().int().min(0).max(3_000_000).optional(),
});

export const optionView = z.object({
  title: z.string(),
  kind: z.string(),
  people: z.number(),
  facilities: z.number(),
  minutesNeeded: z.number(),
  minutesLeft: z.number().nullable(),
  helpersNeeded: z.number(),
  helpersAvailable: z.number().nullable(),
  verdict: z.enum(['possible', 'too-late', 'too-few', 'unknown']),
});
export const presentOption = (one: OptionFigures): z.output<typeof optionView> => ({ ...one });

export const ruleView = z.object({
  name: z.enum(RULE_NAMES),
  value: z.number(),
  unit: z.string(),
  validFrom: z.string(),
  source: z.string(),
  checked: z.string(),
  recordedAt: z.string().nullable(),
});
export const presentRule = ({ name, value, unit, validFrom, source, checked, recordedAt }: DatedRule): z.output<typeof ruleView> => ({
  ...{ name, value, unit, validFrom, source, checked },
  recordedAt: recordedAt ?? null,
});
