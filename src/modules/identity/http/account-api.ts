import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { deleteAccount } from '../application/delete-account.ts';
import { recordExport } from '../application/export-account.ts';
import { confirmNoticeEmail, requestNoticeEmail } from '../application/notice-email.ts';
import { ownPasskeys, removePasskey } from '../application/passkeys.ts';
import { updateProfile } from '../application/profile.ts';
import { confirmRegistration, register } from '../application/register.ts';
import { changePassword, requestReset, resetPassword } from '../application/reset-password.ts';
import { endSession, ownSessions } from '../application/sessions.ts';
import { endSubstitution, setSubstitution } from '../application/substitution.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { NO_SESSION, sessionCookie, type IdentityHttp } from './deps.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;
type Staff = Extract<Actor, { kind: 'staff' }>;
const accountOf = (visit: Visit): string => (visit.actor as Citizen).accountId;

const done = z.object({ done: z.literal(true) });
const DONE = ok({ done: true as const });
const orDone = (result: Result<unknown, IdentityProblem>): Result<{ done: true }, IdentityProblem> => (result.ok ? DONE : result);

const tag = 'Servicekonto';
const short = z.string().max(200);
const password = z.string().max(1000);
const id = z.object({ id: z.uuid() });
const STAFF = ['sachbearbeitung', 'leitung', 'administration', 'revision'] as const;

/** The Servicekonto for programs: everything that its pages can do. */
export function accountApi(deps: IdentityHttp): AnyRoute[] {
  return [...joiningApi(deps), ...profileApi(deps), ...passwordAndPasskeyApi(deps), ...sessionsApi(deps), ...holdingsApi(deps), ...substitutionApi(deps)];
}

function joiningApi({ ctx }: IdentityHttp): AnyRoute[] {
  const common = { method: 'post', access: 'public', limit: 'sign-in', tag } as const;
  const token = z.string().max(200);
  return [
    apiRoute({
      ...common,
      path: '/api/registrations',
      summary: 'Servicekonto beginnen; die Bestätigung kommt per E-Mail',
      status: 202,
      body: z.object({ givenName: short, familyName: short, email: z.string().max(254), password }),
      output: done,
      handle: async (call) => orDone(await register(ctx, call.now, { ...call.body, lang: call.lang }, '/antraege')),
    }),
    apiRoute({
      ...common,
      path: '/api/registrations/confirmation',
      summary: 'Servicekonto bestätigen und anmelden',
      status: 201,
      body: z.object({ token, password }),
      output: done,
      handle: async (call) => {
        const opened = await confirmRegistration(ctx, call, call.body);
        if (opened.ok) call.setCookie(sessionCookie(opened.value));
        return orDone(opened);
      },
    }),
    apiRoute({
      ...common,
      path: '/api/password-resets',
      summary: 'Neues Passwort anfordern; der Weg dahin kommt per E-Mail',
      status: 202,
      body: z.object({ email: z.string().max(254) }),
      output: done,
      handle: async (call) => orDone(await requestReset(ctx, call.now, call.body.email, call.lang)),
    }),
    apiRoute({
      ...common,
      path: '/api/password-resets/confirmation',
      summary: 'Neues Passwort setzen und anmelden',
      status: 201,
      body: z.object({ token, password }),
      output: done,
      handle: async (call) => {
        const opened = await resetPassword(ctx, call, call.body);
        if (opened.ok) call.setCookie(sessionCookie(opened.value));
        return orDone(opened);
      },
    }),
  ];
}

function profileApi({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/account/profile',
      access: 'person',
      tag,
      summary: 'Eigene Angaben ändern; was der Online-Ausweis belegt, bleibt',
      body: z.object({ givenName: short, familyName: short, birthDate: short, street: short, houseNumber: short, postcode: short, place: short }),
      output: done,
      handle: async (call) => orDone(await updateProfile(ctx, accountOf(call), call.body, call.now)),
    }),
    apiRoute({
      method: 'put',
      path: '/api/account/email',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'E-Mail-Adresse für Hinweise ändern; sie gilt nach der Bestätigung',
      status: 202,
      body: z.object({ email: z.string().max(254) }),
      output: done,
      handle: async (call) => orDone(await requestNoticeEmail(ctx, accountOf(call), call.body.email, call)),
    }),
    apiRoute({
      method: 'post',
      path: '/api/account/email/confirmation',
      access: 'person',
      tag,
      summary: 'E-Mail-Adresse für Hinweise bestätigen',
      body: z.object({ token: z.string().max(200) }),
      output: done,
      handle: async (call) => orDone(await confirmNoticeEmail(ctx, accountOf(call), call.body.token, call)),
    }),
  ];
}

const instant = z.string().describe('Zeitpunkt, ISO 8601');

function passwordAndPasskeyApi({ ctx }: IdentityHttp): AnyRoute[] {
  const passkey = z.object({ id: z.uuid(), label: z.string(), createdAt: instant, usedAt: instant.nullable() });
  return [
    apiRoute({
      method: 'put',
      path: '/api/account/password',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'Passwort ändern; alle anderen Sitzungen enden',
      body: z.object({ oldPassword: password, newPassword: password }),
      output: done,
      handle: async (call) => {
        const opened = await changePassword(ctx, call, accountOf(call), call.body);
        if (opened.ok) call.setCookie(sessionCookie(opened.value));
        return orDone(opened);
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/account/passkeys',
      access: 'person',
      tag,
      summary: 'Eigene Passkeys',
      output: z.array(passkey),
      handle: async (call) =>
        ok((await ownPasskeys(ctx, accountOf(call))).map((one) => ({ ...one, createdAt: one.createdAt.toString(), usedAt: one.usedAt?.toString() ?? null }))),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/account/passkeys/:id',
      access: 'person',
      tag,
      summary: 'Einen Passkey entfernen',
      params: id,
      output: done,
      handle: async (call) => orDone(await removePasskey(ctx, accountOf(call), call.params.id, call)),
    }),
  ];
}

function sessionsApi({ ctx }: IdentityHttp): AnyRoute[] {
  const session = z.object({
    id: z.uuid(),
    method: z.string(),
    deviceKind: z.string().nullable().describe('Art des Geräts, grob; der Ort ist nicht bekannt'),
    createdAt: instant,
    lastSeenAt: instant,
    current: z.boolean(),
  });
  return [
    apiRoute({
      method: 'get',
      path: '/api/sessions',
      access: 'signed-in',
      tag,
      summary: 'Eigene Sitzungen auf allen Geräten',
      output: z.array(session),
      handle: async (call) =>
        ok((await ownSessions(ctx, call.actor, call)).map((one) => ({ ...one, createdAt: one.createdAt.toString(), lastSeenAt: one.lastSeenAt.toString() }))),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/sessions/:id',
      access: 'signed-in',
      tag,
      summary: 'Eine eigene Sitzung beenden',
      params: id,
      output: done,
      handle: async (call) => orDone(await endSession(ctx, call.actor, call.params.id, call.now)),
    }),
  ];
}

function holdingsApi({ ctx, openCases, otherHoldings, forgetElsewhere }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/account/export',
      access: 'person',
      tag,
      summary: 'Alles, was über die eigene Person gespeichert ist (Art. 15 und 20 DSGVO)',
      output: z.object({ exportedAt: z.string(), account: z.unknown() }).loose(),
      handle: async (call) => {
        const own = await recordExport(ctx, accountOf(call), call.now);
        if (!own.ok) return own;
        return ok({ exportedAt: call.now.toString(), account: own.value, ...(await otherHoldings(accountOf(call))) });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/account',
      access: 'person',
      tag,
      summary: 'Servicekonto löschen (Art. 17 DSGVO); nicht, solange ein Verfahren läuft',
      output: done,
      handle: async (call) => {
        const deleted = await deleteAccount(ctx, accountOf(call), { openCases, forgetElsewhere }, call);
        if (deleted.ok) call.setCookie(NO_SESSION);
        return orDone(deleted);
      },
    }),
  ];
}

function substitutionApi({ ctx }: IdentityHttp): AnyRoute[] {
  const day = z.iso.date().transform((text) => Temporal.PlainDate.from(text));
  return [
    apiRoute({
      method: 'put',
      path: '/api/substitutions/:id',
      access: STAFF,
      tag: 'Beschäftigte',
      summary: 'Vertretung einer Person setzen: die eigene, als Leitung auch die der Behörde',
      params: id,
      body: z.object({ substituteId: z.uuid(), from: day, until: day }),
      output: done,
      handle: async (call) => orDone(await setSubstitution(ctx, call.actor as Staff, { staffId: call.params.id, ...call.body }, call.now)),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/substitutions/:id',
      access: STAFF,
      tag: 'Beschäftigte',
      summary: 'Vertretung einer Person beenden',
      params: id,
      output: done,
      handle: async (call) => orDone(await endSubstitution(ctx, call.actor as Staff, call.params.id, call.now)),
    }),
  ];
}
