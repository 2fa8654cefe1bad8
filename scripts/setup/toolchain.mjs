import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Stop, quietly, say, withoutHosts } from './say.mjs';

export const ROOT = realpathSync(join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..'));
const TOOLCHAIN = join(ROOT, 'scripts/toolchain');
const BIN = join(TOOLCHAIN, 'node_modules/node/bin');

/** Environment in which the pinned Node comes first and keeps what it has compiled. */
export const withPinnedNode = (env = process.env) => ({
  ...env,
  PATH: `${BIN}${delimiter}${env.PATH ?? ''}`,
  NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(ROOT, 'node_modules/.cache/kontor/compiled'),
});

export const pinnedNode = () => join(BIN, 'node');

function hashOf(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** Does `work` unless it was done for the same inputs before. */
function once(stamp, inputs, stillThere, work) {
  const hash = hashOf(...inputs);
  if (stillThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/** Whether the pinned Node runs. Its package puts the program in place with an install script. */
const nodeRuns = () => existsSync(pinnedNode()) && quietly(pinnedNode(), ['--version']).ok;

export function installToolchain() {
  const wanted = JSON.parse(readFileSync(join(TOOLCHAIN, 'package.json'), 'utf8')).dependencies.node;
  const lock = join(TOOLCHAIN, 'package-lock.json');
  once(
    join(TOOLCHAIN, 'node_modules/.kontor'),
    [lock],
    () => existsSync(pinnedNode()),
    () => {
      say(`Kontor holt Node ${wanted} …`);
      const installed = quietly('npm', ['ci', '--no-audit', '--no-fund'], { cwd: TOOLCHAIN });
      if (!installed.ok) throw new Stop(`Node ${wanted} ließ sich nicht holen. Prüfen Sie die Internet-Verbindung.\n${withoutHosts(installed.output)}`);
      if (!nodeRuns()) runRefusedScript();
      if (!nodeRuns()) throw new Stop(`Node ${wanted} ist da, läuft aber auf diesem Rechner nicht. Installieren Sie Node 26 und versuchen Sie es noch einmal.`);
    },
  );
}

/** A stricter npm refuses install scripts: this one is known and pinned, so we run it ourselves. */
function runRefusedScript() {
  const cwd = join(TOOLCHAIN, 'node_modules/node');
  const { scripts = {} } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const script = /^node\s+(\S+)$/.exec(scripts.preinstall ?? scripts.install ?? scripts.postinstall ?? '')?.[1];
  if (script === undefined) return;
  const ran = quietly(process.execPath, [script.endsWith('.js') ? script : `${script}.js`], { cwd });
  if (!ran.ok) say(withoutHosts(ran.output));
}

export function installPackages() {
  const modules = join(ROOT, 'node_modules');
  once(
    join(modules, '.cache/kontor/installed'),
    [join(ROOT, 'package-lock.json')],
    () => existsSync(join(modules, 'hono')),
    () => {
      say('Kontor holt seine Bibliotheken …');
      let installed = quietly('npm', ['ci', '--no-audit', '--no-fund'], { cwd: ROOT, env: withPinnedNode() });
      // A registry that mirrors only some platforms cannot confirm the lock file: then take what it says, as far as it goes.
      if (/EUSAGE/.test(installed.output))
        installed = quietly('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: ROOT, env: withPinnedNode() });
      if (!installed.ok) throw new Stop(`Die Bibliotheken ließen sich nicht holen. Prüfen Sie die Internet-Verbindung.\n${withoutHosts(installed.output)}`);
    },
  );
}
