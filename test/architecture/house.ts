/**
 * The house as it is declared: areas, rooms, and who may import whom (docs/adr and ARCHITECTURE.md
 * say why). Each module names the modules whose `public.ts` it may call; the graph has no circle.
 */
export const MODULES: Readonly<Record<string, readonly string[]>> = {
  rules: [],
  catalogue: ['rules'],
  identity: [],
  procedure: ['rules', 'catalogue', 'identity'],
  payment: ['identity'],
  exchange: [],
  participation: ['rules', 'catalogue', 'identity', 'procedure'],
  contributions: [],
  plans: [],
  sensors: ['identity'],
  geodata: ['identity'],
  twin: ['sensors', 'geodata'],
  processes: ['geodata'],
  scenarios: ['geodata', 'processes'],
  situation: ['identity'],
  logbook: ['identity', 'situation'],
  warnings: ['situation', 'logbook'],
  federation: ['situation', 'logbook'],
  orientation: ['situation', 'logbook'],
  forces: ['situation', 'logbook'],
  flood: ['geodata', 'processes', 'situation'],
  reports: ['situation', 'logbook', 'identity'],
  lagekarte: ['situation'],
  feeds: ['situation', 'sensors'],
  surge: ['situation', 'logbook'],
  llm: [],
  pseudonyms: [],
  assistant: [],
  sheets: ['rules', 'catalogue', 'identity', 'procedure'],
  proposals: ['llm', 'library'],
  finder: ['catalogue', 'llm'],
  evaluation: [],
  library: ['identity'],
  onlineausweis: [],
  burden: ['catalogue'],
  guides: ['catalogue', 'identity', 'procedure'],
  outreach: ['indicators'],
  usage: [],
  indicators: ['rules'],
  entrance: ['catalogue', 'procedure'],
  cockpit: [],
  notification: [],
};

export const ROOMS = ['domain', 'application', 'store', 'http'] as const;
type Room = (typeof ROOMS)[number];

/** Files that stand in a module's own folder, beside its rooms. */
export const MODULE_FILES = ['public.ts', 'jobs.ts'];

/** Files in `src` itself that wire the program together, and may import everything; so may `src/commands`. */
export const WIRING = [
  'app.ts',
  'assistant.ts',
  'authority-name.ts',
  'assistant-library.ts',
  'assistant-desk.ts',
  'main.ts',
  'cli.ts',
  'city-pages.ts',
  'demo.ts',
  'demo-cases.ts',
  'demo-contributions.ts',
  'demo-flood.ts',
  'demo-history.ts',
  'demo-history-answers.ts',
  'demo-history-cases.ts',
  'demo-history-people.ts',
  'demo-history-plan.ts',
  'demo-history-use.ts',
  'demo-indicators.ts',
  'demo-lage.ts',
  'demo-strategy.ts',
  'demo-library.ts',
  'demo-twin.ts',
  'demo-ways.ts',
  'database.ts',
  'exchange.ts',
  'exchange-desk.ts',
  'frame.ts',
  'lage.ts',
  'lage-flood.ts',
  'lage-orientation.ts',
  'modules.ts',
  'navigation.ts',
  'outreach.ts',
  'past-city.ts',
  'neighbours.ts',
  'neighbours-contributions.ts',
  'neighbours-entrance.ts',
  'neighbours-notification.ts',
  'neighbours-expiry.ts',
  'neighbours-masking.ts',
  'neighbours-proposals.ts',
  'neighbours-finder.ts',
  'neighbours-onlineausweis.ts',
  'neighbours-usage.ts',
  'neighbours-burden.ts',
  'neighbours-xbau.ts',
  'neighbours-xdomea.ts',
  'seed-cases.ts',
  'parameters.ts',
  'parameter-pages.ts',
  'services-directory.ts',
  'start.ts',
  'strategy.ts',
  'urban-data.ts',
];

export const FORBIDDEN_FOLDERS = ['utils', 'helpers', 'common', 'services', 'types'];

/** Packages without input and output, which a domain may use. */
export const PURE_PACKAGES = ['zod', 'dmn-moddle', 'decimal.js', 'node:crypto'];

/** The one package of Node's that the kernel may use. */
export const KERNEL_PACKAGES = ['node:crypto'];

/** Where a file of `src` stands. */
export type Place =
  | { readonly area: 'kernel' | 'browser' | 'wiring' | 'config' }
  | { readonly area: 'platform'; readonly room: string }
  | { readonly area: 'module'; readonly module: string; readonly room: Room | 'public' | 'jobs' };

/** @param path in the repository, e.g. `src/modules/procedure/domain/frist.ts`; `undefined`: no place for it */
export function placeOf(path: string): Place | undefined {
  const [source, area, ...rest] = path.split('/');
  if (source !== 'src' || area === undefined) return undefined;
  if (rest.length === 0) return rootPlace(area.replace('.test.ts', '.ts'));
  if (area === 'kernel') return rest.length === 1 ? { area } : undefined;
  if (area === 'browser') return rest.length <= 2 ? { area } : undefined;
  if (area === 'commands') return rest.length === 1 ? { area: 'wiring' } : undefined;
  if (area === 'platform') return rest.length <= 2 ? { area, room: rest.length === 2 ? rest[0]! : '' } : undefined;
  return area === 'modules' ? modulePlace(rest) : undefined;
}

function rootPlace(file: string): Place | undefined {
  if (file === 'config.ts' || file === 'config-assistant.ts') return { area: 'config' };
  return WIRING.includes(file) ? { area: 'wiring' } : undefined;
}

function modulePlace([module, room, file, ...deeper]: readonly string[]): Place | undefined {
  if (module === undefined || room === undefined || deeper.length > 0) return undefined;
  if (file === undefined) {
    return MODULE_FILES.includes(room) ? { area: 'module', module, room: room === 'public.ts' ? 'public' : 'jobs' } : undefined;
  }
  const known = ROOMS.find((one) => one === room);
  return known === undefined ? undefined : { area: 'module', module, room: known };
}

/** Tests may reach into all of their own module, and use test support. */
export const isTest = (path: string): boolean => path.endsWith('.test.ts');
