import type { PackageSource } from './lint-source.ts';
import { yamlText } from './yaml-text.ts';

export type TreePath = readonly (string | number)[];

interface YamlFile {
  readonly name: string;
  readonly tree: unknown;
}

const parsed = new WeakMap<PackageSource, readonly YamlFile[]>();

/** The YAML files of a package as plain data, by their names below its folder. */
export function parsedYaml(source: PackageSource): readonly YamlFile[] {
  const known = parsed.get(source) ?? parseAll(source);
  parsed.set(source, known);
  return known;
}

function parseAll(source: PackageSource): YamlFile[] {
  return Object.entries(source.files)
    .filter(([path]) => path.startsWith(`${source.folder}/`) && path.endsWith('.yaml'))
    .map(([path, text]) => ({ name: path.slice(source.folder.length + 1), tree: treeOf(text) }));
}

function treeOf(text: string): unknown {
  const { doc } = yamlText(text);
  if (doc.errors[0] !== undefined) throw doc.errors[0];
  return doc.toJS();
}

/** Visits every value of a tree, outer ones first. */
export function walkTree(tree: unknown, visit: (path: TreePath, value: unknown) => void, path: TreePath = []): void {
  visit(path, tree);
  if (Array.isArray(tree)) for (const [index, value] of tree.entries()) walkTree(value, visit, [...path, index]);
  else if (tree !== null && typeof tree === 'object') for (const [key, value] of Object.entries(tree)) walkTree(value, visit, [...path, key]);
}
