import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { buttonForm, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { copyable, factList, live } from '../../../platform/ui/parts.ts';
import { cancel, readAppointment, type KnownAppointment } from '../application/appointments.ts';
import { calendarFile } from '../application/calendar-file.ts';
import type { GuidesContext } from '../application/context.ts';
import { seePlace } from '../application/places.ts';
import { leave, queueOf, readNumber, type OwnNumber } from '../application/queue.ts';
import { dayAndSpan, type Frame } from './frame.ts';
import { OFFER_NAMES } from './place-names.ts';
import { openBadge, waitSentence } from './place-parts.ts';
import { placeTexts } from './place-texts.ts';

const PLACES = '/hilfe-vor-ort';

/** What belongs to a code (an appointment, a number), and the display at a place. */
export function queuePages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${PLACES}/termin/:code`, 'public', async (visit) => showAppointment(ctx, frame, visit)),
    getPage(`${PLACES}/termin/:code/kalender.ics`, 'public', async (visit) => {
      const found = await readAppointment(ctx, visit.params['code']!);
      if (!found.ok) return problemPage(found.problem);
      const { summary } = placeTexts(visit.lang);
      const file = calendarFile(found.value, { summary, url: `${ctx.settings.publicUrl}${PLACES}/termin/${visit.params['code']}` }, visit.now);
      return { kind: 'file', bytes: Buffer.from(file), mediaType: 'text/calendar; charset=utf-8', fileName: 'termin.ics' };
    }),
    postPage(`${PLACES}/termin/:code/absagen`, 'public', async (visit) => {
      const done = await cancel(ctx, visit.params['code']!);
      return done.ok ? redirect(`${PLACES}/termin/${visit.params['code']}`) : problemPage(done.problem);
    }),
    getPage(`${PLACES}/nummer/:code`, 'public', async (visit) => showNumber(ctx, frame, visit)),
    postPage(`${PLACES}/nummer/:code/zurueckgeben`, 'public', async (visit) => {
      const done = await leave(ctx, visit.params['code']!);
      return done.ok ? redirect(`${PLACES}/nummer/${visit.params['code']}`) : problemPage(done.problem);
    }),
    getPage(`${PLACES}/:place/anzeige`, 'public', async (visit) => showDisplay(ctx, frame, visit)),
  ];
}

/** That something happened at a place: its page and its display ask again. */
export async function placeLive(ctx: GuidesContext, hub: LiveHub, visit: Visit): Promise<Answer> {
  const found = await seePlace(ctx, visit.params['place']!);
  if (!found.ok) return problemPage(found.problem);
  const stream = `place:${found.value.place.id}`;
  return liveAnswer({ hub, allowed: (entry) => entry.stream === stream, shown: () => ({}) });
}

async function showAppointment(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const code = visit.params['code']!;
  const found = await readAppointment(ctx, code);
  if (!found.ok) return problemPage(found.problem);
  const { lang } = visit;
  const t = placeTexts(lang);
  const { appointment, place } = found.value;
  const at = `${PLACES}/termin/${code}`;
  const isNew = visit.query.get('neu') === '1';
  const over = Temporal.Instant.compare(appointment.startsAt, visit.now) <= 0;
  const calendar = linkButton({ label: t.calendar, href: `${at}/kalender.ics`, kind: appointment.cancelledAt === null ? 'primary' : 'tertiary' });
  const actions =
    over || appointment.cancelledBy === 'person'
      ? ''
      : appointment.cancelledBy === 'place'
        ? buttonRow(linkButton({ label: t.bookAgain, href: `${PLACES}/${place.key}` }), calendar)
        : buttonRow(calendar, buttonForm(`${at}/absagen`, { label: t.cancel, kind: 'secondary' }));
  const main = html`${pageTitle(t.appointment)}${appointmentState(found.value, isNew, lang)}${factList([
    { label: t.at, value: dayAndSpan(lang, appointment.startsAt, appointment.endsAt) },
    { label: t.place, value: html`<a class="kern-link" href="${PLACES}/${place.key}" lang="de">${place.name}</a>`, note: place.address },
    { label: t.about, value: OFFER_NAMES[appointment.topic][lang] },
  ])}${copyable(code, lang, t.code)}<p class="kern-body">${t.codeLead} ${t.kept}</p>${actions}`;
  return answerHtml(page(frame(visit), { title: t.appointment, main }));
}

function appointmentState({ appointment, outside }: KnownAppointment, isNew: boolean, lang: Lang): Html | string {
  const t = placeTexts(lang);
  if (appointment.cancelledBy === 'place') return alert('warning', t.calledOff, t.calledOffText);
  if (appointment.cancelledBy === 'person') return alert('info', t.cancelled);
  const stays = outside ? alert('info', t.staysTitle, t.staysText) : '';
  return html`${isNew ? alert('success', t.booked) : ''}${stays}`;
}

async function showNumber(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const code = visit.params['code']!;
  const found = await readNumber(ctx, code);
  if (!found.ok) return problemPage(found.problem);
  const { lang } = visit;
  const t = placeTexts(lang);
  const { number, place } = found.value;
  const part = html`<p class="k-number"><span class="kern-sr-only">${t.yourNumber}: </span><strong>${number.number}</strong></p>${numberState(found.value, lang)}
${number.state === 'waiting' ? buttonRow(linkButton({ label: t.askAgain, href: `${PLACES}/nummer/${code}` }), buttonForm(`${PLACES}/nummer/${code}/zurueckgeben`, { label: t.leave, kind: 'secondary' })) : ''}`;
  const main = html`${pageTitle(t.yourNumber, { preline: place.name })}${live(`${PLACES}/${place.key}/live`, 'nummer', part)}
<p class="kern-body"><a class="kern-link" href="${PLACES}/${place.key}">${place.name}</a></p>`;
  return answerHtml(page(frame(visit), { title: `${t.yourNumber}: ${number.number}`, main }));
}

function numberState({ number, ahead, minutes }: OwnNumber, lang: Lang): Html {
  const t = placeTexts(lang);
  switch (number.state) {
    case 'waiting':
      return html`<p class="kern-body"><strong>${t.ahead(String(ahead))}</strong> ${minutes === undefined ? t.unknown : t.minutes(String(minutes))}</p>`;
    case 'called':
      return alert('success', t.calledTo(number.desk ?? ''));
    case 'absent':
      return alert('warning', t.numberMissed, t.numberMissedText);
    case 'closed':
      return alert('info', t.numberClosed, t.numberClosedText);
    case 'left':
      return alert('info', t.numberLeft);
    default:
      return alert('info', t.numberOver);
  }
}

/** For the screen at the place: large, live, nothing of anybody but numbers. */
async function showDisplay(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const found = await seePlace(ctx, visit.params['place']!);
  if (!found.ok) return problemPage(found.problem);
  const { lang } = visit;
  const t = placeTexts(lang);
  const { place } = found.value;
  const queue = await queueOf(ctx, place);
  const called =
    queue.called.length === 0
      ? html`<p class="kern-body">${t.nobodyCalled}</p>`
      : html`<ol class="k-called">${queue.called.slice(0, 6).map(({ number, desk }) => html`<li><strong>${number}</strong>${desk === null || desk === '' ? '' : html`<span lang="de">${desk}</span>`}</li>`)}</ol>`;
  const main = html`${pageTitle(place.name, { badge: openBadge(found.value, lang) })}${live(
    `${PLACES}/${place.key}/live`,
    'anzeige',
    html`<h2 class="kern-heading-medium">${t.nowServed}</h2>${called}<p class="k-lead">${waitSentence(queue, lang)}</p>`,
  )}`;
  const crumbs = [{ label: t.title, href: PLACES }, { label: place.name, href: `${PLACES}/${place.key}` }, { label: t.display }];
  return answerHtml(page(frame(visit), { title: `${place.name} – ${t.display}`, main, frame: true, asOf: queue.asOf, breadcrumb: crumbs }));
}
