import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { ItemKind } from '../domain/items.ts';
import { typedFrom } from './item-fields.ts';
import { SPECS } from './item-specs.ts';
import { itemTexts } from './item-texts.ts';
import { shortDay } from './parts.ts';

/** The facts as a form would show them. @param specs those to show */
export function factsPart(kind: ItemKind, facts: object, lang: Lang, specs = SPECS[kind]): Html {
  const typed = typedFrom(SPECS[kind], { ...facts });
  const t = itemTexts(lang) as unknown as Readonly<Record<string, string>>;
  const rows = specs
    .filter(({ name }) => typed(name) !== '')
    .map(({ name, as }) => [name === 'title' ? t['titleField'] : (t[name] ?? name), as === 'day' ? shortDay(lang, typed(name)) : typed(name)] as const);
  return html`<ul class="k-list">${rows.map(([label, value]) => html`<li><span class="k-muted">${label}:</span> <span lang="de" class="k-typed">${value}</span></li>`)}</ul>`;
}
