import type { Violation } from './check-imports.ts';
import { FORBIDDEN_FOLDERS, isTest, MODULES, placeOf } from './house.ts';
import type { ReadSource } from './read-imports.ts';

/** What the house does not allow inside a file, whatever it imports. */
export function sourceViolations(sources: readonly ReadSource[]): Violation[] {
  return sources.flatMap(({ path, imports, sqlLines, defaultExportLines }) => {
    const sqlBelongs = isTest(path) || path.startsWith('src/platform/') || path.includes('/store/');
    return [
      ...(sqlBelongs ? [] : sqlLines.map((line) => ({ rule: 'sql', path, line, message: 'SQL outside of a store' }))),
      ...defaultExportLines.map((line) => ({
        rule: 'default',
        path,
        line,
        message: 'exports a default; name it',
      })),
      ...imports
        .filter(({ reExport }) => reExport && !path.endsWith('/public.ts'))
        .map(({ line }) => ({
          rule: 'barrel',
          path,
          line,
          message: 'hands on exports of another file; only public.ts does',
        })),
    ];
  });
}

/** What the house does not allow in the way files and folders are laid out. @param paths all files below `src` */
export function structureViolations(paths: readonly string[]): Violation[] {
  const at = (rule: string, path: string, message: string): Violation => ({
    rule,
    path,
    line: 1,
    message,
  });
  const found: Violation[] = [];
  for (const path of paths) {
    const folders = path.split('/').slice(1, -1);
    const forbidden = folders.find((folder) => FORBIDDEN_FOLDERS.includes(folder));
    if (forbidden !== undefined) found.push(at('folder', path, `stands in a folder called ${forbidden}`));
    else if (path.endsWith('.ts') && placeOf(path) === undefined)
      found.push(at('place', path, 'has no place in the house: src/modules/<module>/<room>/<file>.ts'));
  }
  const present = new Set(paths.filter((path) => path.startsWith('src/modules/')).map((path) => path.split('/')[2]!));
  for (const module of present) {
    const folder = `src/modules/${module}`;
    if (MODULES[module] === undefined) found.push(at('graph', folder, 'is not declared in test/architecture/house.ts'));
    for (const needed of ['README.md', 'public.ts']) {
      if (!paths.includes(`${folder}/${needed}`)) found.push(at('module', folder, `has no ${needed}`));
    }
  }
  return found;
}

/** A circle in the declared graph, as the names along it; `undefined` when there is none. */
export function circleIn(graph: Readonly<Record<string, readonly string[]>>): readonly string[] | undefined {
  const walk = (name: string, along: readonly string[]): readonly string[] | undefined => {
    if (along.includes(name)) return [...along.slice(along.indexOf(name)), name];
    return (graph[name] ?? []).map((next) => walk(next, [...along, name])).find((circle) => circle !== undefined);
  };
  return Object.keys(graph)
    .map((name) => walk(name, []))
    .find((circle) => circle !== undefined);
}
