import { parseSync } from 'oxc-parser';

/** One way in which a file reaches for another: import, re-export, `import()`, `import('x').T`, `require`. */
export interface FoundImport {
  /** As written; `undefined` when it is computed and so cannot be checked. */
  readonly specifier: string | undefined;
  /** Erased before the program runs: `import type`, `export type … from`, `import('x').T`. */
  readonly typeOnly: boolean;
  /** `export … from`: hands on what another file declares. */
  readonly reExport: boolean;
  readonly line: number;
}

/** What the rules need to know of one source file. */
export interface ReadSource {
  readonly path: string;
  readonly imports: readonly FoundImport[];
  /** Lines with a template tagged `sql`. */
  readonly sqlLines: readonly number[];
  /** Lines with `export default`. */
  readonly defaultExportLines: readonly number[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function* nodesBelow(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const one of value) yield* nodesBelow(one);
  } else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) if (typeof child === 'object') yield* nodesBelow(child);
  }
}

const literal = (value: unknown): string | undefined => {
  if (!isNode(value)) return undefined;
  if (value.type === 'TSLiteralType') return literal(value['literal']);
  return value.type === 'Literal' && typeof value['value'] === 'string' ? value['value'] : undefined;
};

const nameOf = (value: unknown): unknown => (isNode(value) ? value['name'] : undefined);

/** The import that this node is, if it is one. */
function importOf(node: Node): { readonly specifier: string | undefined; readonly typeOnly: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node['source']), typeOnly: node['importKind'] === 'type' };
    case 'ExportAllDeclaration':
      return { specifier: literal(node['source']), typeOnly: node['exportKind'] === 'type' };
    case 'ExportNamedDeclaration':
      return node['source'] === null ? undefined : { specifier: literal(node['source']), typeOnly: node['exportKind'] === 'type' };
    case 'ImportExpression':
      return { specifier: literal(node['source']), typeOnly: false };
    case 'TSImportType':
      return { specifier: literal(node['source'] ?? node['argument']), typeOnly: true };
    case 'TSExternalModuleReference':
      return { specifier: literal(node['expression']), typeOnly: false };
    case 'CallExpression':
      return nameOf(node['callee']) === 'require' ? { specifier: literal((node['arguments'] as unknown[])[0]), typeOnly: false } : undefined;
    default:
      return undefined;
  }
}

/**
 * Reads a source with oxc's parser.
 * @param path as in the repository, with `/`
 * @throws when the source does not parse: an unread file must not pass
 */
export function readSource(path: string, text: string): ReadSource {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join('; ')}`);
  const lineOf = (start: number): number => text.slice(0, start).split('\n').length;
  const imports: FoundImport[] = [];
  const sqlLines: number[] = [];
  const defaultExportLines: number[] = [];
  for (const node of nodesBelow(program)) {
    const found = importOf(node);
    if (found !== undefined)
      imports.push({
        ...found,
        reExport: node.type.startsWith('Export'),
        line: lineOf(node.start),
      });
    if (node.type === 'TaggedTemplateExpression' && isSqlTag(node['tag'])) sqlLines.push(lineOf(node.start));
    if (node.type === 'ExportDefaultDeclaration') defaultExportLines.push(lineOf(node.start));
  }
  return { path, imports, sqlLines, defaultExportLines };
}

/** `sql` itself, or a member of it (`sql.raw`). */
const isSqlTag = (tag: unknown): boolean => isNode(tag) && (nameOf(tag) === 'sql' || nameOf(tag['object']) === 'sql');
