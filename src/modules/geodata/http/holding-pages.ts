import { badge } from '../../../platform/ui/alert.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textField } from '../../../platform/ui/form.ts';
import { formatDate, formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Description, Holding } from '../application/administer.ts';
import type { ImportOrder } from '../application/import-orders.ts';
import { describeForm, HOLDINGS_PATH, importForms, makeForm, type Typed } from './holding-forms.ts';
import { holdingFormTexts } from './holding-form-texts.ts';
import { holdingTexts } from './holding-texts.ts';
import { ordersTable } from './import-pages.ts';
import { importTexts } from './import-texts.ts';
import { OGC } from './ogc-answers.ts';

export const administers = ({ actor }: PageView): boolean => actor.kind === 'staff' && actor.roles.includes('administration');

const crumbs = (lang: Lang, ...more: readonly { readonly label: string; readonly href?: string }[]) => {
  const t = holdingTexts(lang);
  return [{ label: t.administration, href: '/verwaltung' }, { label: t.title, ...(more.length === 0 ? {} : { href: HOLDINGS_PATH }) }, ...more];
};

/** All collections, for those who look after them. */
export function holdingsPage(view: PageView, list: readonly Holding[], orders: readonly ImportOrder[], typed?: Typed): Html {
  const { lang } = view;
  const t = holdingTexts(lang);
  const table = dataTable<Holding>(
    [
      { label: t.collection, rowHeader: true, cell: ({ collection }) => html`<span lang="de">${collection.title}</span>` },
      { label: t.owner, cell: ({ collection }) => collection.about.owner ?? t.noOwner },
      { label: t.licence, cell: ({ collection }) => (collection.about.licence === undefined ? t.noLicence : lastPart(collection.about.licence)) },
      { label: t.access, cell: ({ collection }) => t[collection.access] },
      { label: t.features, numeric: true, cell: ({ collection }) => formatNumber(lang, collection.features) },
      { label: t.freshness, cell: (one) => html`${freshBadge(one, lang)} ${formatInstant(lang, one.collection.changedAt)}` },
      { label: t.lastImport, cell: (one) => lastOf(one, lang) },
    ],
    list,
    { caption: t.title, captionHidden: true, lang, empty: t.none, dense: true, href: ({ collection }) => `${HOLDINGS_PATH}/${collection.id}` },
  );
  const neu = administers(view) ? section(t.new, makeForm(lang, typed), { id: 'neu' }) : '';
  return page(view, {
    title: t.title,
    main: html`${errorSummary(typed?.problems ?? [], lang)}${pageTitle(t.title, { lead: t.lead })}${table}${section(importTexts(lang).imports, ordersTable(orders, lang))}${neu}`,
    wide: true,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang),
  });
}

const lastPart = (address: string): string => address.replace(/\/+$/, '').split('/').slice(-2).join('/');

function freshBadge({ freshness }: Holding, lang: Lang): Html {
  const t = holdingTexts(lang);
  return badge(freshness === 'fresh' ? 'success' : freshness === 'overdue' ? 'warning' : 'neutral', t[freshness]);
}

function lastOf({ lastImport }: Holding, lang: Lang): string {
  const t = holdingTexts(lang);
  if (lastImport === undefined) return t.never;
  const { rowsRead, rejected, state, startedAt } = lastImport;
  const word = state === 'running' ? t.running : importTexts(lang)[state];
  return `${word}, ${formatInstant(lang, startedAt)}: ${t.last(formatNumber(lang, rowsRead), formatNumber(lang, rejected))}`;
}

/** One collection: what is told of it, how data come in, and what came. */
export function holdingPage(view: PageView, one: Holding, orders: readonly ImportOrder[], typed?: Typed): Html {
  const { lang } = view;
  const t = holdingTexts(lang);
  const tf = holdingFormTexts(lang);
  const { id, title, about, access, features, changedAt, dataAsOf } = one.collection;
  const facts = factList([
    { label: t.id, value: id },
    { label: t.features, value: formatNumber(lang, features) },
    { label: t.owner, value: about.owner ?? t.noOwner },
    { label: t.licence, value: about.licence ?? t.noLicence },
    { label: t.access, value: t[access] },
    { label: t.freshness, value: html`${freshBadge(one, lang)} ${formatInstant(lang, changedAt)}` },
    ...(dataAsOf === undefined ? [] : [{ label: t.dataAsOf, value: formatDate(lang, dataAsOf) }]),
    { label: t.lastImport, value: lastOf(one, lang) },
    { label: t.quality, value: about.quality ?? t.unknown },
  ]);
  const forms = administers(view) ? importForms(lang, id, typed) : undefined;
  const links = buttonRow(
    ...(administers(view) ? [linkButton({ label: t.describe, href: `${HOLDINGS_PATH}/${id}/beschreiben`, kind: 'secondary' })] : []),
    linkButton({ label: t.show, href: `${OGC}/collections/${id}?f=html`, kind: 'secondary' }),
    ...(administers(view) ? [linkButton({ label: t.remove, href: `${HOLDINGS_PATH}/${id}/loeschen`, kind: 'tertiary' })] : []),
  );
  return page(view, {
    title,
    main: html`${errorSummary(typed?.problems ?? [], lang)}${pageTitle(title, { lead: one.collection.description })}${facts}${links}
${section(importTexts(lang).imports, ordersTable(orders, lang))}
${forms === undefined ? '' : html`${section(tf.upload, forms.upload, { id: 'datei' })}${section(tf.fetch, forms.fetch, { id: 'adresse' })}`}`,
    wide: true,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang, { label: title }),
  });
}

export function describePage(view: PageView, { collection }: Holding, known: Description, problems: Typed['problems']): Html {
  const { lang } = view;
  const t = holdingTexts(lang);
  return page(view, {
    title: t.describe,
    main: html`${errorSummary(problems, lang)}${pageTitle(t.describe, { lead: collection.title })}${describeForm(lang, collection.id, known, problems)}`,
    hasErrors: problems.length > 0,
    breadcrumb: crumbs(lang, { label: collection.title, href: `${HOLDINGS_PATH}/${collection.id}` }, { label: t.describe }),
  });
}

/** The question before everything of a collection is gone. */
export function removePage(view: PageView, { collection }: Holding, typed?: Typed): Html {
  const { lang } = view;
  const t = holdingTexts(lang);
  const { id, title, features } = collection;
  const body = form({ action: `${HOLDINGS_PATH}/${id}/loeschen` }, [
    textField({
      name: 'confirm',
      lang,
      label: t.id,
      hint: t.confirmHint,
      spellcheck: false,
      value: typed?.fields.get('confirm') ?? '',
      ...errorOf(typed?.problems ?? [], 'confirm'),
    }),
    buttonRow(button({ label: t.remove, kind: 'danger' }), linkButton({ label: t.keep, href: `${HOLDINGS_PATH}/${id}`, kind: 'secondary' })),
  ]);
  return page(view, {
    title: t.remove,
    main: html`${errorSummary(typed?.problems ?? [], lang)}${pageTitle(t.remove)}${alert('warning', title, t.removeBody(title, formatNumber(lang, features)))}${body}`,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang, { label: title, href: `${HOLDINGS_PATH}/${id}` }, { label: t.remove }),
  });
}
