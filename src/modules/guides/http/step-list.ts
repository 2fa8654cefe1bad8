import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { HelpStep } from '../application/read-help.ts';
import type { EndReason } from '../domain/assistance.ts';
import { clockTime } from './frame.ts';
import { helpTexts } from './help-texts.ts';

/** What happened in help, step by step. */
export function stepList(steps: readonly HelpStep[], guide: string, lang: Lang): Html {
  return html`<ol class="k-steps">${steps.map((step) => html`<li><span class="k-muted">${clockTime(step.at)}</span> ${sentenceOf(step, guide, lang)}</li>`)}</ol>`;
}

function sentenceOf({ kind, page, fields, because }: HelpStep, guide: string, lang: Lang): string {
  const t = helpTexts(lang);
  switch (kind) {
    case 'opened':
      return t.opened;
    case 'offered':
      return t.offered;
    case 'consented':
      return t.consented;
    case 'page-seen':
      return t.pageSeen(guide, page?.[lang] ?? '');
    case 'field-typed':
      return t.fieldTyped(guide, fields.map((field) => field[lang]).join(', '));
    default:
      return endSentence(because!, lang);
  }
}

function endSentence(because: EndReason, lang: Lang): string {
  const t = helpTexts(lang);
  const sentences: Readonly<Record<EndReason, string>> = {
    person: t.endedPerson,
    guide: t.endedGuide,
    refused: t.endedRefused,
    time: t.endedTime,
    lapsed: t.endedLapsed,
    submitted: t.endedSubmitted,
    discarded: t.endedDiscarded,
    replaced: t.endedReplaced,
  };
  return sentences[because];
}
