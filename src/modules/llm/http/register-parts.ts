import type { Registered } from '../application/register.ts';
import type { ModelEntry, ModelUse } from '../domain/register.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { llmTexts } from './texts.ts';

const dayOf = (lang: Lang, day: string): string => formatShortDate(lang, Temporal.PlainDate.from(day));
/** Words that the operator entered, in German. */
const german = (text: string): Html => html`<span lang="de">${text}</span>`;

const stateBadge = (active: boolean, lang: Lang): Html => badge(active ? 'success' : 'neutral', llmTexts(lang)[active ? 'active' : 'inactive']);

/** Models as everybody may see them. */
export function modelTable(models: readonly Registered<ModelEntry>[], lang: Lang, more: readonly Column<Registered<ModelEntry>>[] = []): Html {
  const t = llmTexts(lang);
  return dataTable<Registered<ModelEntry>>(
    [
      { label: t.model, rowHeader: true, cell: ({ entry }) => german(entry.label) },
      { label: t.data, cell: ({ entry }) => t[entry.dataClass] },
      { label: t.place, cell: ({ entry }) => (entry.outside ? t.outside : t.inside) },
      { label: t.legalBasis, cell: ({ entry }) => german(entry.legalBasis) },
      { label: t.contact, cell: ({ entry }) => german(entry.contact) },
      { label: t.since, cell: ({ entry }) => dayOf(lang, entry.since) },
      { label: t.state, cell: ({ active }) => stateBadge(active, lang) },
      ...more,
    ],
    models,
    { caption: t.models, captionHidden: true, lang, empty: t.noModels },
  );
}

const USE_DATA = { public: 'usePublic', internal: 'useInternal', personal: 'usePersonal' } as const;

/** Uses as everybody may see them. @param switching a column for the administration, which finds the rest in the register */
export function useTable(uses: readonly Registered<ModelUse>[], lang: Lang, switching?: Column<Registered<ModelUse>>): Html {
  const t = llmTexts(lang);
  const law: readonly Column<Registered<ModelUse>>[] = [
    { label: t.legalBasis, cell: ({ entry }) => german(entry.legalBasis) },
    { label: t.openTo, cell: ({ entry }) => t[entry.openTo] },
    { label: t.contact, cell: ({ entry }) => german(entry.contact) },
    { label: t.since, cell: ({ entry }) => dayOf(lang, entry.since) },
  ];
  return dataTable<Registered<ModelUse>>(
    [
      { label: t.use, rowHeader: true, cell: ({ entry }) => entry.title[lang] },
      { label: t.purpose, cell: ({ entry }) => entry.purpose[lang] },
      { label: t.riskClass, cell: ({ entry }) => t[entry.riskClass] },
      { label: t.data, cell: ({ entry }) => t[USE_DATA[entry.dataClass]] },
      ...(switching === undefined ? law : []),
      { label: t.state, cell: ({ active }) => stateBadge(active, lang) },
      ...(switching === undefined ? [] : [switching]),
    ],
    uses,
    { caption: t.uses, captionHidden: true, lang },
  );
}
