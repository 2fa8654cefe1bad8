import { readConfig } from './config.ts';
import { startCity } from './start.ts';

try {
  await startCity(readConfig(process.env), (line) => void process.stdout.write(`${line}\n`));
} catch (error) {
  // What stops a start is a sentence for the person who started it, not a trace.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
