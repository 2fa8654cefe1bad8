import { CITY_ZONE } from '../../../kernel/time.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { KeptRow } from '../application/surge-state.ts';
import type { Item } from '../domain/checklist.ts';
import { gateTexts } from './gate-texts.ts';
import { duration, GATE_STATE_NAMES, MEASURE_NAMES, surgeTexts } from './texts.ts';

/** `4,12 m` or `4.12 m`. */
export const level = (lang: Lang, metres: number): string => `${lang === 'en' ? metres.toFixed(2) : metres.toFixed(2).replace('.', ',')} m`;

/** A time with its machine form; of today only the hour: `14:20`, `28.11. 14:20`. */
export const moment = (at: Temporal.Instant, now: Temporal.Instant): Html => html`<time datetime="${at.toString()}">${momentWords(at, now)}</time>`;

export function momentWords(at: Temporal.Instant, now: Temporal.Instant): string {
  const [then, today] = [at.toZonedDateTimeISO(CITY_ZONE), now.toZonedDateTimeISO(CITY_ZONE)];
  const hour = then.toPlainTime().toString({ smallestUnit: 'minute' });
  return then.toPlainDate().equals(today.toPlainDate()) ? hour : `${then.day}.${then.month}. ${hour}`;
}

const minutesSince = (at: Temporal.Instant, now: Temporal.Instant): number => (now.epochMilliseconds - at.epochMilliseconds) / 60_000;

export const age = (at: Temporal.Instant, now: Temporal.Instant): string => duration(Math.max(0, minutesSince(at, now)));

/** `in 2 h 05 min (14:20)`, or that it is too late. */
export function until(at: Temporal.Instant | null, minutesLeft: number | null, now: Temporal.Instant, lang: Lang): Html {
  if (at === null || minutesLeft === null) return html`–`;
  const t = surgeTexts(lang);
  return minutesLeft < 0
    ? html`${badge('danger', `${t.late}: ${duration(minutesLeft)}`)} ${moment(at, now)}`
    : html`${moment(at, now)} <span class="k-muted">(${duration(minutesLeft)})</span>`;
}

export const measureName = ({ measure }: Pick<Item, 'measure'>, lang: Lang): Html =>
  lang === 'en' ? html`${MEASURE_NAMES[measure.key] ?? measure.title}` : html`<span lang="de">${measure.title}</span>`;

/** State of a gate with all that is doubtful about it. */
export function gateState({ judged }: Pick<KeptRow, 'judged'>, lang: Lang): Html {
  const t = gateTexts(lang);
  const kinds = { closed: 'success', closing: 'info', open: 'warning', faulty: 'danger', unknown: 'neutral' } as const;
  return html`${badge(judged.contradiction ? 'danger' : kinds[judged.state], GATE_STATE_NAMES[lang][judged.state])} ${judged.contradiction ? badge('danger', t.contradiction) : ''} ${
    judged.silent ? badge('warning', t.silent) : ''
  }`;
}

/** Who says how the gate stands, and how long ago. */
export function gateSource({ gate, judged }: KeptRow, now: Temporal.Instant, lang: Lang): Html {
  const t = gateTexts(lang);
  if (judged.at === null) return html`${t.nobody}`;
  const ago = surgeTexts(lang).ago(age(judged.at, now));
  return html`${judged.source === 'person' ? (gate.person?.by ?? t.person) : t.sensor}, ${ago}`;
}
