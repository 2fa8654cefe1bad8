import { alert, badge, type Kind as BadgeKind } from '../../../platform/ui/alert.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { formatDate, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { inLanguage, LIGHT_WORDS, reasonSentence, RULE, setSentence } from '../application/reason-words.ts';
import type { Standing } from '../application/read-strategy.ts';
import type { Kind, Light, Provenance, Words } from '../domain/items.ts';
import type { Status } from '../domain/status.ts';
import { measureHref, unitHref } from './frame.ts';
import { cockpitTexts } from './texts.ts';

export const BADGES: Readonly<Record<Light | 'none', BadgeKind | 'neutral'>> = { green: 'success', yellow: 'warning', red: 'danger', none: 'neutral' };

/** A text of the strategy; where the language is missing, the German one with a mark. */
export function words(text: Words, lang: Lang): Html {
  const { text: found, missing } = inLanguage(text, lang);
  if (!missing) return html`${found}`;
  return html`<span lang="de">${found}</span> <span class="k-muted">(${cockpitTexts(lang).onlyGerman})</span>`;
}

/** The same where only a text may stand, e.g. in a page's title. */
export const plainWords = (text: Words, lang: Lang): string => inLanguage(text, lang).text;

export function provenanceWords(provenance: Provenance, lang: Lang): Html {
  const t = cockpitTexts(lang);
  const { source, on } = 'source' in provenance ? provenance : { source: undefined, on: undefined };
  const day = on === undefined ? '' : ` (${formatShortDate(lang, Temporal.PlainDate.from(on))})`;
  return source === undefined ? html`<span class="k-muted">${t.own}</span>` : html`<span class="k-muted">${t.source(`${source}${day}`)}</span>`;
}

export const shortDay = (lang: Lang, iso: string): string => formatShortDate(lang, Temporal.PlainDate.from(iso));

export const lightBadge = (light: Light | 'none', lang: Lang): Html => badge(BADGES[light], LIGHT_WORDS[light][lang]);

/** Why a light is as it is; a light set by hand says so first. */
export function whyParts(status: Status, { strategy, indicators }: Pick<Standing, 'strategy' | 'indicators'>, lang: Lang): Html {
  const name = (key: string): string => indicators?.get(key)?.name[lang] ?? key;
  const sentences = [setSentence(status, lang), ...status.reasons.map((reason) => reasonSentence(reason, strategy, lang, name))].filter(
    (one) => one !== undefined,
  );
  return html`<ul class="k-list">${sentences.map((one) => html`<li>${one}</li>`)}</ul>`;
}

export const rulePart = (lang: Lang): Html => accordion(cockpitTexts(lang).rule, RULE[lang]);

/** Measures in rows: light and why, unit, end. The rule stands below. */
export function measureTable(stands: Standing, measures: readonly Kind<'measure'>[], lang: Lang, options: { readonly caption: string }): Html {
  const t = cockpitTexts(lang);
  const { strategy, statuses } = stands;
  const unit: Column<Kind<'measure'>> = {
    label: t.unit,
    minor: true,
    cell: ({ unit: key }) => html`${words(strategy.unit.get(key)?.title ?? { de: key, en: key, leicht: key }, lang)}`,
  };
  const table = dataTable<Kind<'measure'>>(
    [
      { label: t.measure, rowHeader: true, cell: ({ title }) => words(title, lang) },
      { label: t.light, cell: ({ key }) => lightBadge(statuses.get(key)!.light, lang) },
      { label: t.why, cell: ({ key }) => whyParts(statuses.get(key)!, stands, lang) },
      unit,
      { label: t.until, cell: ({ endsOn }) => shortDay(lang, endsOn) },
    ],
    measures,
    { caption: options.caption, captionHidden: true, lang, empty: t.none, href: ({ key }) => measureHref(key) },
  );
  return html`${table}${measures.length === 0 ? '' : rulePart(lang)}`;
}

export const unitLink = ({ strategy }: Pick<Standing, 'strategy'>, key: string, lang: Lang, linked: boolean): Html => {
  const name = words(strategy.unit.get(key)?.title ?? { de: key, en: key, leicht: key }, lang);
  return linked ? html`<a class="kern-link" href="${unitHref(key)}">${name}</a>` : name;
};

/** Says that a day gone by is shown and what nobody knows of it any more, and leads back. */
export function standsOnPart({ past, day, statuses }: Pick<Standing, 'past' | 'day' | 'statuses'>, lang: Lang, path: string): Html {
  const t = cockpitTexts(lang);
  if (!past) return html``;
  const unknown = [...statuses.values()].some(({ reasons }) => reasons.some(({ why }) => why === 'indicators-not-kept'));
  return alert(
    'info',
    t.standsOn(formatDate(lang, day)),
    html`${unknown ? html`<p class="kern-body">${t.notKept}</p>` : ''}<p class="kern-body"><a class="kern-link" href="${path}">${t.backToNow}</a></p>`,
  );
}

/** Asks how it stood on a day. */
export function asOfForm(lang: Lang, path: string, typed: string, wrong: boolean): Html {
  const t = cockpitTexts(lang);
  const inner = form({ action: path, method: 'get' }, [
    dateField({ name: 'stand', label: t.asOfField, lang, value: typed, ...(wrong ? { error: t.badDay } : {}) }),
    buttonRow(button({ label: t.show, kind: 'secondary' })),
  ]);
  return accordion(t.asOf, inner, { open: wrong });
}
