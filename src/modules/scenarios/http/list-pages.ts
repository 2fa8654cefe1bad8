import type { Context } from '../../../platform/context.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import { cursorId, encodeCursor } from '../../../platform/http/paging.ts';
import type { Writing } from '../application/context.ts';
import { makeScenario } from '../application/make-scenario.ts';
import { knownCollections, scenariosFor, type ListedScenario } from '../application/show.ts';
import { crumbsOf, isTyped, KITS, LIST, pathOf, type Frame, type Typed } from './parts.ts';
import { readScenarioForm, scenarioFields } from './scenario-form.ts';
import { scenarioTexts } from './texts.ts';

const ROWS = 25;

/** The list of scenarios, and the form of a new one. */
export function listPages(ctx: Writing & Pick<Context, 'settings'>, frame: Frame): AnyRoute[] {
  return [
    getPage(LIST, 'public', async (visit) => answerHtml(await listPage(ctx, visit, frame))),
    postPage(LIST, 'signed-in', async (visit) => {
      const made = await makeScenario(ctx, visit.actor, readScenarioForm(visit.fields));
      if (made.ok) return redirect(pathOf(made.value.id));
      if (!isTyped(made.problem)) return problemPage(made.problem);
      return answerHtml(await listPage(ctx, visit, frame, { fields: visit.fields, problems: made.problem.fields ?? [] }), 422);
    }),
  ];
}

async function listPage(ctx: Writing, visit: Visit, frame: Frame, typed?: Typed): Promise<Html> {
  const { actor, query } = visit;
  const view = frame(visit);
  const { lang } = view;
  const t = scenarioTexts(lang);
  const before = cursorId(query.get('nach') ?? undefined);
  const open = await scenariosFor(ctx, actor, { which: 'open', limit: ROWS, ...(before.ok && before.value !== undefined ? { before: before.value } : {}) });
  const own = await scenariosFor(ctx, actor, { which: 'own', limit: 100 });
  const columns: readonly Column<ListedScenario>[] = [
    { label: t.name, rowHeader: true, cell: ({ scenario: { title } }) => title },
    { label: t.question, cell: ({ scenario: { question } }) => question },
    { label: t.role, cell: ({ role }) => t[role], minor: true },
    { label: t.changed, cell: ({ scenario: { changedAt } }) => formatInstant(lang, changedAt), minor: true },
  ];
  const table = (rows: readonly ListedScenario[], caption: string, empty: string): Html =>
    dataTable(columns, rows, {
      caption,
      captionHidden: true,
      lang,
      empty,
      href: ({ scenario: { id }, role }) => (role !== 'reader' ? pathOf(id) : `${pathOf(id)}/vergleich`),
    });
  const signedIn = actor.kind === 'citizen' || actor.kind === 'staff';
  const make = signedIn
    ? html`${errorSummary(typed?.problems ?? [], lang) ?? ''}${form({ action: LIST }, [
        scenarioFields(lang, await knownCollections(ctx, actor), typed),
        buttonRow(button({ label: t.makeButton })),
      ])}`
    : html`<p class="kern-body">${t.signIn} <a class="kern-link" href="/anmelden?weiter=${LIST}">${t.signInLink}</a></p>`;
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${signedIn ? section(t.own, table(own.scenarios, t.own, t.noOwn)) : ''}
${section(t.open, html`${table(open.scenarios, t.open, t.noOpen)}${pagination(open.next === undefined ? {} : { next: `${LIST}?nach=${encodeCursor([open.next])}` }, lang) ?? ''}`)}
${section(t.make, make, { id: 'neu' })}
${signedIn ? buttonRow(linkButton({ label: t.kits, href: KITS, kind: 'secondary' })) : ''}`;
  return page(view, { title: t.title, main, wide: true, breadcrumb: crumbsOf(lang), hasErrors: typed !== undefined });
}
