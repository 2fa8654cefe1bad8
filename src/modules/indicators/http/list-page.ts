import type { Indicator } from '../../../kernel/indicator.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField } from '../../../platform/ui/form.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { openDataPart } from '../../../platform/ui/open-data.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { asOfText, figureReason, figureText, lightPart, targetText } from './figure-parts.ts';
import { indicatorTexts } from './texts.ts';

export const LIST = '/strategie/kennzahlen';

export interface ListParts {
  readonly indicators: readonly Indicator[];
  readonly service: string | undefined;
  readonly services: readonly { readonly value: string; readonly label: string }[];
  readonly administers: boolean;
  readonly city: string;
}

/** All indicators of the city, or of one service. */
export function listPage(view: PageView, { indicators, service, services, administers, city }: ListParts): Html {
  const { lang } = view;
  const t = indicatorTexts(lang);
  const asked = service === undefined ? '' : `?leistung=${encodeURIComponent(service)}`;
  const main = html`${pageTitle(t.title, { lead: t.lead })}${serviceChoice(services, service, view)}${dataTable<Indicator>(
    [
      { label: t.indicator, rowHeader: true, cell: ({ name }) => name[lang] },
      { label: t.figure, cell: (one) => html`<strong>${figureText(one, lang)}</strong> ${figureReason(one, lang)}` },
      ...(service === undefined
        ? [
            { label: t.light, cell: (one: Indicator) => lightPart(one, lang) },
            { label: t.target, cell: (one: Indicator) => targetText(one, lang), minor: true },
          ]
        : []),
      { label: t.asOf, cell: (one) => asOfText(one, lang), minor: true },
      { label: t.origin, cell: ({ origin }) => t[origin] },
    ],
    indicators,
    { caption: t.title, captionHidden: true, lang, href: ({ key }) => `${LIST}/${key}` },
  )}<p class="kern-hint">${t.wholeMonths}</p>${administers ? buttonRow(linkButton({ label: t.administer, href: '/verwaltung/kennzahlen', kind: 'secondary' })) : ''}${openDataPart(
    city,
    lang,
    [
      { label: t.csv, href: `${LIST}.csv${asked}` },
      { label: 'JSON', href: `/api/indicators${asked.replace('leistung', 'service')}` },
    ],
  )}`;
  return page(view, { title: t.title, main, wide: true, breadcrumb: [{ label: t.strategy, href: '/strategie' }, { label: t.title }] });
}

function serviceChoice(services: ListParts['services'], service: string | undefined, { lang }: PageView): Html | string {
  const t = indicatorTexts(lang);
  if (services.length === 0) return '';
  const field = selectField({ name: 'leistung', lang, label: t.choose, value: service ?? '', empty: t.allServices, options: services });
  return form({ action: LIST, method: 'get' }, html`${field}${buttonRow(button({ label: t.show, kind: 'secondary' }))}`);
}
