import { attributes } from '../../../platform/ui/attributes.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { frameWords, helperLanguages, stepAddress, type HelperLang, type HelperStep } from '../application/guide.ts';

/**
 * The content of a page in a language that the frame around it need not speak.
 * @param plain the language of addresses that name none
 * @param where left out: nothing here leads to another language
 */
export function spoken(language: HelperStep['language'], plain: HelperLang, content: Html, where?: { readonly page: string; readonly path: string }): Html {
  const { unchecked } = frameWords(language);
  return html`<div class="k-stack k-ausweis"${attributes({ lang: language.html, dir: language.direction })}>${where === undefined ? '' : languageChooser(language, plain, where)}${content}${unchecked === '' ? '' : html`<p class="kern-hint">${unchecked}</p>`}</div>`;
}

function languageChooser(current: HelperStep['language'], plain: HelperLang, { page, path }: { readonly page: string; readonly path: string }): Html {
  const label = frameWords(current).languages;
  return html`<nav class="k-languages" aria-label="${label}"><p class="kern-label" aria-hidden="true">${label}</p><ul>${helperLanguages().map(
    (one) =>
      html`<li><a${attributes({
        href: stepAddress(path, one.key === plain ? undefined : one.key, page),
        lang: one.html,
        dir: one.direction,
        hreflang: one.html,
        'aria-current': one.key === current.key ? 'true' : undefined,
      })}>${one.name}</a></li>`,
  )}</ul></nav>`;
}
