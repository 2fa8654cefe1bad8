import { parseId } from '../../../kernel/id.ts';
import { postPage, problemPage, redirect, type AnyRoute } from '../../../platform/http/route.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import { displayValue } from '../../catalogue/public.ts';
import type { ProcedureContext } from '../application/context.ts';
import type { OpenDraft } from '../application/drafts.ts';
import { takeProven, type ProvenField } from '../application/proven-answers.ts';
import { notFound } from '../domain/problems.ts';
import { asCitizen } from './api.ts';

const texts = defineTexts({
  de: {
    title: 'Aus Ihrem Online-Ausweis',
    lead: 'Das steht im Ausweis, im Antrag fehlt es noch oder heißt anders. Was Sie nicht wählen, bleibt so, wie es im Antrag steht.',
    which: 'Was sollen wir übernehmen?',
    empty: 'Im Antrag noch leer',
    typed: (value: string) => `Im Antrag steht: ${value}`,
    take: 'In den Antrag übernehmen',
  },
  en: {
    title: 'From your eID',
    lead: 'Your card says this. The application lacks it or says otherwise. What you do not choose stays as it is in the application.',
    which: 'What shall we take over?',
    empty: 'Still empty in the application',
    typed: (value: string) => `The application says: ${value}`,
    take: 'Take over into the application',
  },
  leicht: {
    title: 'Das steht in Ihrem Ausweis',
    lead: 'Im Antrag fehlt es noch. Oder im Antrag steht etwas anderes. Was soll im Antrag stehen? Sie wählen aus.',
    which: 'Was sollen wir in den Antrag schreiben?',
    empty: 'Im Antrag steht noch nichts.',
    typed: (value: string) => `Im Antrag steht: ${value}`,
    take: 'In den Antrag schreiben',
  },
});

const pathOf = (draftId: string): string => `/antrag/${draftId}/ausweis`;

/** What the card says otherwise than the draft: what is empty is chosen beforehand, what was typed is not. */
export function provenSection({ draft }: OpenDraft, proven: readonly ProvenField[], lang: Lang): Html {
  if (proven.length === 0) return html``;
  const t = texts(lang);
  const options = proven.map(({ field, typed, proven: value }) => ({
    value: field.id,
    label: `${field.label[lang]}: ${displayValue(field, value, lang)}`,
    hint: typed === undefined ? t.empty : t.typed(displayValue(field, typed, lang)),
  }));
  const values = proven.filter(({ typed }) => typed === undefined).map(({ field }) => field.id);
  return section(
    t.title,
    html`<p class="kern-body">${t.lead}</p>
${form({ action: pathOf(draft.id) }, html`${checkboxGroup({ name: 'fields', label: t.which, lang, required: false, values, options })}${buttonRow(button({ label: t.take, kind: 'secondary' }))}`)}`,
    { id: 'ausweis' },
  );
}

export function provenPage(ctx: ProcedureContext): AnyRoute {
  return postPage('/antrag/:id/ausweis', 'citizen', async (visit) => {
    const draftId = parseId(visit.params['id'] ?? '');
    if (draftId === undefined) return problemPage(notFound);
    const taken = await takeProven(ctx, asCitizen(visit.actor), { draftId, fields: visit.fields.getAll('fields'), lang: visit.lang });
    return taken.ok ? redirect(`/antrag/${draftId}/pruefen`) : problemPage(taken.problem);
  });
}
