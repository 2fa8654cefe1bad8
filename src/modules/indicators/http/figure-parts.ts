import type { Indicator } from '../../../kernel/indicator.ts';
import { legalDay } from '../../../kernel/time.ts';
import { trafficLight } from '../../../platform/ui/alert.ts';
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
  if (light !== undefined) return trafficLight(light.light, lang);
  return html`<span class="k-muted">${target === undefined ? t.noLight : t.noLightNow}</span>`;
}

export function targetText({ target, unit }: Indicator, lang: Lang): string {
  return target === undefined ? '' : indicatorTexts(lang).targetOf(showFigure(lang, unit, target.value), formatDate(lang, target.by));
}

export const asOfText = ({ asOf }: Indicator, lang: Lang): string => (asOf === undefined ? indicatorTexts(lang).never : formatInstant(lang, asOf));
