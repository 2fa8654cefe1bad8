/**
 * Decisions per second for one table of thirty rows, beside @gorules/zen-engine on the same table in the same
 * run: both read the rules once, then answer the same inputs, and every answer is compared.
 * Run: `node bench/dmn.ts [decisions]`. Exit status 1 when ours misses the limit or the two disagree.
 */
import { ZenEngine } from '@gorules/zen-engine';
import { evaluateDecision, parseDmn } from '../src/modules/rules/public.ts';

const LIMIT_PER_SECOND = 20_000;
const decisions = Number(process.argv[2] ?? 200_000);
const ROUNDS = 5;

interface Row {
  readonly kind: string;
  readonly low: number;
  readonly high: number;
  readonly member: boolean;
  readonly fee: number;
}

const KINDS = ['single', 'multi', 'hedge'];
/** Three kinds, five ranges, with and without membership: thirty rows, one of which fits each input. */
const rows: readonly Row[] = KINDS.flatMap((kind, k) =>
  [0, 50, 100, 200, 400].flatMap((low, i) =>
    [true, false].map((member) => ({ kind, low, high: [50, 100, 200, 400, 1000][i]!, member, fee: (k + 1) * 1000 + i * 100 + (member ? 0 : 50) })),
  ),
);

const inputs = Array.from({ length: 1000 }, (_, index) => ({ kind: KINDS[index % 3]!, girth: (index * 7919) % 1000, member: index % 2 === 0 }));

function dmn(): string {
  const rules = rows.map(
    ({ kind, low, high, member, fee }, index) =>
      `<rule id="r${index}"><description>Zeile ${index + 1} (§ ${index + 1}).</description>${[`"${kind}"`, `[${low}..${high})`, String(member)].map((text) => `<inputEntry><text>${text}</text></inputEntry>`).join('')}<outputEntry><text>${fee}</text></outputEntry></rule>`,
  );
  const columns = ['kind', 'girth', 'member'].map((name) => `<input label="${name}"><inputExpression><text>${name}</text></inputExpression></input>`);
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="b" name="b" namespace="urn:b"><decision id="fee" name="fee"><decisionTable hitPolicy="FIRST">${columns.join('')}<output name="fee"/>${rules.join('')}</decisionTable></decision></definitions>`;
}

/** The same table in the words of the GoRules engine. */
function jdm(): object {
  const columns = ['kind', 'girth', 'member'];
  const table = {
    hitPolicy: 'first',
    inputs: columns.map((field) => ({ id: field, name: field, type: 'expression', field })),
    outputs: [{ id: 'fee', name: 'fee', type: 'expression', field: 'fee' }],
    rules: rows.map(({ kind, low, high, member, fee }, index) => ({
      _id: `r${index}`,
      kind: `"${kind}"`,
      girth: `[${low}..${high})`,
      member: String(member),
      fee: String(fee),
    })),
  };
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      { id: 'table', name: 'table', type: 'decisionTableNode', position: { x: 0, y: 0 }, content: table },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'e1', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'e2', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
}

const { rules, mistakes } = await parseDmn(dmn());
if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
const engine = new ZenEngine();
const peer = engine.createDecision(Buffer.from(JSON.stringify(jdm())));

let apart = 0;
for (const input of inputs) {
  const { value, trace } = evaluateDecision(rules, 'fee', input);
  const answer = (await peer.evaluate(input)).result as { readonly fee: number };
  if (value !== answer.fee || trace.length !== 1) apart++;
}
console.log(`${rows.length} rows, ${inputs.length} inputs: ${apart === 0 ? 'both engines agree on every one' : `${apart} answers differ`}`);

const perSecond = (count: number, milliseconds: number): number => Math.round((count / milliseconds) * 1000);
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const t0 = performance.now();
  for (let i = 0; i < decisions; i++) evaluateDecision(rules, 'fee', inputs[i % inputs.length]!);
  const t1 = performance.now();
  const few = Math.ceil(decisions / 20);
  // a thousand calls at once, as its native threads like it best
  for (let done = 0; done < few; done += inputs.length) await Promise.all(inputs.map((input) => peer.evaluate(input)));
  const t2 = performance.now();
  ours.push(perSecond(decisions, t1 - t0));
  theirs.push(perSecond(Math.ceil(few / inputs.length) * inputs.length, t2 - t1));
}
engine.dispose();

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
console.log(`${'decisions/s'.padEnd(34)}${'median'.padStart(12)}${'slowest round'.padStart(16)}`);
console.log(`${'Kontor, with trace and sentences'.padEnd(34)}${String(median(ours)).padStart(12)}${String(Math.min(...ours)).padStart(16)}`);
console.log(`${'@gorules/zen-engine, without'.padEnd(34)}${String(median(theirs)).padStart(12)}${String(Math.min(...theirs)).padStart(16)}`);
console.log(`to the limit of ${LIMIT_PER_SECOND}/s: ${(Math.min(...ours) / LIMIT_PER_SECOND).toFixed(1)} times in the slowest round`);
process.exitCode = apart === 0 && Math.min(...ours) >= LIMIT_PER_SECOND ? 0 : 1;
