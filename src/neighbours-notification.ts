import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import { accountLang, confirmedEmail, keepAccountLang, mandatesEnding } from './modules/identity/public.ts';
import {
  DEMO_SMS_PATH,
  demoSmsGateway,
  demoSmsRoutes,
  demoSmsToken,
  httpSmsGateway,
  notificationJobs,
  notificationRoutes,
  notifyThrough,
  pushSender,
  type Expiring,
  type Expiry,
  type NotificationContext,
} from './modules/notification/public.ts';
import { answersDueBetween, type ProcedureContext } from './modules/procedure/public.ts';
import type { Context } from './platform/context.ts';
import type { Door } from './platform/http/door.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import type { Notify } from './platform/notice/port.ts';
import { createOutbound } from './platform/outbound/outbound.ts';
import { page } from './platform/ui/page.ts';
import { draftExpiries, feesDue, hearing, nameOf, permitExpiries } from './neighbours-expiry.ts';

const LANGUAGE = { of: accountLang, keep: keepAccountLang };

/** Notices of the city through the channels that people chose. */
const noticesOn = (platform: Context, { env, sms }: Config): Notify => notifyThrough(platform, LANGUAGE, sms !== undefined || env === 'demo');

/** The platform with its channels beside mail: part of every use case's context. */
export const withNotices = (platform: Context, config: Config): Context => ({ ...platform, notify: noticesOn(platform, config) });

/** The module with what it asks of its neighbours. */
export function notificationOn(
  ctx: ProcedureContext,
  config: Config,
  view: CityFrame['view'],
): { readonly routes: readonly AnyRoute[]; readonly jobs: readonly JobKind<never>[]; readonly doors: readonly Door[] } {
  const { env, secret, mailFrom, publicUrl, sms } = config;
  const frame: Parameters<typeof notificationRoutes>[1] = (visit, { body: main, ...parts }) => page(view(visit), { ...parts, main });
  // in a demo without a gateway the demo's own takes every message, and both sides live in this process
  const door = sms === undefined && env === 'demo' ? demoSmsGateway(ctx, secret) : undefined;
  const inside: typeof fetch = (input, init) => door!.handle(new Request(input, init));
  const demo = door && httpSmsGateway({ url: publicUrl + DEMO_SMS_PATH, token: demoSmsToken(secret), fetch: inside });
  const gateway = sms === undefined ? demo : httpSmsGateway(sms);
  const own: NotificationContext = {
    ...ctx,
    secret,
    // addresses that browsers name: public ones only, whatever else of the city's own network may be read
    push: pushSender({ secret, contact: `mailto:${mailFrom}`, outbound: createOutbound({ allowedHosts: [] }) }),
    ...(gateway === undefined ? {} : { sms: gateway }),
    smsIsDemo: door !== undefined,
    addressOf: confirmedEmail,
    language: LANGUAGE,
    expiring: expiringOn(ctx),
  };
  return {
    routes: [...notificationRoutes(own, frame), ...(door === undefined ? [] : demoSmsRoutes(ctx, frame))],
    jobs: notificationJobs(own, noticesOn(ctx, config)),
    doors: door === undefined ? [] : [door],
  };
}

/** What ends soon for somebody, from the modules that know it. */
function expiringOn(ctx: ProcedureContext): Expiring {
  return async (span) => [
    ...(await answersOf(ctx, span)),
    ...(await mandatesOf(ctx, span)),
    ...(await permitExpiries(ctx, span)),
    ...(await draftExpiries(ctx, span)),
    ...(await feesDue(ctx, span)),
  ];
}

/** Who is content with a decision is reminded of their right once, and not on the last day again. */
const REMEDY_DAYS = [7];

async function answersOf(ctx: ProcedureContext, span: Parameters<Expiring>[0]): Promise<Expiry[]> {
  const { owners: accountIds, told } = await hearing(ctx, span);
  const { from, until } = span;
  const found: Expiry[] = [];
  for (const due of await answersDueBetween(ctx.database.read, { from, until, ...(accountIds && { accountIds }) })) {
    const { caseId, service, kind, dueOn: day } = due;
    const what = kind === 'rechtsbehelf' ? ({ kind: 'remedy', daysBefore: REMEDY_DAYS } as const) : ({ kind: 'answer' } as const);
    for (const accountId of await told(due.accountIds, service))
      found.push({ accountId, key: `case.${caseId}.${kind}`, ...what, day, path: `/vorgang/${caseId}`, about: nameOf(ctx, service) });
  }
  return found;
}

async function mandatesOf({ database }: ProcedureContext, span: Parameters<Expiring>[0]): Promise<Expiry[]> {
  const about = { de: 'Vollmacht', en: 'Authorisation', leicht: 'Vollmacht' };
  const found = await mandatesEnding(database.read, span);
  return found.map(({ id, accountId, day }) => ({ accountId, key: `mandate.${id}`, kind: 'mandate' as const, day, path: '/vertretung', about }));
}
