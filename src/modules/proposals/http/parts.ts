import { alert } from '../../../platform/ui/alert.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { Made, Source } from '../domain/proposal.ts';
import { proposalTexts, SOURCE_NAMES } from './texts.ts';

/** Who made the text, for eyes and for programs (Art. 50(2) AI Act). */
export function madeLabel({ origin }: Pick<Made, 'origin'>, lang: Lang): Html {
  const t = proposalTexts(lang);
  if (origin === undefined) return html`<p class="kern-hint" data-ai-generated="false">${t.plainLabel}</p>`;
  const prompt = `${origin.promptId} ${origin.promptVersion}`;
  return html`<div data-ai-generated="true" data-ai-model="${origin.model}" data-ai-prompt="${prompt}">${alert('warning', t.label(origin.modelLabel, prompt))}</div>`;
}

export const notesPart = (notes: readonly string[]): Html | '' =>
  notes.length === 0 ? '' : html`<ul class="kern-list">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;

/** What a sentence rests on, to unfold. */
export function sourcesPart(sources: readonly Source[], lang: Lang): Html {
  const t = proposalTexts(lang);
  if (sources.length === 0) return html`<p class="kern-hint">${t.noSource}</p>`;
  return accordion(`${t.sources} (${sources.length})`, html`<ul class="kern-list">${sources.map((source) => html`<li>${sourceLine(source, lang)}</li>`)}</ul>`);
}

function sourceLine(source: Source, lang: Lang): Html {
  const name = SOURCE_NAMES[source.kind][lang];
  return html`<strong>${name}${aboutSource(source, lang)}</strong>: <q class="k-typed">${source.quote}</q>`;
}

function aboutSource(source: Source, lang: Lang): Html | string {
  const t = proposalTexts(lang);
  switch (source.kind) {
    case 'document':
      return ` ${source.title}, ${t.page(source.page)}`;
    case 'answer':
      return ` „${source.label}“`;
    case 'package':
      return ` ${source.rule}`;
    case 'rule':
      return ` ${source.decision}, ${t.row(source.row)}`;
    case 'statement':
      return ` ${source.number}, ${source.from}`;
    case 'case':
      return html` <a class="kern-link" href="/eingang/${source.caseId}">${source.fileNumber}</a>`;
    case 'decision':
      return '';
  }
}
