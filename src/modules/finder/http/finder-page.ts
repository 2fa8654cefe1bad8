import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { askFinder, type FinderAnswer, type FinderPart, type NamedService } from '../application/ask-finder.ts';
import type { FinderContext } from '../application/context.ts';
import { HAND_OVER_PATH } from './hand-over-page.ts';
import { LONGEST } from './lists.ts';
import { FIELD_NAMES, finderTexts } from './texts.ts';

export const FINDER_PATH = '/finden';
export type Frame = (visit: Visit) => PageView;

/** The finder: a question goes in by POST, so that it stands in no address and no log. */
export function finderPages(ctx: FinderContext, frame: Frame): AnyRoute[] {
  return [
    getPage(FINDER_PATH, 'public', async (visit) => answerHtml(finderPage(frame(visit), ''))),
    postPage(
      FINDER_PATH,
      'public',
      async (visit) => {
        const typed = visit.fields.get('question') ?? '';
        const answered = await askFinder(ctx, visit.actor, typed, visit.lang);
        return answered.ok
          ? answerHtml(finderPage(frame(visit), answered.value.question, { answer: answered.value }))
          : answerHtml(finderPage(frame(visit), typed, { problem: answered.problem }), problemStatus(answered.problem));
      },
      { limit: 'costly' },
    ),
  ];
}

function finderPage(view: PageView, typed: string, { answer, problem }: { readonly answer?: FinderAnswer; readonly problem?: Problem } = {}): Html {
  const { lang } = view;
  const t = finderTexts(lang);
  const problems = problem?.fields ?? [];
  const field = textArea({
    name: 'question',
    label: t.question,
    hint: t.questionHint,
    lang,
    rows: 3,
    maxLength: LONGEST.question,
    value: typed,
    ...errorOf(problems, 'question'),
  });
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}
${pageTitle(t.title, { lead: t.lead })}${alert('info', t.ai, t.aiBody)}
${answer === undefined ? '' : answerPart(answer, lang)}
${form({ action: FINDER_PATH }, html`${field}${buttonRow(button({ label: t.ask }))}`)}
${answer === undefined ? '' : section(t.notEnough, html`<p class="kern-body">${t.notEnoughBody}</p>${handOverForm(answer.question, lang)}`)}`;
  return page(view, { title: t.title, main, hasErrors: problem !== undefined });
}

/** Leads to the form with the question in it, by POST as well. */
const handOverForm = (question: string, lang: Lang): Html => {
  const t = finderTexts(lang);
  return form(
    { action: HAND_OVER_PATH, hidden: { question } },
    buttonRow(button({ label: t.handOver, kind: 'secondary' }), linkButton({ label: t.all, href: '/leistungen', kind: 'tertiary' })),
  );
};

function answerPart({ parts, origin }: FinderAnswer, lang: Lang): Html {
  const t = finderTexts(lang);
  const made = origin === undefined ? t.byRules : t.byModel(origin.modelLabel, `${origin.promptId}, ${origin.promptVersion}`);
  const said = parts.length === 0 ? alert('warning', t.noSubject) : parts.map((part) => wish(part, lang, parts.length > 1));
  return section(t.answer, html`${said}<p class="kern-hint" data-ai-generated="false">${made}</p>`, { id: 'antwort' });
}

function wish({ text, sure, perhaps }: FinderPart, lang: Lang, several: boolean): Html {
  const t = finderTexts(lang);
  const list = (title: string, found: readonly NamedService[]): Html | '' =>
    found.length === 0
      ? ''
      : html`<h4 class="kern-heading-small">${title}</h4><ul class="k-cited">${found.map((one) => html`<li>${serviceEntry(one, lang)}</li>`)}</ul>`;
  const none = sure.length + perhaps.length === 0 ? alert('info', t.nothing) : '';
  const heading = several ? html`<h3 class="kern-heading-medium">«${text}»</h3>` : html`<h3 class="kern-sr-only">«${text}»</h3>`;
  return html`<div class="k-wish">${heading}${none}${list(t.fits, sure)}${list(t.perhaps, perhaps)}</div>`;
}

/** The Leistung, the sentence of the catalogue, and the ways on; whether somebody gets it stands nowhere here. */
function serviceEntry({ key, name, passage, by, byAuthority }: NamedService, lang: Lang): Html {
  const t = finderTexts(lang);
  const path = `/leistungen/${encodeURIComponent(key)}`;
  const proposed = by === 'model' ? html`<p class="kern-hint" data-ai-generated="true">${t.fromModel}</p>` : '';
  return html`<p class="kern-body"><a class="kern-link" href="${path}"><strong>${name}</strong></a></p>${proposed}
<blockquote class="k-quote"><p class="kern-body">„${passage.quote}“</p><p class="kern-hint">${t.stands}: ${FIELD_NAMES[passage.field][lang]}</p></blockquote>
${byAuthority ? html`<p class="kern-body">${t.byAuthority}</p>` : ''}
${buttonRow(
  linkButton({ label: t.check, href: `${path}/check`, kind: 'secondary', small: true, context: name }),
  byAuthority ? undefined : linkButton({ label: t.start, href: `/antrag/neu/${encodeURIComponent(key)}`, kind: 'secondary', small: true, context: name }),
)}`;
}
