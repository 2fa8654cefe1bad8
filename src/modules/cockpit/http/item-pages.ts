import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { changeItem, removeItem } from '../application/change-item.ts';
import { keepsStrategy, UNIT_KINDS, type CockpitContext } from '../application/context.ts';
import { versionsOf } from '../application/read-strategy.ts';
import { KIND_WORDS } from '../application/reason-words.ts';
import { model } from '../application/model.ts';
import type { ItemKind, Kind, Strategy, Version } from '../domain/items.ts';
import { factsPart } from './facts-part.ts';
import { decisionHref, editHref, EDITORS, HOME, type Frame } from './frame.ts';
import { readFacts, typedFrom, type Typed } from './item-fields.ts';
import { decisionField, itemFields, nameOf } from './item-form.ts';
import { SPECS } from './item-specs.ts';
import { plainWords } from './parts.ts';
import { itemTexts } from './item-texts.ts';
import { cockpitTexts } from './texts.ts';

const { isItemKind, ITEM_KINDS, noItem } = model;

const EDIT = `${HOME}/bearbeiten`;

/** The strategy's things, changed with a reason; and their history, for everybody. */
export function itemPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(EDIT, EDITORS, async (visit) => answerHtml(startPage(frame(visit), await ctx.history.now()))),
    getPage(`${EDIT}/:kind`, EDITORS, (visit) => editor(ctx, frame, visit)),
    postPage(`${EDIT}/:kind`, EDITORS, (visit) => save(ctx, frame, visit)),
    getPage(`${EDIT}/:kind/:key`, EDITORS, (visit) => editor(ctx, frame, visit)),
    postPage(`${EDIT}/:kind/:key`, EDITORS, (visit) => save(ctx, frame, visit)),
    postPage(`${EDIT}/:kind/:key/herausnehmen`, EDITORS, (visit) => remove(ctx, frame, visit)),
    getPage(`${HOME}/verlauf/:kind/:key`, 'public', async (visit) => {
      const [kind, key] = [visit.params['kind']!, visit.params['key']!];
      const found = isItemKind(kind) ? await versionsOf(ctx, kind, key) : undefined;
      return found?.ok === true ? answerHtml(historyPage(frame(visit), kind as ItemKind, key, found.value, await ctx.history.now())) : problemPage(noItem);
    }),
  ];
}

interface Shown {
  readonly kind: ItemKind;
  /** Absent: a new thing. */
  readonly key?: string | undefined;
  readonly typed: Typed;
  readonly version: string;
  readonly problem?: Problem;
  /** The form for taking it out, as it was typed. */
  readonly removal?: URLSearchParams;
  /** What somebody else made of it meanwhile. */
  readonly meanwhile?: Kind<ItemKind>;
}

async function editor(ctx: CockpitContext, frame: Frame, visit: Visit): Promise<Answer> {
  const [kind, key] = [visit.params['kind']!, visit.params['key']];
  if (!isItemKind(kind)) return problemPage(noItem);
  const strategy = await ctx.history.now();
  const before = key === undefined ? undefined : strategy[kind].get(key);
  if (key !== undefined && before === undefined) return problemPage(noItem);
  const { changedAt: _, reason: __, ...facts } = before ?? { changedAt: undefined, reason: undefined };
  const typed = typedFrom(SPECS[kind], facts);
  return answerHtml(
    editPage(frame(visit), strategy, { kind, key, typed, version: before === undefined ? '' : String(before.version) }, visit.query.has('gespeichert')),
  );
}

async function save(ctx: CockpitContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const { params, fields, actor } = visit;
  const kind = params['kind']!;
  if (!isItemKind(kind)) return problemPage(noItem);
  const typed: Typed = (name) => fields.get(name) ?? '';
  const key = params['key'] ?? typed('key').trim();
  const strategy = await ctx.history.now();
  const before = strategy[kind].get(key);
  const facts = readFacts(SPECS[kind], typed, before === undefined ? {} : { ...before });
  const version = typed('version');
  const seen = /^\d{1,9}$/.test(version) ? Number(version) : undefined;
  const done = await changeItem(ctx, actor, { kind, key, facts, reason: typed('reason'), version: seen, decision: typed('decision') });
  if (done.ok)
    return redirect(kind === 'decision' && params['key'] === undefined ? `${HOME}/entscheidungen#d-${key}` : `${editHref(kind, key)}?gespeichert=ja`);
  return refusedPage(ctx, frame(visit), { kind, key: params['key'], typed, version, problem: done.problem });
}

/** What was typed stays. Where somebody was faster, the form stands on what is there now: sent again, it is meant. */
async function refusedPage(ctx: CockpitContext, view: PageView, shown: Shown & { readonly problem: Problem }): Promise<Answer> {
  const { kind, key, typed, problem } = shown;
  const strategy = await ctx.history.now();
  const now = key === undefined ? undefined : strategy[kind].get(key);
  const status = problemStatus(problem);
  if (problem.kind === 'not-found') {
    // it was taken out meanwhile: whoever sends it again adds it anew
    const anew = { kind, typed: (name: string) => (name === 'key' ? (key ?? '') : typed(name)), version: '', problem };
    return answerHtml(editPage(view, strategy, anew), status);
  }
  const faster = problem.kind === 'conflict' && now !== undefined ? { version: String(now.version), meanwhile: now } : {};
  return answerHtml(editPage(view, strategy, { ...shown, ...faster }), status);
}

async function remove(ctx: CockpitContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const { params, fields, actor } = visit;
  const [kind, key, version] = [params['kind']!, params['key']!, fields.get('version') ?? ''];
  if (!isItemKind(kind)) return problemPage(noItem);
  const done = await removeItem(ctx, actor, {
    kind,
    key,
    reason: fields.get('removal') ?? '',
    decision: fields.get('removal-decision') ?? '',
    version: /^\d{1,9}$/.test(version) ? Number(version) : undefined,
  });
  if (done.ok) return redirect(EDIT);
  const strategy = await ctx.history.now();
  const before = strategy[kind].get(key);
  if (before === undefined) return problemPage(done.problem);
  const problem = {
    ...done.problem,
    fields: (done.problem.fields ?? []).map(({ field, message }) => ({ field: field === 'decision' ? 'removal-decision' : 'removal', message })),
  };
  const typed = typedFrom(SPECS[kind], { ...before });
  const meanwhile = done.problem.kind === 'conflict' ? { meanwhile: before } : {};
  const shown = { kind, key, typed, version: String(before.version), problem, removal: fields, ...meanwhile };
  return answerHtml(editPage(frame(visit), strategy, shown), problemStatus(problem));
}

const kindsOf = (view: PageView): readonly ItemKind[] => (keepsStrategy(view.actor) ? ITEM_KINDS : UNIT_KINDS);

function startPage(view: PageView, strategy: Strategy): Html {
  const { lang } = view;
  const t = itemTexts(lang);
  const groups = kindsOf(view).map((kind) => {
    const all = [...strategy[kind].values()];
    const label = KIND_WORDS[kind][lang];
    const list =
      all.length === 0
        ? html`<p class="kern-body">${t.none}</p>`
        : html`<ul class="kern-list">${all.map((one) => html`<li><a class="kern-link" href="${editHref(kind, one.key)}">${nameOf(one, one.key, lang)}</a></li>`)}</ul>`;
    return accordion(
      `${label} (${all.length})`,
      html`${linkButton({ label: t.new, href: `${EDIT}/${kind}`, kind: 'secondary', small: true, context: label })}${list}`,
    );
  });
  return page(view, {
    title: t.title,
    main: html`${pageTitle(t.title, { lead: t.lead })}${groups}`,
    breadcrumb: [{ label: cockpitTexts(lang).title, href: HOME }, { label: t.title }],
  });
}

function editPage(view: PageView, strategy: Strategy, shown: Shown, saved = false): Html {
  const { kind, key, typed, version, problem, meanwhile } = shown;
  const { lang } = view;
  const t = itemTexts(lang);
  const problems = problem?.fields ?? [];
  const label = KIND_WORDS[kind][lang];
  const inner = form({ action: key === undefined ? `${EDIT}/${kind}` : editHref(kind, key), hidden: { version } }, [
    key === undefined
      ? textField({ name: 'key', label: t.key, hint: t.keyHint, lang, maxLength: 60, value: typed('key'), spellcheck: false, ...errorOf(problems, 'key') })
      : html``,
    itemFields(SPECS[kind], typed, strategy, lang, problems),
    textArea({ name: 'reason', label: t.reason, lang, rows: 2, maxLength: 1000, value: typed('reason'), ...errorOf(problems, 'reason') }),
    decisionField('decision', typed('decision'), strategy, lang, problems),
    buttonRow(button({ label: t.save })),
  ]);
  const title = key === undefined ? `${label}: ${t.new}` : `${label}: ${nameOf(strategy[kind].get(key) ?? {}, key, lang)}`;
  const main = html`${pageTitle(title, { lead: t.lead })}${saved ? alert('success', t.saved, undefined, { live: true }) : ''}
${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}${meanwhile === undefined ? '' : meanwhilePart(kind, meanwhile, typed, lang)}${inner}${key === undefined ? '' : removalPart({ ...shown, key }, strategy, lang)}
${key === undefined ? '' : html`<p><a class="kern-link" href="${HOME}/verlauf/${kind}/${key}">${t.history}</a></p>`}`;
  return page(view, {
    title,
    main,
    hasErrors: problem !== undefined,
    breadcrumb: [{ label: cockpitTexts(lang).title, href: HOME }, { label: t.title, href: EDIT }, { label: title }],
  });
}

/** What stands there now and is not what was typed, with the reason that was given for it. */
function meanwhilePart(kind: ItemKind, now: Kind<ItemKind>, typed: Typed, lang: Lang): Html {
  const t = itemTexts(lang);
  const there = typedFrom(SPECS[kind], { ...now });
  const other = SPECS[kind].filter(({ name }) => there(name).trim() !== typed(name).trim());
  return alert(
    'warning',
    t.meanwhile(formatInstant(lang, now.changedAt)),
    html`<p class="kern-body">${t.reason}: <span lang="de" class="k-typed">${now.reason}</span></p>${factsPart(kind, now, lang, other)}`,
  );
}

function removalPart({ kind, key, version, problem, removal }: Shown & { readonly key: string }, strategy: Strategy, lang: Lang): Html {
  const t = itemTexts(lang);
  const problems = problem?.fields ?? [];
  const inner = form({ action: `${editHref(kind, key)}/herausnehmen`, hidden: { version } }, [
    html`<p class="kern-body">${t.removeLead}</p>`,
    textArea({ name: 'removal', label: t.reason, lang, rows: 2, maxLength: 1000, value: removal?.get('removal') ?? '', ...errorOf(problems, 'removal') }),
    decisionField('removal-decision', removal?.get('removal-decision') ?? '', strategy, lang, problems),
    buttonRow(button({ label: t.remove, kind: 'danger' })),
  ]);
  return accordion(t.remove, inner, { open: removal !== undefined });
}

function historyPage(view: PageView, kind: ItemKind, key: string, versions: readonly Version[], strategy: Strategy): Html {
  const { lang } = view;
  const t = itemTexts(lang);
  const table = dataTable<Version>(
    [
      { label: t.versionNumber, rowHeader: true, cell: ({ version }) => String(version) },
      { label: t.at, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.reason, cell: ({ reason, decision }) => html`<span lang="de">${reason}</span>${underPart(decision, strategy, lang)}` },
      { label: t.facts, cell: ({ facts }) => (facts === null ? cockpitTexts(lang).removed : factsPart(kind, facts, lang)) },
    ],
    versions,
    { caption: t.versions, captionHidden: true, lang },
  );
  const title = nameOf(versions.find(({ facts }) => facts !== null)?.facts ?? {}, key, lang);
  const main = html`${pageTitle(title, { preline: `${KIND_WORDS[kind][lang]}: ${t.history}` })}${section(t.versions, table)}`;
  return page(view, { title, main, wide: true, breadcrumb: [{ label: cockpitTexts(lang).title, href: HOME }, { label: t.history }] });
}

/** The decision that a version carries out, where it is still there. */
function underPart(key: string | null | undefined, strategy: Strategy, lang: Lang): Html | undefined {
  const decision = strategy.decision.get(key ?? '');
  return (
    decision && html`<br>${itemTexts(lang).decision}: <a class="kern-link" href="${decisionHref(decision.key)}">${plainWords(decision.question, lang)}</a>`
  );
}
