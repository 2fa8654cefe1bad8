import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNode } from 'yaml';
import type { ZodType, output as ZodOutput } from 'zod';
import { parseDmn, type RuleSet } from '../../rules/public.ts';
import { form } from '../domain/form.ts';
import { LETTERS, type LetterName, type Mistake, type ServicePackage } from '../domain/package.ts';
import { process, service, textBlocks, walk } from '../domain/service.ts';
import { xbauMapping } from '../domain/xbau-mapping.ts';
import { yamlText, type YamlText } from './yaml-text.ts';

/** The files of one package as text, by path below `services/`: what is hashed, kept and parsed. */
export type PackageFiles = Readonly<Record<string, string>>;

/** Folder of letters that all packages share; a package's own letter of the same name wins. */
const SHARED_LETTERS = 'letters';
const XBAU = 'xbau.yaml';

/** The parts that every package has. */
export const PARTS = ['service', 'form', 'process', 'textbausteine', 'walk'] as const;

/** Reads a package's files, with the shared letters it uses. */
export async function readPackageFiles(root: string, key: string): Promise<PackageFiles> {
  const files: Record<string, string> = {};
  for (const name of PARTS) {
    const path = `${key}/${name}.yaml`;
    files[path] = await readFile(join(root, path), 'utf8').catch(() => '');
  }
  // only where a package has it: the others keep their hash
  const xbau = await readFile(join(root, key, XBAU), 'utf8').catch(() => undefined);
  if (xbau !== undefined) files[`${key}/${XBAU}`] = xbau;
  const folders = [await readSharedLetters(root), await readFolder(root, `${key}/letters`), await readFolder(root, `${key}/rules`)];
  return Object.assign(files, ...folders) as PackageFiles;
}

export const readSharedLetters = (root: string): Promise<PackageFiles> => readFolder(root, SHARED_LETTERS);

async function readFolder(root: string, folder: string): Promise<PackageFiles> {
  const files: Record<string, string> = {};
  const names = await readdir(join(root, folder)).catch(() => []);
  for (const name of names.filter((one) => /\.(dmn|typ)$/.test(one)).sort()) {
    files[`${folder}/${name}`] = await readFile(join(root, folder, name), 'utf8');
  }
  return files;
}

/** SHA-256 over all files, in order of their paths. */
export function hashOf(files: PackageFiles): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path]}\0`);
  return hash.digest('hex');
}

export interface ParsedPackage {
  readonly pkg: ServicePackage | undefined;
  readonly mistakes: readonly Mistake[];
}

/** Makes a package of its files; every mistake comes back with file, line and column. */
export async function parsePackage(key: string, files: PackageFiles): Promise<ParsedPackage> {
  const mistakes: Mistake[] = [];
  const yaml = <S extends ZodType>(name: string, schema: S) => parseYaml(`${key}/${name}.yaml`, files, schema, mistakes);
  const parts = {
    service: yaml('service', service),
    form: yaml('form', form),
    process: yaml('process', process),
    blocks: yaml('textbausteine', textBlocks),
    walk: yaml('walk', walk),
  };
  const xbau = files[`${key}/${XBAU}`] === undefined ? undefined : parseYaml(`${key}/${XBAU}`, files, xbauMapping, mistakes);
  const letters = readLetters(key, files, mistakes);
  const rules = await readRules(files, mistakes);
  const complete = parts.service && parts.form && parts.process && parts.blocks && parts.walk;
  if (!complete) return { pkg: undefined, mistakes };
  const pkg: ServicePackage = {
    ...parts.service!,
    form: parts.form!,
    process: parts.process!,
    blocks: parts.blocks!,
    walk: parts.walk!,
    letters,
    rules,
    ...(xbau === undefined ? {} : { xbau }),
    hash: hashOf(files),
  };
  return { pkg, mistakes };
}

function readLetters(key: string, files: PackageFiles, mistakes: Mistake[]): Record<LetterName, string> {
  const letters: Partial<Record<LetterName, string>> = {};
  for (const name of LETTERS) {
    const source = files[`${key}/letters/${name}.typ`] ?? files[`${SHARED_LETTERS}/${name}.typ`];
    if (source === undefined)
      mistakes.push({
        file: `${key}/letters/${name}.typ`,
        line: 1,
        column: 1,
        message: `Der Brief «${name}» fehlt. Legen Sie ihn hier oder unter services/letters an.`,
      });
    letters[name] = source ?? '';
  }
  return letters as Record<LetterName, string>;
}

async function readRules(files: PackageFiles, mistakes: Mistake[]): Promise<RuleSet> {
  const all = new Map();
  for (const [file, text] of Object.entries(files).filter(([path]) => path.endsWith('.dmn'))) {
    const parsed = await parseDmn(text);
    for (const [id, decision] of parsed.rules) all.set(id, decision);
    for (const { message, find } of parsed.mistakes) mistakes.push({ file, ...lineOf(text, find), message });
  }
  return all;
}

/** Where `find` stands in the text; XML-escaped if need be. */
function lineOf(text: string, find: string | undefined): { line: number; column: number } {
  const escaped = find?.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const offset = find === undefined ? -1 : Math.max(text.indexOf(find), text.indexOf(escaped!));
  if (offset < 0) return { line: 1, column: 1 };
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Parses one YAML file; mistakes in syntax and shape are placed at the node they concern. */
export function parseYaml<S extends ZodType>(path: string, files: PackageFiles, schema: S, mistakes: Mistake[]): ZodOutput<S> | undefined {
  const text = files[path] ?? '';
  if (text === '') {
    mistakes.push({ file: path, line: 1, column: 1, message: 'Die Datei fehlt oder ist leer. Legen Sie sie an.' });
    return undefined;
  }
  const { doc, lines } = yamlText(text);
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line, column: col };
  };
  for (const error of doc.errors) mistakes.push({ ...at(error.pos[0]), message: `Das YAML ist nicht lesbar: ${error.message}` });
  if (doc.errors.length > 0) return undefined;
  const parsed = schema.safeParse(doc.toJS());
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    mistakes.push({ ...at(offsetOf(doc, issue.path)), message: `${issue.path.join('.') || 'Datei'}: ${explain(issue as unknown as ShapeIssue)}` });
  }
  return undefined;
}

/** Offset of the deepest node on the path that exists. */
function offsetOf(doc: YamlText['doc'], path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = doc.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

interface ShapeIssue extends Record<string, unknown> {
  readonly code?: string;
  readonly message: string;
}

function explain(issue: ShapeIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `Unbekannt: ${(issue['keys'] as string[]).join(', ')}. Prüfen Sie die Schreibweise.`;
    case 'invalid_type':
      if (issue.message.includes('undefined')) return 'Diese Angabe fehlt.';
      if (issue.message.includes('null')) return 'Diese Angabe ist leer. Tragen Sie sie ein.';
      return `Hier wird etwas anderes erwartet (${String(issue['expected'])}).`;
    case 'invalid_value':
      return `Möglich sind nur: ${(issue['values'] as unknown[]).join(', ')}.`;
    case 'invalid_union':
      return 'Diese Angabe fehlt oder hat nicht die erwartete Form. Sehen Sie nach, wie sie in einer anderen Leistung steht.';
    case 'too_small':
      return issue['minimum'] === 1 && issue['origin'] === 'string'
        ? 'Diese Angabe ist leer. Tragen Sie sie ein.'
        : `Zu wenig: mindestens ${String(issue['minimum'])}.`;
    case 'too_big':
      return `Zu viel: höchstens ${String(issue['maximum'])}.`;
    case 'invalid_format':
      // sentences of our own stand in the schema
      return issue.message.startsWith('Invalid') ? `Die Schreibweise stimmt nicht (${String(issue['pattern'] ?? issue['format'])}).` : issue.message;
    default:
      return issue.message;
  }
}
