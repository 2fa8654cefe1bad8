import type { Problem } from '../../../kernel/problem.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
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
import type { LiveHub } from '../../../platform/live/hub.ts';
import { card, cardGrid } from '../../../platform/ui/alert.ts';
import { tabs } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { mapFigure } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { live, section } from '../../../platform/ui/parts.ts';
import { book, freeSlots, type FreeSlot } from '../application/appointments.ts';
import type { GuidesContext } from '../application/context.ts';
import { comingDays, seePlace, seePlaces, type SeenPlace } from '../application/places.ts';
import { draw, queueOf } from '../application/queue.ts';
import { clockTime, type Frame } from './frame.ts';
import { OFFER_NAMES } from './place-names.ts';
import { dayName, hoursTable, kindLine, offerList, openBadge, placeFacts, waitSentence } from './place-parts.ts';
import { placeTexts } from './place-texts.ts';
import { placeLive } from './queue-pages.ts';

const PLACES = '/hilfe-vor-ort';

/** Where guides are, for everybody: map and list, one place with its queue and its appointments. */
export function placePages(ctx: GuidesContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    getPage(PLACES, 'public', async (visit) => showPlaces(ctx, frame, visit)),
    getPage(`${PLACES}/:place`, 'public', async (visit) => showPlace(ctx, frame, visit)),
    getPage(`${PLACES}/:place/live`, 'public', async (visit) => placeLive(ctx, hub, visit)),
    postPage(
      `${PLACES}/:place/nummer`,
      'public',
      async (visit) => {
        const drawn = await draw(ctx, visit.params['place']!);
        return drawn.ok ? redirect(`${PLACES}/nummer/${drawn.value.code}`) : problemPage(drawn.problem);
      },
      { limit: 'scarce' },
    ),
    postPage(`${PLACES}/:place/termin`, 'public', async (visit) => bookAt(ctx, frame, visit), { limit: 'scarce' }),
  ];
}

async function showPlaces(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const { lang } = visit;
  const t = placeTexts(lang);
  const seen = await seePlaces(ctx);
  const waits = await Promise.all(seen.map(async ({ place, state }) => (state.open ? waitSentence(await queueOf(ctx, place), lang) : '')));
  const today = legalDay(visit.now);
  const markers = seen.map(({ place: { position } }, index) => ({ position, label: String(index + 1), active: true }));
  const cards = seen.map(({ place, state }, index) =>
    card({
      preline: `${index + 1} · ${kindLine(place, lang, today)}`,
      title: place.name,
      href: `${PLACES}/${place.key}`,
      level: 2,
      badge: openBadge({ state }, lang),
      body: html`<p class="kern-body" lang="de">${place.address}</p><p class="kern-body">${offerList(place, lang)}</p>${waits[index] === '' ? '' : html`<p class="kern-body"><strong>${waits[index]}</strong></p>`}`,
    }),
  );
  const main = html`${pageTitle(t.title, { lead: t.lead })}${seen.length === 0 ? html`<p class="kern-body">${t.none}</p>` : html`${mapFigure({ lang, title: t.map, markers })}${cardGrid(cards)}`}`;
  return answerHtml(page(frame(visit), { title: t.title, main, frame: true, scripts: seen.length === 0 ? [] : ['map'] }));
}

/** The day whose times are shown: the wished one, else the first on which the place opens. */
function wishedDay(visit: Visit, days: readonly Temporal.PlainDate[]): Temporal.PlainDate | undefined {
  const wish = 'fields' in visit ? (visit as FormVisit).fields.get('tag') : visit.query.get('tag');
  return days.find((day) => day.toString() === wish) ?? days[0];
}

async function showPlace(ctx: GuidesContext, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const found = await seePlace(ctx, visit.params['place']!);
  if (!found.ok) return problemPage(found.problem);
  const { lang } = visit;
  const t = placeTexts(lang);
  const { place, state } = found.value;
  const today = legalDay(visit.now);
  const days = place.desks === 0 ? [] : comingDays(place, visit.now);
  const day = wishedDay(visit, days);
  const slots = day === undefined ? [] : await freeSlots(ctx, place, day);
  const wait = waitSentence(await queueOf(ctx, place), lang);
  const at = `${PLACES}/${place.key}`;
  const queue = state.open
    ? html`<p class="kern-body">${t.queueLead} <strong>${wait}</strong></p>${buttonForm(`${at}/nummer`, { label: t.draw })}`
    : html`<p class="kern-body">${t.queueClosed}</p>`;
  const main = html`${errorSummary(problem?.fields ?? [], lang, problem?.fields === undefined ? problem?.detail : undefined)}
${pageTitle(place.name, { preline: kindLine(place, lang, today), ...(place.note === '' ? {} : { lead: html`<span lang="de">${place.note}</span>` }) })}
${live(`${at}/live`, 'ort', placeFacts(found.value, wait, lang))}
${section(t.queue, html`${queue}<p class="kern-body"><a class="kern-link" href="${at}/anzeige">${t.display}</a></p>`)}
${section(t.book, bookingPart(found.value, { visit, days, day, slots, problem }), { id: 'termin' })}
${section(t.when, hoursTable(place, today, lang))}`;
  const crumbs = [{ label: t.title, href: PLACES }, { label: place.name }];
  return answerHtml(
    page(frame(visit), { title: place.name, main, breadcrumb: crumbs, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}

interface Bookable {
  readonly visit: Visit | FormVisit;
  readonly days: readonly Temporal.PlainDate[];
  readonly day: Temporal.PlainDate | undefined;
  readonly slots: readonly FreeSlot[];
  readonly problem: Problem | undefined;
}

function bookingPart({ place }: SeenPlace, { visit, days, day, slots, problem }: Bookable): Html {
  const { lang } = visit;
  const t = placeTexts(lang);
  if (place.desks === 0) return html`<p class="kern-body">${t.noDesks}</p>`;
  if (day === undefined) return html`<p class="kern-body">${t.noDays}</p>`;
  const at = `${PLACES}/${place.key}`;
  const today = legalDay(visit.now);
  const choice = tabs(
    days.map((one) => ({
      label: dayName(one, today, lang),
      href: `${at}?tag=${one.toString()}`,
      current: one.equals(day),
    })),
    lang,
    t.days,
  );
  return html`<p class="kern-body">${t.bookLead}</p><h3 class="kern-heading-small">${t.dayTitle}</h3>${choice}${slots.length === 0 ? html`<p class="kern-body">${t.noSlots}</p>` : bookingForm(place, { visit, day, slots, problem }, lang)}`;
}

function bookingForm(place: SeenPlace['place'], { visit, day, slots, problem }: Omit<Bookable, 'days'>, lang: Lang): Html {
  const t = placeTexts(lang);
  const typed = (name: string): { value?: string } => ('fields' in visit ? { value: visit.fields.get(name) ?? '' } : {});
  const base = (name: string, label: string) => ({ name, label, lang, ...typed(name), ...errorOf(problem?.fields ?? [], name) });
  return form(
    { action: `${PLACES}/${place.key}/termin`, hidden: { tag: day!.toString() } },
    html`${radioGroup({ ...base('at', t.time), required: true, inline: true, options: slots.map((slot) => ({ value: clockTime(slot.at), label: clockTime(slot.at) })) })}
${selectField({ ...base('topic', t.topic), required: true, empty: true, options: place.offers.map((value) => ({ value, label: OFFER_NAMES[value][lang] })) })}
${textField({ ...base('email', t.email), type: 'email', hint: t.emailHint, required: false, autocomplete: 'email' })}
${buttonRow(button({ label: t.bookNow }))}`,
  );
}

async function bookAt(ctx: GuidesContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const { fields, lang } = visit;
  const at = instantTyped(fields.get('tag') ?? '', fields.get('at') ?? '');
  const booked = await book(ctx, { placeKey: visit.params['place']!, at, topic: fields.get('topic') ?? '', lang, email: fields.get('email') ?? '' });
  if (booked.ok) return redirect(`${PLACES}/termin/${booked.value.code}?neu=1`);
  return booked.problem.kind === 'not-found' ? problemPage(booked.problem) : showPlace(ctx, frame, visit, booked.problem);
}

function instantTyped(day: string, time: string): Temporal.Instant | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time)) return undefined;
  try {
    return Temporal.PlainDateTime.from(`${day}T${time}`, { overflow: 'reject' }).toZonedDateTime(CITY_ZONE).toInstant();
  } catch {
    return undefined;
  }
}
