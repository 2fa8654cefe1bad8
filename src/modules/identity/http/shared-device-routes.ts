import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { DEVICE_COOKIE, forgottenCookies, ownCookies, type SharedDevice } from '../../../platform/http/shared-device.ts';
import { apiRoute, getPage, html as answerHtml, postPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { DEVICE_PATH, PROVIDER_SIGN_OUT_PATH } from '../../../platform/ui/view.ts';
import { doneAtDevice } from '../application/shared-devices.ts';
import type { IdentityHttp } from './deps.ts';
import { sharedDeviceTexts } from './shared-device-texts.ts';

/** What the browser of a shared device sees between two visits, and how a visit ends; a guide opens it at `/lotsen/geraete`. */
export function sharedDeviceRoutes(deps: IdentityHttp): AnyRoute[] {
  const done = (visit: Visit): Promise<void> => doneAtDevice(deps.ctx, visit.cookies[DEVICE_COOKIE] ?? '', visit.now);
  return [
    getPage(DEVICE_PATH, 'public', async (visit) => {
      // what the browser still has goes with this answer: after it the visit may begin
      const cleaned =
        visit.sharedDevice?.opening === undefined ? visit : { ...visit, sharedDevice: { ...visit.sharedDevice, visitId: visit.sharedDevice.opening } };
      const [title, body] = devicePage(cleaned);
      return answerHtml(deps.frame(cleaned, { title, body }), 200, ownCookies(visit));
    }),
    postPage(`${DEVICE_PATH}/fertig`, 'public', async (visit) => {
      await done(visit);
      return redirect(DEVICE_PATH, visit.sharedDevice === undefined ? [] : forgottenCookies(visit.cookies));
    }),
    apiRoute({
      method: 'get',
      path: '/api/device',
      access: 'public',
      tag: 'Gemeinsame Geräte',
      summary: 'Ob die Anfrage von einem gemeinsamen Gerät kommt und für welchen Besuch es offen ist; hält ihn nicht wach',
      output: DEVICE,
      handle: async ({ sharedDevice }) => ok(stateOf(sharedDevice)),
    }),
    apiRoute({
      method: 'post',
      path: '/api/device/visit',
      access: 'public',
      tag: 'Gemeinsame Geräte',
      summary: 'Sagt, dass an diesem gemeinsamen Gerät jemand etwas eingibt: hält den offenen Besuch und seine Anmeldung wach',
      output: DEVICE,
      // every request but a look at the device counts as use, so this one has nothing left to do
      handle: async ({ sharedDevice }) => ok(stateOf(sharedDevice)),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/device/visit',
      access: 'public',
      tag: 'Gemeinsame Geräte',
      summary: 'Beendet den Besuch an diesem gemeinsamen Gerät, mit seiner Anmeldung',
      output: z.object({ open: z.literal(false) }),
      handle: async (call) => {
        await done(call);
        for (const cookie of call.sharedDevice === undefined ? [] : forgottenCookies(call.cookies)) call.setCookie(cookie);
        return ok({ open: false as const });
      },
    }),
  ];
}

const DEVICE = z.object({ shared: z.boolean(), open: z.boolean(), visit: z.string().nullable() });

function stateOf(device: SharedDevice | undefined): z.output<typeof DEVICE> {
  const visit = device?.visitId ?? device?.opening ?? null;
  return { shared: device !== undefined, open: visit !== null, visit };
}

function devicePage({ sharedDevice, lang, query }: Visit): readonly [string, Html] {
  const t = sharedDeviceTexts(lang);
  if (sharedDevice === undefined)
    return [t.none, html`${pageTitle(t.none, { lead: t.noneLead })}${buttonRow(linkButton({ label: t.toList, href: '/lotsen/geraete', kind: 'secondary' }))}`];
  if (sharedDevice.removed === true) return [t.removed, pageTitle(t.removed, { preline: sharedDevice.name, lead: t.removedLead })];
  if (sharedDevice.visitId === undefined && query.has('anbieter'))
    return [
      t.setUp,
      html`${pageTitle(t.setUp, { preline: sharedDevice.name, lead: t.setUpLead })}<kontor-device data-closed data-then="${PROVIDER_SIGN_OUT_PATH}">${buttonRow(linkButton({ label: t.atProvider, href: PROVIDER_SIGN_OUT_PATH }))}</kontor-device>`,
    ];
  if (sharedDevice.visitId === undefined)
    return [
      t.closed,
      html`${pageTitle(t.closed, { preline: sharedDevice.name, lead: t.closedLead })}<kontor-device data-closed>${buttonRow(linkButton({ label: t.goOn, href: DEVICE_PATH }))}</kontor-device>`,
    ];
  const rules = [t.idle, t.nothing, t.passkey].map((rule) => html`<li>${rule}</li>`);
  const ways = buttonRow(linkButton({ label: t.begin, href: '/' }), linkButton({ label: t.signIn, href: '/anmelden', kind: 'secondary' }));
  return [
    t.open,
    html`${pageTitle(t.open, { preline: sharedDevice.name, lead: t.openLead })}${ways}${section(t.rules, html`<ul class="kern-list kern-list--bullet">${rules}</ul>`)}`,
  ];
}
