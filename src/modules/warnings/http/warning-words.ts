import { badge } from '../../../platform/ui/alert.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList } from '../../../platform/ui/parts.ts';
import type { WarningContent, WarningText } from '../domain/warning.ts';
import { severityNames, urgencyNames, warningTexts } from './texts.ts';

/** The words of a warning in the reader's language; German where English was not written. */
export function textIn({ texts }: WarningContent, lang: Lang): { readonly text: WarningText; readonly lang: 'de' | 'en' } {
  if (lang === 'leicht') return { text: texts.leicht, lang: 'de' };
  return lang === 'en' && texts.en !== null ? { text: texts.en, lang: 'en' } : { text: texts.de, lang: 'de' };
}

const paragraphs = (text: string): Html => html`${text.split(/\n+/).map((part) => html`<p class="kern-body">${part}</p>`)}`;

const LOUD: Readonly<Record<WarningContent['severity'], 'danger' | 'warning' | 'neutral'>> = {
  Extreme: 'danger',
  Severe: 'danger',
  Moderate: 'warning',
  Minor: 'neutral',
  Unknown: 'neutral',
};

/** A warning as people read it: what is happening, what to do, where and until when. */
export function warningWords(content: WarningContent, lang: Lang): Html {
  const t = warningTexts(lang);
  const { text, lang: spoken } = textIn(content, lang);
  const facts = factList([
    { label: t.severity, value: badge(LOUD[content.severity], severityNames(lang)[content.severity]) },
    { label: t.urgency, value: urgencyNames(lang)[content.urgency] },
    ...(content.onset === null ? [] : [{ label: t.onset, value: formatInstant(lang, content.onset) }]),
    { label: t.expires, value: formatInstant(lang, content.expires) },
    { label: t.area, value: content.area.description },
    ...(content.contact === '' ? [] : [{ label: t.contact, value: content.contact }]),
  ]);
  return html`<div lang="${spoken}"><h3 class="kern-heading-small">${text.headline}</h3><h4 class="kern-title">${t.instruction}</h4>${paragraphs(text.instruction)}<h4 class="kern-title">${t.description}</h4>${paragraphs(text.description)}</div>${facts}`;
}
