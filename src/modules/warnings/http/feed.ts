import { createHash } from 'node:crypto';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { escapeXml, mapPicture } from '../../../platform/ui/static-map.ts';
import type { Board } from '../application/board.ts';
import type { WarningsContext } from '../application/context.ts';
import { publishedMessage } from '../application/published.ts';

/** Feeds of warnings (Atom, RFC 4287, each entry leading to its CAP message) and the messages themselves. */
export function feedRoutes(ctx: WarningsContext): AnyRoute[] {
  return [
    dataRoute('get', '/lage/warnungen.atom', 'public', async (visit) => feedAnswer(ctx, visit, await ctx.board.read(false), '/lage/warnungen.atom')),
    dataRoute('get', '/lage/uebung.atom', 'public', async (visit) => feedAnswer(ctx, visit, await ctx.board.read(true), '/lage/uebung.atom')),
    dataRoute('get', '/lage/warnungen/:file', 'public', async (visit) => messageAnswer(ctx, visit)),
    dataRoute('get', '/lage/warnung/:identifier/karte.svg', 'public', async (visit) => pictureAnswer(ctx, visit)),
  ];
}

async function messageAnswer(ctx: WarningsContext, { params }: DataVisit): Promise<DataAnswer> {
  const found = await publishedMessage(ctx, params['file']!.replace(/\.xml$/, ''));
  if (!found.ok) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: found.problem.detail };
  // what went out never changes
  return {
    status: 200,
    headers: { 'content-type': 'application/cap+xml; charset=utf-8', 'cache-control': 'public, max-age=86400, immutable' },
    body: found.value.message.xml,
  };
}

/** The area of a warning as a picture, for who has no map that moves. */
async function pictureAnswer(ctx: WarningsContext, { params, query }: DataVisit): Promise<DataAnswer> {
  const found = await publishedMessage(ctx, params['identifier']!);
  if (!found.ok) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: found.problem.detail };
  const shapes = found.value.message.content.area.polygons.map((path) => ({ kind: 'area' as const, path }));
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' },
    body: mapPicture(query, ctx.districts(), shapes),
  };
}

function feedAnswer(ctx: WarningsContext, { header }: DataVisit, board: Board, path: string): DataAnswer {
  const body = atom(ctx, board, path);
  const etag = `"${createHash('sha256')
    .update(
      board.current
        .concat(board.past)
        .map(({ identifier }) => identifier)
        .join(),
    )
    .digest('base64url')
    .slice(0, 22)}"`;
  const headers = { etag, 'cache-control': 'public, max-age=10', 'content-type': 'application/atom+xml; charset=utf-8' };
  return header('if-none-match') === etag ? { status: 304, headers } : { status: 200, headers, body };
}

function atom({ settings, senderName }: WarningsContext, { current, past, readAt }: Board, path: string): string {
  const messages = [...current, ...past];
  const updated = (messages[0]?.sent ?? readAt).toString({ smallestUnit: 'second' });
  const entries = messages.map(({ identifier, sent, content }) => {
    const { headline, description } = content.texts.de;
    const link = `${settings.publicUrl}/lage/warnungen/${identifier}.xml`;
    return `<entry><id>${link}</id><title>${escapeXml(headline)}</title><updated>${sent.toString({ smallestUnit: 'second' })}</updated><link rel="alternate" type="application/cap+xml" href="${link}"/><link rel="related" type="text/html" href="${settings.publicUrl}/lage/warnung/${identifier}"/><summary>${escapeXml(description)}</summary></entry>`;
  });
  const self = `${settings.publicUrl}${path}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>${self}</id><title>${escapeXml(`Warnungen: ${senderName}`)}</title><updated>${updated}</updated><author><name>${escapeXml(senderName)}</name></author><link rel="self" href="${self}"/>${entries.join('')}</feed>`;
}
