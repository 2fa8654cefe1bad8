import type { Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { CountedService } from '../application/context.ts';
import type { ServiceFigures } from '../application/figures.ts';
import { bars, byValue, countTable, labelOf, onlineShareNote, shareText, sourceOf, stepName, tensText, valueName } from './figure-parts.ts';
import type { Frame, UsageDesk } from './frame.ts';
import { texts } from './texts.ts';
import type { Sum } from '../domain/kept.ts';

const FUNNEL = ['link-followed', 'landing-shown', 'landing-onward', 'service-shown', 'check-done', 'form-begun', 'form-submitted'];

export interface ServiceStages {
  readonly stages: readonly { readonly step: string; readonly count: number; readonly of: 'requests' | 'cases' }[];
  readonly pages: readonly { readonly id: string; readonly title: string; readonly reached: number; readonly leftHere: number }[];
  readonly fields: readonly { readonly field: string; readonly label: string; readonly count: number }[];
}

/** The way through one service, in tens; 0 stands for fewer than ten. */
export function stagesOf(service: CountedService, sums: readonly Sum[], figures: ServiceFigures | undefined, lang: Lang): ServiceStages {
  const countOf = (step: string, dimension: Sum['dimension'] = 'all', value = ''): number =>
    sums.find((one) => one.step === step && one.dimension === dimension && one.value === value)?.count ?? 0;
  const requests = FUNNEL.map((step) => ({ step, count: countOf(step), of: 'requests' as const }));
  return {
    stages: [
      // campaigns lead to few services: their steps are told where there are any
      ...requests.filter(({ step, count }) => count > 0 || !step.startsWith('l')),
      { step: 'case-submitted', count: figures?.submitted ?? 0, of: 'cases' },
      { step: 'case-decided', count: figures?.decided ?? 0, of: 'cases' },
    ],
    pages: service.pages.map(({ id, title }) => ({ id, title: title[lang], reached: countOf('form-page', 'page', id), leftHere: figures?.leftAt[id] ?? 0 })),
    fields: byValue(sums, 'field', ['form-refused']).map(({ value, count }) => ({ field: value, label: fieldName(service, value, lang), count })),
  };
}

function fieldName(service: CountedService, value: string, lang: Lang): string {
  const [pageId = '', fieldId = ''] = value.split('/');
  const found = service.pages.find(({ id }) => id === pageId);
  const field = found?.fields.find(({ id }) => id === fieldId);
  return found === undefined ? value : `${found.title[lang]}: ${field?.label[lang] ?? fieldId}`;
}

export async function servicePage(desk: UsageDesk, frame: Frame, visit: Visit, service: CountedService): Promise<Html> {
  const { lang } = visit;
  const t = texts(lang);
  const figures = await desk.figures.read();
  const own = figures.services.find(({ key }) => key === service.key);
  const sums = await desk.figures.sumsOf(service.key);
  const { stages, pages, fields } = stagesOf(service, sums, own, lang);
  const source = sourceOf(figures, lang);
  const known = stages.filter(({ count }) => count > 0).map(({ step, count }) => ({ label: stepName(step, lang), count }));
  const dimension = (title: string, name: 'device' | 'lang' | 'mode' | 'excluded'): Html =>
    section(
      title,
      countTable(
        title,
        title,
        t.count,
        byValue(sums, name, name === 'excluded' ? undefined : ['form-begun']).map(({ value, count }) => ({ label: valueName(name, value, lang), count })),
        lang,
      ),
    );
  const main = html`${pageTitle(service.name[lang], { preline: t.title })}
${
  own === undefined
    ? ''
    : html`${factList([
        { label: t.usage, value: shareText(own.usage.share, lang), note: `${t.ofMonths(String(own.countedMonths), '12')}; ${labelOf(own.usage, lang)}` },
        { label: t.completion, value: shareText(own.completion.share, lang), note: labelOf(own.completion, lang) },
      ])}${onlineShareNote(lang)}`
}
${section(t.funnel, html`${stageTable(stages, lang)}${known.length === 0 ? '' : bars(t.funnel, t.stepLabel, source, known, lang)}`)}
${section(
  t.dropOff,
  dataTable<(typeof pages)[number]>(
    [
      { label: t.pageOfForm, rowHeader: true, cell: ({ title }) => title },
      { label: t.reached, numeric: true, cell: ({ reached }) => tensText(reached, lang) },
      { label: t.leftHere, numeric: true, cell: ({ leftHere }) => tensText(leftHere, lang) },
    ],
    pages,
    { caption: t.dropOff, captionHidden: true, lang },
  ),
)}
${section(t.fields, html`<p class="kern-body">${t.fieldsNote}</p>${countTable(t.fields, t.field, t.refused, fields, lang)}`)}
${dimension(t.devices, 'device')}${dimension(t.langs, 'lang')}${dimension(t.modes, 'mode')}${dimension(t.excluded, 'excluded')}`;
  return page(frame(visit), {
    title: `${service.name[lang]} – ${t.title}`,
    main,
    asOf: figures.asOf,
    breadcrumb: [{ label: t.back, href: '/transparenz' }, { label: service.name[lang] }],
  });
}

function stageTable(stages: ServiceStages['stages'], lang: Lang): Html {
  const t = texts(lang);
  return dataTable<ServiceStages['stages'][number]>(
    [
      { label: t.stepLabel, rowHeader: true, cell: ({ step }) => stepName(step, lang) },
      { label: t.count, numeric: true, cell: ({ count }) => tensText(count, lang) },
      { label: t.of, cell: ({ of }) => (of === 'cases' ? t.casesOf : t.requests) },
    ],
    stages,
    { caption: t.funnel, captionHidden: true, lang },
  );
}
