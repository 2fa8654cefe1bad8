import { dataRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import type { FederationContext } from '../application/context.ts';
import { giveFeed } from '../application/give-feed.ts';

/** Our feed for a partner. The question is signed, so is the answer: one line of canonical JSON, one line with the signature (Ed25519, base64). */
export const feedRoute = (ctx: FederationContext): AnyRoute =>
  dataRoute('get', '/api/partner/feed', 'public', async ({ query }) => {
    const get = (name: string): string => (query.get(name) ?? '').slice(0, 200);
    const after = /^\d{1,15}$/.test(get('after')) ? Number(get('after')) : 0;
    const given = await giveFeed(ctx, { share: get('share'), after, nonce: get('nonce'), at: get('at'), signature: get('signature') });
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
    return given.ok
      ? { status: 200, headers, body: `${given.value.text}\n${given.value.signature}` }
      : { status: problemStatus(given.problem), headers, body: given.problem.detail };
  });
