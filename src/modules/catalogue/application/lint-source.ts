import { isMap, isNode, isPair, isScalar, type Document, type Node } from 'yaml';
import type { Finding, Level } from './lint-finding.ts';
import type { PackageFiles } from './read-package.ts';
import { yamlText } from './yaml-text.ts';

type Path = readonly (string | number)[];

/** Where something stands in a decision table; rows and columns count from 0. */
export interface TablePlace {
  readonly row?: number;
  readonly column?: number;
  /** Column of an output instead of an input. */
  readonly output?: boolean;
}

/** The files of one package, able to say where something stands in them. */
export class PackageSource {
  readonly files: PackageFiles;
  /** Folder of the package below `services/`; as a rule its key. */
  readonly folder: string;
  readonly #dmn = new Map<string, string>();

  constructor(files: PackageFiles) {
    this.files = files;
    this.folder =
      Object.keys(files)
        .find((path) => path.endsWith('/service.yaml'))
        ?.replace('/service.yaml', '') ?? '';
  }

  /** A finding at a path of a YAML file; the nearest place that exists, when the path ends early. */
  at(level: Level, name: string, path: Path, message: string): Finding {
    const file = `${this.folder}/${name}`;
    const { doc, lines } = yamlText(this.files[file] ?? '');
    for (let depth = path.length; depth > 0; depth--) {
      const start = startOf(doc, path.slice(0, depth));
      if (start !== undefined) {
        const { line, col } = lines.linePos(start);
        return { level, file, line, column: col, message };
      }
    }
    return { level, file, line: 1, column: 1, message };
  }

  /** A finding at the first place of a file where `find` stands. */
  where(level: Level, file: string, find: string, message: string): Finding {
    return { level, file, ...lineAt(this.files[file] ?? '', Math.max((this.files[file] ?? '').indexOf(find), 0)), message };
  }

  /** A finding in a decision table. */
  inTable(level: Level, decision: string, place: TablePlace, message: string): Finding {
    for (const [file, text] of this.dmn()) {
      const range = decisionRange(text, decision);
      if (range !== undefined) return { level, file, ...lineAt(text, cellAt(text, range, place)), message };
    }
    return { level, file: `${this.folder}/rules`, line: 1, column: 1, message };
  }

  /** DMN files with their comments blanked out, so that nothing is found inside of them. */
  dmn(): ReadonlyMap<string, string> {
    if (this.#dmn.size === 0) {
      for (const [file, text] of Object.entries(this.files)) {
        if (file.endsWith('.dmn'))
          this.#dmn.set(
            file,
            text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' ')),
          );
      }
    }
    return this.#dmn;
  }
}

/** Values stand where they are written; what spans lines stands at its key. */
function startOf(doc: Document, path: Path): number | undefined {
  const node = doc.getIn(path, true);
  if (!isNode(node)) return undefined;
  const parent = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) && !isScalar(node) ? parent.items.find((item) => isPair(item) && String(item.key) === String(path.at(-1))) : undefined;
  const key = pair?.key as Node | undefined;
  return (isNode(key) ? key : node).range?.[0];
}

export function lineAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

const DECISION = /<(?:[\w-]+:)?decision\b[^>]*?\bid="([^"]*)"/g;
const END = /<\/(?:[\w-]+:)?decision\s*>/g;

/** Ids of the decisions of a DMN text with their offsets, in its order. */
export const decisionsIn = (text: string): { id: string; at: number }[] => [...text.matchAll(DECISION)].map((match) => ({ id: match[1]!, at: match.index }));

function decisionRange(text: string, id: string): readonly [from: number, to: number] | undefined {
  const found = decisionsIn(text).find((one) => one.id === id);
  if (found === undefined) return undefined;
  END.lastIndex = found.at;
  return [found.at, END.exec(text)?.index ?? text.length];
}

function cellAt(text: string, [from, to]: readonly [number, number], { row, column, output = false }: TablePlace): number {
  const nth = (tag: string, index: number, start: number): number | undefined =>
    [...text.slice(start, to).matchAll(new RegExp(`<(?:[\\w-]+:)?${tag}\\b`, 'g'))][index]?.index;
  const ruleAt = row === undefined ? undefined : nth('rule', row, from);
  if (row !== undefined && ruleAt === undefined) return from;
  const start = from + (ruleAt ?? 0);
  if (column === undefined) return start;
  const side = output ? 'output' : 'input';
  const found = nth(row === undefined ? side : `${side}Entry`, column, start);
  return found === undefined ? start : start + found;
}
