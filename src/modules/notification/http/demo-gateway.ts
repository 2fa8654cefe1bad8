import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { newId } from '../../../kernel/id.ts';
import type { Context } from '../../../platform/context.ts';
import type { Door } from '../../../platform/http/door.ts';
import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { keptDemoSms, takeDemoSms } from '../application/demo-sms.ts';
import type { Frame } from './routes.ts';
import { noticeTexts } from './texts.ts';

const PREFIX = '/demo/sms-gateway';
/** Where messages go. */
export const DEMO_SMS_PATH = `${PREFIX}/messages`;

const message = z.object({ to: z.string().regex(/^\+[1-9]\d{7,14}$/), text: z.string().min(1).max(1000), reference: z.string().min(1).max(100) });

/** What it shows to our own adapter; derived, so that nothing more must be kept. */
export const demoSmsToken = (secret: string): string => createHmac('sha256', secret).update('demo-sms-gateway').digest('base64url');

/** Numbers by which the demo shows what can go wrong: invented ones (BNetzA keeps 0171 39200xx free for films). */
export const DEMO_NUMBERS = {
  refused: '+491713920040',
  busy: '+491713920029',
  broken: '+491713920050',
  stalls: '+491713920098',
  drops: '+491713920099',
} as const;

type Ctx = Pick<Context, 'settings' | 'database' | 'clock'>;

/**
 * A gateway that sends nothing and speaks the same protocol as a real one. What it took stands at `/demo/sms`.
 * @throws in production
 */
export function demoSmsGateway(ctx: Ctx, secret: string): Door {
  if (ctx.settings.env === 'production') throw new Error('the demo SMS gateway must not run in production');
  return { prefix: PREFIX, handle: (request) => take(ctx, demoSmsToken(secret), request) };
}

async function take(ctx: Ctx, token: string, request: Request): Promise<Response> {
  if (new URL(request.url).pathname !== DEMO_SMS_PATH) return said(404, 'There is nothing here.');
  if (request.method !== 'POST') return said(405, 'Only POST.');
  if (!isToken(request.headers.get('authorization') ?? '', token)) return said(401, 'Wrong key.');
  const parsed = message.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return said(422, 'This is no message.');
  const trouble = await troubleOf(parsed.data.to, request.signal);
  if (trouble !== undefined) return trouble;
  const id = await takeDemoSms(ctx, { ...parsed.data, id: newId(ctx.clock().epochMilliseconds) });
  return said(202, 'taken', { id });
}

async function troubleOf(to: string, signal: AbortSignal): Promise<Response | undefined> {
  if (to === DEMO_NUMBERS.refused) return said(400, 'This number takes no messages.');
  if (to === DEMO_NUMBERS.busy) return said(429, 'Too many.', {}, { 'retry-after': '120' });
  if (to === DEMO_NUMBERS.broken) return said(500, 'Broken.');
  if (to === DEMO_NUMBERS.drops) throw new Error('the demo gateway drops this connection');
  if (to !== DEMO_NUMBERS.stalls) return undefined;
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone')), { once: true }));
}

function isToken(header: string, token: string): boolean {
  const [given, wanted] = [Buffer.from(header), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const said = (status: number, detail: string, more: object = {}, headers: Record<string, string> = {}): Response =>
  Response.json({ detail, ...more }, { status, headers: { 'cache-control': 'no-store', ...headers } });

/** `/demo/sms`: what a demo city would have sent. In a demo only. */
export function demoSmsRoutes(ctx: Ctx, frame: Frame): AnyRoute[] {
  return [
    getPage('/demo/sms', 'public', async (visit) => {
      const t = noticeTexts(visit.lang);
      const found = await keptDemoSms(ctx);
      const list = found.map(
        (one) =>
          html`<article class="kern-card"><div class="kern-card__container"><header class="kern-card__header"><h2 class="kern-title">${one.recipient}</h2></header><section class="kern-card__body"><p class="kern-body">${formatInstant(visit.lang, one.sentAt)}</p><p class="kern-body">${one.words}</p></section></div></article>`,
      );
      const body = html`${pageTitle(t.demoTitle, { lead: t.demoLead })}${found.length === 0 ? html`<p class="kern-body">${t.demoNone}</p>` : list}`;
      return answerHtml(frame(visit, { title: t.demoTitle, body }));
    }),
  ];
}
