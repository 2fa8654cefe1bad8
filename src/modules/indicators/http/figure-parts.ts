import type { Indicator } from '../../../kernel/indicator.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { formatDate, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { showFigure } from '../application/show-figure.ts';
import { indicatorTexts } from './texts.ts';

/** The figure in words; what is not known is never a number. */
export function figureText({ state, unit }: Pick<Indicator, 'state' | 'unit'>, lang: Lang): string {
  const t = indicatorTexts(lang);
  switch (state.kind) {
    case 'known':
      return showFigure(lang, unit, state.value);
    case 'stale':
      return t.stale(showFigure(lang, unit, state.last), formatDate(lang, legalDay(state.since)));
    case 'unknown':
      return t.unknown;
    case 'suppressed':
      return t.suppressed;
  }
}

export const figureReason = ({ state }: Pick<Indicator, 'state'>, lang: Lang): Html | string =>
  state.kind === 'unknown' ? html`<span class="k-muted">${state.reason[lang]}</span>` : '';

export function lightPart({ light, target }: Indicator, lang: Lang): Html {
  const t = indicatorTexts(lang);
  if (light?.light === 'green') return badge('success', t.green);
  if (light?.light === 'yellow') return badge('warning', t.yellow);
  if (light?.light === 'red') return badge('danger', t.red);
  return html`<span class="k-muted">${target === undefined ? t.noLight : t.noLightNow}</span>`;
}

export function targetText({ target, unit }: Indicator, lang: Lang): string {
  return target === undefined ? '' : indicatorTexts(lang).targetOf(showFigure(lang, unit, target.value), formatDate(lang, target.by));
}

/** Figures from outside and snapshots are of a day, not of a moment. */
export function asOfText({ asOf }: Indicator, lang: Lang): string {
  if (asOf === undefined) return indicatorTexts(lang).never;
  const at = asOf.toZonedDateTimeISO(CITY_ZONE);
  return at.equals(at.startOfDay()) ? formatDate(lang, at.toPlainDate()) : formatInstant(lang, asOf);
}
