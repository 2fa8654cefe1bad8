/**
 * Time to set and to seal a Bescheid of two pages, each letter another one (no cache helps).
 * Run: `node bench/seal.ts [letters]`. Exit status 1 when the median misses the limit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSeal } from '../src/platform/documents/check.ts';
import { loadSeal } from '../src/platform/documents/seal.ts';
import { DECISION, letterData, LETTER_TEMPLATE } from '../src/platform/documents/testing.ts';
import { createTypesetter } from '../src/platform/documents/typesetter.ts';

const LIMIT_MS = 25;
const WARM_UP = 20;
const letters = Number(process.argv[2] ?? 300);
const clock = (): Temporal.Instant => Temporal.Now.instant();
const directory = mkdtempSync(join(tmpdir(), 'kontor-bench-seal-'));

try {
  const started = performance.now();
  const typesetter = createTypesetter({ clock });
  const opened = performance.now() - started;
  const seal = await loadSeal({}, directory, 'demo', clock);
  const times = { compile: [] as number[], seal: [] as number[], both: [] as number[], check: [] as number[] };
  let first = 0;
  let bytes = 0;
  for (let i = 0; i < WARM_UP + letters; i++) {
    const data = letterData(i + 1);
    const t0 = performance.now();
    const pdf = await typesetter.compile(LETTER_TEMPLATE, data, [DECISION]);
    const t1 = performance.now();
    const sealed = await seal.seal(pdf, { reason: 'Bescheid', at: clock() });
    const t2 = performance.now();
    const check = await checkSeal(sealed, seal.trustAnchors, clock());
    const t3 = performance.now();
    if (check.verdict !== 'genuine') throw new Error(`the sealed letter is ${check.verdict}`);
    if (i === 0) first = t2 - t0;
    bytes = sealed.length;
    if (i < WARM_UP) continue;
    times.compile.push(t1 - t0);
    times.seal.push(t2 - t1);
    times.both.push(t2 - t0);
    times.check.push(t3 - t2);
  }
  console.log(`${letters} letters of two pages, ${Math.round(bytes / 1024)} KB each; opening ${opened.toFixed(0)} ms, first letter ${first.toFixed(0)} ms`);
  console.log(`${'ms'.padEnd(16)}${'median'.padStart(8)}${'p95'.padStart(8)}`);
  for (const [name, values] of Object.entries(times))
    console.log(`${name.padEnd(16)}${quantile(values, 0.5).toFixed(1).padStart(8)}${quantile(values, 0.95).toFixed(1).padStart(8)}`);
  const median = quantile(times.both, 0.5);
  const p95 = quantile(times.both, 0.95);
  console.log(`compile + seal to the limit of ${LIMIT_MS} ms: median ${(median / LIMIT_MS).toFixed(2)}, p95 ${(p95 / LIMIT_MS).toFixed(2)} (below 1 is met)`);
  console.log(`memory at the end: ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`);
  process.exitCode = median < LIMIT_MS ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
