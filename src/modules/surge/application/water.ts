import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { forecastProblems, mainPeak, PLAUSIBLE, risen, sameForecast, type Forecast, type NewForecast } from '../domain/forecast.ts';
import { readForecastCsv, type ForecastRows } from '../domain/forecast-csv.ts';
import type { SurgeProblem } from '../domain/problems.ts';
import { clock, RISE_METRES } from '../domain/proposals.ts';
import { toNhn, type Reference } from '../domain/rules.ts';
import { nextNumber, setBinding, type Binding } from '../store/lage.ts';
import { findForecast, insertForecast, insertReadings, listForecasts, type Reading } from '../store/water.ts';
import type { SurgeContext } from './context.ts';
import { inSurge, signed } from './in-surge.ts';
import { metres, waterObjects } from './picture-objects.ts';
import { readState } from './surge-state.ts';

export interface ForecastInput extends ForecastRows {
  /** What heights are counted from; they are kept in metres NHN. */
  readonly reference: Reference;
  readonly synthetic: boolean;
}

/** Takes a forecast in. The same one sent again is one; one that says otherwise under the same time of issue is refused. */
export function importForecast(ctx: SurgeContext, actor: Actor, key: string, input: ForecastInput): Promise<Result<Forecast, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'feeds' }, async ({ tx, view, surge, now }) => {
    const nhn = <T extends { readonly metres: number }>(one: T): T => ({ ...one, metres: toNhn(one.metres, input.reference, surge.rules) });
    const issued: NewForecast = {
      issuer: input.issuer.trim(),
      issuedAt: input.issuedAt,
      peaks: input.peaks.map(nhn),
      curve: input.curve.map(nhn),
      synthetic: input.synthetic,
    };
    const problems = forecastProblems(issued, now);
    if (problems.length > 0) return refuse(invalidFields(problems));
    const there = await findForecast(tx, view.lage.id, issued.issuer, issued.issuedAt);
    if (there !== undefined) return sameForecast(there, issued) ? ok({ value: there }) : refuse(otherUnderSameTime(there));
    const [before] = await listForecasts(tx, view.lage.id, { limit: 1 });
    const forecast: Forecast = {
      ...issued,
      id: newId(now.epochMilliseconds),
      number: await nextNumber(tx, view.lage.id, 'last_forecast'),
      receivedAt: now,
      enteredBy: signed(view),
    };
    await insertForecast(tx, view.lage.id, forecast);
    const state = await readState(ctx, tx, view.lage, now);
    const payload = { forecastId: forecast.id, number: forecast.number, issuedAt: forecast.issuedAt.toString(), issuer: sha256Hex(forecast.issuer) };
    return ok({
      value: forecast,
      event: { kind: 'forecast-taken', payload },
      log: [{ kind: 'feststellung', text: forecastWords(forecast, before, now), eventAt: forecast.issuedAt, refs: ['forecast:st-pauli'] }],
      shown: waterObjects(state),
    });
  });
}

/** As `importForecast`, from a file. */
export async function importForecastCsv(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  { csv, reference, synthetic }: Pick<ForecastInput, 'reference' | 'synthetic'> & { readonly csv: string },
): Promise<Result<Forecast, SurgeProblem>> {
  const read = readForecastCsv(csv);
  return read.ok ? importForecast(ctx, actor, key, { ...read.value, reference, synthetic }) : read;
}

const otherUnderSameTime = (there: Forecast): SurgeProblem => ({
  kind: 'conflict',
  detail: `Von ${there.issuer} gibt es zu dieser Ausgabezeit schon die Vorhersage Nr. ${there.number} mit anderen Zahlen. Fragen Sie nach; eine Berichtigung trägt eine neue Ausgabezeit.`,
});

function forecastWords(forecast: Forecast, before: Forecast | undefined, now: Temporal.Instant): string {
  const peak = mainPeak(forecast, now)!;
  const rise = risen(before, forecast, now);
  const change = rise === undefined || Math.abs(rise) < RISE_METRES ? '' : ` Das ist ${metres(Math.abs(rise))} ${rise > 0 ? 'höher' : 'niedriger'} als zuvor.`;
  const made = forecast.synthetic ? ' (synthetisch)' : '';
  return `Vorhersage Nr. ${forecast.number} von ${forecast.issuer}${made}: Hochwasser ${metres(peak.metres)} NHN ± ${metres(peak.plusMinus)} am ${clock(peak.at)}.${change}`;
}

export interface LevelInput {
  readonly at: Temporal.Instant;
  readonly metres: number;
  readonly reference: Reference;
  /** Who read it, if not who enters it. */
  readonly source?: string | undefined;
}

/** Takes in levels that somebody read, or a program fetched; several at once. */
export function enterLevels(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  levels: readonly LevelInput[],
): Promise<Result<{ readonly kept: number }, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'feeds' }, async ({ tx, view, surge, now }) => {
    const readings = levels.map((one): Reading => ({
      at: one.at,
      metres: toNhn(one.metres, one.reference, surge.rules),
      source: one.source === undefined || one.source.trim() === '' ? signed(view) : one.source.trim(),
      byHand: actor.kind !== 'device',
      receivedAt: now,
    }));
    const problems = readings.flatMap((one, index) => levelProblems(one, levels.length === 1 ? '' : `${index}.`, now));
    if (problems.length > 0) return refuse(invalidFields(problems.slice(0, 20)));
    const kept = await insertReadings(tx, view.lage.id, readings);
    if (kept === 0) return ok({ value: { kept } });
    const newest = readings.toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))[0]!;
    const words = `Pegel St. Pauli ${metres(newest.metres)} NHN um ${clock(newest.at)}, abgelesen: ${newest.source}.`;
    return ok({
      value: { kept },
      event: { kind: 'levels-entered', payload: { count: kept, metres: newest.metres, at: newest.at.toString() } },
      log: actor.kind === 'device' ? [] : [{ kind: 'feststellung' as const, text: words, eventAt: newest.at, refs: ['gauge:st-pauli'] }],
      shown: waterObjects(await readState(ctx, tx, view.lage, now)),
    });
  });
}

/** Why a level is not taken. @param prefix of the field's name */
function levelProblems({ at, metres: level, source }: Reading, prefix: string, now: Temporal.Instant): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (at.epochMilliseconds > now.epochMilliseconds + PLAUSIBLE.aheadMinutes * 60_000)
    problems.push({ field: `${prefix}at`, message: 'Dieser Wert liegt in der Zukunft. Prüfen Sie Zeit und Zeitzone.' });
  if (at.epochMilliseconds < now.epochMilliseconds - 72 * 3_600_000)
    problems.push({ field: `${prefix}at`, message: 'Dieser Wert ist älter als drei Tage. Prüfen Sie den Tag.' });
  if (!(level >= PLAUSIBLE.lowest && level <= PLAUSIBLE.highest))
    problems.push({ field: `${prefix}metres`, message: 'Diese Höhe kann es am Pegel St. Pauli nicht geben. Prüfen Sie Einheit und Bezug (NHN, PN oder MHW).' });
  if (source.length > 120) problems.push({ field: `${prefix}source`, message: 'Nennen Sie die Quelle mit höchstens 120 Zeichen.' });
  return problems;
}

/** Binds the level to a stream of measurements, or to none. */
export async function bindLevel(ctx: SurgeContext, actor: Actor, key: string, binding: Binding): Promise<Result<Binding, SurgeProblem>> {
  const now = ctx.clock();
  const there = binding.streamId === null ? [] : await ctx.streams.between(binding.streamId, now.subtract({ hours: 1 }), now);
  if (there === undefined) return refuse(invalidField('streamId', 'Diesen Datenstrom gibt es nicht. Nehmen Sie die Nummer aus /sta/v1.1/Datastreams.'));
  if (!(binding.divisor > 0 && binding.divisor <= 1000))
    return refuse(invalidField('divisor', 'Der Teiler liegt zwischen 0 und 1.000: 100, wenn der Strom Zentimeter misst.'));
  return inSurge(ctx, actor, { key, right: 'feeds' }, async ({ tx, view }) => {
    await setBinding(tx, view.lage.id, binding);
    const text =
      binding.streamId === null
        ? 'Der Pegel ist an keinen Datenstrom mehr gebunden.'
        : `Der Pegel St. Pauli kommt aus dem Datenstrom ${binding.streamId} (Bezug ${binding.reference}).`;
    return ok({ value: binding, event: { kind: 'level-bound', payload: { ...binding } }, log: [{ kind: 'ereignis', text, refs: ['gauge:st-pauli'] }] });
  });
}
