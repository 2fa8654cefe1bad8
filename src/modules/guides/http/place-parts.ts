import { badge } from '../../../platform/ui/alert.ts';
import { formatDate, formatRelativeDay, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList } from '../../../platform/ui/parts.ts';
import type { SeenPlace } from '../application/places.ts';
import type { QueueState } from '../application/queue.ts';
import type { Place } from '../domain/place.ts';
import { openingSentence } from './opening-sentence.ts';
import { ACCESS_NAMES, KIND_NAMES, OFFER_NAMES, WEEKDAYS } from './place-names.ts';
import { placeTexts } from './place-texts.ts';

export const openBadge = ({ state }: Pick<SeenPlace, 'state'>, lang: Lang): Html => badge(state.open ? 'success' : 'neutral', openingSentence(state, lang));

/** `Es warten: 3. Wartezeit etwa 20 Minuten.` What nobody has measured is not guessed. */
export function waitSentence({ waiting, minutes }: Pick<QueueState, 'waiting' | 'minutes'>, lang: Lang): string {
  const t = placeTexts(lang);
  if (waiting === 0) return t.waiting('0');
  return `${t.waiting(String(waiting))} ${minutes === undefined ? t.unknown : t.minutes(String(minutes))}`;
}

function days({ startsOn, endsOn }: Place, lang: Lang, today: Temporal.PlainDate): string | undefined {
  const t = placeTexts(lang);
  const coming = Temporal.PlainDate.compare(startsOn, today) > 0;
  if (endsOn === null) return coming ? t.from(formatDate(lang, startsOn)) : undefined;
  return coming ? t.fromUntil(formatDate(lang, startsOn), formatDate(lang, endsOn)) : t.until(formatDate(lang, endsOn));
}

/** `Pop-up. Bis 31. Dezember 2026` */
export function kindLine(place: Place, lang: Lang, today: Temporal.PlainDate): string {
  return [KIND_NAMES[place.kind][lang], days(place, lang, today)].filter((one) => one !== undefined).join(' · ');
}

export const offerList = ({ offers }: Place, lang: Lang): string => offers.map((one) => OFFER_NAMES[one][lang]).join(', ');

/** Everything that is stated of a place. */
export function placeFacts({ place, state }: SeenPlace, wait: string, lang: Lang): Html {
  const t = placeTexts(lang);
  return factList([
    { label: t.now, value: openingSentence(state, lang), ...(state.open ? { note: wait } : {}) },
    { label: t.where, value: html`<span lang="de">${place.address}</span>` },
    { label: t.offers, value: offerList(place, lang) },
    { label: t.access, value: place.access.length === 0 ? t.noAccess : place.access.map((one) => ACCESS_NAMES[one][lang]).join(', ') },
  ]);
}

/** `Heute, Sonntag, 29.11.2026` */
export function dayName(day: Temporal.PlainDate, today: Temporal.PlainDate, lang: Lang): string {
  const name = `${WEEKDAYS[day.dayOfWeek - 1]![lang]}, ${formatShortDate(lang, day)}`;
  const near = formatRelativeDay(lang, day, today);
  return today.until(day).days > 1 ? name : `${near[0]!.toUpperCase()}${near.slice(1)}, ${name}`;
}

/** A week of opening hours, and the days on which they do not hold. */
export function hoursTable({ hours, closedOn }: Place, today: Temporal.PlainDate, lang: Lang): Html {
  const t = placeTexts(lang);
  const rows = WEEKDAYS.map((name, index) => {
    const spans = hours[String(index + 1)] ?? [];
    return html`<div class="k-summary__row"><dt class="k-summary__label">${name[lang]}</dt><dd class="k-summary__value">${spans.length === 0 ? t.closed : spans.map(([from, until]) => `${from}–${until}`).join(', ')}</dd></div>`;
  });
  const coming = closedOn.map((day) => Temporal.PlainDate.from(day)).filter((day) => Temporal.PlainDate.compare(day, today) >= 0);
  const closed = coming.length === 0 ? '' : html`<p class="kern-body">${t.closedDays}: ${coming.map((day) => formatShortDate(lang, day)).join(', ')}</p>`;
  return html`<dl class="k-summary">${rows}</dl>${closed}`;
}
