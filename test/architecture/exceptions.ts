import type { Violation } from './check-imports.ts';

/**
 * Imports that break the table today and wait for a decision: mend the import, or let an ADR change
 * the table. The test fails on a violation that no entry covers and on an entry that covers nothing
 * any more, so this list only ever gets shorter. Add nothing.
 */
export interface Exception {
  readonly rule: string;
  /** The importing file, or a folder ending in `/`. */
  readonly from: string;
  /** The imported file, or a folder ending in `/`. */
  readonly to: string;
  readonly why: string;
}

const DOMAIN_VALUES = 'pages call pure functions of their own domain; the table grants them its types';
const OTHER_DOORS = 'pages show what another module knows; the table sends them through the application';
const PLATFORM_VALUES = 'calls the platform itself, where the table grants the types of its ports';

export const EXCEPTIONS: readonly Exception[] = [
  {
    rule: 'http',
    from: 'src/modules/identity/http/',
    to: 'src/modules/identity/domain/',
    why: DOMAIN_VALUES,
  },
  {
    rule: 'http',
    from: 'src/modules/procedure/http/',
    to: 'src/modules/procedure/domain/',
    why: DOMAIN_VALUES,
  },
  {
    rule: 'http',
    from: 'src/modules/procedure/http/',
    to: 'src/modules/catalogue/public.ts',
    why: OTHER_DOORS,
  },
  {
    rule: 'http',
    from: 'src/modules/procedure/http/',
    to: 'src/modules/identity/public.ts',
    why: OTHER_DOORS,
  },
  {
    rule: 'http',
    from: 'src/modules/procedure/http/api.ts',
    to: 'src/modules/procedure/store/lists.ts',
    why: 'a type of the store',
  },
  {
    rule: 'http',
    from: 'src/modules/procedure/http/pruefen-pages.ts',
    to: 'src/platform/documents/port.ts',
    why: 'a type of another port',
  },
  {
    rule: 'application',
    from: 'src/modules/procedure/application/',
    to: 'src/platform/files/files.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/procedure/application/',
    to: 'src/platform/documents/typesetter.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/identity/application/',
    to: 'src/platform/files/files.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/exchange/application/',
    to: 'src/platform/files/zip.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/exchange/application/',
    to: 'src/platform/files/zip-read.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/library/application/',
    to: 'src/platform/files/zip-read.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/sheets/application/',
    to: 'src/platform/documents/pdf-loading.ts',
    why: PLATFORM_VALUES,
  },
  {
    rule: 'application',
    from: 'src/modules/library/application/',
    to: 'src/platform/documents/pdf-loading.ts',
    why: PLATFORM_VALUES,
  },
];

const covers = (pattern: string, path: string): boolean => (pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern);

/** Whether this entry stands for this violation. */
export const isExcepted = ({ rule, from, to }: Exception, violation: Violation): boolean =>
  rule === violation.rule && covers(from, violation.path) && covers(to, violation.target ?? '');
