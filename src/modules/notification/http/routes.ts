import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { assetResponse, assetUrl } from '../../../platform/http/assets.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  dataRoute,
  getPage,
  html,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type DataAnswer,
  type Visit,
} from '../../../platform/http/route.ts';
import { LANGS, type Html } from '../../../platform/ui/html.ts';
import type { NotificationContext } from '../application/context.ts';
import { confirmPhone, removePhone, requestPhoneCode } from '../application/phone.ts';
import { changePreferences, noticeSettings, remindersLink, remindersOff, type Chosen } from '../application/preferences.ts';
import { removePushDevice } from '../application/push-devices.ts';
import { endingSoon } from '../application/remind.ts';
import { notificationApi } from './api.ts';
import { noticePage, NOTICES_PATH, remindersOffDonePage, remindersOffPage } from './pages.ts';
import { noticeTexts } from './texts.ts';

/** Sets a page of this module into the city's frame. */
export type Frame = (visit: Visit, page: { readonly title: string; readonly body: Html; readonly hasErrors?: boolean }) => Html;

const SAVED = `${NOTICES_PATH}?gespeichert=1`;
const accountOf = (visit: Visit): string => inOwnName(visit.actor as CitizenActor).accountId;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const OFF = '/benachrichtigungen/abmelden/:token';

/** Every route of the module. */
export function notificationRoutes(ctx: NotificationContext, frame: Frame): AnyRoute[] {
  const back = (done: { readonly ok: boolean; readonly problem?: Problem }, visit: Visit): Answer | Promise<Answer> =>
    done.problem === undefined ? redirect(SAVED) : show(ctx, frame, visit, { problem: done.problem });
  return [
    getPage(NOTICES_PATH, 'person', (visit) => show(ctx, frame, visit, { saved: visit.query.has('gespeichert') })),
    postPage(NOTICES_PATH, 'person', async (visit) => back(await changePreferences(ctx, accountOf(visit), chosen(visit.fields, visit), visit.now), visit)),
    postPage(
      `${NOTICES_PATH}/telefon`,
      'person',
      async (visit) => back(await requestPhoneCode(ctx, accountOf(visit), visit.fields.get('number') ?? '', visit.lang, visit.now), visit),
      { limit: 'sign-in' },
    ),
    postPage(
      `${NOTICES_PATH}/telefon/bestaetigen`,
      'person',
      async (visit) => back(await confirmPhone(ctx, accountOf(visit), visit.fields.get('code') ?? '', visit.now), visit),
      { limit: 'sign-in' },
    ),
    postPage(`${NOTICES_PATH}/telefon/entfernen`, 'person', async (visit) => {
      await removePhone(ctx, accountOf(visit), visit.now);
      return redirect(SAVED);
    }),
    postPage(`${NOTICES_PATH}/geraete/:id/entfernen`, 'person', async (visit) =>
      back(await removePushDevice(ctx, accountOf(visit), parseId(visit.params['id'] ?? '') ?? NOBODY, visit.now), visit),
    ),
    getPage(OFF, 'public', async (visit) => {
      const token = visit.params['token'] ?? '';
      const open = await remindersLink(ctx, token);
      if (!open.ok) return problemPage(open.problem);
      return html(frame(visit, { title: noticeTexts(visit.lang).offTitle, body: remindersOffPage(visit, token) }));
    }),
    postPage(OFF, 'public', async (visit) => {
      const done = await remindersOff(ctx, visit.params['token'] ?? '', visit.now);
      return done.ok ? html(frame(visit, { title: noticeTexts(visit.lang).offDone, body: remindersOffDonePage(visit) })) : problemPage(done.problem);
    }),
    dataRoute('get', '/benachrichtigungen/push-worker.js', 'public', async ({ header }) => worker(header('accept-encoding'))),
    ...notificationApi(ctx),
  ];
}

async function show(ctx: NotificationContext, frame: Frame, visit: Visit, more: { readonly problem?: Problem; readonly saved?: boolean }): Promise<Answer> {
  const accountId = accountOf(visit);
  const page = {
    settings: await noticeSettings(ctx, accountId, visit.now),
    ending: await endingSoon(ctx, accountId, visit.now),
    publicKey: ctx.push.publicKey,
    sms: ctx.sms === undefined ? ('none' as const) : ctx.smsIsDemo === true ? ('demo' as const) : ('real' as const),
    ...more,
  };
  const status = more.problem === undefined ? 200 : problemStatus(more.problem);
  return html(frame(visit, { title: noticeTexts(visit.lang).title, body: noticePage(visit, page), hasErrors: status >= 400 }), status);
}

/** What the form says; half a quiet time is refused by the use case. */
function chosen(fields: URLSearchParams, { lang }: Visit): Chosen {
  const ways = fields.getAll('ways');
  const hour = (name: string): number | undefined => (/^\d{1,2}$/.test(fields.get(name) ?? '') ? Number(fields.get(name)) : undefined);
  const [from, until] = [hour('quietFrom'), hour('quietUntil')];
  return {
    mail: ways.includes('mail'),
    push: ways.includes('push'),
    sms: ways.includes('sms'),
    reminders: ways.includes('reminders'),
    lang: LANGS.find((one) => one === fields.get('lang')) ?? lang,
    ...(from === undefined && until === undefined ? {} : { quiet: { from: from ?? NaN, until: until ?? NaN } }),
  };
}

/** The worker's address stays the same from build to build; it speaks for the account's pages and takes no page over. */
function worker(acceptEncoding: string | undefined): DataAnswer {
  const path = assetUrl('push-worker');
  const built = path === undefined ? undefined : assetResponse(path, acceptEncoding);
  if (built === undefined) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'not built' };
  return { status: 200, headers: { ...built.headers, 'cache-control': 'no-cache', 'service-worker-allowed': '/konto/' }, body: built.body };
}
