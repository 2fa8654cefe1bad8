import { invalidField, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
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
import { alert } from '../../../platform/ui/alert.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { describePosition, mapInput, type MapExtent } from '../../../platform/ui/map-input.ts';
import { frameFor } from '../../../platform/ui/map-projection.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ContributionsContext } from '../application/context.ts';
import { contribute, newReceipt } from '../application/contribute.ts';
import { boxAround, edgesOf } from '../application/drawn.ts';
import { openParticipation, type OpenedParticipation } from '../application/participations.ts';
import { PICTURE_MEGABYTES, PICTURE_TYPES } from '../application/pictures.ts';
import type { Participation } from '../domain/participation.ts';
import { formTexts } from './form-texts.ts';
import { paragraphs, type Frame } from './frame.ts';
import { publicTexts } from './public-texts.ts';
import { EMPTY, MOST_POINTS, readForm, writePoints, type Typed } from './typed.ts';

/** What the counters under the fields say; the use case refuses. */
const LONGEST = { title: 120, text: 5000 } as const;

/** The form of a contribution: whole without JavaScript and without an account. */
export function contributionFormPages(ctx: ContributionsContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/beteiligung/:key/beitrag', 'public', async (visit) => {
      const opened = await openParticipation(ctx, visit.params['key']!);
      if (!opened.ok) return problemPage(opened.problem);
      return answerHtml(formPage(frame(visit), opened.value, { ...EMPTY, receipt: newReceipt(), category: visit.query.get('kategorie') ?? '' }, visit));
    }),
    postPage('/beteiligung/:key/beitrag', 'public', async (visit) => take(ctx, frame, visit), { limit: 'sign-in' }),
  ];
}

async function take(ctx: ContributionsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const opened = await openParticipation(ctx, visit.params['key']!);
  if (!opened.ok) return problemPage(opened.problem);
  const { typed, points, stay, problem } = readForm(visit);
  if (stay) return answerHtml(formPage(frame(visit), opened.value, typed, visit));
  if (problem !== undefined) return refused(frame(visit), opened.value, typed, visit, invalidField(problem.field, problem.message));
  const { earlier: _, place: __, ...rest } = typed;
  const sent = await contribute(ctx, visit.actor, { ...rest, key: opened.value.participation.key, points, pictures: visit.files, lang: visit.lang });
  return sent.ok ? redirect(`/mein-beitrag/${typed.receipt}`) : refused(frame(visit), opened.value, typed, visit, sent.problem);
}

/** The form again with all that was typed; a form without a secret gets one. */
function refused(view: PageView, opened: OpenedParticipation, typed: Typed, visit: Visit, problem: Problem): Answer {
  const broken = problem.fields?.some(({ field }) => field === 'receipt') === true;
  return answerHtml(formPage(view, opened, broken ? { ...typed, receipt: newReceipt() } : typed, visit, problem), problemStatus(problem));
}

function formPage(view: PageView, opened: OpenedParticipation, typed: Typed, visit: Visit, problem?: Problem): Html {
  const { lang } = view;
  const t = formTexts(lang);
  const { participation, phase } = opened;
  const problems = (problem?.fields ?? []).filter(({ field }) => field !== 'receipt');
  const action = `/beteiligung/${participation.key}/beitrag`;
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}
${pageTitle(t.title, { lead: t.lead(participation.title) })}
${
  phase === 'running'
    ? form(
        { action, multipart: true, hidden: { receipt: typed.receipt, places: writePoints(typed.earlier) } },
        fieldsPart(opened, typed, visit, problems, lang),
      )
    : closedPart(opened, typed, lang)
}`;
  const home = { label: publicTexts(lang).home, href: '/beteiligung' };
  const breadcrumb = [home, { label: participation.title, href: `/beteiligung/${participation.key}` }, { label: t.title }];
  return page(view, { title: t.title, main, breadcrumb, hasErrors: problem !== undefined, scripts: ['map'] });
}

/** Nothing more is taken; what was typed stands there to be copied, with the way that is still open. */
function closedPart({ participation, phase, display }: OpenedParticipation, typed: Typed, lang: Lang): Html {
  const t = formTexts(lang);
  const p = publicTexts(lang);
  if (phase === 'coming') return alert('info', p.notYet(formatDate(lang, participation.startsOn)));
  const words = [typed.title, typed.text].filter((text) => text.trim() !== '').join('\n\n');
  const points = typed.earlier.map((position) => describePosition(position, lang));
  const instead =
    display === undefined
      ? ''
      : html`<p class="kern-body">${display.open ? t.instead : p.formalClosed}</p>${buttonRow(linkButton({ label: display.open ? t.insteadLink : display.title, href: `/beteiligung/${display.id}` }))}`;
  return html`${alert('warning', words === '' ? p.closed : t.notTaken, words === '' ? undefined : p.closed)}${instead}
${words === '' ? '' : section(t.words, html`<p class="kern-body">${t.copy}</p>${paragraphs(words)}${points.map((point) => html`<p class="kern-body">${point}</p>`)}`)}`;
}

function fieldsPart({ participation, keptUntil }: OpenedParticipation, typed: Typed, visit: Visit, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = formTexts(lang);
  return html`
${selectField({ name: 'category', label: t.category, lang, empty: true, value: typed.category, options: participation.categories.map(({ id, name }) => ({ value: id, label: name })), ...errorOf(problems, 'category') })}
${textField({ name: 'title', label: t.name, hint: t.nameHint, lang, maxLength: LONGEST.title, value: typed.title, ...errorOf(problems, 'title') })}
${textArea({ name: 'text', label: t.text, hint: t.textHint, lang, rows: 8, maxLength: LONGEST.text, value: typed.text, ...errorOf(problems, 'text') })}
${placePart(participation, typed, problems, lang)}
${fileField({ name: 'picture', label: t.picture, hint: typed.hadPicture === true ? t.pictureAgain : t.pictureHint, lang, required: false, accept: PICTURE_TYPES, maxMegabytes: PICTURE_MEGABYTES, ...errorOf(problems, 'picture') })}
${textField({ name: 'email', label: t.email, hint: t.emailHint, lang, required: false, type: 'email', autocomplete: 'email', maxLength: 254, value: typed.email, ...errorOf(problems, 'email') })}
${visit.actor.kind === 'citizen' ? confirmField({ name: 'account', label: t.account, lang, required: false, checked: typed.withAccount }) : ''}
${trapField(lang, typed.trap)}
${privacyPart(participation, keptUntil, lang)}
${buttonRow(button({ label: t.send }))}`;
}

/** Seen by programs alone; a person whose browser filled it in sees it with its mistake. */
export function trapField(lang: Lang, value = ''): Html {
  const t = formTexts(lang);
  if (value !== '') return textField({ name: 'website', label: t.trap, lang, required: false, value });
  return html`<div class="k-trap" aria-hidden="true"><label for="f-website">${t.trap}</label><input id="f-website" name="website" type="text" tabindex="-1" autocomplete="off"></div>`;
}

function privacyPart({ moderation }: Participation, keptUntil: Temporal.PlainDate, lang: Lang): Html {
  const t = formTexts(lang);
  const first = moderation === 'before' ? t.privacyBefore : t.privacyAfter;
  return section(t.privacyTitle, html`<p class="kern-body">${first} ${t.privacy} ${t.kept(formatDate(lang, keptUntil))}</p>`);
}

function placePart(participation: Participation, typed: Typed, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = formTexts(lang);
  const marker = String(typed.earlier.length + 1);
  const others = typed.earlier.map((position, index) => ({ position, label: String(index + 1) }));
  const map = mapInput({
    name: 'place',
    label: t.place,
    hint: t.placeHint,
    lang,
    required: false,
    value: typed.place,
    marker,
    others,
    extent: typed.extent ?? extentOf(participation),
    pictureUrl: `/beteiligung/${participation.key}/karte.svg?nur=rand`,
    shapes: edgesOf(participation),
    ...errorOf(problems, 'place'),
  });
  const more =
    typed.earlier.length < MOST_POINTS - 1 ? button({ label: t.addPoint, kind: 'secondary', small: true, name: 'add-place', value: 'ja' }) : undefined;
  const shape = radioGroup({
    name: 'shape',
    label: t.shape,
    lang,
    value: typed.shape,
    options: (['point', 'line', 'area'] as const).map((value) => ({ value, label: t[value] })),
  });
  return html`${earlierPart(typed, lang)}${map}${buttonRow(more)}${shape}`;
}

function extentOf(participation: Participation): MapExtent {
  const { centre, zoom } = frameFor(boxAround(edgesOf(participation)), { width: 640, height: 420 });
  return { centre, zoom };
}

function earlierPart({ earlier }: Typed, lang: Lang): Html {
  const t = formTexts(lang);
  if (earlier.length === 0) return html``;
  return html`<div class="k-earlier"><p class="kern-label">${t.chosen}</p><ol class="kern-list">${earlier.map(
    (position, index) =>
      html`<li>${describePosition(position, lang)} ${button({ label: t.removePoint, kind: 'tertiary', small: true, name: 'remove-place', value: String(index), context: String(index + 1) })}</li>`,
  )}</ol></div>`;
}
