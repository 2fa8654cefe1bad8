import { posix } from 'node:path';
import { isTest, KERNEL_PACKAGES, MODULES, placeOf, PURE_PACKAGES, type Place } from './house.ts';
import type { FoundImport, ReadSource } from './read-imports.ts';

/** A rule that a file breaks. */
export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
  /** The file that was imported, as a path in the repository. */
  readonly target?: string;
}

/** The path in the repository that a relative import means. */
const targetOf = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier);

type ModulePlace = Extract<Place, { area: 'module' }>;

/** Every import of the files that the house does not allow. */
export function importViolations(sources: readonly ReadSource[]): Violation[] {
  return sources.flatMap((source) => {
    const from = placeOf(source.path);
    if (from === undefined) return [];
    return source.imports.flatMap((found) => {
      const broken = brokenRule(source.path, from, found);
      const target = found.specifier?.startsWith('.') ? { target: targetOf(source.path, found.specifier) } : {};
      return broken === undefined ? [] : [{ ...broken, ...target, path: source.path, line: found.line }];
    });
  });
}

type Broken = Pick<Violation, 'rule' | 'message'>;
const broken = (rule: string, message: string): Broken => ({ rule, message });

function brokenRule(path: string, from: Place, found: FoundImport): Broken | undefined {
  const { specifier } = found;
  if (specifier === undefined) return broken('computed', 'imports a computed path, which nothing can check');
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return broken('absolute', `imports the absolute path ${specifier}`);
  if (!specifier.startsWith('.')) return isTest(path) ? undefined : brokenPackageRule(from, specifier);
  const target = targetOf(path, specifier);
  if (!target.startsWith('src/')) return outsideOfSource(path, from, target);
  if (isTest(target)) return broken('tests', `imports the test ${target}`);
  const to = placeOf(target);
  if (to === undefined)
    return target.endsWith('.css') || target.endsWith('.json') ? undefined : broken('place', `imports ${target}, which has no place in the house`);
  return brokenFileRule(path, from, to, found.typeOnly, target);
}

function outsideOfSource(path: string, from: Place, target: string): Broken | undefined {
  if (isTest(path) && target.startsWith('test/')) return undefined;
  if (from.area === 'wiring' && !target.startsWith('test/')) return undefined;
  return broken('outside', `imports ${target} from outside of src`);
}

/** Packages: the kernel and the domains are pure, and SQL stays in stores. */
function brokenPackageRule(from: Place, name: string): Broken | undefined {
  if (from.area === 'kernel' && !KERNEL_PACKAGES.includes(name)) return broken('kernel', `the kernel imports the package ${name}`);
  if (from.area !== 'module') return undefined;
  if (from.room === 'domain' && !PURE_PACKAGES.includes(name)) return broken('domain', `a domain imports the package ${name}, which is not listed as pure`);
  if (name === 'kysely' && from.room !== 'store') return broken('sql', 'SQL outside of a store');
  return undefined;
}

function brokenFileRule(path: string, from: Place, to: Place, typeOnly: boolean, target: string): Broken | undefined {
  switch (from.area) {
    case 'wiring':
      return undefined;
    case 'kernel':
      return to.area === 'kernel' ? undefined : broken('kernel', `the kernel imports ${target}`);
    case 'platform':
    case 'config':
      return ['kernel', 'platform', from.area].includes(to.area) ? undefined : broken('platform', `${from.area} imports ${target}`);
    case 'browser':
      if (to.area === 'kernel' || to.area === 'browser') return undefined;
      return isPublic(to) && typeOnly ? undefined : broken('browser', `the browser imports ${target}; only types of a public.ts are allowed`);
    case 'module':
      return brokenModuleRule(path, from, to, typeOnly, target);
  }
}

const isPublic = (to: Place): boolean => to.area === 'module' && to.room === 'public';

function brokenModuleRule(path: string, from: ModulePlace, to: Place, typeOnly: boolean, target: string): Broken | undefined {
  if (to.area === 'kernel') return undefined;
  if (to.area === 'module' && to.module !== from.module) return brokenDoorRule(path, from, to, typeOnly, target);
  if (isTest(path)) return undefined;
  const allowed = to.area === 'module' ? mayEnter(from, to, typeOnly) : to.area === 'platform' && mayUse(from, to.room, typeOnly);
  return allowed ? undefined : broken(from.room, `${from.module}/${from.room} imports ${typeOnly ? 'types of ' : ''}${target}`);
}

/** Another module: by its only door, in the declared direction; from a domain types only. */
function brokenDoorRule(path: string, from: ModulePlace, to: ModulePlace, typeOnly: boolean, target: string): Broken | undefined {
  if (to.room !== 'public') return broken('public', `${from.module} reaches past public.ts: ${target}`);
  if (!(MODULES[from.module] ?? []).includes(to.module)) return broken('graph', `${from.module} may not import ${to.module}`);
  if (isTest(path) || ['application', 'public'].includes(from.room)) return undefined;
  return from.room === 'domain' && typeOnly ? undefined : broken(from.room, `${from.module}/${from.room} imports ${target}`);
}

/** Rooms of one's own module, by the table in ARCHITECTURE.md. */
function mayEnter(from: ModulePlace, to: ModulePlace, typeOnly: boolean): boolean {
  switch (from.room) {
    case 'public':
      return true;
    case 'domain':
      return to.room === 'domain';
    case 'application':
      return to.room === 'domain' || to.room === 'store' || to.room === 'application';
    case 'store':
      return to.room === 'store' || (to.room === 'domain' && typeOnly);
    case 'http':
      return to.room === 'http' || to.room === 'application' || (to.room === 'domain' && typeOnly);
    case 'jobs':
      return to.room === 'application';
  }
}

/** Rooms of the platform, by the same table; `''` is platform/context.ts, the ports in one type. */
function mayUse(from: ModulePlace, room: string, typeOnly: boolean): boolean {
  switch (from.room) {
    case 'public':
    case 'application':
      return typeOnly;
    case 'domain':
      return false;
    case 'store':
      return room === 'database';
    case 'http':
      return room === 'http' || room === 'ui' || room === 'live' || (room === '' && typeOnly);
    case 'jobs':
      return room === 'jobs' || (room === '' && typeOnly);
  }
}
