import { globSync, readFileSync } from 'node:fs';
import { run } from 'node:test';
import report from './test-reporter.mjs';

/**
 * Runs test files side by side, the long ones first: one that began last would run alone at the end.
 *   node scripts/setup/test-files.mjs <files at a time> <files or patterns …>
 */
const LONGEST_MS = 600_000;

/** Who opens a browser or reads the whole tree takes longest; rules without a city take no time and fill the end. */
function turnOf(file) {
  if (/test\/architecture\/quality|test\/ui\/gallery/.test(file)) return 0;
  const text = readFileSync(file, 'utf8');
  if (/openJourney\(|openBrowser\(/.test(text)) return 1;
  if (/cityForAWhile\(|filledCity\(|\bspawn(Sync)?\(/.test(text)) return 2;
  return file.includes('/domain/') ? 4 : 3;
}

const [concurrency, ...patterns] = process.argv.slice(2);
// what is named stays named, even where it is missing: then it fails and says so
const named = patterns.filter((one) => !/[*?{[]/.test(one));
const found = globSync(patterns.filter((one) => !named.includes(one)));
const files = [...new Set([...named, ...found])].sort((a, b) => (a < b ? -1 : 1));
const turns = new Map(files.map((file) => [file, named.includes(file) ? 0 : turnOf(file)]));
const inTurn = files.toSorted((a, b) => turns.get(a) - turns.get(b));

if (files.length === 0) {
  process.stderr.write(`Keine Testdatei passt zu: ${patterns.join(' ')}\n`);
  process.exit(1);
}
// who stops the run stops its files too
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    process.exitCode = 1;
    stopping.abort();
  });
run({ files: inTurn, concurrency: Number(concurrency), timeout: LONGEST_MS, signal: stopping.signal })
  .on('test:summary', ({ file, success }) => {
    if (file === undefined && !success) process.exitCode = 1;
  })
  .on('test:fail', ({ todo }) => {
    if (todo === undefined || todo === false) process.exitCode = 1;
  })
  .compose(report)
  .pipe(process.stdout);
