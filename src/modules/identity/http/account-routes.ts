import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html, postPage, problemPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { deleteAccount } from '../application/delete-account.ts';
import { recordExport } from '../application/export-account.ts';
import { confirmNoticeEmail, requestNoticeEmail } from '../application/notice-email.ts';
import { removePasskey } from '../application/passkeys.ts';
import { accountProfile, hasPassword, updateProfile } from '../application/profile.ts';
import { changePassword } from '../application/reset-password.ts';
import { endSession } from '../application/sessions.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { accountPage, confirmEmailPage, deletedPage } from './account-pages.ts';
import { accountTexts } from './account-texts.ts';
import { passwordCameAlong } from './again.ts';
import { NO_SESSION, sessionCookie, type IdentityHttp } from './deps.ts';
import { SECURITY_PATH } from './security-pages.ts';
import { securityAnswer } from './security-routes.ts';
import { staffAccountAnswer } from './staff-routes.ts';

/** The route's access has seen to it that this is a citizen. Here it is always the signed-in person, never whom they act for. */
const citizenOf = (visit: Visit): CitizenActor => inOwnName(visit.actor as CitizenActor);

const SAVED_SECURITY = `${SECURITY_PATH}?gespeichert=1`;

/** The id in the path; the nil UUID, which nothing has, when it is none. */
const idOf = (visit: Visit): string => parseId(visit.params['id'] ?? '') ?? '00000000-0000-0000-0000-000000000000';

/** The person's own account: look, change, take along, leave. */
export function accountRoutes(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  return [
    getPage('/konto', 'signed-in', async (visit) =>
      visit.actor.kind === 'staff' ? staffAccountAnswer(deps, visit, {}) : show(deps, visit, { saved: visit.query.has('gespeichert') }),
    ),
    postPage('/konto', 'person', async (visit) => {
      const names = ['givenName', 'familyName', 'birthDate', 'street', 'houseNumber', 'postcode', 'place'] as const;
      const input = Object.fromEntries(names.map((name) => [name, visit.fields.get(name) ?? ''])) as Record<(typeof names)[number], string>;
      const done = await updateProfile(ctx, citizenOf(visit).accountId, input, visit.now);
      return done.ok ? redirect('/konto?gespeichert=1') : show(deps, visit, { problem: done.problem, fields: visit.fields });
    }),
    postPage(
      '/konto/email',
      'person',
      async (visit) => {
        const wrong = await passwordCameAlong(deps, visit);
        if (wrong !== undefined) return show(deps, visit, { problem: wrong, fields: visit.fields });
        const done = await requestNoticeEmail(ctx, citizenOf(visit).accountId, visit.fields.get('email') ?? '', visit);
        return done.ok ? show(deps, visit, { mailSent: true }) : show(deps, visit, { problem: done.problem, fields: visit.fields });
      },
      { limit: 'sign-in' },
    ),
    getPage('/konto/email/:token', 'person', async (visit) =>
      html(deps.frame(visit, { title: accountTexts(visit.lang).noticeConfirm, body: confirmEmailPage(visit, visit.url.split('?')[0]!) })),
    ),
    postPage('/konto/email/:token', 'person', async (visit) => {
      const done = await confirmNoticeEmail(ctx, citizenOf(visit).accountId, visit.params['token'] ?? '', visit);
      return done.ok ? redirect('/konto?gespeichert=1') : problemPage(done.problem);
    }),
    postPage('/konto/passwort', 'person', (visit) => newPassword(deps, visit), { limit: 'sign-in' }),
    postPage('/konto/passkeys/:id/entfernen', 'person', async (visit) => {
      const wrong = await passwordCameAlong(deps, visit);
      if (wrong !== undefined) return securityAnswer(deps, visit, { problem: wrong });
      const done = await removePasskey(ctx, citizenOf(visit).accountId, idOf(visit), visit);
      if (done.ok) return redirect(SAVED_SECURITY);
      return done.problem.kind === 'not-found' ? problemPage(done.problem) : securityAnswer(deps, visit, { problem: done.problem });
    }),
    postPage('/konto/sitzungen/:id/beenden', 'signed-in', async (visit) => {
      const done = await endSession(ctx, visit.actor, idOf(visit), visit.now);
      return done.ok ? redirect(visit.actor.kind === 'staff' ? '/konto?gespeichert=1' : SAVED_SECURITY) : problemPage(done.problem);
    }),
    getPage('/konto/daten', 'person', (visit) => exportAnswer(deps, visit)),
    postPage('/konto/loeschen', 'person', (visit) => deletion(deps, visit)),
  ];
}

async function show(
  deps: IdentityHttp,
  visit: Visit,
  typed: { problem?: IdentityProblem; fields?: URLSearchParams; saved?: boolean; mailSent?: boolean },
): Promise<Answer> {
  const { accountId, trust } = citizenOf(visit);
  const profile = await accountProfile(deps.ctx.database.read, accountId);
  if (profile === undefined) return problemPage(accountNotFound);
  const view = {
    profile,
    trust,
    hasPassword: await hasPassword(deps.ctx.database.read, accountId),
    beside: await deps.beside?.(visit),
  };
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return html(deps.frame(visit, { title: accountTexts(visit.lang).title, body: accountPage(visit, view, typed), hasErrors: status >= 400 }), status);
}

async function newPassword(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const input = { oldPassword: visit.fields.get('oldPassword') ?? '', newPassword: visit.fields.get('newPassword') ?? '' };
  const opened = await changePassword(deps.ctx, visit, citizenOf(visit).accountId, input);
  return opened.ok ? redirect(SAVED_SECURITY, [sessionCookie(opened.value)]) : securityAnswer(deps, visit, { problem: opened.problem });
}

async function exportAnswer(deps: IdentityHttp, visit: Visit): Promise<Answer> {
  const { accountId } = citizenOf(visit);
  const own = await recordExport(deps.ctx, accountId, visit.now);
  if (!own.ok) return problemPage(own.problem);
  const all = { exportedAt: visit.now, account: own.value, ...(await deps.otherHoldings(accountId)) };
  return { kind: 'file', bytes: Buffer.from(JSON.stringify(all, null, 2), 'utf8'), mediaType: 'application/json', fileName: 'meine-daten.json' };
}

async function deletion(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const t = accountTexts(visit.lang);
  const word = (visit.fields.get('confirmation') ?? '').trim().toLowerCase();
  if (word !== t.deleteWord)
    return show(deps, visit, {
      problem: invalidField('confirmation', 'Das Wort stimmt nicht. Ihr Konto ist noch da. Schreiben Sie das Wort genau so, wie es dort steht.'),
    });
  const wrong = await passwordCameAlong(deps, visit);
  if (wrong !== undefined) return show(deps, visit, { problem: wrong, fields: visit.fields });
  const done = await deleteAccount(deps.ctx, citizenOf(visit).accountId, deps, visit);
  if (!done.ok) return show(deps, visit, { problem: done.problem, fields: visit.fields });
  const stranger: Visit = { ...withoutUser(visit), actor: { kind: 'anonymous' } };
  return html(deps.frame(stranger, { title: t.deleted, body: deletedPage(visit) }), 200, [NO_SESSION]);
}

function withoutUser({ userName: _name, unread: _unread, ...visit }: FormVisit): Visit {
  return visit;
}
