/*
 * Pages of a Lage without a network. It answers only below `/lagen/`, always asks the network first, and shows what
 * the page itself has kept (`offline/kit.ts`). It imports nothing: a browser loads it as one file.
 */
interface ExtendableEvent {
  readonly waitUntil: (work: Promise<unknown>) => void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}

/** Of the worker's own world only what is used here: the pages' types and the worker's do not go together. */
interface Worker {
  addEventListener(type: 'install' | 'activate', heard: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', heard: (event: FetchEvent) => void): void;
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly location: { readonly origin: string };
}

const worker = globalThis as unknown as Worker;
const CACHE = 'kontor-lage';
const KIT_ENTRY = '/lagen/app/kit';
/** A network that says nothing for this long is none. */
const PATIENCE_MS = 8000;

interface KitEntry {
  readonly lage: string;
  readonly until?: number;
}

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(file(request));
  else if (request.mode === 'navigate') event.respondWith(page(request, url.pathname));
});

/** Names of files carry a hash: what is kept is right. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok && (await cache.match(KIT_ENTRY)) !== undefined) await cache.put(request, answer.clone());
  return answer;
}

async function page(request: Request, path: string): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await renew(path, answer);
    return answer;
  } catch {
    return (await keptPage(path)) ?? offline();
  }
}

/** A page that is kept is kept as it is now. */
async function renew(path: string, answer: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  const isPage = answer.ok && !answer.redirected && (answer.headers.get('content-type') ?? '').startsWith('text/html');
  if (isPage && (await cache.match(path, { ignoreVary: true })) !== undefined) await cache.put(path, answer.clone());
}

async function keptPage(path: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  const entry = await cache.match(KIT_ENTRY);
  const kit = entry && ((await entry.json()) as KitEntry);
  if (kit?.until !== undefined && Date.now() > kit.until) {
    await caches.delete(CACHE);
    return said(
      'Ihr Zugang ist abgelaufen',
      'Die Zeit Ihres Zugangs zu dieser Lage ist um. Die Seiten auf diesem Gerät sind gelöscht, das Bild der Lage beim nächsten Öffnen mit Netz. Bitten Sie die Leitung der Lage um einen neuen Link.',
    );
  }
  const kept = await cache.match(path, { ignoreVary: true });
  // a part of the Lage that is not kept: the page for on the road is
  return kept ?? (kit === undefined ? undefined : cache.match(`/lagen/${kit.lage}/unterwegs`, { ignoreVary: true }));
}

const offline = (): Response =>
  said(
    'Keine Verbindung',
    'Diese Seite ist auf Ihrem Gerät nicht gespeichert. Versuchen Sie es noch einmal, sobald Sie wieder Netz haben. / No connection. Try again when you are back online.',
  );

const said = (title: string, text: string): Response =>
  new Response(
    `<!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} – Kontor</title><main><h1>${title}</h1><p>${text}</p></main></html>`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } },
  );
