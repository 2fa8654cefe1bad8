import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { buttonForm } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatQuantity } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Context } from '../../../platform/context.ts';
import { addRule, listNotices, listRules, removeRule, sayRule, type Notice, type WatchRule } from '../application/rules.ts';
import { sensorLayers } from '../application/stations.ts';
import { kindOf, readRuleForm, ruleForm, RULES_PATH, type Typed } from './watch-form.ts';
import { readNoticeCursor, writeNoticeCursor } from './notice-cursor.ts';
import { watchTexts } from './watch-texts.ts';

type Frame = (visit: Visit) => PageView;
type Ctx = Pick<Context, 'database' | 'journal' | 'clock'>;
const NOTICES_PATH = '/zwilling/hinweise';
const ROWS = 50;
const KIND = { hint: 'info', warning: 'warning', alarm: 'danger' } as const;

/** Rules on streams for the administration, and what they report for everybody. */
export function watchPages(ctx: Ctx, frame: Frame): AnyRoute[] {
  return [
    getPage(RULES_PATH, ['administration', 'revision'], async (visit) => answerHtml(await rulesPage(ctx, frame, visit))),
    postPage(RULES_PATH, ['administration'], async (visit) => {
      const done = await addRule(ctx, visit.actor, readRuleForm(visit.fields));
      if (done.ok) return redirect(RULES_PATH);
      return answerHtml(await rulesPage(ctx, frame, visit, { fields: visit.fields, problems: done.problem.fields ?? [] }), 422);
    }),
    postPage(`${RULES_PATH}/:id/beenden`, ['administration'], async (visit) => {
      const done = await removeRule(ctx, visit.actor, visit.params['id'] ?? '');
      return done.ok ? redirect(RULES_PATH) : problemPage(done.problem);
    }),
    getPage(NOTICES_PATH, 'public', async (visit) => answerHtml(await noticesPage(ctx, frame, visit))),
  ];
}

async function rulesPage(ctx: Ctx, frame: Frame, visit: Visit, typed?: Typed): Promise<Html> {
  const view = frame(visit);
  const { lang } = view;
  const t = watchTexts(lang);
  const [rules, layers] = [await listRules(ctx), await sensorLayers(ctx, visit.actor)];
  const administers = visit.actor.kind === 'staff' && visit.actor.roles.includes('administration');
  const kind = kindOf(typed?.fields.get('kind') ?? visit.query.get('art'));
  const neu = administers
    ? ruleForm(
        lang,
        kind,
        layers.map(({ layer }) => layer),
        typed,
      )
    : '';
  return page(view, {
    title: t.title,
    main: html`${pageTitle(t.title, { lead: t.lead })}${rulesTable(rules, lang, administers)}<p class="kern-body"><a class="kern-link" href="${NOTICES_PATH}">${t.notices}</a></p>${neu}`,
    wide: true,
    hasErrors: typed !== undefined,
    breadcrumb: [{ label: t.administration, href: '/verwaltung' }, { label: t.title }],
  });
}

function rulesTable(rules: readonly WatchRule[], lang: Lang, administers: boolean): Html {
  const t = watchTexts(lang);
  return dataTable<WatchRule>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => html`<span lang="de">${name}</span>` },
      { label: t.watched, cell: ({ layer, streamId }) => layer ?? t.stream(String(streamId)) },
      { label: t.condition, cell: (rule) => html`<span lang="de">${sayRule(rule)}</span>` },
      { label: t.severity, cell: ({ severity }) => badge(KIND[severity], t[severity]) },
      ...(administers
        ? [
            {
              label: t.end,
              cell: ({ id, name }: WatchRule) => buttonForm(`${RULES_PATH}/${id}/beenden`, { label: t.end, kind: 'tertiary', small: true, context: name }),
            },
          ]
        : []),
    ],
    rules,
    { caption: t.title, captionHidden: true, lang, empty: t.none },
  );
}

async function noticesPage(ctx: Ctx, frame: Frame, visit: Visit): Promise<Html> {
  const view = frame(visit);
  const { lang } = view;
  const t = watchTexts(lang);
  const open = visit.query.get('stand') !== 'alle';
  const before = readNoticeCursor(visit.query.get('nach') ?? undefined);
  const { notices, next } = await listNotices(ctx, visit.actor, { open, limit: ROWS, ...(before === undefined ? {} : { before }) });
  const state = open ? 'gilt' : 'alle';
  const switches = tabs(
    [
      { label: t.onlyOpen, href: `${NOTICES_PATH}?stand=gilt`, current: open },
      { label: t.all, href: `${NOTICES_PATH}?stand=alle`, current: !open },
    ],
    lang,
  );
  const pages = pagination(next === undefined ? {} : { next: `${NOTICES_PATH}?stand=${state}&nach=${writeNoticeCursor(next)}` }, lang);
  return page(view, {
    title: t.notices,
    main: html`${pageTitle(t.notices, { lead: t.noticesLead })}${switches}${noticesTable(notices, lang)}${pages ?? ''}`,
    wide: true,
  });
}

function noticesTable(notices: readonly Notice[], lang: Lang): Html {
  const t = watchTexts(lang);
  const when = (at: Temporal.Instant | null): string => (at === null ? t.never : formatInstant(lang, at));
  return dataTable<Notice>(
    [
      { label: t.severity, cell: ({ severity }) => badge(KIND[severity], t[severity]) },
      { label: t.name, rowHeader: true, cell: ({ ruleName }) => html`<span lang="de">${ruleName}</span>` },
      { label: t.where, cell: ({ thingName, streamName }) => html`<span lang="de">${thingName}: ${streamName}</span>` },
      {
        label: t.value,
        numeric: true,
        cell: ({ value, unit }) => (value === null ? '–' : formatQuantity(lang, value, unit)),
      },
      { label: t.measured, cell: ({ measuredAt }) => when(measuredAt) },
      { label: t.raised, cell: ({ raisedAt }) => when(raisedAt) },
      { label: t.state, cell: ({ clearedAt }) => (clearedAt === null ? t.open : t.cleared(when(clearedAt))) },
    ],
    notices,
    { caption: t.notices, captionHidden: true, lang, empty: t.noNotices },
  );
}
