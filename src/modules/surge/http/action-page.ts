import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { html as answerHtml, type Answer, type Visit } from '../../../platform/http/route.ts';
import { errorOf, errorSummary } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { LageFrame, LageView } from './frame.ts';
import { surgeTexts } from './texts.ts';

/** What was typed, and what was wrong with it. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problem?: Problem;
}

/** What every field of such a page starts from. */
export type FieldOf = (name: string) => { readonly name: string; readonly lang: Lang; readonly value: string; readonly error?: string };

export interface ActionPage {
  readonly title: (lang: Lang) => string;
  readonly lead?: (lang: Lang) => string;
  /** Where the way back leads. */
  readonly back: string;
  readonly body: (lang: Lang, field: FieldOf) => Html;
}

/** A page with one thing to do; refused, it shows what was typed and every mistake at its field. */
export function actionPage(frame: LageFrame, visit: Visit, lage: LageView, { fields, problem }: Typed, { title, lead, back, body }: ActionPage): Answer {
  const view = frame(visit, lage);
  const { lang } = view;
  const problems = problem?.fields ?? [];
  const heading = title(lang);
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}
${pageTitle(heading, lead === undefined ? {} : { lead: lead(lang) })}
${body(lang, (name) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) }))}`;
  const breadcrumb = [{ label: surgeTexts(lang).title, href: back }, { label: heading }];
  const shown = page(view, { title: heading, main, hasErrors: problem !== undefined, breadcrumb, wide: true });
  return answerHtml(shown, problem === undefined ? 200 : problemStatus(problem));
}
