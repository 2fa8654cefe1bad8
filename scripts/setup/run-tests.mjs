import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inForeground, quietly, say } from './say.mjs';
import { THROWN_AWAY, postgresBinaries, startTestPostgres } from './test-postgres.mjs';
import { ROOT, pinnedNode, withPinnedNode } from './toolchain.mjs';

/**
 * Runs every test: on the embedded database, and on a PostgreSQL of its own where there is one.
 * @param patterns which test files, default all
 * @returns the exit status
 */
export async function runTests(patterns) {
  const postgres = postgresBinaries() === undefined ? undefined : await startTestPostgres(THROWN_AWAY);
  // Tests see no settings of the person who runs them.
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KONTOR_(?!TEST_)|DATABASE_URL$|PORT$|SMTP_URL$)/.test(name)));
  const run = mkdtempSync(join(tmpdir(), 'kontor-test-'));
  const env = { ...withPinnedNode(clean), KONTOR_TEST_RUN: run, ...(postgres && { KONTOR_TEST_DATABASE_URL: postgres.url }), NODE_ENV: 'test' };
  try {
    say('Kontor bereitet die Test-Datenbanken vor …');
    const prepared = quietly(pinnedNode(), [join(ROOT, 'test/support/prewarm.ts')], { cwd: ROOT, env });
    if (!prepared.ok) say(prepared.output);
    const files = patterns.length > 0 ? patterns : ['src/**/*.test.ts', 'test/**/*.test.ts'];
    // many tests wait more than they reckon: two more than cores keep the cores at work
    const atATime = String(availableParallelism() + 2);
    return await inForeground(pinnedNode(), [join(ROOT, 'scripts/setup/test-files.mjs'), atATime, ...files], { cwd: ROOT, env });
  } finally {
    await postgres?.stop();
    rmSync(run, { recursive: true, force: true });
  }
}
