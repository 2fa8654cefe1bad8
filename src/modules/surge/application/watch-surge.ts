import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewLogEntry } from '../../logbook/public.ts';
import { openLagen, systemView, type Lage } from '../../situation/public.ts';
import { judge, stateOfResult, type SensorWord } from '../domain/gates.ts';
import { PLAUSIBLE } from '../domain/forecast.ts';
import { propose, STATE_WORDS } from '../domain/proposals.ts';
import { toNhn } from '../domain/rules.ts';
import { insertGateWord, listGates, setGateWord, setShown } from '../store/gates.ts';
import { findSurge, lockSurge, type SurgeLage } from '../store/lage.ts';
import { keepMeasure, lapseProposals, raiseProposals } from '../store/measures.ts';
import { insertReadings, listReadings, type Reading } from '../store/water.ts';
import type { StreamWord, SurgeContext } from './context.ts';
import { firstRules, keepDone, surgeOf } from './in-surge.ts';
import { gateObject, shownKey, waterObjects } from './picture-objects.ts';
import { readState, type SurgeState } from './surge-state.ts';

export const WATCH_SURGE = 'surge.watch';
const SYSTEM = { kind: 'system', job: WATCH_SURGE } as const;

/**
 * Job by the clock: takes in what the streams of every open Lage say, and lets the rules look. Idempotent: looking twice changes
 * nothing. A Lage that cannot be looked at must not keep the others waiting; the job fails aloud afterwards.
 */
export async function watchSurge(ctx: SurgeContext): Promise<number> {
  let changes = 0;
  const failed: string[] = [];
  for (const lage of await openLagen(ctx.database.read)) {
    if (lage.hazard !== 'sturmflut' && (await findSurge(ctx.database.read, lage.id)) === undefined) continue;
    try {
      if (await watchLage(ctx, lage)) changes += 1;
    } catch (error) {
      failed.push(lage.id);
      ctx.log.error('surge.watch-failed', { lageId: lage.id, error: String(error) });
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} Lagen could not be watched: ${failed.slice(0, 10).join(', ')}`);
  return changes;
}

/** @returns whether anything changed */
async function watchLage(ctx: SurgeContext, lage: Lage): Promise<boolean> {
  const now = ctx.clock();
  // streams are read before the transaction: the embedded database has one connection
  const heard = await listen(ctx, lage, now);
  return ctx.database.write(async (tx) => {
    await lockSurge(tx, lage.id, await firstRules(tx, lage), now);
    const news = await insertReadings(tx, lage.id, heard.readings);
    const spoken = await hearGates(tx, lage, heard.words, now);
    const state = await readState(ctx, tx, lage, now);
    const log = [...spoken, ...(await keepDue(tx, lage, state))];
    const { raised, lapsed } = await look(tx, lage, state);
    const changed = state.gates.filter((row) => row.gate.shown !== shownKey(row));
    await setShown(
      tx,
      changed.map((row) => ({ id: row.gate.id, shown: shownKey(row) })),
    );
    const shown = [...(news > 0 ? waterObjects(state) : []), ...changed.map((row) => gateObject(row, now))];
    if (shown.length + log.length + raised.length + lapsed === 0) return false;
    const payload = { readings: news, gates: changed.length, raised, lapsed };
    await keepDone(ctx, tx, SYSTEM, systemView(lage), { value: undefined, event: { kind: 'watched', payload }, log, shown }, now);
    return true;
  });
}

interface Heard {
  readonly readings: readonly Reading[];
  readonly words: readonly StreamWord[];
}

async function listen(ctx: SurgeContext, lage: Lage, now: Temporal.Instant): Promise<Heard> {
  const surge = await surgeOf(ctx.database.read, lage);
  const streams = (await listGates(ctx.database.read, lage.id)).flatMap(({ streamId }) => (streamId === null ? [] : [streamId]));
  const words = streams.length === 0 ? [] : await ctx.streams.latest([...new Set(streams)]);
  return { readings: await measured(ctx, lage, surge, now), words };
}

/** What the gauge's stream measured since the last reading, in metres NHN; what cannot be is left out. */
async function measured(ctx: SurgeContext, lage: Lage, surge: SurgeLage, now: Temporal.Instant): Promise<Reading[]> {
  const { levelStreamId, levelReference, levelDivisor, rules } = surge;
  if (levelStreamId === null) return [];
  const source = `Datenstrom ${levelStreamId}`;
  const known = (await listReadings(ctx.database.read, lage.id, now.subtract({ hours: 12 }))).findLast((one) => one.source === source);
  const points = (await ctx.streams.between(levelStreamId, known?.at.add({ milliseconds: 1 }) ?? now.subtract({ hours: 12 }), now)) ?? [];
  const readings = points.map(({ at, metres }): Reading => ({
    at,
    metres: toNhn(metres / levelDivisor, levelReference, rules),
    source,
    byHand: false,
    receivedAt: now,
  }));
  const possible = readings.filter(({ metres }) => metres >= PLAUSIBLE.lowest && metres <= PLAUSIBLE.highest);
  if (possible.length < readings.length)
    ctx.log.warn('surge.impossible-levels', { lageId: lage.id, streamId: levelStreamId, count: readings.length - possible.length });
  return possible;
}

/** Keeps what sensors say of gates. @returns entries of the log, all changes of one state in one */
async function hearGates(tx: Tx, lage: Lage, words: readonly StreamWord[], now: Temporal.Instant): Promise<NewLogEntry[]> {
  const heard = new Map(words.map((word) => [word.streamId, word]));
  const changes: { readonly code: string; readonly id: string; readonly text: string }[] = [];
  for (const gate of await listGates(tx, lage.id)) {
    const word = gate.streamId === null ? undefined : heard.get(gate.streamId);
    // from the future or older than what is known: nothing new
    if (word === undefined || Temporal.Instant.compare(word.at, now.add({ minutes: 2 })) > 0) continue;
    if (gate.sensor !== null && Temporal.Instant.compare(word.at, gate.sensor.at) <= 0) continue;
    const state = stateOfResult(word.result);
    const sensor: SensorWord = { state, at: word.at, since: gate.sensor?.state === state ? gate.sensor.since : word.at, name: word.name };
    await setGateWord(tx, gate, 'sensor', sensor);
    if (gate.sensor?.state === state) continue;
    await insertGateWord(tx, gate.id, { id: newId(now.epochMilliseconds), state, source: 'sensor', by: word.name, remark: '', at: word.at, receivedAt: now });
    const against = judge({ ...gate, sensor }, now).contradiction ? `, Widerspruch zu ${gate.person!.by}: ${STATE_WORDS[gate.person!.state]}` : '';
    changes.push({ code: gate.code, id: gate.id, text: `${STATE_WORDS[state]}${against}` });
  }
  return [...Map.groupBy(changes, ({ text }) => text)].map(([text, gates]) => ({
    kind: 'feststellung' as const,
    text: `Tore laut Sensor ${text}: ${gates.map(({ code }) => code).join(', ')}.`,
    refs: gates.slice(0, 50).map(({ id }) => `gate:${id}`),
  }));
}

/** Keeps since when a measure is due and how far its delay has gone up. @returns entries for what is newly overdue */
async function keepDue(tx: Tx, lage: Lage, { items, now, forecast }: SurgeState): Promise<NewLogEntry[]> {
  const log: NewLogEntry[] = [];
  for (const { measure, state, escalation, kept } of items) {
    if (state !== 'due' && state !== 'overdue') continue;
    const before = kept ?? { key: measure.key, dueSince: null, confirmation: null, taskRef: null, escalated: 0 as const };
    const level = Math.max(before.escalated, escalation) as 0 | 1 | 2;
    if (before.dueSince !== null && level === before.escalated) continue;
    await keepMeasure(tx, lage.id, { ...before, dueSince: before.dueSince ?? forecast?.receivedAt ?? now, escalated: level });
    if (level > before.escalated)
      log.push({
        kind: 'system',
        text: `Überfällig: ${measure.title} (${measure.responsible}).${level === 2 ? ' Seit über 30 Minuten; geht an die Leitung.' : ''}`,
        refs: [`measure:${measure.key}`],
      });
  }
  return log;
}

async function look(tx: Tx, lage: Lage, state: SurgeState): Promise<{ readonly raised: readonly string[]; readonly lapsed: number }> {
  const { surge, level, forecast, before, gates, items, dykeDefenders, now } = state;
  const found = propose({ rules: surge.rules, level, forecast, before, gates, items, dykeDefenders, now });
  const lapsed = await lapseProposals(
    tx,
    lage.id,
    found.map(({ key }) => key),
    now,
  );
  const raised = await raiseProposals(
    tx,
    lage.id,
    found.map((one) => ({ ...one, id: newId(now.epochMilliseconds) })),
    now,
  );
  return { raised, lapsed };
}
