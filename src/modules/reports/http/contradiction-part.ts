import { badge } from '../../../platform/ui/alert.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { LageView } from '../application/context.ts';
import { LONGEST } from './limits.ts';
import type { ShownContradiction } from '../application/read-reports.ts';
import { typedAt, type Refused } from './event-forms.ts';
import { eventPath, reportsPath } from './list-page.ts';
import { sayingOf, TOPIC_NAMES } from './names.ts';
import { reportTexts } from './texts.ts';

/** Two reports that cannot both be true, side by side, and the form by which a person says which holds. */
export function contradictionItem(one: ShownContradiction, { view }: { readonly view: LageView }, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  const key = view.lage.key;
  const side = (source: string, says: string, text: string, event: string, at: Temporal.Instant): Html =>
    html`<li><strong>${source}</strong> ${t.says} „${sayingOf(lang, says)}“, ${formatInstant(lang, at)}: <span class="k-typed" lang="de">${text}</span> <a class="kern-link" href="${eventPath(key, event)}">${t.more}</a></li>`;
  const head = html`<h3 class="kern-title">${TOPIC_NAMES[lang][one.topic]}: ${sayingOf(lang, one.saysA)} – ${sayingOf(lang, one.saysB)}</h3>`;
  return html`<article class="kern-card k-card" id="w-${one.id}"><div class="kern-card__container"><header class="kern-card__header">${head}${one.resolvedAt === null ? badge('warning', t.contradictory) : badge('success', t.resolved)}</header>
<div class="kern-card__body"><ol class="kern-list">${side(one.sourceA, one.saysA, one.textA, one.eventA, one.atA)}${side(one.sourceB, one.saysB, one.textB, one.eventB, one.atB)}</ol>${one.resolvedAt === null ? resolveForm(one, view, lang, refused) : resolution(one, lang)}</div></div></article>`;
}

function resolution({ holds, reason, resolvedAt, resolvedName }: ShownContradiction, lang: Lang): Html {
  const t = reportTexts(lang);
  const words = { a: t.holdsA, b: t.holdsB, both: t.holdsBoth, neither: t.holdsNeither };
  return html`<p class="kern-body"><strong>${t.holds}:</strong> ${holds === null ? '' : words[holds]} – <span class="k-typed">${reason}</span></p><p class="kern-hint">${t.resolvedBy(resolvedName ?? '', formatInstant(lang, resolvedAt!))}</p>`;
}

function resolveForm(one: ShownContradiction, { rights, lage }: LageView, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  if (!rights.has('assess')) return html``;
  return form(
    { action: `${reportsPath(lage.key)}/widersprueche/${one.id}` },
    html`${selectField({
      name: `gilt-${one.id}`,
      label: t.holds,
      lang,
      empty: true,
      options: [
        { value: 'a', label: t.holdsA },
        { value: 'b', label: t.holdsB },
        { value: 'both', label: t.holdsBoth },
        { value: 'neither', label: t.holdsNeither },
      ],
      ...typedAt(refused, one.id, 'holds'),
    })}
${textField({ name: `grund-${one.id}`, label: t.reason, lang, maxLength: LONGEST.reason, ...typedAt(refused, one.id, 'reason') })}
${buttonRow(button({ label: t.resolve, kind: 'secondary' }))}`,
  );
}
