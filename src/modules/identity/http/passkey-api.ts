import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { CHALLENGE_MINUTES, passkeyAssertionOptions, passkeyRegistrationOptions, registerPasskey, signInWithPasskey } from '../application/passkeys.ts';
import { safeNextPath } from '../domain/next-path.ts';
import { PASSKEY_COOKIE, sessionCookie, type IdentityHttp } from './deps.ts';
import { homeOf } from './sign-in-routes.ts';

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/);
/** What WebAuthn's JSON forms share; the library checks the rest byte by byte. */
export const credential = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: base64url }),
  clientExtensionResults: z.looseObject({}),
  authenticatorAttachment: z.string().optional(),
});
/** Options of WebAuthn, to be handed to the browser as they are. */
export const options = z.looseObject({ challenge: z.string() });
const accountOf = (visit: Visit): string => (visit.actor as Extract<Actor, { kind: 'citizen' }>).accountId;
export const loose = <P>(result: Result<object, P>): Result<z.output<typeof options>, P> => (result.ok ? ok(result.value as z.output<typeof options>) : result);

/** Passkeys (WebAuthn): making one while signed in, and signing in with one. */
export function passkeyApi(deps: IdentityHttp): AnyRoute[] {
  return [...registration(deps), ...assertion(deps)];
}

function registration({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/passkeys/registration-options',
      ownDeviceOnly: true,
      access: 'person',
      tag: 'Passkeys',
      summary: 'Angaben, mit denen der Browser einen Passkey anlegt',
      output: options,
      handle: async (call) => loose(await passkeyRegistrationOptions(ctx, accountOf(call), call)),
    }),
    apiRoute({
      method: 'post',
      path: '/api/passkeys/registration',
      ownDeviceOnly: true,
      access: 'person',
      limit: 'sign-in',
      tag: 'Passkeys',
      summary: 'Den angelegten Passkey speichern',
      body: z.object({ response: credential, label: z.string().max(80).default('') }),
      output: z.object({ id: z.string() }),
      status: 201,
      handle: (call) =>
        registerPasskey(ctx, accountOf(call), call, { response: call.body.response as unknown as RegistrationResponseJSON, label: call.body.label }),
    }),
  ];
}

function assertion({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/passkeys/assertion-options',
      access: 'public',
      limit: 'sign-in',
      tag: 'Passkeys',
      summary: 'Angaben, mit denen der Browser nach einem Passkey fragt',
      output: options,
      handle: async (call) => {
        const given = await passkeyAssertionOptions(ctx, call.now);
        call.setCookie({ name: PASSKEY_COOKIE, value: given.holder, maxAgeSeconds: CHALLENGE_MINUTES * 60 });
        return loose(ok(given.options));
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/passkeys/assertion',
      access: 'public',
      limit: 'sign-in',
      tag: 'Passkeys',
      summary: 'Mit einem Passkey anmelden; die Sitzung kommt als Cookie',
      body: z.object({ response: credential, next: z.string().max(2000).optional() }),
      output: z.object({ next: z.string().describe('Pfad, zu dem der Browser weitergeht') }),
      handle: async (call) => {
        const response = call.body.response as unknown as AuthenticationResponseJSON;
        const opened = await signInWithPasskey(ctx, call, { response, holder: call.cookies[PASSKEY_COOKIE] });
        if (!opened.ok) return opened;
        call.setCookie(sessionCookie(opened.value));
        call.setCookie({ name: PASSKEY_COOKIE, value: '' });
        return ok({ next: safeNextPath(call.body.next, homeOf('citizen')) });
      },
    }),
  ];
}
