import { assetUrl } from '../../../platform/http/assets.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { dataRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { FRAMED_HEADERS } from '../../../platform/http/security-headers.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, htmlLang, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { CockpitContext } from '../application/context.ts';
import { standing, type Standing } from '../application/read-strategy.ts';
import { LIGHT_WORDS, ruleOn } from '../application/reason-words.ts';
import { model } from '../application/model.ts';
import type { Kind } from '../domain/items.ts';
import { dataTexts } from './data-texts.ts';
import { fieldHref, HOME } from './frame.ts';
import { lightBadge, plainWords, shortDay, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { countLights, fieldsInOrder, LIGHTS, measuresOfField, noItem } = model;

/** Bare pages for the frames of other sites: the one place of the city that may be framed. */
export function embedRoutes(ctx: CockpitContext): AnyRoute[] {
  return [
    dataRoute('get', `${HOME}/einbetten/:what`, 'public', async (visit) => {
      const stands = await standing(ctx);
      const what = visit.params['what']!;
      const field = stands.strategy.field.get(what);
      if (what !== 'ampel' && field === undefined) return dataRefusal(noItem, visit);
      const body = await barePage(stands, field, visit.lang, ctx.settings.publicUrl);
      return { status: 200, headers: { ...FRAMED_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }, body: body.toString() };
    }),
  ];
}

function barePage(stands: Standing, field: Kind<'field'> | undefined, lang: Lang, publicUrl: string): Html {
  const t = dataTexts(lang);
  const title = field === undefined ? cockpitTexts(lang).title : plainWords(field.title, lang);
  const style = assetUrl('main.css');
  const href = field === undefined ? HOME : fieldHref(field.key);
  return html`<!doctype html>
<html lang="${htmlLang(lang)}" data-lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${style === undefined ? '' : html`<link rel="stylesheet" href="${style}">`}
</head>
<body class="k-page"><main class="k-main"><h1 class="kern-heading-medium">${title}</h1>
${field === undefined ? countTable(stands, lang) : measuresTable(stands, field, lang)}
<p class="kern-hint">${ruleOn(stands.day)[lang]}</p>
<p class="kern-body">${t.source(formatDate(lang, stands.day))} <a class="kern-link" href="${publicUrl}${href}" target="_blank" rel="noopener">${t.whole}</a></p></main></body>
</html>`;
}

function countTable({ strategy, statuses }: Standing, lang: Lang): Html {
  const t = cockpitTexts(lang);
  return dataTable<Kind<'field'>>(
    [
      { label: t.field, rowHeader: true, cell: ({ title }) => words(title, lang) },
      ...[...LIGHTS, 'none' as const].map((light) => ({
        label: LIGHT_WORDS[light][lang],
        numeric: true,
        cell: ({ key }: Kind<'field'>) => countLights(measuresOfField(strategy, key).map((one) => statuses.get(one.key)!))[light],
      })),
    ],
    fieldsInOrder(strategy),
    { caption: t.fields, captionHidden: true, lang, empty: t.empty },
  );
}

function measuresTable({ strategy, statuses }: Standing, field: Kind<'field'>, lang: Lang): Html {
  const t = cockpitTexts(lang);
  return dataTable<Kind<'measure'>>(
    [
      { label: t.measure, rowHeader: true, cell: ({ title }) => words(title, lang) },
      { label: t.light, cell: ({ key }) => lightBadge(statuses.get(key)!.light, lang) },
      { label: t.until, cell: ({ endsOn }) => shortDay(lang, endsOn) },
    ],
    measuresOfField(strategy, field.key),
    { caption: t.measures, captionHidden: true, lang, empty: t.noMeasures },
  );
}
