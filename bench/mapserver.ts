/**
 * MapServer 8 as Debian has it (cgi-mapserver, spawn-fcgi), one process over FastCGI on the same features. Its answers
 * are taken from FastCGI itself: no server for HTTP stands before it, which is to its favour.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../src/commands/city-for-a-while.ts';

export interface MapServer {
  /** The whole answer. @param path below the mapfile's name, with its query */
  readonly get: (path: string) => Promise<Buffer>;
  readonly stop: () => void;
}

/** Why there is no peer here; `undefined` when there is one. */
export function missingForMapServer(): string | undefined {
  const missing = [
    ['mapserv', '-v', 'cgi-mapserver'],
    ['spawn-fcgi', '-v', 'spawn-fcgi'],
    ['ogr2ogr', '--version', 'gdal-bin'],
  ].filter(([command, how]) => spawnSync(command!, [how!]).error !== undefined);
  return missing.length === 0 ? undefined : `Debian package ${missing.map(([, , name]) => name).join(', ')} is not installed`;
}

/** @param source where GDAL finds the points */
export async function mapServer(source: string): Promise<MapServer> {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-mapserver-'));
  const file = join(directory, 'probe.fgb');
  // with the index of FlatGeobuf, which MapServer reads it by
  await promisify(execFile)('ogr2ogr', ['-f', 'FlatGeobuf', file, source, '-nln', 'probe', '-nlt', 'POINT']);
  writeFileSync(join(directory, 'probe.map'), mapFile(file));
  const config = join(directory, 'mapserver.conf');
  writeFileSync(config, `CONFIG\n  MAPS\n    probe "${join(directory, 'probe.map')}"\n  END\nEND\n`);
  const port = await freePort();
  const child = spawn('spawn-fcgi', ['-n', '-a', '127.0.0.1', '-p', String(port), '--', spawnSync('which', ['mapserv'], { encoding: 'utf8' }).stdout.trim()], {
    env: { ...process.env, MAPSERVER_CONFIG_FILE: config },
    stdio: 'ignore',
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  return {
    get: (path) => ask(port, path),
    stop() {
      // it hears nothing else while it waits for a request
      child.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const mapFile = (file: string): string => `MAP
  NAME "probe"
  EXTENT 9.7 53.4 10.3 53.7
  PROJECTION "init=epsg:4326" END
  WEB
    METADATA
      "ows_title" "Probe"
      "ows_onlineresource" "http://localhost/probe"
      "oga_onlineresource" "http://localhost/probe/ogcapi"
      "ows_enable_request" "*"
      "oga_enable_request" "*"
      "oga_max_limit" "10000"
    END
  END
  LAYER
    NAME "probe"
    TYPE POINT
    STATUS ON
    CONNECTIONTYPE FLATGEOBUF
    DATA "${file}"
    PROJECTION "init=epsg:4326" END
    TEMPLATE "none"
    METADATA
      "ows_title" "Probe"
      "gml_include_items" "art,umfang,nr"
      "gml_featureid" "id"
      "gml_umfang_type" "Integer"
      "gml_nr_type" "Integer"
    END
  END
END
`;

/** Kinds of records (FastCGI 1.0, 8). */
const [BEGIN, END, PARAMS, STDIN, STDOUT] = [1, 3, 4, 5, 6] as const;

function record(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = 1;
  head[1] = type;
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function pair(name: string, value: string): Buffer {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE((name.length | 0x80000000) >>> 0, 0);
  lengths.writeUInt32BE((value.length | 0x80000000) >>> 0, 4);
  return Buffer.concat([lengths, Buffer.from(name + value)]);
}

/** One request of a responder; the answer's head of CGI is in front. */
async function ask(port: number, path: string): Promise<Buffer> {
  const [info = '', query = ''] = path.split('?');
  const params = { REQUEST_METHOD: 'GET', SCRIPT_NAME: '', PATH_INFO: `/probe${info}`, QUERY_STRING: query, SERVER_NAME: 'localhost', SERVER_PORT: '80' };
  const socket = connect(port, '127.0.0.1');
  const begin = record(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]));
  const told = Buffer.concat(Object.entries(params).map(([name, value]) => pair(name, value)));
  socket.write(Buffer.concat([begin, record(PARAMS, told), record(PARAMS, Buffer.alloc(0)), record(STDIN, Buffer.alloc(0))]));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const out: Buffer[] = [];
  for (let at = 0; at + 8 <= all.length;) {
    const [type, length, padding] = [all[at + 1]!, all.readUInt16BE(at + 4), all[at + 6]!];
    if (type === STDOUT) out.push(all.subarray(at + 8, at + 8 + length));
    if (type === END) break;
    at += 8 + length + padding;
  }
  return Buffer.concat(out);
}
