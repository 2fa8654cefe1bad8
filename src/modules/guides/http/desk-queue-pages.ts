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
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textField } from '../../../platform/ui/form.ts';
import { html, LANG_NAMES, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { live, section } from '../../../platform/ui/parts.ts';
import { bookedAt, bookedOutside } from '../application/appointments.ts';
import type { GuidesContext } from '../application/context.ts';
import { allPlaces, seePlace, type SeenPlace } from '../application/places.ts';
import { call, calledByMe, callOnceMore, finish, missedToday, queueOf } from '../application/queue.ts';
import type { Appointment } from '../domain/appointment.ts';
import type { QueueNumber } from '../domain/queue.ts';
import { deskPlaceTexts } from './desk-place-texts.ts';
import { deskTexts } from './desk-texts.ts';
import { dayAndSpan, GUIDES, type Frame } from './frame.ts';
import { OFFER_NAMES } from './place-names.ts';
import { openBadge, waitSentence } from './place-parts.ts';

const AT = '/lotsen/orte';
const DESK_COOKIE = 'kontor_lotsen_platz';

/** The desk at a place: who is next, what is booked. */
export function deskQueuePages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(AT, GUIDES, async (visit) => showList(ctx, frame, visit)),
    getPage(`${AT}/:place`, GUIDES, async (visit) => showQueue(ctx, frame, visit)),
    postPage(`${AT}/:place/aufrufen`, GUIDES, async (visit) => {
      const desk = visit.fields.get('desk') ?? '';
      const called = await call(ctx, visit.actor, visit.params['place']!, { desk, current: numberOf(visit.fields.get('meine')) });
      if (!called.ok) return problemPage(called.problem);
      const cookies = [{ name: DESK_COOKIE, value: encodeURIComponent(desk.slice(0, 40)), maxAgeSeconds: 12 * 3600 }];
      return redirect(`${AT}/${visit.params['place']}${called.value === undefined ? '?niemand=1' : ''}`, cookies);
    }),
    postPage(`${AT}/:place/nochmal`, GUIDES, async (visit) => {
      const again = { number: numberOf(visit.fields.get('nummer')), desk: savedDesk(visit) };
      const done = await callOnceMore(ctx, visit.actor, visit.params['place']!, again);
      if (done.ok) return redirect(`${AT}/${visit.params['place']}`);
      return done.problem.kind === 'not-found' ? problemPage(done.problem) : showQueue(ctx, frame, visit, done.problem);
    }),
    postPage(`${AT}/:place/fertig`, GUIDES, async (visit) => {
      const done = await finish(ctx, visit.actor, visit.params['place']!, visit.fields.get('ergebnis') === 'fehlt' ? 'absent' : 'served');
      if (done.ok) return redirect(`${AT}/${visit.params['place']}`);
      return done.problem.kind === 'not-found' ? problemPage(done.problem) : showQueue(ctx, frame, visit, done.problem);
    }),
  ];
}

const numberOf = (text: string | null): number => (/^\d{1,6}$/.test(text ?? '') ? Number(text) : 0);

async function showList(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const { lang } = visit;
  const t = deskPlaceTexts(lang);
  const seen = await Promise.all((await allPlaces(ctx)).map(async (one) => ({ ...one, waiting: (await queueOf(ctx, one.place)).waiting })));
  const table = dataTable<SeenPlace & { readonly waiting: number }>(
    [
      { label: t.name, rowHeader: true, cell: ({ place }) => html`<span lang="de">${place.name}</span>` },
      { label: t.state, cell: (one) => openBadge(one, lang) },
      { label: t.waiting, numeric: true, cell: ({ waiting }) => waiting },
    ],
    seen,
    { caption: t.title, captionHidden: true, lang, empty: t.none, href: ({ place }) => `${AT}/${place.key}` },
  );
  const main = html`${pageTitle(t.title)}${buttonRow(linkButton({ label: t.add, href: '/lotsen/orte/neu', icon: 'add' }))}${table}`;
  return answerHtml(page(frame(visit), { title: t.title, main, breadcrumb: [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.title }] }));
}

function savedDesk({ cookies }: Visit): string {
  try {
    return decodeURIComponent(cookies[DESK_COOKIE] ?? '').slice(0, 40);
  } catch {
    return '';
  }
}

async function showQueue(ctx: GuidesContext, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const found = await seePlace(ctx, visit.params['place']!);
  if (!found.ok) return problemPage(found.problem);
  const { lang } = visit;
  const t = deskPlaceTexts(lang);
  const { place } = found.value;
  const at = `${AT}/${place.key}`;
  const queue = await queueOf(ctx, place);
  const mine = await calledByMe(ctx, visit.actor, place);
  const missed = await missedToday(ctx, visit.actor, place);
  const booked = await bookedAt(ctx, visit.actor, place);
  const outside = await bookedOutside(ctx, visit.actor, place);
  const nobody = visit.query.get('niemand') === '1' ? alert('info', t.nobody) : '';
  const current =
    mine === undefined
      ? ''
      : html`<p class="k-lead">${t.current(String(mine.number))}</p>${buttonRow(buttonForm(`${at}/fertig`, { label: t.served, kind: 'secondary' }), againButton(at, mine, t.again), buttonForm(`${at}/fertig`, { label: t.absent, kind: 'tertiary' }, { ergebnis: 'fehlt' }))}`;
  const main = html`${errorSummary([], lang, problem?.detail)}${pageTitle(place.name, { badge: openBadge(found.value, lang) })}
${buttonRow(linkButton({ label: t.edit, href: `${at}/bearbeiten`, kind: 'secondary', icon: 'edit' }), linkButton({ label: t.publicPage, href: `/hilfe-vor-ort/${place.key}`, kind: 'tertiary' }))}
${section(
  t.waiting,
  html`${nobody}${live(`/hilfe-vor-ort/${place.key}/live`, 'schlange', html`<p class="kern-body"><strong>${waitSentence(queue, lang)}</strong></p>`)}${current}
${form({ action: `${at}/aufrufen`, hidden: { meine: String(mine?.number ?? 0) } }, html`${textField({ name: 'desk', label: t.desk, hint: t.deskHint, lang, required: false, value: savedDesk(visit), width: 'm' })}${buttonRow(button({ label: t.next }))}`)}
${missed.length === 0 ? '' : missedPart(at, missed, lang)}`,
)}
${section(t.appointments, appointmentTable(booked, visit))}
${outside.length === 0 ? '' : section(t.outsideTitle, html`<p class="kern-body">${t.outsideLead}</p>${appointmentTable(outside, visit, t.outsideTitle)}`)}`;
  const crumbs = [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.title, href: AT }, { label: place.name }];
  return answerHtml(
    page(frame(visit), { title: place.name, main, breadcrumb: crumbs, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}

const againButton = (at: string, { number }: QueueNumber, label: string): Html =>
  buttonForm(`${at}/nochmal`, { label, kind: 'secondary', context: String(number) }, { nummer: String(number) });

function missedPart(at: string, missed: readonly QueueNumber[], lang: Lang): Html {
  const t = deskPlaceTexts(lang);
  const columns = [
    { label: t.number, rowHeader: true, cell: ({ number }: QueueNumber) => number },
    { label: t.again, cell: (one: QueueNumber) => againButton(at, one, t.again) },
  ];
  return html`<h3 class="kern-title">${t.missed}</h3><p class="kern-body">${t.missedLead}</p>${dataTable<QueueNumber>(columns, missed, { caption: t.missed, captionHidden: true, lang })}`;
}

function appointmentTable(booked: readonly Appointment[], { lang }: Visit, caption = deskPlaceTexts(lang).appointments): Html {
  const t = deskPlaceTexts(lang);
  return dataTable<Appointment>(
    [
      { label: t.at, rowHeader: true, cell: ({ startsAt, endsAt }) => dayAndSpan(lang, startsAt, endsAt) },
      { label: t.about, cell: ({ topic }) => OFFER_NAMES[topic][lang] },
      { label: t.lang, cell: ({ lang: spoken }) => LANG_NAMES[spoken] },
      { label: t.desk, numeric: true, cell: ({ desk }) => desk },
    ],
    booked,
    { caption, captionHidden: true, lang, empty: t.noAppointments },
  );
}
