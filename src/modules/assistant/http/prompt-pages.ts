import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { AssistantContext, CityFrame } from '../application/context.ts';
import { changePrompt, makePrompt, openPrompt, prompts, rate, removePrompt, type OpenedPrompt } from '../application/prompts.ts';
import type { PromptFacts, SharedPrompt, Visibility } from '../domain/prompt.ts';
import type { Entrance } from '../domain/wish.ts';
import { fieldOf, problemSummary, type Typed } from './form-parts.ts';
import { libraryTexts } from './library-texts.ts';
import { ENTRANCE_PATHS, PROMPTS_PATH } from './paths.ts';
import { LONGEST, STAFF } from './schemas.ts';
import { crumbs } from './start-page.ts';
import { assistantTexts } from './texts.ts';

const ENTRANCES: readonly Entrance[] = ['summary', 'writing', 'research', 'turn'];
const VISIBILITIES: readonly Visibility[] = ['me', 'authority', 'city'];
const at = (id: string): string => `${PROMPTS_PATH}/${id}`;

const entranceNames = (lang: Lang): Readonly<Record<Entrance, string>> => {
  const t = assistantTexts(lang);
  return { summary: t.summarise, writing: t.write, research: t.research, turn: t.talk };
};

/** Prompts that people share: read, used, rated by who sees them, changed by who wrote them. */
export function promptPages(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  const owner = ({ userName }: Visit): string => userName ?? 'Stadt';
  return [
    getPage(PROMPTS_PATH, STAFF, async (visit) => {
      const entrance = ENTRANCES.find((one) => one === visit.query.get('fuer'));
      const found = await prompts(ctx, visit.actor, entrance);
      return found.ok ? answerHtml(listPage(frame, visit, found.value, entrance)) : problemPage(found.problem);
    }),
    getPage(`${PROMPTS_PATH}/neu`, STAFF, async (visit) => answerHtml(newPage(ctx, frame, visit, { fields: new URLSearchParams() }))),
    postPage(`${PROMPTS_PATH}/neu`, STAFF, async (visit) => {
      const made = await makePrompt(ctx, visit.actor, owner(visit), readFacts(visit));
      if (made.ok) return redirect(at(made.value.id));
      return answerHtml(newPage(ctx, frame, visit, { fields: visit.fields, problem: made.problem }), problemStatus(made.problem));
    }),
    getPage(at(':id'), STAFF, async (visit) => show(ctx, frame, visit, { fields: new URLSearchParams() })),
    postPage(at(':id'), STAFF, async (visit) => {
      const id = visit.params['id']!;
      const changed = await changePrompt(ctx, visit.actor, id, Number(visit.fields.get('version')), readFacts(visit));
      return changed.ok ? redirect(at(id)) : show(ctx, frame, visit, { fields: visit.fields, problem: changed.problem });
    }),
    getPage(`${at(':id')}/benutzen`, STAFF, async (visit) => usePage(ctx, frame, visit)),
    postPage(`${at(':id')}/bewerten`, STAFF, async (visit) => {
      const id = visit.params['id']!;
      const rated = await rate(ctx, visit.actor, id, Number(visit.fields.get('stars')));
      return rated.ok ? redirect(at(id)) : show(ctx, frame, visit, { fields: new URLSearchParams(), problem: rated.problem });
    }),
    postPage(`${at(':id')}/loeschen`, STAFF, async (visit) => {
      const gone = await removePrompt(ctx, visit.actor, visit.params['id']!);
      return gone.ok ? redirect(PROMPTS_PATH) : problemPage(gone.problem);
    }),
  ];
}

/** `authority:<id>` names whose colleagues see it. */
function readFacts({ fields }: FormVisit): PromptFacts {
  const [visibility = '', authority = ''] = (fields.get('visibility') ?? '').split(':');
  return {
    entrance: ENTRANCES.find((one) => one === fields.get('entrance')) ?? 'summary',
    visibility: VISIBILITIES.find((one) => one === visibility) ?? 'me',
    authority: authority === '' ? null : authority,
    title: fields.get('title') ?? '',
    text: (fields.get('text') ?? '').replaceAll('\r\n', '\n'),
  };
}

const starsOf = ({ stars, ratings }: SharedPrompt, lang: Lang): string =>
  stars === null ? libraryTexts(lang).notRated : libraryTexts(lang).stars(stars.toFixed(1).replace('.', lang === 'en' ? '.' : ','), ratings);

function listPage(frame: CityFrame, visit: Visit, rows: readonly SharedPrompt[], entrance: Entrance | undefined): Html {
  const { lang } = visit;
  const [t, names, words] = [libraryTexts(lang), entranceNames(lang), assistantTexts(lang)];
  const ways = tabs(
    [
      { label: t.all, href: PROMPTS_PATH, current: entrance === undefined },
      ...ENTRANCES.map((one) => ({ label: names[one], href: `${PROMPTS_PATH}?fuer=${one}`, current: entrance === one })),
    ],
    lang,
  );
  const table = dataTable<SharedPrompt>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => title },
      { label: t.forWhat, cell: (one) => names[one.entrance] },
      { label: t.owner, cell: ({ ownerName }) => ownerName },
      { label: t.version, numeric: true, cell: ({ version }) => version },
      { label: t.rating, cell: (one) => starsOf(one, lang) },
    ],
    rows,
    { caption: words.prompts, captionHidden: true, lang, empty: t.noPrompts, shortcuts: true, href: ({ id }) => at(id) },
  );
  const main = html`${pageTitle(words.prompts, { lead: words.promptsLead })}${buttonRow(linkButton({ label: t.makePrompt, href: `${PROMPTS_PATH}/neu`, icon: 'add' }))}${ways}${table}`;
  return page(frame(visit), { title: words.prompts, main, breadcrumb: crumbs(lang, words.prompts) });
}

function factFields(ctx: AssistantContext, { actor, lang }: Visit, typed: Typed): Html {
  const [t, names] = [libraryTexts(lang), entranceNames(lang)];
  const field = fieldOf(typed, lang);
  const authorities = actor.kind === 'staff' ? actor.authorities : [];
  return html`${textField({ ...field('title'), label: t.name, maxLength: 120 })}
${selectField({ ...field('entrance'), label: t.forWhat, options: ENTRANCES.map((value) => ({ value, label: names[value] })) })}
${radioGroup({
  ...field('visibility'),
  label: t.visibility,
  value: typed.fields.get('visibility') ?? 'me',
  options: [
    { value: 'me', label: t.me },
    ...authorities.map((id) => ({ value: `authority:${id}`, label: `${t.authority}: ${ctx.authorityName(id)}` })),
    { value: 'city', label: t.city },
  ],
})}
${textArea({ ...field('text'), label: t.text, hint: t.textHint, rows: 8, maxLength: LONGEST.prompt })}`;
}

function newPage(ctx: AssistantContext, frame: CityFrame, visit: Visit, typed: Typed): Html {
  const { lang } = visit;
  const t = libraryTexts(lang);
  const main = html`${problemSummary(typed, lang)}${pageTitle(t.makePrompt)}
${form({ action: `${PROMPTS_PATH}/neu` }, html`${factFields(ctx, visit, typed)}${buttonRow(button({ label: t.save }))}`)}`;
  return page(frame(visit), {
    title: t.makePrompt,
    main,
    hasErrors: typed.problem !== undefined,
    breadcrumb: crumbs(lang, t.makePrompt, [promptsCrumb(lang)]),
  });
}

const promptsCrumb = (lang: Lang) => ({ label: assistantTexts(lang).prompts, href: PROMPTS_PATH });

async function show(ctx: AssistantContext, frame: CityFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const opened = await openPrompt(ctx, visit.actor, visit.params['id']!);
  if (!opened.ok) return problemPage(opened.problem);
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return answerHtml(promptPage(ctx, frame, visit, opened.value, typed), status);
}

function promptPage(ctx: AssistantContext, frame: CityFrame, visit: Visit, { prompt, versions }: OpenedPrompt, typed: Typed): Html {
  const { lang } = visit;
  const t = libraryTexts(lang);
  const seen = { me: t.me, authority: prompt.authority === null ? t.authority : ctx.authorityName(prompt.authority), city: t.city }[prompt.visibility];
  const facts = factList([
    { label: t.forWhat, value: entranceNames(lang)[prompt.entrance] },
    { label: t.owner, value: prompt.ownerName },
    { label: t.visibility, value: seen },
    { label: t.version, value: String(prompt.version), note: formatInstant(lang, prompt.changedAt) },
    { label: t.rating, value: starsOf(prompt, lang) },
  ]);
  const rating = form(
    { action: `${at(prompt.id)}/bewerten` },
    html`${radioGroup({
      ...{ name: 'stars', label: t.yourStars, lang, inline: true, value: prompt.ownStars === null ? '' : String(prompt.ownStars) },
      options: [1, 2, 3, 4, 5].map((count) => ({ value: String(count), label: t.star(count) })),
    })}${buttonRow(button({ label: t.rate, kind: 'secondary' }))}`,
  );
  const older = versions.slice(1);
  const main = html`${problemSummary(typed, lang)}${pageTitle(prompt.title)}${facts}
<div class="k-answer">${prompt.text}</div>
${buttonRow(linkButton({ label: t.use, href: `${at(prompt.id)}/benutzen` }))}
${rating}${prompt.own ? ownPart(ctx, visit, prompt, typed) : ''}
${older.length === 0 ? '' : section(t.versions, html`${older.map((one) => accordion(`${t.version} ${one.version}: ${one.title}`, html`<div class="k-answer">${one.text}</div>`))}`)}`;
  return page(frame(visit), {
    title: prompt.title,
    main,
    hasErrors: typed.problem !== undefined,
    breadcrumb: crumbs(lang, prompt.title, [promptsCrumb(lang)]),
  });
}

function ownPart(ctx: AssistantContext, visit: Visit, prompt: SharedPrompt, typed: Typed): Html {
  const t = libraryTexts(visit.lang);
  const visibility = prompt.authority === null ? prompt.visibility : `authority:${prompt.authority}`;
  const fields = typed.fields.has('title')
    ? typed.fields
    : new URLSearchParams({ title: prompt.title, entrance: prompt.entrance, visibility, text: prompt.text });
  const now = { ...typed, fields };
  return html`${accordion(
    t.change,
    form(
      { action: at(prompt.id), hidden: { version: String(prompt.version) } },
      html`<p class="kern-body">${t.changeHint}</p>${factFields(ctx, visit, now)}${buttonRow(button({ label: t.save }))}`,
    ),
    { open: typed.fields.has('title') },
  )}${buttonForm(`${at(prompt.id)}/loeschen`, { label: t.remove, kind: 'tertiary' })}`;
}

/** The places of the prompt are filled in; then the entrance opens with it. */
async function usePage(ctx: AssistantContext, frame: CityFrame, visit: Visit): Promise<Answer> {
  const opened = await openPrompt(ctx, visit.actor, visit.params['id']!);
  if (!opened.ok) return problemPage(opened.problem);
  const { prompt, variables } = opened.value;
  const to = ENTRANCE_PATHS[prompt.entrance];
  if (variables.length === 0) return redirect(`${to}?vorlage=${prompt.id}`);
  const { lang } = visit;
  const t = libraryTexts(lang);
  const main = html`${pageTitle(prompt.title, { lead: t.useLead })}<div class="k-answer">${prompt.text}</div>
${form(
  { action: to, method: 'get', hidden: { vorlage: prompt.id } },
  html`${variables.map((name) => textField({ name: `v.${name}`, label: name, lang, required: false }))}${buttonRow(button({ label: t.use }))}`,
)}`;
  return answerHtml(page(frame(visit), { title: prompt.title, main, breadcrumb: crumbs(lang, prompt.title, [promptsCrumb(lang)]) }));
}
