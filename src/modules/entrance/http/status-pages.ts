import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, type AnyRoute } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textField } from '../../../platform/ui/form.ts';
import { formatDate, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { EntranceContext } from '../application/context.ts';
import { lookAtStatus, type CaseStand } from '../application/status.ts';
import type { Frame } from './frame.ts';
import { statusTexts } from './status-texts.ts';

export const STATUS_PATH = '/status';

/** The status without signing in. Number and code go in by POST: they stand in no address, no log and no history. */
export function statusRoutes(ctx: EntranceContext, frame: Frame): AnyRoute[] {
  return [
    getPage(STATUS_PATH, 'public', async (visit) => answerHtml(statusPage(frame(visit), {}))),
    postPage(
      STATUS_PATH,
      'public',
      async (visit) => {
        const typed = { fileNumber: visit.fields.get('fileNumber')?.trim() ?? '', code: visit.fields.get('code')?.trim() ?? '' };
        const missing = missingIn(typed, visit.lang);
        if (missing.length > 0) return answerHtml(statusPage(frame(visit), { ...typed, missing }), 422);
        const found = await lookAtStatus(ctx, typed);
        return found.ok
          ? answerHtml(standPage(frame(visit), typed.fileNumber, found.value))
          : answerHtml(statusPage(frame(visit), { ...typed, problem: found.problem }), problemStatus(found.problem));
      },
      { limit: 'sign-in' },
    ),
  ];
}

function missingIn({ fileNumber, code }: { readonly fileNumber: string; readonly code: string }, lang: Lang): FieldProblem[] {
  const t = statusTexts(lang);
  return [
    ...(fileNumber === '' ? [{ field: 'fileNumber', message: t.numberMissing }] : []),
    ...(code === '' ? [{ field: 'code', message: t.codeMissing }] : []),
  ];
}

interface Typed {
  readonly fileNumber?: string;
  readonly code?: string;
  readonly missing?: readonly FieldProblem[];
  readonly problem?: Problem;
}

export function statusPage(view: PageView, { fileNumber = '', code = '', missing = [], problem }: Typed): Html {
  const { lang } = view;
  const t = statusTexts(lang);
  const fields = html`${textField({ name: 'fileNumber', label: t.fileNumber, hint: t.fileNumberHint, lang, width: 'm', value: fileNumber, maxLength: 60, autocomplete: 'off', spellcheck: false, ...errorOf(missing, 'fileNumber') })}
${textField({ name: 'code', label: t.code, hint: t.codeHint, lang, width: 'm', value: code, maxLength: 60, autocomplete: 'off', spellcheck: false, ...errorOf(missing, 'code') })}`;
  const main = html`${errorSummary(missing, lang, problem?.detail)}${pageTitle(t.title, { lead: t.lead })}
<p class="kern-body">${t.where}</p>
${form({ action: STATUS_PATH }, html`${fields}${buttonRow(button({ label: t.show }))}`)}
<p class="k-muted">${t.nothingElse}</p>`;
  return page(view, { title: t.title, main, hasErrors: missing.length > 0 || problem !== undefined });
}

/** What the holder of number and code sees, and nothing else. */
export function standPage(view: PageView, fileNumber: string, { stage, since, next }: CaseStand): Html {
  const { lang } = view;
  const t = statusTexts(lang);
  const kind = stage === 'waiting' ? 'warning' : stage === 'decided' ? 'success' : 'info';
  const rows = [
    { label: t.fileNumber, value: fileNumber.toUpperCase() },
    { label: t.since, value: formatDate(lang, since) },
    ...(next === undefined ? [] : [{ label: next.what === 'answer' ? t.answer : t.decision, value: formatDate(lang, next.on) }]),
  ];
  const main = html`${pageTitle(t.title)}
${section(t.stand, html`${alert(kind, t[stage], t[`${stage}Body`], { live: true })}${summaryList(rows, lang)}`)}
<p class="k-muted">${t.asOf(formatInstant(lang, view.now))}. ${t.nothingElse}</p>
${buttonRow(linkButton({ label: t.again, href: STATUS_PATH, kind: 'secondary' }))}`;
  return page(view, { title: t.title, main });
}
