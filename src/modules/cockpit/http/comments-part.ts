import type { FieldProblem } from '../../../kernel/problem.ts';
import { errorOf, button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { confirmField } from '../../../platform/ui/form-choices.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { newReceipt } from '../application/comments.ts';
import { model } from '../application/model.ts';
import type { Comment, CommentPage, Subject } from '../domain/comment.ts';
import { writeEnd } from './comment-cursor.ts';
import { commentTexts } from './comment-texts.ts';
import { subjectHref } from './frame.ts';

const { LONGEST } = model;

/** A comment as it was typed, when it was refused. */
export type SentComment = URLSearchParams;

/** What people say on a measure or a decision, what the unit answers, and the form for more. */
export function commentsPart(
  { lang, actor }: PageView,
  about: Subject,
  { items, next }: CommentPage,
  sent: SentComment | undefined,
  problems: readonly FieldProblem[],
): Html {
  const t = commentTexts(lang);
  const list =
    items.length === 0 ? html`<p class="kern-body">${t.none}</p>` : html`<ol class="k-statements">${items.map((one) => commentItem(one, lang))}</ol>`;
  const pages = next === undefined ? undefined : pagination({ next: `${subjectHref(about)}?nach=${writeEnd(next)}#kommentare` }, lang);
  const typed = (name: string): string => sent?.get(name) ?? '';
  // a form whose secret is broken gets a new one, or it would be refused for ever
  const broken = sent === undefined || problems.some(({ field }) => field === 'receipt');
  const receipt = broken ? newReceipt() : typed('receipt');
  const inner = form({ action: `${subjectHref(about)}/kommentar`, hidden: { receipt } }, [
    html`<p class="kern-body">${t.lead}</p>`,
    textArea({ name: 'text', label: t.text, lang, rows: 4, maxLength: LONGEST.comment, value: typed('text'), ...errorOf(problems, 'text') }),
    textField({
      name: 'name',
      label: t.name,
      hint: t.nameHint,
      lang,
      required: actor.kind !== 'citizen',
      maxLength: LONGEST.name,
      value: typed('name'),
      ...errorOf(problems, 'name'),
    }),
    actor.kind === 'citizen'
      ? confirmField({ name: 'account', label: t.account, lang, required: false, checked: sent === undefined || typed('account') === 'ja' })
      : html``,
    trapField(lang, typed('website'), problems),
    buttonRow(button({ label: t.send, kind: 'secondary' })),
  ]);
  return section(t.title, html`${list}${pages}${accordion(t.write, inner, { open: sent !== undefined })}`, { id: 'kommentare' });
}

function trapField(lang: Lang, value: string, problems: readonly FieldProblem[]): Html {
  const t = commentTexts(lang);
  if (value !== '') return textField({ name: 'website', label: t.trap, lang, required: false, value, ...errorOf(problems, 'website') });
  return html`<div class="k-trap" aria-hidden="true"><label for="f-website">${t.trap}</label><input id="f-website" name="website" type="text" tabindex="-1" autocomplete="off"></div>`;
}

function commentItem({ id, name, text, answer, submittedAt }: Comment, lang: Lang): Html {
  const t = commentTexts(lang);
  const reply = answer === null ? '' : html`<p class="kern-label">${t.answer}</p><div lang="de"><p class="kern-body k-typed">${answer}</p></div>`;
  return html`<li class="k-statement" id="k-${id}"><p class="k-statement__head"><strong>${name ?? t.anonymous}</strong> <span class="k-muted">${formatInstant(lang, submittedAt)}</span></p><div lang="de"><p class="kern-body k-typed">${text}</p></div>${reply}</li>`;
}
