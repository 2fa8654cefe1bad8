import { z } from 'zod';
import { ok } from './kernel/result.ts';
import { legalDay } from './kernel/time.ts';
import type { Parameter, SetRow } from './kernel/parameter.ts';
import { PARAMETERS, PARAMETERS_FILE } from './parameters.ts';
import { apiRoute, getPage, html as answerHtml, type AnyRoute, type Visit } from './platform/http/route.ts';
import { dataTable } from './platform/ui/components.ts';
import { formatDate, formatNumber } from './platform/ui/formats.ts';
import { html, type Html } from './platform/ui/html.ts';
import { page, pageTitle } from './platform/ui/page.ts';
import { section } from './platform/ui/parts.ts';
import type { PageView } from './platform/ui/view.ts';

const READERS = ['administration', 'revision'] as const;
const VALUES = z.record(z.string(), z.union([z.number(), z.boolean(), z.array(z.number())]));

/** What the city may set, and what holds: read alone, the file is where it is set. */
export function parameterPages(frame: (visit: Visit) => PageView): AnyRoute[] {
  return [
    getPage('/verwaltung/parameter', READERS, async (visit) => answerHtml(parametersPage(frame(visit)))),
    apiRoute({
      method: 'get',
      path: '/api/parameters',
      access: READERS,
      tag: 'Verwaltung',
      summary: 'Was die Stadt einstellen kann: jeder Wert mit Tag, Quelle und Grenzen',
      output: z.object({
        items: z.array(
          z.object({
            key: z.string(),
            title: z.string(),
            bounds: z.string(),
            rows: z.array(z.object({ from: z.string(), value: VALUES, source: z.string(), own: z.boolean(), state: z.enum(['past', 'now', 'coming']) })),
          }),
        ),
        next: z.null(),
      }),
      handle: async ({ now }) =>
        ok({
          items: PARAMETERS.map((one) => ({
            ...{ key: one.key, title: one.title, bounds: boundsOf(one) },
            rows: one.rows().map((row) => ({ ...row, value: structuredClone(row.value) as z.output<typeof VALUES>, state: stateOf(one, row, legalDay(now)) })),
          })),
          next: null,
        }),
    }),
  ];
}

const STATES = { past: 'galt', now: 'gilt', coming: 'gilt später' } as const;

/** Before its first row, a parameter has the first. */
function stateOf(one: Parameter, row: SetRow, today: Temporal.PlainDate): keyof typeof STATES {
  if (one.rowOn(today) === row) return 'now';
  return row.from > today.toString() ? 'coming' : 'past';
}

const number = (value: number): string => formatNumber('de', value, Number.isInteger(value) ? 0 : 2);

function boundsOf({ fields }: Parameter): string {
  return Object.entries(fields)
    .map(([name, field]) =>
      'onOff' in field
        ? `${name} (${field.label}): ja oder nein`
        : `${name} (${field.label}): ${number(field.least)} bis ${number(field.most)} ${field.unit}`.trim(),
    )
    .join('; ');
}

function valueText({ fields }: Parameter, { value }: SetRow): string {
  return Object.entries(fields)
    .map(([name, field]) => {
      const set = value[name]!;
      if ('onOff' in field) return `${field.label}: ${set === true ? 'ja' : 'nein'}`;
      return `${field.label}: ${[set]
        .flat()
        .map((one) => number(Number(one)))
        .join(' und ')} ${field.unit}`.trim();
    })
    .join('; ');
}

function parametersPage(view: PageView): Html {
  const title = 'Parameter';
  const lead = `Was die Stadt ohne eine neue Fassung von Kontor ändern kann. Eingestellt wird es in services/${PARAMETERS_FILE}; es gilt nach dem nächsten Start. Jede Grenze steht im Programm.`;
  const today = legalDay(view.now);
  const parts = PARAMETERS.map((one) =>
    section(
      one.title,
      html`<p class="kern-hint"><code class="k-code">${one.key}</code> ${boundsOf(one)}</p>${dataTable(
        [
          { label: 'Wert', cell: (row: SetRow) => valueText(one, row), rowHeader: true },
          { label: 'Ab', cell: ({ from }) => formatDate('de', Temporal.PlainDate.from(from)) },
          { label: 'Heute', cell: (row) => STATES[stateOf(one, row, today)] },
          { label: 'Quelle', cell: ({ source }) => source },
          { label: 'Herkunft', cell: ({ own }) => (own ? PARAMETERS_FILE : 'mitgeliefert') },
        ],
        one.rows().toReversed(),
        { caption: one.title, captionHidden: true, lang: 'de', dense: true },
      )}`,
    ),
  );
  const main = html`${pageTitle(title, { lead })}${parts}`;
  return page(view, { title, main, wide: true, breadcrumb: [{ label: 'Verwaltung', href: '/verwaltung' }, { label: title }] });
}
