import { attributes } from '../../../platform/ui/attributes.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { frameWords, helperLanguages } from '../application/guide.ts';
import type { Ways } from './ways.ts';

/**
 * The content of a page in a language that the frame around it need not speak.
 * @param where left out: nothing here leads to another language
 */
export function spoken(ways: Ways, content: Html, where?: { readonly page: string; readonly path: string }): Html {
  const { language } = ways;
  const { unchecked } = frameWords(language);
  return html`<div class="k-stack k-ausweis"${attributes({ lang: language.html, dir: language.direction })}>${
    where === undefined ? '' : languageChooser(ways, where)
  }${content}${unchecked === '' ? '' : html`<p class="kern-hint">${unchecked}</p>`}</div>`;
}

function languageChooser({ language, inLanguage }: Ways, { page, path }: { readonly page: string; readonly path: string }): Html {
  const label = frameWords(language).languages;
  return html`<nav class="k-languages" aria-label="${label}"><p class="kern-label" aria-hidden="true">${label}</p><ul>${helperLanguages().map(
    (one) =>
      html`<li><a${attributes({
        href: inLanguage(one.key, path, page),
        lang: one.html,
        dir: one.direction,
        hreflang: one.html,
        'aria-current': one.key === language.key ? 'true' : undefined,
      })}>${one.name}</a></li>`,
  )}</ul></nav>`;
}
