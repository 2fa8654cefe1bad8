import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import type { Problem } from '../kernel/problem.ts';
import { listProcesses, memberTable, ModelThreads, readJob, readResults, runJob, startJob, type JobResults } from '../modules/processes/public.ts';
import { createJobRunner } from '../platform/jobs/runner.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { silentLog } from '../platform/log/log.ts';
import { wrongCall, type Command, type Output } from './command.ts';

const ACTOR = { kind: 'system', job: 'process' } as const;

export const processCommand: Command = {
  usage: [
    { call: 'process list', does: 'Zeigt die Modelle der Stadt mit ihren Eingaben.' },
    {
      call: 'process run MODELL --inputs DATEI [--json]',
      does: 'Rechnet ein Modell mit den Eingaben einer JSON-Datei über den Daten der Stadt. Ohne --json kommt eine Tabelle.',
    },
  ],
  async run(args, out) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { inputs: { type: 'string' }, json: { type: 'boolean' } } });
    const [what, model, ...more] = positionals;
    if (what === 'list' && model === undefined) return list(out);
    if (what !== 'run' || model === undefined || values.inputs === undefined || more.length > 0) return wrongCall(processCommand, out);
    const inputs = await readInputs(values.inputs);
    if (inputs === undefined) {
      out.complain(`In ${values.inputs} stehen keine Eingaben. Erwartet wird JSON wie {"area": {"type": "Polygon", …}, "hour": [10, 14]}.`);
      return 1;
    }
    return run(model, inputs, values.json === true, out);
  },
};

function list(out: Output): number {
  for (const { id, version, title, description, inputs } of listProcesses()) {
    out.print(`${id} ${version}  ${title.de}: ${description.de}`);
    for (const [name, input] of Object.entries(inputs)) out.print(`  ${name}${input.required === true ? ' (muss sein)' : ''}: ${input.title.de}`);
  }
  return 0;
}

/** The inputs, also where a file holds a whole execute request. */
async function readInputs(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const read = await readFile(path, 'utf8')
    .then(
      (text) => JSON.parse(text) as unknown,
      () => undefined,
    )
    .catch(() => undefined);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
  const { inputs } = read as { readonly inputs?: unknown };
  return (typeof inputs === 'object' && inputs !== null ? inputs : read) as Readonly<Record<string, unknown>>;
}

async function run(processId: string, inputs: Readonly<Record<string, unknown>>, json: boolean, out: Output): Promise<number> {
  const database = await openDatabase(readConfig(process.env));
  const jobs = await createJobRunner(database, silentLog);
  try {
    const ctx = { database, journal: createJournal(), outbox: jobs, clock: () => Temporal.Now.instant(), log: silentLog, threads: new ModelThreads(1) };
    await jobs.register([{ name: 'processes.run', urgent: true, handle: ({ jobId }: { readonly jobId: string }) => runJob(ctx, jobId) }]);
    const started = await startJob(ctx, ACTOR, { processId, inputs, waited: true });
    if (!started.ok) return complain(started.problem, out);
    await runJob(ctx, started.value.id);
    const job = await readJob(ctx, ACTOR, started.value.id);
    if (job.ok && job.value.status !== 'successful') {
      out.complain(job.value.message);
      return 1;
    }
    const results = await readResults(ctx, ACTOR, started.value.id);
    if (!results.ok) return complain(results.problem, out);
    if (json) out.print(JSON.stringify(results.value, undefined, 2));
    else tell(results.value, out);
    return 0;
  } finally {
    await jobs.stop();
    await database.close();
  }
}

function complain({ detail, fields }: Problem, out: Output): number {
  out.complain(detail);
  for (const { field, message } of fields ?? []) out.complain(`  ${field}: ${message}`);
  return 1;
}

function tell(results: JobResults, out: Output): void {
  const { provenance, numbers, members } = results;
  out.print(`${provenance.title.de} ${provenance.version}, Eingaben ${provenance.inputsHash.slice(0, 12)}`);
  for (const { collection, features, dataAsOf, changedAt } of provenance.data)
    out.print(`  ${collection}: ${features} Objekte, Stand ${dataAsOf ?? changedAt}`);
  for (const { title, unit, value, minimum, maximum } of numbers) {
    const spread = members.length > 1 ? ` (${String(minimum)} bis ${String(maximum)})` : '';
    out.print(`${title.de}: ${value === null ? 'kein Wert' : value.toLocaleString('de', { maximumFractionDigits: 2 })} ${unit}${spread}`);
  }
  if (members.length > 1) for (const row of memberTable(results)) out.print(row.join(';'));
  out.print(`Unsicherheit: ${provenance.uncertainty.de}`);
}
