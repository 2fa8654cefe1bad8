import { parentPort } from 'node:worker_threads';
import { checkInputs } from '../domain/check-inputs.ts';
import { combinations } from '../domain/ensemble.ts';
import { NotCalculable, type Calculated, type Parameters } from '../domain/model.ts';
import { findModel } from '../domain/models.ts';
import type { GeoJsonFeature } from '../domain/process.ts';
import { expectOk } from '../../../kernel/result.ts';

/** What a thread is told first. */
export interface ThreadOrder {
  readonly processId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** For each input the texts of features, with commas between: they are read here, where nobody waits. */
  readonly data: Readonly<Record<string, readonly string[]>>;
}

export interface ThreadMember {
  readonly parameters: Parameters;
  readonly numbers: Calculated['numbers'];
  /** Maps as JSON. */
  readonly layers: string;
}

/** Answers to the order (`ready`) and to each number of a member. */
export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'member'; readonly member: ThreadMember }
  | { readonly kind: 'not-calculable'; readonly message: string };

let members: readonly Parameters[] = [];
let calculate: ((parameters: Parameters) => Calculated) | undefined;

parentPort!.on('message', (message: ThreadOrder | number) => parentPort!.postMessage(answerTo(message)));

function answerTo(message: ThreadOrder | number): ThreadAnswer {
  try {
    if (typeof message !== 'number') {
      prepare(message);
      return { kind: 'ready' };
    }
    const parameters = members[message - 1]!;
    const { numbers, layers } = calculate!(parameters);
    return { kind: 'member', member: { parameters, numbers, layers: JSON.stringify(layers) } };
  } catch (error) {
    // anything else is a bug: it ends the thread, and whoever waits is told
    if (error instanceof NotCalculable) return { kind: 'not-calculable', message: error.message };
    throw error;
  }
}

function prepare({ processId, inputs, data }: ThreadOrder): void {
  const model = findModel(processId)!;
  const checked = expectOk(checkInputs(model.description, inputs));
  const features = Object.fromEntries(
    Object.entries(data).map(([input, texts]) => [input, texts.flatMap((text) => JSON.parse(`[${text}]`) as GeoJsonFeature[])]),
  );
  members = combinations(checked.numbers);
  calculate = model.prepare(checked, features);
}
