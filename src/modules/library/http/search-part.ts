import type { FoundPassage } from '../../../kernel/passage.ts';
import { searchForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import { placeHref } from './frame.ts';
import { libraryTexts } from './texts.ts';

/** A search box, and under it what was found: each passage with the way to its place. */
export function searchPart(lang: Lang, action: string, label: string, query: string, found: readonly FoundPassage[] | undefined): Html {
  const t = libraryTexts(lang);
  const box = searchForm({ action, name: 'frage', label, lang, value: query });
  if (found === undefined) return box;
  const list = found.map(
    (one) =>
      html`<li><p class="kern-body"><a class="kern-link" href="${placeHref(one)}"><span lang="de">${one.title}</span>, ${t.page} ${one.page}</a>${
        one.heading === undefined ? '' : html` · <span lang="de">${one.heading}</span>`
      }</p><blockquote class="kern-body k-typed" lang="de">${one.text}</blockquote></li>`,
  );
  return html`${box}${section(t.results, found.length === 0 ? html`<p class="kern-body" role="status">${t.nothing}</p>` : html`<ol>${list}</ol>`, { id: 'fundstellen' })}`;
}
