import { DATABASE, KEPT_FLAG, OfflineDatabase } from './database.ts';
import type { Kit } from './kept.ts';

/** Pages and files of the one Lage that is kept; `src/browser/sw.ts` answers from it. */
export const CACHE = 'kontor-lage';
/** Where the service worker finds whose pages they are and how long it may show them. */
const KIT_ENTRY = '/lagen/app/kit';

/** Keeps the pages of a Lage and all files they need, so that they open without a network. */
export async function keepPages(kit: Kit, pages: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(KIT_ENTRY, new Response(JSON.stringify({ lage: kit.lage, until: kit.until })));
  for (const path of pages) {
    const answer = await fetch(path, { headers: { accept: 'text/html' } });
    // a redirect leads to the sign-in: that is not the page
    if (!answer.ok || answer.redirected) continue;
    const text = await answer.clone().text();
    await cache.put(path, answer);
    await keepFiles(cache, filesOf(text));
  }
}

/** Scripts, styles and pictures a page names. */
function filesOf(page: string): string[] {
  const parsed = new DOMParser().parseFromString(page, 'text/html');
  const named = [...parsed.querySelectorAll('script[src],link[rel=stylesheet],link[rel=icon],link[rel=manifest]')];
  return named.map((one) => one.getAttribute('src') ?? one.getAttribute('href') ?? '').filter((path) => path.startsWith('/'));
}

/** Names of files carry a hash: what is there need not be fetched again. Fonts are no need; the worker keeps them when they come. */
async function keepFiles(cache: Cache, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if ((await cache.match(path)) !== undefined) continue;
    const answer = await fetch(path);
    if (!answer.ok) continue;
    const chunks = path.endsWith('.js') ? chunksOf(path, await answer.clone().text()) : [];
    await cache.put(path, answer);
    await keepFiles(cache, chunks);
  }
}

/** Other files that a script names beside itself. */
const chunksOf = (path: string, script: string): string[] =>
  [...script.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, name]) => new URL(name!, new URL(path, location.href)).pathname);

/** Deletes all that is kept of Lagen on this device; entries that were not sent, only with `entries`. */
export async function dropKept({ entries }: { readonly entries: boolean }): Promise<void> {
  await caches.delete(CACHE);
  if (entries) {
    await new Promise<void>((resolve) => {
      const asked = indexedDB.deleteDatabase(DATABASE);
      for (const event of ['success', 'error', 'blocked']) asked.addEventListener(event, () => resolve());
    });
    localStorage.removeItem(KEPT_FLAG);
    // the worker of notices stays: it shows that something waits, and never what
    for (const worker of await navigator.serviceWorker.getRegistrations()) if (new URL(worker.scope).pathname === '/lagen/') await worker.unregister();
    return;
  }
  const database = await OfflineDatabase.open();
  await database.forgetPicture();
  database.close();
}

/** How many entries wait here. */
export async function waiting(): Promise<number> {
  const database = await OfflineDatabase.open();
  const entries = await database.queue();
  database.close();
  return entries.length;
}
