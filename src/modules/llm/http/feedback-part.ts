import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { llmTexts } from './texts.ts';

/** A form beside an answer: whether it helped. It works without JavaScript and says nothing of who sends it. */
export function feedbackPart(answer: { readonly use: string; readonly model: string; readonly back: string }, lang: Lang): Html {
  const t = llmTexts(lang);
  const kinds = ['helpful', 'not-helpful', 'wrong-source'] as const;
  const kind = selectField({ name: 'kind', lang, label: t.feedbackQuestion, options: kinds.map((value) => ({ value, label: t[value] })) });
  const words = textArea({ name: 'words', lang, label: t.feedbackWords, rows: 3 });
  const hidden = { use: answer.use, model: answer.model, back: answer.back };
  return accordion(
    t.feedbackQuestion,
    form({ action: '/assistent/rueckmeldung', hidden }, html`${kind}${words}${buttonRow(button({ label: t.send, kind: 'secondary' }))}`),
  );
}
