import { OPEN_LICENCE } from '../../../kernel/open-data.ts';
import type { Settings } from '../../../platform/context.ts';
import { openFile, openTable } from '../../../platform/http/open-data.ts';
import { getPage, html as answerHtml, type AnyRoute, type DataVisit } from '../../../platform/http/route.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { copyable, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { CockpitContext } from '../application/context.ts';
import { measureRows, strategyData } from '../application/open-data.ts';
import { standing, type Standing } from '../application/read-strategy.ts';
import { model } from '../application/model.ts';
import type { Strategy } from '../domain/items.ts';
import { dataTexts } from './data-texts.ts';
import { dayAsked, HOME, type Frame } from './frame.ts';
import { plainWords } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { fieldsInOrder } = model;

/** The strategy as open data, and the page that says how to use them. */
export function dataRoutes(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  const asked = async (visit: DataVisit): Promise<Result<Standing, ReturnType<typeof invalidField>>> => {
    const { day, wrong } = dayAsked(visit);
    if (wrong === true) return refuse(invalidField('stand', 'Diesen Tag gibt es nicht. Schreiben Sie ihn als Jahr-Monat-Tag, zum Beispiel 2026-06-30.'));
    return ok(await standing(ctx, day));
  };
  return [
    openFile(`${HOME}/daten.json`, async (visit) => {
      const stands = await asked(visit);
      if (!stands.ok) return stands;
      const body = JSON.stringify(strategyData(stands.value, ctx.settings));
      return ok({ mediaType: 'application/json; charset=utf-8', fileName: 'strategie.json', inline: true, body });
    }),
    openFile(`${HOME}/daten.csv`, async (visit) => {
      const stands = await asked(visit);
      return stands.ok ? ok(openTable(`strategie-${stands.value.day.toString()}.csv`, measureRows(stands.value))) : stands;
    }),
    getPage(`${HOME}/daten`, 'public', async (visit) => answerHtml(dataPage(frame(visit), await ctx.history.now(), ctx.settings))),
  ];
}

/** For the attribute of a page that is not ours. */
const inAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function dataPage(view: PageView, strategy: Strategy, { publicUrl, city }: Settings): Html {
  const { lang } = view;
  const t = dataTexts(lang);
  const link = (path: string): Html => html`<a class="kern-link" href="${path}">${publicUrl}${path}</a>`;
  const rows = [
    { label: t.json, value: link(`${HOME}/daten.json`) },
    { label: t.csv, value: link(`${HOME}/daten.csv`) },
    { label: t.catalogue, value: link('/ogc/dcat') },
    { label: t.licence, value: html`<a class="kern-link" href="${OPEN_LICENCE}">dl-de/by-2-0</a>` },
    { label: t.attribution, value: city },
  ];
  const embeds = [['ampel', t.all] as const, ...fieldsInOrder(strategy).map((field) => [field.key, plainWords(field.title, lang)] as const)];
  const list = embeds.map(
    ([what, label]) =>
      html`<li>${copyable(`<iframe src="${publicUrl}${HOME}/einbetten/${what}" title="${inAttribute(label)}" width="100%" height="420"></iframe>`, lang, label)}</li>`,
  );
  const main = html`${pageTitle(t.title, { lead: t.lead })}${summaryList(rows, lang)}<p class="kern-body">${t.asOf}</p>
${section(t.embed, html`<p class="kern-body">${t.embedLead}</p><ul class="k-list">${list}</ul>`)}`;
  return page(view, { title: t.title, main, breadcrumb: [{ label: cockpitTexts(lang).title, href: HOME }, { label: t.title }] });
}
