import { alert } from '../../../platform/ui/alert.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import { button, buttonForm, linkButton } from '../../../platform/ui/form-frame.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import type { AssistantContext } from '../application/context.ts';
import type { ShownResult } from '../application/results.ts';
import type { Readability } from '../domain/readability.ts';
import type { AssistantResult, ResultBody, ResultSentence } from '../domain/result.ts';
import type { Excerpt } from '../domain/source.ts';
import { ENTRANCE_PATHS, placePath, resultPath } from './paths.ts';
import { resultTexts } from './result-texts.ts';
import { streamPath } from './stream.ts';

/** How a text came to be; stands above every text. */
export function labelPart({ result, label }: ShownResult, lang: Lang): Html {
  const t = resultTexts(lang);
  const { origin, made, edited, confirmedBy, state } = result;
  const lines = [
    ...(origin === null
      ? []
      : [t.modelIs(origin.modelLabel, `${origin.promptId} ${origin.promptVersion}`), ...(origin.masked > 0 ? [t.masked(origin.masked)] : [])]),
    ...(['stopped', 'broken', 'length'].includes(state) ? [t.brokenOff] : []),
    ...(edited ? [t.edited] : []),
    ...(confirmedBy === null ? [] : [t.confirmed(confirmedBy)]),
  ];
  return html`<p class="k-made k-made--${made}"${attributes({ 'data-ai-generated': label.mark })}><strong>${t[`made_${made}`]}</strong> ${lines.join(' ')}</p>`;
}

/** The text, with what the sources do not have marked in it. */
export function textPart({ result, label }: ShownResult, id: string): Html {
  const missing = result.edited ? [] : (result.body.missing ?? []);
  const pieces: Html[] = [];
  let at = 0;
  for (const { start, end } of missing) {
    if (start < at) continue;
    pieces.push(html`${result.text.slice(at, start)}<mark class="k-doubt">${result.text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`<div class="k-answer" id="${id}"${attributes({ 'data-ai-generated': label.mark })}>${pieces}${result.text.slice(at)}</div>`;
}

/** A text that is being made: with JavaScript it grows, without it one waits. @param fragment what is fetched anew at the end */
export function runningPart({ result }: ShownResult, lang: Lang, waitHref: string, fragment: string): Html {
  const t = resultTexts(lang);
  return html`<kontor-answer data-src="${streamPath(result.id)}" data-fragment="${fragment}" data-done="${t.done}">
<p class="kern-body" role="status">${t.running} ${t.runningHint}</p>
<div class="k-answer" data-text data-ai-generated="running" data-length="${result.text.length}">${result.text}</div>
<div class="k-buttons">${buttonForm(`${resultPath(result.id)}/stopp`, { label: t.stop, kind: 'secondary' })}${html`<span data-waiting>${linkButton({ label: t.wait, href: waitHref, kind: 'tertiary' })}</span>`}</div>
</kontor-answer>`;
}

/** Why there is no whole answer. */
export function endedPart({ state, body, id, entrance }: AssistantResult, lang: Lang): Html | undefined {
  const t = resultTexts(lang);
  const titles = { refused: t.refusedTitle, broken: t.brokenTitle, stopped: t.stoppedTitle, length: t.lengthTitle } as const;
  if (!(state in titles)) return undefined;
  const again = html`<p class="kern-body"><a class="kern-link" href="${ENTRANCE_PATHS[entrance]}?aus=${id}">${t.retry}</a></p>`;
  return alert(
    state === 'stopped' ? 'info' : 'warning',
    titles[state as keyof typeof titles],
    html`${body.refusal === undefined ? '' : html`<p class="kern-body">${body.refusal}</p>`}${entrance === 'turn' ? '' : again}`,
  );
}

/** Figures, left-out statements, what is open: what a person must look at. */
export function checksPart(body: ResultBody, lang: Lang): Html {
  const t = resultTexts(lang);
  const list = (items: readonly string[]): Html => html`<ul class="kern-list">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  const missing = body.missing ?? [];
  const figures =
    missing.length > 0
      ? alert('warning', t.figuresWrong, html`${list([...new Set(missing.map(({ text }) => text))])}<p class="kern-body">${t.figuresNote}</p>`)
      : (body.checked ?? 0) > 0
        ? alert('success', t.figuresRight(body.checked!), t.figuresNote)
        : '';
  const dropped = (body.dropped ?? 0) > 0 ? alert('warning', t.dropped(body.dropped!)) : '';
  const open = (body.open ?? []).length > 0 ? alert('info', t.open, list(body.open!)) : '';
  const nothing = body.notFound === true ? alert('info', t.notFoundTitle, t.notFound) : '';
  return html`${nothing}${dropped}${figures}${open}`;
}

/** Each sentence with its places, each place a link. */
export function sentencesPart({ body, entrance, made }: AssistantResult, lang: Lang): Html | undefined {
  const t = resultTexts(lang);
  const sentences = body.sentences ?? [];
  if (sentences.length === 0) return undefined;
  if (entrance === 'summary' && made === 'model')
    return section(
      t.pages,
      html`<ul class="kern-list">${sentences.map(({ text, excerpts: [excerpt] }) => html`<li>[${text}] ${placeLink(excerpt!, lang)}</li>`)}</ul>`,
    );
  const of = body.sentencesOf === undefined ? '' : html`<p class="k-muted">${t.sentencesOf(sentences.length, body.sentencesOf)}</p>`;
  return section(t.sentences, html`${of}<ol class="k-cited">${sentences.map((sentence) => citedSentence(sentence, lang))}</ol>`);
}

function citedSentence({ text, excerpts }: ResultSentence, lang: Lang): Html {
  const t = resultTexts(lang);
  const same = excerpts.length === 1 && excerpts[0]!.quote.replaceAll(/\s+/g, ' ').trim() === text;
  return html`<li><p class="kern-body">${text}</p>${excerpts.map(
    (excerpt) =>
      html`${same ? '' : html`<blockquote class="k-quote">${excerpt.quote}</blockquote>`}<p class="k-cited__place">${placeLink(excerpt, lang)}</p>${accordion(
        t.context,
        html`<p class="kern-body k-context">${excerpt.before === '' ? '' : '… '}${excerpt.before}<mark>${excerpt.quote}</mark>${excerpt.after}${excerpt.after === '' ? '' : ' …'}</p><p class="k-muted k-hash">SHA-256 ${excerpt.sha256}</p>`,
      )}`,
  )}</li>`;
}

function placeLink(excerpt: Excerpt, lang: Lang): Html {
  const name = resultTexts(lang).place(excerpt.title, excerpt.page);
  const to = placePath(excerpt);
  return to === undefined ? html`${name}` : html`<a class="kern-link" href="${to}">${name}</a>`;
}

export function readabilityPart(figures: Readability | undefined, lang: Lang): Html | undefined {
  if (figures === undefined) return undefined;
  const t = resultTexts(lang);
  const number = (value: number): string => String(value).replace('.', lang === 'en' ? '.' : ',');
  return accordion(
    t.readability,
    html`${factList([
      { label: t.words, value: number(figures.words) },
      { label: t.meanWords, value: number(figures.meanSentenceWords) },
      { label: t.lix, value: number(figures.lix) },
      { label: t.wiener, value: number(figures.wiener) },
    ])}<p class="kern-body">${t.readabilityNote}</p>`,
  );
}

/** Copies the text; only where the browser can. */
export const copyPart = (id: string, lang: Lang): Html =>
  html`<kontor-copy-text data-for="${id}" hidden>${button({ label: resultTexts(lang).copy, kind: 'secondary', type: 'button', icon: 'content-copy' })}</kontor-copy-text>`;

/** Asks whether a model's answer helped, where somebody wants to know. @param back where the answer stands */
export function feedbackOf(ctx: Pick<AssistantContext, 'feedback'>, { origin, state }: AssistantResult, back: string, lang: Lang): Html | undefined {
  if (origin === null || state === 'running') return undefined;
  // an order's prompt is named after its use
  return ctx.feedback?.({ use: origin.promptId, model: origin.model, back }, lang);
}
