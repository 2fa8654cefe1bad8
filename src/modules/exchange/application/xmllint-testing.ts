import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Schemas of the standards stand beside the project and are never part of it. */
const DATA = join(import.meta.dirname, '../../../../../shared/data');

/** A schema by its path below the data folder, e.g. `xdomea-3.0.0/xdomea.xsd`. */
export const schemaPath = (path: string): string => join(DATA, path);

/** For `{ skip }` of a test: why it cannot run here, or `false`. */
export function withoutSchema(path: string): string | false {
  if (!existsSync(schemaPath(path))) return `Das Schema ${path} liegt nicht bei`;
  return spawnSync('xmllint', ['--version']).error === undefined ? false : 'xmllint fehlt: apt-get install libxml2-utils';
}

/** What xmllint says of a document against a schema; empty when it is valid. */
export function schemaMistakes(xml: string, path: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-xml-'));
  try {
    const file = join(folder, 'message.xml');
    writeFileSync(file, xml);
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schemaPath(path), file], { encoding: 'utf8' });
    return status === 0 ? '' : stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
