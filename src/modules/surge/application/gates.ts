import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { enterLage } from '../../situation/public.ts';
import { demoPolders, demoZones } from '../domain/demo-polders.ts';
import {
  GATE_KINDS,
  GATE_STATES,
  judge,
  ZONE_STATES,
  type GateFacts,
  type GateState,
  type PolderFacts,
  type Zone,
  type ZoneFacts,
  type ZoneState,
} from '../domain/gates.ts';
import { PLAN_COLUMNS, readPlanCsv } from '../domain/plan-csv.ts';
import { noGate, noZone, type SurgeProblem } from '../domain/problems.ts';
import { clock, STATE_WORDS } from '../domain/proposals.ts';
import { insertGateWord, keepGate, keepPolder, keepZone, listZones, lockGate, lockZone, setGateWord, setShown, setZone } from '../store/gates.ts';
import type { SurgeContext } from './context.ts';
import { inSurge, signed } from './in-surge.ts';
import { gateObject, shownKey, zoneObject } from './picture-objects.ts';
import { readGates, type KeptRow } from './surge-state.ts';

export interface PolderInput extends PolderFacts {
  readonly gates: readonly Omit<GateFacts, 'polder'>[];
}

export interface PlanInput {
  readonly polders: readonly PolderInput[];
  readonly zones: readonly ZoneFacts[];
}

/** Takes polders with their gates and the zones to be cleared into a Lage, or renews them by their codes; what was said of them stays. */
export function importPlan(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  plan: PlanInput,
): Promise<Result<{ readonly polders: number; readonly gates: number; readonly zones: number }, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'gates' }, async ({ tx, view, now }) => {
    const problems = planProblems(plan);
    if (problems.length > 0) return refuse(invalidFields(problems.slice(0, 20)));
    const { lage } = view;
    for (const { gates, ...polder } of plan.polders) {
      const polderId = await keepPolder(tx, lage.id, newId(now.epochMilliseconds), polder);
      for (const gate of gates) await keepGate(tx, lage.id, polderId, newId(now.epochMilliseconds), gate);
    }
    for (const zone of plan.zones) await keepZone(tx, lage.id, newId(now.epochMilliseconds), zone);
    const gates = await readGates(tx, lage, now);
    await setShown(
      tx,
      gates.map((row) => ({ id: row.gate.id, shown: shownKey(row) })),
    );
    const zones = await listZones(tx, lage.id);
    const count = { polders: plan.polders.length, gates: plan.polders.reduce((sum, polder) => sum + polder.gates.length, 0), zones: plan.zones.length };
    const made = plan.polders.some(({ synthetic }) => synthetic) || plan.zones.some(({ synthetic }) => synthetic) ? ' Angaben aus der Demo, erfunden.' : '';
    return ok({
      value: count,
      event: { kind: 'plan-imported', payload: count },
      log: [{ kind: 'ereignis', text: `Übernommen: ${count.polders} Polder mit ${count.gates} Toren und ${count.zones} Räumzonen.${made}` }],
      shown: [...gates.map((row) => gateObject(row, now)), ...zones.map((zone) => zoneObject(zone, now))],
    });
  });
}

/** Columns of a plan as CSV, as its first row names them. */
export const planHeader = (): string => PLAN_COLUMNS.join('; ');

/** As `importPlan`, polders and gates from a file. */
export async function importPlanCsv(ctx: SurgeContext, actor: Actor, key: string, csv: string): ReturnType<typeof importPlan> {
  const read = readPlanCsv(csv);
  return read.ok ? importPlan(ctx, actor, key, { polders: read.value, zones: [] }) : read;
}

/** Takes the demo's invented polders, gates and zones into an exercise; never into a Lage that is real. */
export async function importDemoPlan(ctx: SurgeContext, actor: Actor, key: string): ReturnType<typeof importPlan> {
  const opened = await enterLage(ctx, actor, key, 'gates');
  if (!opened.ok) return opened;
  if (!opened.value.lage.exercise)
    return refuse({ kind: 'wrong-state', detail: 'Diese Lage ist keine Übung. Erfundene Polder gehören nicht hinein; übernehmen Sie die echten als CSV.' });
  return importPlan(ctx, actor, key, { polders: demoPolders(), zones: demoZones() });
}

const MOST = { polders: 500, gates: 2000, zones: 200 } as const;

function planProblems({ polders, zones }: PlanInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const gates = polders.flatMap((polder) => polder.gates);
  if (polders.length > MOST.polders || gates.length > MOST.gates || zones.length > MOST.zones)
    problems.push({ field: 'polders', message: `Höchstens ${MOST.polders} Polder, ${MOST.gates} Tore und ${MOST.zones} Zonen. Teilen Sie die Liste.` });
  for (const [field, codes] of [
    ['polders', polders],
    ['gates', gates],
    ['zones', zones],
  ] as const) {
    const twice = codes.find(({ code }, index) => codes.findIndex((one) => one.code === code) !== index);
    if (twice !== undefined) problems.push({ field, message: `„${twice.code}“ steht zweimal in der Liste. Jedes Kürzel gibt es einmal.` });
    const empty = codes.findIndex(({ code, name }) => code.trim() === '' || name.trim() === '' || code.length > 20 || name.length > 80);
    if (empty >= 0) problems.push({ field: `${field}.${empty}`, message: 'Kürzel (höchstens 20 Zeichen) und Name (höchstens 80) gehören dazu.' });
  }
  const wrong = gates.findIndex(
    ({ kind, closingMetres, closingMinutes, lon, lat }) =>
      !GATE_KINDS.includes(kind) ||
      !(closingMetres > 0 && closingMetres < 10) ||
      !(closingMinutes > 0 && closingMinutes <= 720) ||
      !(Math.abs(lon) <= 180) ||
      !(Math.abs(lat) <= 90),
  );
  if (wrong >= 0)
    problems.push({
      field: `gates.${wrong}`,
      message: `Tor „${gates[wrong]!.code}“: Art, Schließhöhe (0 bis 10 m NHN), Schließdauer (bis 720 min) oder Ort stimmen nicht.`,
    });
  return problems;
}

export interface GateWordInput {
  readonly state: GateState;
  readonly remark: string;
  /** When it was seen; absent: now. */
  readonly at?: Temporal.Instant | undefined;
}

/** A person says how a gate stands. What a sensor says is not overwritten: both stay, and a contradiction is shown. */
export function reportGate(ctx: SurgeContext, actor: Actor, key: string, id: string, input: GateWordInput): Promise<Result<KeptRow, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'report', layers: ['tore'] }, async ({ tx, view, now }) => {
    const gate = parseId(id) === undefined ? undefined : await lockGate(tx, view.lage.id, id);
    if (gate === undefined) return refuse(noGate);
    const at = input.at ?? now;
    if (!GATE_STATES.includes(input.state)) return refuse(invalidField('state', 'Wählen Sie, wie das Tor steht.'));
    if (input.remark.length > 300) return refuse(invalidField('remark', 'Kürzen Sie die Bemerkung auf 300 Zeichen; Längeres gehört ins Tagebuch.'));
    if (Temporal.Instant.compare(at, now.add({ minutes: 2 })) > 0)
      return refuse(invalidField('at', 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr Ihres Geräts.'));
    // what was entered without a network comes late: the newer word stays in force, the older one is kept
    const older = gate.person !== null && Temporal.Instant.compare(gate.person.at, at) > 0;
    const word = { state: input.state, at, by: signed(view), remark: input.remark.trim() };
    await insertGateWord(tx, gate.id, {
      id: newId(now.epochMilliseconds),
      state: word.state,
      source: 'person',
      by: word.by,
      remark: word.remark,
      at,
      receivedAt: now,
    });
    if (!older) await setGateWord(tx, gate, 'person', word);
    const gates = await readGates(tx, view.lage, now);
    const row = gates.find((one) => one.gate.id === gate.id)!;
    await setShown(tx, [{ id: gate.id, shown: shownKey(row) }]);
    const against = judge(row.gate, now).contradiction
      ? ` Widerspruch: Der Sensor sagt ${STATE_WORDS[row.gate.sensor!.state]} (${clock(row.gate.sensor!.at)}).`
      : '';
    const remark = word.remark === '' ? '' : ` ${word.remark}.`;
    return ok({
      value: row,
      event: { kind: 'gate-reported', payload: { gateId: gate.id, state: word.state, at: at.toString(), remark: sha256Hex(word.remark) } },
      log: [
        {
          kind: 'meldung',
          text: `Tor ${gate.code} ${gate.name} (Polder ${gate.polder}): ${STATE_WORDS[word.state]}.${remark}${against}`,
          eventAt: at,
          refs: [`gate:${gate.id}`],
        },
      ],
      shown: [gateObject(row, now)],
    });
  });
}

export interface ZoneWordInput {
  readonly state: ZoneState;
  readonly left: number;
  readonly remark: string;
}

const ZONE_WORDS: Readonly<Record<ZoneState, string>> = { none: 'keine Räumung', ordered: 'Räumung angeordnet', running: 'wird geräumt', cleared: 'geräumt' };

/** A person says how far a zone is cleared. */
export function reportZone(ctx: SurgeContext, actor: Actor, key: string, id: string, input: ZoneWordInput): Promise<Result<Zone, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: input.state === 'ordered' ? 'order' : 'report', layers: ['raeumung'] }, async ({ tx, view, now }) => {
    const zone = parseId(id) === undefined ? undefined : await lockZone(tx, view.lage.id, id);
    if (zone === undefined) return refuse(noZone);
    const problems: FieldProblem[] = [];
    if (!ZONE_STATES.includes(input.state)) problems.push({ field: 'state', message: 'Wählen Sie, wie weit die Räumung ist.' });
    if (!(Number.isInteger(input.left) && input.left >= 0 && input.left <= zone.people * 2))
      problems.push({ field: 'left', message: `Nennen Sie, wie viele Menschen die Zone verlassen haben: eine ganze Zahl bis ${zone.people * 2}.` });
    if (input.remark.length > 300) problems.push({ field: 'remark', message: 'Kürzen Sie die Bemerkung auf 300 Zeichen.' });
    if (problems.length > 0) return refuse(invalidFields(problems));
    const after: Zone = { ...zone, state: input.state, left: input.left, remark: input.remark.trim(), at: now, by: signed(view) };
    await setZone(tx, after);
    const text = `${zone.name}: ${ZONE_WORDS[after.state]}, ${after.left} von ${zone.people} Menschen haben die Zone verlassen.${after.remark === '' ? '' : ` ${after.remark}.`}`;
    return ok({
      value: after,
      event: { kind: 'zone-reported', payload: { zoneId: zone.id, state: after.state, left: after.left, remark: sha256Hex(after.remark) } },
      log: [{ kind: after.state === 'ordered' ? 'befehl' : 'meldung', text, refs: [`zone:${zone.id}`] }],
      shown: [zoneObject(after, now)],
    });
  });
}
