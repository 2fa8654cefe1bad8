import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { deviceCookies, SET_UP_PATH } from '../../../platform/http/shared-device.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { GuidesContext } from '../application/context.ts';
import { changeDevice, deskDevices, setUpDevice, type DeskDevice, type DeviceAction } from '../application/devices.ts';
import { allPlaces } from '../application/places.ts';
import { deskTexts } from './desk-texts.ts';
import { deviceTexts } from './device-texts.ts';
import { clockTime, GUIDES, type Frame } from './frame.ts';

const AT = '/lotsen/geraete';

/** The guides' list of shared devices: set up on the device itself, opened and closed from the desk. */
export function devicePages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  const change = (word: string, action: DeviceAction): AnyRoute =>
    postPage(`${AT}/:id/${word}`, GUIDES, async (visit) => {
      const done = await changeDevice(ctx, visit.actor, visit.params['id']!, action);
      return done.ok ? redirect(AT) : problemPage(done.problem);
    });
  return [
    getPage(AT, GUIDES, async (visit) => showDevices(ctx, frame, visit)),
    postPage(AT, GUIDES, async (visit) => {
      const made = await setUpDevice(ctx, visit, { place: visit.fields.get('place') ?? '', name: visit.fields.get('name') ?? '' });
      return made.ok ? redirect(SET_UP_PATH, deviceCookies(made.value.token, visit.cookies)) : showDevices(ctx, frame, visit, made.problem);
    }),
    change('oeffnen', 'open'),
    change('schliessen', 'close'),
    change('entfernen', 'remove'),
  ];
}

async function showDevices(ctx: GuidesContext, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const { lang } = visit;
  const t = deviceTexts(lang);
  const problems = problem?.fields ?? [];
  const typed = (name: string): { value?: string } => ('fields' in visit ? { value: visit.fields.get(name) ?? '' } : {});
  const places = (await allPlaces(ctx)).map(({ place }) => ({ value: place.key, label: place.name }));
  const fields = html`${selectField({ name: 'place', label: t.place, lang, required: true, empty: true, options: places, ...typed('place'), ...errorOf(problems, 'place') })}
${textField({ name: 'name', label: t.deviceName, hint: t.nameHint, lang, required: true, ...typed('name'), ...errorOf(problems, 'name') })}
${buttonRow(button({ label: t.make, kind: 'secondary' }))}`;
  const main = html`${errorSummary(problems, lang)}${pageTitle(t.title, { lead: t.lead })}
${deviceTable(await deskDevices(ctx), lang)}
${section(t.setUp, html`<p class="kern-body">${t.setUpLead}</p>${form({ action: AT }, fields)}`)}`;
  const crumbs = [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.title }];
  return answerHtml(
    page(frame(visit), { title: t.title, main, breadcrumb: crumbs, wide: true, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}

function deviceTable(devices: readonly DeskDevice[], lang: Lang): Html {
  const t = deviceTexts(lang);
  const act = ({ id, name }: DeskDevice, word: string, label: string, kind: 'primary' | 'secondary' | 'tertiary'): Html =>
    buttonForm(`${AT}/${id}/${word}`, { label, kind, small: true, context: name });
  return dataTable<DeskDevice>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => html`<span lang="de">${name}</span>` },
      { label: t.place, cell: ({ placeName }) => html`<span lang="de">${placeName}</span>` },
      { label: t.state, cell: ({ openSince }) => (openSince === undefined ? badge('neutral', t.closed) : badge('success', t.open(clockTime(openSince)))) },
      {
        label: t.actions,
        cell: (one) =>
          buttonRow(
            act(one, 'oeffnen', one.openSince === undefined ? t.openNow : t.next, 'primary'),
            one.openSince === undefined ? undefined : act(one, 'schliessen', t.close, 'secondary'),
            act(one, 'entfernen', t.remove, 'tertiary'),
          ),
      },
    ],
    devices,
    { caption: t.title, captionHidden: true, lang, empty: t.none },
  );
}
