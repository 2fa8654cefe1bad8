import { assetResponse, assetUrl } from '../../../platform/http/assets.ts';
import { dataRoute, type AnyRoute, type DataAnswer } from '../../../platform/http/route.ts';

export const APP_MANIFEST = '/lagen/app/manifest.webmanifest';
const PARTS = '/lagen/';

/** What makes the pages of a Lage an app: its manifest, and the worker that shows them without a network. They say nothing of any Lage. */
export function appRoutes(): AnyRoute[] {
  return [
    dataRoute('get', APP_MANIFEST, 'public', async () => manifest()),
    dataRoute('get', '/lagen/app/sw.js', 'public', async ({ header }) => worker(header('accept-encoding'))),
  ];
}

function manifest(): DataAnswer {
  const icon = assetUrl('icon.svg');
  const body = {
    name: 'Kontor Lage',
    short_name: 'Lage',
    lang: 'de',
    id: '/lagen',
    start_url: '/lagen',
    scope: PARTS.slice(0, -1),
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#171a2b',
    icons: icon === undefined ? [] : [{ src: icon, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
  return { status: 200, headers: { 'content-type': 'application/manifest+json; charset=utf-8', 'cache-control': 'no-cache' }, body: JSON.stringify(body) };
}

/** The worker's address stays the same from build to build, and it may speak for all pages of Lagen. */
function worker(acceptEncoding: string | undefined): DataAnswer {
  const path = assetUrl('sw');
  const built = path === undefined ? undefined : assetResponse(path, acceptEncoding);
  if (built === undefined) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'not built' };
  return { status: 200, headers: { ...built.headers, 'cache-control': 'no-cache', 'service-worker-allowed': PARTS }, body: built.body };
}
