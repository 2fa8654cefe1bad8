import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Json, NewObservation } from './observation.ts';

/** What a stream takes: a number or anything; of a MultiDatastream an array of so many parts. */
export interface StreamShape {
  readonly multi: boolean;
  readonly parts: number;
}

/** An observation of checked values. @param now the phenomenonTime of one that names none (OGC 18-088, 10.2) */
export function toObservation(
  values: Readonly<Record<string, Json>>,
  stream: StreamShape & { readonly id: number },
  featureId: number | undefined,
  now: Temporal.Instant,
): Result<NewObservation, Problem<'invalid-input'>> {
  const { result, phenomenonTime, resultTime, validTime, resultQuality, parameters } = values;
  if (stream.multi && !(Array.isArray(result) && result.length === stream.parts))
    return refuse(invalidField('result', `Dieser MultiDatastream erwartet eine Liste mit ${stream.parts} Werten.`));
  const [start, end] = typeof phenomenonTime === 'string' ? phenomenonTime.split('/') : [now.toString({ smallestUnit: 'millisecond' })];
  const [validStart, validEnd] = typeof validTime === 'string' ? validTime.split('/') : [];
  const number = typeof result === 'number' && Number.isFinite(result);
  return ok({
    streamId: stream.id,
    phenomenonStart: start!,
    ...(end === undefined ? {} : { phenomenonEnd: end }),
    ...(typeof resultTime === 'string' ? { resultTime } : {}),
    ...(number ? { number: result } : { result: result ?? null }),
    ...(resultQuality === undefined || resultQuality === null ? {} : { quality: resultQuality }),
    ...(validStart === undefined ? {} : { validStart, validEnd: validEnd ?? validStart }),
    ...(parameters === undefined || parameters === null ? {} : { parameters }),
    ...(featureId === undefined ? {} : { featureId }),
  });
}
