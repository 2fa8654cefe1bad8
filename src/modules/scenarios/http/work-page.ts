import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { describePosition } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ScenarioPicture } from '../application/show.ts';
import type { PlanFeature, PlanKind } from '../domain/plan.ts';
import type { Variant } from '../domain/scenario.ts';
import { crumbsOf, groundOf, pathOf, planMap, sections, type Typed } from './parts.ts';
import { runSection } from './run-parts.ts';
import { scenarioFields } from './scenario-form.ts';
import { scenarioTexts } from './texts.ts';

const KINDS: readonly PlanKind[] = ['building', 'tree', 'closed', 'destination'];

/** What the page shows, and which form was refused. */
export interface WorkView {
  readonly picture: ScenarioPicture;
  readonly variant: Variant;
  /** Model whose form is open. */
  readonly process: string;
  readonly typed?: Typed & { readonly form: 'draw' | 'run' | 'variant' | 'describe' };
}

/** The page on which plans are drawn and models run. */
export function workPage(view: PageView, work: WorkView): Html {
  const { lang } = view;
  const { picture, variant, typed } = work;
  const { scenario, role, missing, variants, collections } = picture;
  const t = scenarioTexts(lang);
  const changes = role !== 'reader';
  const typedIn = (name: NonNullable<WorkView['typed']>['form']): Typed | undefined => (typed?.form === name ? typed : undefined);
  const main = html`${pageTitle(scenario.title, { preline: t.title, ...(scenario.question === '' ? {} : { lead: scenario.question }) })}
${sections(scenario.id, 'work', changes, lang)}
${errorSummary(typed?.problems ?? [], lang) ?? ''}
${missing.length === 0 ? '' : alert('warning', t.missing, t.missingText(missing.join(', ')))}
${section(t.variants, html`<p class="kern-body">${t.variantsText}</p>${variantTabs(scenario.id, variants, variant, lang)}`)}
${section(t.planOf(variant.name), planPart(work, lang), { id: 'plan' })}
${changes ? section(t.draw, drawForm(scenario.id, variant, typedIn('draw'), lang), { id: 'zeichnen' }) : ''}
${changes ? section(t.addVariant, variantForms(scenario.id, variants, variant, typedIn('variant'), lang)) : ''}
${changes ? runSection(picture, work.process, typedIn('run'), lang) : ''}
${
  changes
    ? accordion(
        t.describe,
        form({ action: pathOf(scenario.id) }, [scenarioFields(lang, collections, typedIn('describe'), scenario), buttonRow(button({ label: t.save }))]),
        { open: typedIn('describe') !== undefined },
      )
    : ''
}`;
  return page(view, {
    title: scenario.title,
    main,
    wide: true,
    scripts: ['plan'],
    breadcrumb: crumbsOf(lang, { label: scenario.title }),
    hasErrors: typed !== undefined,
  });
}

const variantTabs = (id: string, variants: readonly Variant[], current: Variant, lang: Lang): Html =>
  tabs(
    variants.map((one) => ({ label: one.name, href: `${pathOf(id)}?variante=${one.id}`, current: one.id === current.id, count: one.plan.length })),
    lang,
    scenarioTexts(lang).variants,
  );

function sizeText({ heightMetres, crownMetres }: PlanFeature, lang: Lang): string {
  const t = scenarioTexts(lang);
  const [high, wide] = [heightMetres, crownMetres].map((metres) => (metres === undefined ? undefined : formatNumber(lang, metres, 1)));
  return [high === undefined ? '' : t.high(high), wide === undefined ? '' : t.wide(wide)].filter((one) => one !== '').join(', ');
}

function firstSpot(coordinates: unknown): { readonly lon: number; readonly lat: number } {
  const list = coordinates as readonly unknown[];
  return typeof list[0] === 'number' ? { lon: list[0], lat: list[1] as number } : firstSpot(list[0]);
}

function planPart({ picture, variant }: WorkView, lang: Lang): Html {
  const { scenario, role } = picture;
  const t = scenarioTexts(lang);
  const changes = role !== 'reader';
  const at = `${pathOf(scenario.id)}/varianten/${variant.id}`;
  const erase = ({ id, kind, name }: PlanFeature): Html =>
    button({ label: t.erase, kind: 'tertiary', small: true, name: 'feature', value: id, context: name ?? `${t[kind]} ${id}` });
  const table = dataTable<PlanFeature>(
    [
      { label: t.number, cell: ({ id }) => id },
      { label: t.kind, rowHeader: true, cell: ({ kind, name }) => (name === undefined ? t[kind] : `${t[kind]}: ${name}`) },
      { label: t.size, cell: (one) => sizeText(one, lang) },
      { label: t.place, cell: ({ geometry }) => describePosition(firstSpot(geometry.coordinates), lang) },
      ...(changes ? [{ label: t.erase, cell: erase }] : []),
    ],
    variant.plan,
    { caption: t.planOf(variant.name), captionHidden: true, lang, dense: true, empty: t.noPlan },
  );
  return html`${variant.description === '' ? '' : html`<p class="kern-body">${variant.description}</p>`}
${planMap(scenario, variant, { title: t.mapOf(variant.name), lang, ground: groundOf(picture), ...(changes ? { draws: 'places' } : {}) })}
<p class="kern-hint">${t.legend}</p>
${changes ? html`<form method="post" action="${at}/radieren" data-guard>${table}</form>` : table}
${variant.plan.length === 0 ? '' : html`<p class="kern-body"><a class="kern-link" href="${at}/plan.geojson">${t.download}</a></p>`}`;
}

function drawForm(id: string, variant: Variant, typed: Typed | undefined, lang: Lang): Html {
  const t = scenarioTexts(lang);
  const problems = typed?.problems ?? [];
  const field = (name: string) => ({ name, lang, value: typed?.fields.get(name) ?? '', ...errorOf(problems, name) });
  const kinds = KINDS.map((kind) => ({ value: kind, label: t[kind] }));
  const action = `${pathOf(id)}/varianten/${variant.id}/zeichnen`;
  const kind = typed?.fields.get('kind') ?? 'building';
  return html`<p class="kern-body">${t.drawText}</p>
${form({ action }, [
  selectField({ ...field('kind'), value: kind, label: t.kind, options: kinds }),
  textArea({ ...field('places'), label: t.places, hint: t.placesHint, rows: 5 }),
  textField({ ...field('name'), label: t.label, required: false, maxLength: 120 }),
  numberField({ ...field('heightMetres'), label: t.height, hint: t.sizeHint, unit: 'm', decimal: true, required: false }),
  numberField({ ...field('crownMetres'), label: t.crown, hint: t.sizeHint, unit: 'm', decimal: true, required: false }),
  buttonRow(button({ label: t.drawButton })),
])}
${accordion(
  t.paste,
  form({ action, multipart: true, hidden: { kind } }, [
    textArea({ ...field('geojson'), label: t.geoJson, hint: t.geoJsonHint, rows: 6, required: false }),
    fileField({
      name: 'file',
      lang,
      label: t.file,
      accept: ['.geojson', '.json', 'application/geo+json'],
      maxMegabytes: 2,
      required: false,
      ...errorOf(problems, 'file'),
    }),
    buttonRow(button({ label: t.pasteButton, kind: 'secondary' })),
  ]),
  { open: problems.some((one) => one.field === 'geojson' || one.field === 'file') },
)}`;
}

function variantForms(id: string, variants: readonly Variant[], current: Variant, typed: Typed | undefined, lang: Lang): Html {
  const t = scenarioTexts(lang);
  const problems = typed?.problems ?? [];
  const value = (name: string): string => typed?.fields.get(name) ?? '';
  const add = form({ action: `${pathOf(id)}/varianten` }, [
    textField({ name: 'variantName', lang, label: t.label, value: value('variantName'), maxLength: 120, ...errorOf(problems, 'variantName') }),
    selectField({
      name: 'from',
      lang,
      label: t.from,
      value: value('from'),
      empty: t.empty,
      required: false,
      options: variants.map((one) => ({ value: one.id, label: one.name })),
    }),
    buttonRow(button({ label: t.addVariant, kind: 'secondary' })),
  ]);
  const at = `${pathOf(id)}/varianten/${current.id}`;
  const own = form({ action: at }, [
    textField({ name: 'newName', lang, label: t.label, value: typed?.fields.get('newName') ?? current.name, maxLength: 120, ...errorOf(problems, 'newName') }),
    textArea({
      ...{ name: 'description', lang, label: t.description, rows: 3, required: false, maxLength: 2000 },
      value: typed?.fields.get('description') ?? current.description,
      ...errorOf(problems, 'description'),
    }),
    buttonRow(button({ label: t.rename, kind: 'secondary' })),
  ]);
  const remove = current.id === variants[0]?.id ? '' : buttonForm(`${at}/loeschen`, { label: t.removeVariant, kind: 'tertiary', context: current.name });
  return html`${add}${accordion(`${t.aboutVariant}: ${current.name}`, html`${own}${remove}`, { open: problems.some((one) => one.field === 'newName' || one.field === 'description') })}`;
}
