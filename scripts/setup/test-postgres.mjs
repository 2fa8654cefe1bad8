import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Stop, quietly } from './say.mjs';

/** Newest PostgreSQL on this machine that brings PostGIS, or undefined. */
export function postgresBinaries() {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return undefined;
  const versions = readdirSync(base).filter((version) => existsSync(join(base, version, 'bin/initdb')));
  const withPostgis = versions.filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`));
  const newest = withPostgis.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(base, newest, 'bin');
}

/** PostgreSQL refuses to run as root: then it runs as its own user. */
function runAs() {
  if (userInfo().uid !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  if (line === undefined) throw new Stop('Der Benutzer postgres fehlt. Installieren Sie das Paket postgresql neu.');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * What only a database that is thrown away may leave out: nothing has to outlive a power cut. What it
 * was told outlives its own end all the same, for that needs no disk. Queries of tests are too small
 * for a compiler.
 */
export const THROWN_AWAY = { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: 0, jit: 'off' };

/**
 * A PostgreSQL of its own for the tests: fresh, on a free port of this machine only, gone at the end.
 * @param further settings beyond those of a PostgreSQL as it comes
 */
export async function startTestPostgres(further = {}, binaries = postgresBinaries()) {
  const user = runAs();
  const directory = mkdtempSync(join(tmpdir(), 'kontor-postgres-'));
  if (user.uid !== undefined) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const options = { ...user, cwd: directory, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: directory } };
  const made = quietly(join(binaries, 'initdb'), ['-D', data, '-U', 'kontor', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8'], options);
  if (!made.ok) {
    rmSync(directory, { recursive: true, force: true });
    throw new Stop(`Die Test-Datenbank ließ sich nicht anlegen:\n${made.output}`);
  }
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: directory,
    max_connections: 200,
    max_worker_processes: 4,
    ...further,
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const server = spawn(join(binaries, 'postgres'), args, { ...options, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.on('exit', resolve).on('error', resolve));
  const stop = async () => {
    server.kill('SIGINT'); // fast shutdown
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  for (let tries = 0; !quietly(join(binaries, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-q']).ok; tries += 1) {
    if (server.exitCode !== null || tries > 300) {
      await stop();
      throw new Stop('Die Test-Datenbank startet nicht.');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url: `postgres://kontor@127.0.0.1:${port}/postgres`, stop };
}
