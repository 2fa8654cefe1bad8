import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { csv } from '../../../platform/http/csv.ts';
import type { DataAnswer } from '../../../platform/http/route.ts';
import { memberTable } from '../application/results.ts';
import type { JobAnswer, JobResults } from '../domain/process.ts';
import { json } from './answers.ts';

/** An output as it is sent by itself. */
interface Output {
  readonly name: string;
  readonly type: string;
  /** As a value of a JSON document. */
  readonly value: unknown;
  readonly bytes: () => string | Uint8Array;
}

const jsonOutput = (name: string, value: unknown, type = 'application/json'): Output => ({ name, type, value, bytes: () => JSON.stringify(value) });

function outputsOf(results: JobResults): readonly Output[] {
  const numbers = Object.fromEntries(results.numbers.map(({ id, unit, value, minimum, maximum }) => [id, { value, minimum, maximum, unit }]));
  const table = csv(memberTable(results));
  return [
    jsonOutput('numbers', numbers),
    jsonOutput('members', results.members),
    { name: 'table', type: 'text/csv', value: Buffer.from(table).toString('utf8'), bytes: () => table },
    jsonOutput('provenance', results.provenance),
    ...results.layers.map(({ id, data }) => jsonOutput(id, data, 'application/geo+json')),
  ];
}

const TOO_LARGE_MAP: Problem = {
  kind: 'too-large',
  detail: 'Diese Karte war zu groß, um aufgehoben zu werden. Rechnen Sie ein kleineres Gebiet, oder weniger Kombinationen.',
};

/** Results as they were asked for: as one document, or each output as it is (OGC 18-062r2, 7.11.4). */
export function resultsAnswer(results: JobResults, { outputs: names, response = 'raw' }: JobAnswer): Result<DataAnswer, Problem> {
  const all = outputsOf(results);
  const wanted = names === undefined ? all : names.flatMap((name) => all.find((one) => one.name === name) ?? []);
  if (names !== undefined && wanted.length < names.length) return refuse(TOO_LARGE_MAP);
  if (response === 'document') {
    const document = wanted.map(({ name, type, value }) => [name, type === 'application/json' ? { value } : { value, mediaType: type }]);
    return ok(json(Object.fromEntries(document)));
  }
  const [first] = wanted;
  if (first === undefined) return ok({ status: 204, headers: {} });
  return ok(
    wanted.length === 1
      ? { status: 200, headers: { 'content-type': contentType(first), 'cache-control': 'private, no-cache' }, body: first.bytes() }
      : together(wanted, results.job.id),
  );
}

const contentType = ({ type }: Output): string => `${type}; charset=utf-8`;

/** Several outputs as one answer (RFC 2387), each part named by its output. */
function together(outputs: readonly Output[], jobId: string): DataAnswer {
  // no text of ours holds the id of its own job on a line with dashes
  const boundary = `kontor-${jobId}`;
  const parts = outputs.flatMap((one) => [
    Buffer.from(`--${boundary}\r\nContent-Type: ${contentType(one)}\r\nContent-ID: <${one.name}>\r\n\r\n`),
    Buffer.from(one.bytes()),
    Buffer.from('\r\n'),
  ]);
  const headers = { 'content-type': `multipart/related; boundary="${boundary}"; type="application/json"`, 'cache-control': 'private, no-cache' };
  return { status: 200, headers, body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]) };
}
