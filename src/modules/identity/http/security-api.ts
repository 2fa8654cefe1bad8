import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { endRecentWays, recentWays } from '../application/end-young-ways.ts';
import { beginSignup, finishSignup, finishSignupWithPassword, signupOptions } from '../application/passkey-signup.ts';
import { confirmSession } from '../application/fresh-session.ts';
import { cancelOwnRecovery, cancelRecovery, finishRecovery, ownRecovery } from '../application/recovery.ts';
import { makeRecoveryCodes, recoveryCodes, signInWithCode } from '../application/recovery-codes.ts';
import { endOtherSessions } from '../application/sessions.ts';
import { setPassword } from '../application/set-password.ts';
import { waysIn } from '../application/ways-in.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { sessionCookie, type IdentityHttp } from './deps.ts';
import { credential, loose, options } from './passkey-api.ts';

const accountOf = (visit: Visit): string => inOwnName(visit.actor as CitizenActor).accountId;
const done = z.object({ done: z.literal(true) });
const orDone = (result: Result<unknown, IdentityProblem>): Result<{ done: true }, IdentityProblem> => (result.ok ? ok({ done: true as const }) : result);
const tag = 'Servicekonto';
const token = z.string().max(200);
const next = z.object({ next: z.string().describe('Pfad, zu dem der Browser weitergeht') });
const short = z.string().max(200);

const recent = z
  .object({
    passkeys: z.number().int(),
    eids: z.number().int(),
    codes: z.number().int(),
    mandates: z.array(z.string()),
    forOrganisations: z.array(z.object({ name: z.string(), organisation: z.string() })),
    offers: z.number().int(),
  })
  .describe(
    'Was so neu ist, dass es jemand anderes angelegt haben kann; mandates: wem eine Vollmacht gegeben wurde; forOrganisations: wer seitdem durch dieses Konto für eine Organisation handeln darf',
  );

/** What the pages about ways into the account do, for programs. */
export function securityApi(deps: IdentityHttp): AnyRoute[] {
  return [...ownApi(deps), ...endingApi(deps), confirmApi(deps), endOthersApi(deps), ...recoveryApi(deps), ...signupApi(deps)];
}

function ownApi({ ctx }: IdentityHttp): AnyRoute[] {
  const own = { access: 'person', tag } as const;
  return [
    apiRoute({
      ...own,
      method: 'get',
      path: '/api/account/security',
      summary: 'Die eigenen Wege ins Konto und eine laufende Wiederherstellung',
      output: z.object({
        password: z.boolean(),
        passkeys: z.number().int(),
        eids: z.number().int(),
        codesLeft: z.number().int(),
        recovery: z.object({ askedAt: z.string(), readyAt: z.string() }).nullable(),
        recent,
      }),
      handle: async (call) => {
        const [db, accountId] = [ctx.database.read, accountOf(call)];
        const running = await ownRecovery(db, accountId);
        const { mandates, forOrganisations, ...counts } = await recentWays(db, accountId, call.now);
        const since = { ...counts, mandates: [...mandates], forOrganisations: [...forOrganisations] };
        const recovery = running === undefined ? null : { askedAt: running.askedAt.toString(), readyAt: running.readyAt.toString() };
        return ok({ ...(await waysIn(db, accountId)), codesLeft: (await recoveryCodes(db, accountId)).left, recovery, recent: since });
      },
    }),
    apiRoute({
      ...own,
      method: 'post',
      limit: 'sign-in',
      path: '/api/account/recovery-codes',
      summary: 'Zehn neue Codes für den Notfall; sie stehen nur in dieser Antwort',
      status: 201,
      keepsNoAnswer: true,
      output: z.object({ codes: z.array(z.string()) }),
      handle: async (call) => {
        const made = await makeRecoveryCodes(ctx, accountOf(call), call);
        return made.ok ? ok({ codes: [...made.value] }) : made;
      },
    }),
    apiRoute({
      ...own,
      method: 'put',
      limit: 'sign-in',
      path: '/api/account/password/replacement',
      summary: 'Neues Passwort ohne das alte, kurz nach einer Anmeldung mit Online-Ausweis, Passkey oder Code',
      body: z.object({ password: z.string().max(1000) }),
      output: done,
      handle: async (call) => orDone(await setPassword(ctx, call, accountOf(call), call.body.password)),
    }),
  ];
}

/** What ends at once: what is new, and a recovery that waits. */
function endingApi({ ctx }: IdentityHttp): AnyRoute[] {
  const own = { access: 'person', tag } as const;
  return [
    apiRoute({
      ...own,
      method: 'delete',
      path: '/api/account/recent-ways',
      summary: 'Alles beenden, was in den letzten Tagen an Wegen, Codes und Vollmachten dazukam, und alle anderen Sitzungen',
      output: done,
      handle: async (call) => orDone(await endRecentWays(ctx, call, accountOf(call))),
    }),
    apiRoute({
      ...own,
      method: 'delete',
      path: '/api/account/recovery',
      summary: 'Die laufende Wiederherstellung des eigenen Kontos abbrechen',
      output: done,
      handle: async (call) => orDone(await cancelOwnRecovery(ctx, accountOf(call), call)),
    }),
  ];
}

function confirmApi({ ctx }: IdentityHttp): AnyRoute {
  return apiRoute({
    method: 'post',
    path: '/api/session/confirmation',
    access: 'person',
    limit: 'sign-in',
    tag,
    summary: 'Das eigene Passwort noch einmal zeigen; danach lassen sich 15 Minuten lang Wege ins Konto ändern',
    body: z.object({ currentPassword: z.string().max(1000) }),
    output: done,
    handle: async (call) => orDone(await confirmSession(ctx, call, accountOf(call), call.body.currentPassword)),
  });
}

function endOthersApi({ ctx }: IdentityHttp): AnyRoute {
  return apiRoute({
    method: 'delete',
    path: '/api/sessions',
    access: 'signed-in',
    tag,
    summary: 'Alle anderen eigenen Sitzungen beenden',
    output: z.object({ ended: z.number().int() }),
    handle: async (call) => {
      const ended = await endOtherSessions(ctx, call.actor, call);
      return ended.ok ? ok({ ended: ended.value }) : ended;
    },
  });
}

function recoveryApi({ ctx }: IdentityHttp): AnyRoute[] {
  const common = { method: 'post', access: 'public', tag, limit: 'sign-in' } as const;
  return [
    apiRoute({
      ...common,
      path: '/api/session/code',
      summary: 'Mit einem Code für den Notfall anmelden; die Sitzung kommt als Cookie',
      status: 201,
      body: z.object({ code: z.string().max(100) }),
      output: done,
      handle: async (call) => {
        const opened = await signInWithCode(ctx, call, call.body.code);
        if (opened.ok) call.setCookie(sessionCookie(opened.value));
        return orDone(opened);
      },
    }),
    apiRoute({
      ...common,
      path: '/api/recoveries/completion',
      summary: 'Ein Konto nach der Wartezeit öffnen; die Sitzung kommt als Cookie',
      status: 201,
      body: z.object({ token }),
      output: done,
      handle: async (call) => {
        const opened = await finishRecovery(ctx, call, call.body.token);
        if (opened.ok) call.setCookie(sessionCookie(opened.value));
        return orDone(opened);
      },
    }),
    apiRoute({
      ...common,
      path: '/api/recoveries/cancellation',
      summary: 'Eine Wiederherstellung mit dem Link des Hinweises abbrechen',
      body: z.object({ token }),
      output: done,
      handle: async (call) => orDone(await cancelRecovery(ctx, call.body.token, call.now)),
    }),
  ];
}

function signupApi({ ctx }: IdentityHttp): AnyRoute[] {
  const common = { method: 'post', access: 'public', tag, limit: 'sign-in' } as const;
  return [
    apiRoute({
      ...common,
      path: '/api/registrations/passkey',
      summary: 'Servicekonto ohne Passwort beginnen; der nächste Schritt kommt per E-Mail',
      status: 202,
      body: z.object({ givenName: short, familyName: short, email: z.string().max(254) }),
      output: done,
      handle: async (call) => orDone(await beginSignup(ctx, call.now, { ...call.body, lang: call.lang }, '/konto')),
    }),
    apiRoute({
      ...common,
      path: '/api/registrations/passkey/options',
      ownDeviceOnly: true,
      summary: 'Angaben, mit denen der Browser den ersten Passkey anlegt',
      body: z.object({ token }),
      output: options,
      handle: async (call) => loose(await signupOptions(ctx, call.body.token, call.now)),
    }),
    apiRoute({
      ...common,
      path: '/api/registrations/passkey/completion',
      ownDeviceOnly: true,
      summary: 'Servicekonto mit dem ersten Passkey fertigstellen und anmelden',
      status: 201,
      body: z.object({ token, response: credential, label: z.string().max(80).default('') }),
      output: next,
      handle: async (call) => {
        const response = call.body.response as unknown as RegistrationResponseJSON;
        const made = await finishSignup(ctx, call, { token: call.body.token, response, label: call.body.label });
        if (!made.ok) return made;
        call.setCookie(sessionCookie(made.value.session));
        return ok({ next: made.value.next });
      },
    }),
    apiRoute({
      ...common,
      path: '/api/registrations/passkey/password',
      summary: 'Servicekonto stattdessen mit einem Passwort fertigstellen und anmelden',
      status: 201,
      body: z.object({ token, password: z.string().max(1000) }),
      output: next,
      handle: async (call) => {
        const made = await finishSignupWithPassword(ctx, call, call.body);
        if (!made.ok) return made;
        call.setCookie(sessionCookie(made.value.session));
        return ok({ next: made.value.next });
      },
    }),
  ];
}
