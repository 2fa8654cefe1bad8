import { z } from 'zod';
import { inOwnName, type Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { openMessage, readMailbox, retrieveDocument } from '../application/mailbox.ts';
import { accountProfile } from '../application/profile.ts';
import { signOut } from '../application/sessions.ts';
import { signInWithPassword } from '../application/sign-in-password.ts';
import { staffMember } from '../application/staff.ts';
import type { AccountProfile } from '../domain/account.ts';
import type { Message } from '../domain/mailbox.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { NO_SESSION, sessionCookie, type IdentityHttp } from './deps.ts';

const instant = z.string().describe('Zeitpunkt, ISO 8601');
const text = z.object({ de: z.string(), en: z.string(), leicht: z.string() });
const source = z.enum(['konto', 'eid']);

const citizen = z.object({
  kind: z.literal('citizen'),
  accountId: z.uuid(),
  trust: z.enum(['einfach', 'substanziell', 'hoch']).describe('Vertrauensniveau dieser Anmeldung'),
  unread: z.number().int().describe('Ungelesenes im Postfach, das gerade offen steht'),
  actingFor: z
    .object({
      accountId: z.uuid(),
      name: z.string(),
      mandateId: z.uuid(),
      trust: z.string().describe('Vertrauensniveau, mit dem gehandelt wird'),
      services: z.array(z.string()).nullable(),
      receives: z.boolean(),
      writes: z.boolean(),
    })
    .nullable()
    .describe('Für wen die Person gerade handelt'),
  givenName: z.string(),
  familyName: z.string(),
  email: z.string().optional(),
  birthDate: z.string().optional(),
  address: z.object({ street: z.string(), houseNumber: z.string(), postcode: z.string(), place: z.string() }).optional(),
  sources: z.partialRecord(z.enum(['givenName', 'familyName', 'email', 'birthDate', 'address']), source).describe('Herkunft jeder Angabe'),
});
const staff = z.object({ kind: z.literal('staff'), staffId: z.uuid(), name: z.string(), roles: z.array(z.string()), authorities: z.array(z.string()) });
const me = z.discriminatedUnion('kind', [citizen, staff]);

const message = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  subject: text,
  body: z.array(text),
  deliveredAt: instant,
  openedAt: instant.nullable(),
  documents: z.array(z.object({ position: z.number().int(), name: z.string(), mediaType: z.string(), sha256: z.string(), retrievedAt: instant.nullable() })),
});

const citizenOf = (visit: Visit): Extract<Actor, { kind: 'citizen' }> => visit.actor as Extract<Actor, { kind: 'citizen' }>;

/** Session, own person and Postfach for programs. */
export function apiRoutes(deps: IdentityHttp): AnyRoute[] {
  return [...sessionApi(deps), ...mailboxApi(deps)];
}

function sessionApi(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  return [
    apiRoute({
      method: 'post',
      path: '/api/session',
      access: 'public',
      limit: 'sign-in',
      tag: 'Anmeldung',
      summary: 'Mit E-Mail-Adresse und Passwort anmelden; die Sitzung kommt als Cookie',
      body: z.object({ email: z.string().max(254), password: z.string().max(1000) }),
      output: z.object({ accountId: z.uuid(), trust: z.string() }),
      status: 201,
      handle: async (call) => {
        const opened = await signInWithPassword(ctx, call, call.body);
        if (!opened.ok) return opened;
        call.setCookie(sessionCookie(opened.value));
        const { accountId, trust } = opened.value.actor as Extract<Actor, { kind: 'citizen' }>;
        return ok({ accountId, trust });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/session',
      access: 'public',
      tag: 'Anmeldung',
      summary: 'Abmelden',
      output: z.null(),
      status: 204,
      handle: async (call) => {
        await signOut(ctx, call.actor, call);
        call.setCookie(NO_SESSION);
        return ok(null);
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/me',
      access: 'signed-in',
      tag: 'Anmeldung',
      summary: 'Wer angemeldet ist, mit der Herkunft jeder Angabe',
      output: me,
      handle: (call) => describeMe(deps, call),
    }),
  ];
}

async function describeMe(deps: IdentityHttp, visit: Visit): Promise<Result<z.output<typeof me>, IdentityProblem>> {
  const { actor } = visit;
  if (actor.kind === 'staff') {
    const found = await staffMember(deps.ctx.database.read, actor.staffId);
    if (found === undefined) return refuse(accountNotFound);
    return ok({ kind: 'staff', staffId: actor.staffId, name: found.name, roles: [...found.roles], authorities: [...found.authorities] });
  }
  const { accountId, trust } = inOwnName(citizenOf(visit));
  const profile = await accountProfile(deps.ctx.database.read, accountId);
  if (profile === undefined) return refuse(accountNotFound);
  return ok({ kind: 'citizen', accountId, trust, unread: visit.unread ?? 0, actingFor: actingJson(visit), ...profileJson(profile) });
}

function actingJson(visit: Visit): z.output<typeof citizen>['actingFor'] {
  const { accountId, trust, agent } = citizenOf(visit);
  if (agent === undefined) return null;
  const { mandateId, services, receives, writes } = agent;
  return { accountId, name: visit.acting?.name ?? '', mandateId, trust, services: services === undefined ? null : [...services], receives, writes };
}

function profileJson({ givenName, familyName, email, birthDate, address, sources }: AccountProfile) {
  return {
    givenName,
    familyName,
    sources,
    ...(email === undefined ? {} : { email }),
    ...(birthDate === undefined ? {} : { birthDate: birthDate.toString() }),
    ...(address === undefined ? {} : { address }),
  };
}

function mailboxApi(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  const id = z.object({ id: z.uuid() });
  return [
    apiRoute({
      method: 'get',
      path: '/api/mailbox',
      access: 'citizen',
      tag: 'Postfach',
      summary: 'Nachrichten im eigenen Postfach, neueste zuerst',
      query: pageQuery,
      output: pageOf(message),
      handle: async (call) => {
        const before = cursorId(call.queryInput.cursor);
        if (!before.ok) return before;
        const page = await readMailbox(ctx, citizenOf(call), call.queryInput.limit, before.value);
        if (!page.ok) return page;
        const { messages, next } = page.value;
        return ok({ items: messages.map(messageJson), next: next === undefined ? null : encodeCursor([next]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/mailbox/:id',
      access: 'citizen',
      tag: 'Postfach',
      summary: 'Eine Nachricht öffnen',
      params: id,
      output: message,
      handle: async (call) => {
        const opened = await openMessage(ctx, citizenOf(call), call.params.id, call.now);
        return opened.ok ? ok(messageJson(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/mailbox/:id/documents/:position',
      access: 'citizen',
      tag: 'Postfach',
      summary: 'Eine Anlage abrufen (Inhalt in base64)',
      params: z.object({ id: z.uuid(), position: z.coerce.number().int().min(0).max(9999) }),
      output: z.object({ name: z.string(), mediaType: z.string(), base64: z.string() }),
      handle: async (call) => {
        const found = await retrieveDocument(ctx, citizenOf(call), call.params.id, call.params.position, call.now);
        if (!found.ok) return found;
        return ok({ name: found.value.name, mediaType: found.value.mediaType, base64: Buffer.from(found.value.bytes).toString('base64') });
      },
    }),
  ];
}

function messageJson(one: Message): z.output<typeof message> {
  return {
    id: one.id,
    caseId: one.caseId,
    subject: one.subject,
    body: [...one.body],
    deliveredAt: one.deliveredAt.toString(),
    openedAt: one.openedAt?.toString() ?? null,
    documents: one.documents.map(({ name, mediaType, sha256, retrievedAt }, position) => ({
      position,
      name,
      mediaType,
      sha256,
      retrievedAt: retrievedAt?.toString() ?? null,
    })),
  };
}
