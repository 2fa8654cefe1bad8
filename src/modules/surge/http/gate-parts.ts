import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { KeptRow } from '../application/surge-state.ts';
import { gateTexts } from './gate-texts.ts';
import { gateSource, gateState, level, moment, until } from './shown.ts';
import { GATE_KIND_NAMES } from './texts.ts';

/** Gates in the order they come in. @param sort links of the columns that can be sorted by */
export function gateTable(
  rows: readonly KeptRow[],
  now: Temporal.Instant,
  base: string,
  lang: Lang,
  sort: Readonly<Record<string, Column<KeptRow>['sort']>> = {},
): Html {
  const t = gateTexts(lang);
  const by = (name: string): Pick<Column<KeptRow>, 'sort'> => (sort[name] === undefined ? {} : { sort: sort[name] });
  return dataTable<KeptRow>(
    [
      { label: t.gate, rowHeader: true, cell: ({ gate }) => html`<span lang="de">${gate.code} ${gate.name}</span>`, ...by('code') },
      { label: t.polder, cell: ({ gate }) => html`<span lang="de">${gate.polder}</span>`, ...by('polder') },
      { label: t.kind, cell: ({ gate }) => GATE_KIND_NAMES[lang][gate.kind], minor: true },
      { label: t.state, cell: (row) => gateState(row, lang) },
      { label: t.saidBy, cell: (row) => gateSource(row, now, lang) },
      { label: t.closing, numeric: true, cell: ({ gate }) => level(lang, gate.closingMetres), ...by('level') },
      { label: t.water, cell: ({ due }) => (due.waterAt === null ? '–' : moment(due.waterAt, now)) },
      { label: t.begin, cell: ({ shut, due }) => (shut ? '–' : until(due.beginBy, due.minutesLeft, now, lang)), ...by('due') },
      { label: t.pilot, cell: ({ gate }) => html`<span lang="de">${gate.pilot}</span>`, ...by('pilot') },
    ],
    rows,
    { caption: t.title, captionHidden: true, lang, dense: true, empty: t.noneOpen, shortcuts: true, href: ({ gate }) => `${base}/tore/${gate.id}` },
  );
}
