/**
 * The first thing that runs, on any Node >= 20 and with nothing installed: gets the pinned Node and
 * the libraries, builds what the browser needs, and hands over. What was done before costs nothing.
 *   node scripts/bootstrap.mjs start | test [files] | kontor <command>
 */
import { join } from 'node:path';
import { buildBrowserBundle } from './setup/browser-bundle.mjs';
import { Stop, inForeground, say } from './setup/say.mjs';
import { installPackages, installToolchain, pinnedNode, ROOT, withPinnedNode } from './setup/toolchain.mjs';

async function main([task, ...rest]) {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20) throw new Stop(`Kontor braucht Node 20 oder neuer. Hier läuft Node ${process.versions.node}.`);
  installToolchain();
  installPackages();
  switch (task) {
    case 'start':
      buildBrowserBundle();
      return inForeground(pinnedNode(), [join(ROOT, 'src/main.ts')], { env: withPinnedNode() });
    case 'kontor':
      if (rest[0] === 'serve' || rest[0] === 'walk') buildBrowserBundle();
      return inForeground(pinnedNode(), [join(ROOT, 'src/cli.ts'), ...rest], { env: withPinnedNode() });
    case 'test': {
      const { installSystemPackages } = await import('./setup/system-packages.mjs');
      const { runTests } = await import('./setup/run-tests.mjs');
      buildBrowserBundle();
      installSystemPackages();
      return runTests(rest);
    }
    default:
      throw new Stop('Aufruf: node scripts/bootstrap.mjs start | test [Dateien] | kontor <Befehl>');
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  say(error.message);
  process.exitCode = 1;
}
