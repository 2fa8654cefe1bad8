import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../../kernel/time.ts';
import { DemoDeliveryBooks, type DemoDestination, type DemoVerdict } from '../application/fit-connect-demo-books.ts';
import { knock, type DemoCallback } from '../application/fit-connect-demo-callback.ts';
import type { PrivateJwk } from '../domain/fit-connect-jwk.ts';

export const DEMO_DELIVERY_PATH = '/demo-zustelldienst';

export interface DemoDeliveryOptions {
  readonly env: 'demo' | 'production';
  /** Where the city answers; the demo service stands below it and names itself so in its events. */
  readonly publicUrl: string;
  /** The city's own secret; the clients' secrets follow from it. */
  readonly secret: string;
  readonly key: PrivateJwk;
  readonly destinations: readonly DemoDestination[];
  readonly callback?: DemoCallback;
  readonly clock: Clock;
}

type Role = 'sender' | 'subscriber';

/** The demo service as a function from request to answer, for every path below `prefix`. */
export interface DemoDeliveryService {
  readonly prefix: typeof DEMO_DELIVERY_PATH;
  readonly handle: (request: Request) => Promise<Response>;
  readonly baseUrl: string;
  readonly tokenUrl: string;
  /** Credentials of its two clients. */
  readonly credentials: Readonly<Record<Role, { readonly clientId: string; readonly clientSecret: string }>>;
}

const MAX_BODY = 140 * 1024 * 1024;
const TOKEN_SECONDS = 1800;

const uuids = z.array(z.uuid()).max(200);
const announceSchema = z.object({
  destinationId: z.uuid(),
  announcedAttachments: uuids.default([]),
  serviceType: z.object({ identifier: z.string().max(500), name: z.string().max(1000) }),
});
const announceReplySchema = z.object({ caseId: z.uuid(), announcedAttachments: uuids.default([]) });
const submitSchema = z.object({ encryptedMetadata: z.string(), encryptedData: z.string() });
const listSchema = z.object({
  destinationId: z.uuid(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});

/**
 * A delivery service for demos and tests that speaks the Submission API (version 1) with keys of its
 * own: same tokens, same encryption, same signed events, so that nothing in the city knows the
 * difference. It delivers to nobody outside and forgets everything at a restart.
 * @throws in production
 */
export function demoDeliveryService(options: DemoDeliveryOptions): DemoDeliveryService {
  if (options.env === 'production') throw new Error('the demo delivery service must not run in production');
  const baseUrl = options.publicUrl + DEMO_DELIVERY_PATH;
  const credentials = { sender: client(options.secret, 'sender'), subscriber: client(options.secret, 'subscriber') };
  const books = new DemoDeliveryBooks({ issuer: baseUrl, key: options.key, clock: options.clock, destinations: options.destinations });
  const tokens = new Tokens(credentials, options.clock);
  const app = new Hono({ strict: false }).basePath(DEMO_DELIVERY_PATH);
  app.use(async (c, next) => {
    await next();
    c.header('x-kontor-demo', 'DEMO: Dieser Zustelldienst stellt niemandem zu.');
    c.header('cache-control', 'no-store');
  });
  app.get('/', (c) => c.text('DEMO: Dieser Zustelldienst spricht wie FIT-Connect, stellt aber niemandem zu.\n'));
  app.post('/token', async (c) => tokens.issue(c));
  app.get('/.well-known/jwks.json', (c) => c.json({ keys: books.keys() }));
  destinationRoutes(app, books);
  senderRoutes(app, books, tokens, options);
  subscriberRoutes(app, books, tokens);
  replyRoutes(app, books, tokens);
  return { prefix: DEMO_DELIVERY_PATH, baseUrl, tokenUrl: `${baseUrl}/token`, credentials, handle: async (request) => app.fetch(request) };
}

const client = (secret: string, role: Role) => ({
  clientId: `demo-${role}`,
  clientSecret: createHmac('sha256', secret).update(`demo-delivery:${role}`).digest('base64url'),
});

/** Access tokens of the two clients. */
class Tokens {
  readonly #clients: DemoDeliveryService['credentials'];
  readonly #clock: Clock;
  readonly #tokens = new Map<string, { readonly role: Role; readonly until: number }>();

  constructor(clients: DemoDeliveryService['credentials'], clock: Clock) {
    this.#clients = clients;
    this.#clock = clock;
  }

  async issue(c: Context): Promise<Response> {
    const form = new URLSearchParams(await c.req.text());
    const given = (name: string): string => form.get(name) ?? '';
    const role = (['sender', 'subscriber'] as const).find((one) => this.#clients[one].clientId === given('client_id'));
    if (given('grant_type') !== 'client_credentials') return c.json({ error: 'unsupported_grant_type' }, 400);
    if (role === undefined || !sameSecret(this.#clients[role].clientSecret, given('client_secret'))) return c.json({ error: 'invalid_client' }, 401);
    const now = this.#clock().epochMilliseconds;
    for (const [token, { until }] of this.#tokens) if (until <= now) this.#tokens.delete(token);
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, { role, until: now + TOKEN_SECONDS * 1000 });
    return c.json({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS });
  }

  /** @returns the refusal, when the caller is not one of these */
  refusal(c: Context, ...roles: readonly Role[]): Response | undefined {
    const found = this.#tokens.get((c.req.header('authorization') ?? '').replace(/^Bearer /, ''));
    if (found === undefined || found.until <= this.#clock().epochMilliseconds) return c.json({ error: 'unauthorized' }, 401);
    return roles.includes(found.role) ? undefined : c.json({ error: 'forbidden' }, 403);
  }
}

/** Of equal length by hashing, so that the comparison takes the same time. */
const sameSecret = (a: string, b: string): boolean => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const said = (c: Context, verdict: DemoVerdict, done: 200 | 204): Response => (verdict === 'done' ? c.body(null, done) : c.json({ error: 'refused' }, verdict));
const param = (c: Context, name: string): string => c.req.param(name) ?? '';

/** The body as text, when it has the type and the size; JWE and SET travel as `application/jose`. */
async function bodyOf(c: Context, type: 'application/json' | 'application/jose'): Promise<string | undefined> {
  if (!(c.req.header('content-type') ?? '').startsWith(type) || Number(c.req.header('content-length') ?? 0) > MAX_BODY) return undefined;
  const text = await c.req.text();
  return text.length > MAX_BODY ? undefined : text;
}

async function jsonOf<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S> | undefined> {
  const text = await bodyOf(c, 'application/json');
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/** What anybody may know of a destination: without it nobody could write to it. */
function destinationRoutes(app: Hono, books: DemoDeliveryBooks): void {
  app.get('/v1/destinations/:id', (c) => {
    const found = books.destination(param(c, 'id'));
    if (found === undefined) return c.json({ error: 'not-found' }, 404);
    const services = found.services.map(({ identifier, schemaUris }) => ({
      identifier,
      submissionSchemas: schemaUris.map((schemaUri) => ({ schemaUri, mimeType: 'application/json' })),
    }));
    const offered = found.replyStandards.length === 0 ? {} : { replyChannels: { fitConnect: { processStandards: found.replyStandards } } };
    return c.json({ destinationId: found.destinationId, status: 'active', encryptionKid: found.encryptionKid, services, ...offered });
  });
  app.get('/v1/destinations/:id/keys/:kid', (c) => {
    const key = books.destination(param(c, 'id'))?.keys.find(({ kid }) => kid === param(c, 'kid'));
    return key === undefined ? c.json({ error: 'not-found' }, 404) : c.json(key);
  });
}

function senderRoutes(app: Hono, books: DemoDeliveryBooks, tokens: Tokens, { callback, clock }: DemoDeliveryOptions): void {
  app.post('/v1/submissions', async (c) => {
    const refusal = tokens.refusal(c, 'sender');
    if (refusal !== undefined) return refusal;
    const body = await jsonOf(c, announceSchema);
    const made = body === undefined ? undefined : await books.announce(body.destinationId, body.announcedAttachments, body.serviceType);
    if (made === undefined) return c.json({ error: 'invalid' }, 422);
    return c.json({ submissionId: made.submissionId, caseId: made.caseId, destinationId: made.destinationId }, 201);
  });
  app.put('/v1/submissions/:id/attachments/:attachment', async (c) => {
    const refusal = tokens.refusal(c, 'sender');
    if (refusal !== undefined) return refusal;
    const jwe = await bodyOf(c, 'application/jose');
    return said(c, jwe === undefined ? 422 : books.upload(param(c, 'id'), param(c, 'attachment'), jwe), 204);
  });
  app.put('/v1/submissions/:id', async (c) => {
    const refusal = tokens.refusal(c, 'sender');
    if (refusal !== undefined) return refusal;
    const body = await jsonOf(c, submitSchema);
    const verdict = body === undefined ? 422 : await books.submit(param(c, 'id'), body.encryptedMetadata, body.encryptedData);
    const sent = verdict === 'done' ? books.open(param(c, 'id')) : undefined;
    if (callback !== undefined && sent !== undefined) {
      await knock(callback, { submissionId: sent.submissionId, caseId: sent.caseId, destinationId: sent.destinationId }, clock);
    }
    return said(c, verdict, 200);
  });
}

function subscriberRoutes(app: Hono, books: DemoDeliveryBooks, tokens: Tokens): void {
  app.get('/v1/submissions', (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    const query = listSchema.safeParse(c.req.query()).data;
    if (refusal !== undefined) return refusal;
    if (query === undefined) return c.json({ error: 'invalid' }, 422);
    const all = books.waiting(query.destinationId);
    const page = all.slice(query.offset, query.offset + query.limit);
    const submissions = page.map(({ submissionId, caseId, destinationId }) => ({ submissionId, caseId, destinationId }));
    return c.json({ offset: query.offset, count: page.length, totalCount: all.length, submissions });
  });
  app.get('/v1/submissions/:id', (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    const found = books.open(param(c, 'id'));
    if (refusal !== undefined) return refusal;
    if (found === undefined) return c.json({ error: 'not-found' }, 404);
    const { submissionId, caseId, destinationId, service, announced, encryptedMetadata, encryptedData } = found;
    return c.json({ submissionId, caseId, destinationId, serviceType: service, attachments: announced, encryptedMetadata, encryptedData });
  });
  app.get('/v1/submissions/:id/attachments/:attachment', (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    const jwe = books.open(param(c, 'id'))?.attachments.get(param(c, 'attachment'));
    if (refusal !== undefined) return refusal;
    return jwe === undefined ? c.json({ error: 'not-found' }, 404) : c.body(jwe, 200, { 'content-type': 'application/jose' });
  });
  app.get('/v1/cases/:id/events', (c) => {
    const refusal = tokens.refusal(c, 'sender', 'subscriber');
    const log = books.log(param(c, 'id'));
    if (refusal !== undefined) return refusal;
    if (log === undefined) return c.json({ error: 'not-found' }, 404);
    const offset = Number(c.req.query('offset') ?? 0);
    const page = log.events.slice(offset, offset + 500);
    return c.json({ offset, count: page.length, totalCount: log.events.length, eventLog: page });
  });
  app.post('/v1/cases/:id/events', async (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    if (refusal !== undefined) return refusal;
    const token = await bodyOf(c, 'application/jose');
    return said(c, token === undefined ? 422 : await books.postEvent(param(c, 'id'), token), 204);
  });
}

/** What the administration answers, and how the online service fetches it. */
function replyRoutes(app: Hono, books: DemoDeliveryBooks, tokens: Tokens): void {
  app.post('/v1/replies', async (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    if (refusal !== undefined) return refusal;
    const body = await jsonOf(c, announceReplySchema);
    const made = body === undefined ? undefined : await books.announceReply(body.caseId, body.announcedAttachments);
    return made === undefined ? c.json({ error: 'invalid' }, 422) : c.json({ replyId: made.replyId, caseId: made.caseId }, 201);
  });
  app.put('/v1/replies/:id/attachments/:attachment', async (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    if (refusal !== undefined) return refusal;
    const jwe = await bodyOf(c, 'application/jose');
    return said(c, jwe === undefined ? 422 : books.uploadReply(param(c, 'id'), param(c, 'attachment'), jwe), 204);
  });
  app.put('/v1/replies/:id', async (c) => {
    const refusal = tokens.refusal(c, 'subscriber');
    if (refusal !== undefined) return refusal;
    const body = await jsonOf(c, submitSchema);
    return said(c, body === undefined ? 422 : await books.submitReply(param(c, 'id'), body.encryptedMetadata, body.encryptedData), 200);
  });
  app.get('/v1/replies', (c) => {
    const refusal = tokens.refusal(c, 'sender');
    const all = books.waitingReplies();
    if (refusal !== undefined) return refusal;
    return c.json({ offset: 0, count: all.length, totalCount: all.length, replies: all.map(({ replyId, caseId }) => ({ replyId, caseId })) });
  });
  app.get('/v1/replies/:id', (c) => {
    const refusal = tokens.refusal(c, 'sender');
    const found = books.waitingReplies().find(({ replyId }) => replyId === param(c, 'id'));
    if (refusal !== undefined) return refusal;
    if (found === undefined) return c.json({ error: 'not-found' }, 404);
    const { replyId, caseId, announced, encryptedMetadata, encryptedData } = found;
    return c.json({ replyId, caseId, attachments: announced, encryptedMetadata, encryptedData });
  });
  app.get('/v1/replies/:id/attachments/:attachment', (c) => {
    const refusal = tokens.refusal(c, 'sender');
    const jwe = books
      .waitingReplies()
      .find(({ replyId }) => replyId === param(c, 'id'))
      ?.attachments.get(param(c, 'attachment'));
    if (refusal !== undefined) return refusal;
    return jwe === undefined ? c.json({ error: 'not-found' }, 404) : c.body(jwe, 200, { 'content-type': 'application/jose' });
  });
}
