import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import { COPIES, type Copy } from '../../../kernel/log.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { ShownMessage, Step } from '../domain/message.ts';
import { bothTimes, lines, refLinks } from './log-parts.ts';
import { messageTexts } from './message-texts.ts';
import { CHANNEL_NAMES, COPY_NAMES, functionName, PRIORITY_NAMES, STEP_NAMES } from './names.ts';

/** Priority as a sign that says the same in words, form and colour. */
export const priorityBadge = ({ priority }: ShownMessage, lang: Lang): Html =>
  badge(priority === 'blitz' ? 'danger' : priority === 'sofort' ? 'warning' : 'neutral', PRIORITY_NAMES[lang][priority]);

export function stateBadge({ overdue, settled }: ShownMessage, lang: Lang): Html {
  const t = messageTexts(lang);
  if (overdue) return badge('danger', t.overdue);
  return settled ? badge('success', t.settled) : badge('neutral', t.open);
}

export function messageTable(base: string, messages: readonly ShownMessage[], lang: Lang): Html {
  const t = messageTexts(lang);
  return dataTable<ShownMessage>(
    [
      { label: t.number, rowHeader: true, cell: ({ number }) => number },
      { label: t.priority, cell: (one) => priorityBadge(one, lang) },
      { label: t.direction, cell: ({ direction }) => (direction === 'in' ? t.incoming : t.outgoing) },
      { label: t.taken, cell: ({ takenAt }) => bothTimes(lang, takenAt) },
      { label: t.sender, cell: ({ sender }) => html`<span lang="de">${sender}</span>` },
      { label: t.addressee, cell: ({ addressee }) => html`<span lang="de">${addressee}</span>` },
      { label: t.content, cell: ({ content }) => html`<span lang="de">${content.length > 160 ? `${content.slice(0, 160)} …` : content}</span>` },
      { label: t.state, cell: (one) => stateBadge(one, lang) },
    ],
    messages,
    { caption: t.title, captionHidden: true, lang, empty: t.none, dense: true, shortcuts: true, href: ({ id }) => `${base}/${id}` },
  );
}

/** The form as it was filled in. @param lage address of the Lage */
export function messageSheet(lage: string, message: ShownMessage, lang: Lang): Html {
  const t = messageTexts(lang);
  const given = (label: string, value: string) => (value === '' ? [] : [{ label, value: html`<span lang="de">${value}</span>` }]);
  return summaryList(
    [
      { label: t.direction, value: message.direction === 'in' ? t.incoming : t.outgoing },
      { label: t.priority, value: priorityBadge(message, lang) },
      { label: t.channel, value: CHANNEL_NAMES[lang][message.channel] },
      ...given(t.callSign, message.callSign),
      ...given(t.addressee, message.addressee),
      { label: t.conversation, value: message.conversation ? t.yes : t.no },
      { label: t.content, value: html`<span lang="de">${lines(message.content)}</span>` },
      { label: t.writtenAt, value: bothTimes(lang, message.writtenAt) },
      ...given(t.sender, message.sender),
      ...given(t.sign, message.sign),
      ...given(t.senderFunction, message.senderFunction),
      { label: t.wantsReceipt, value: message.wantsReceipt ? t.yes : t.no },
      { label: t.logEntry, value: refLinks(lage, [`log:${message.logNumber}`, ...message.refs], lang) },
      {
        label: t.unreadBy,
        value: message.unreadBy.map((one) => FUNCTION_NAMES[lang][one]).join(', ') || '–',
      },
    ],
    lang,
  );
}

/** The four copies, and who has which. */
export function copiesTable(message: ShownMessage, lang: Lang): Html {
  const t = messageTexts(lang);
  const holders = message.copies;
  return dataTable<Copy>(
    [
      { label: t.sheet, rowHeader: true, cell: (copy) => COPY_NAMES[lang][copy] },
      { label: t.function, cell: (copy) => (holders[copy] === null ? t.nobody : FUNCTION_NAMES[lang][holders[copy]]) },
    ],
    COPIES,
    { caption: t.copies, captionHidden: true, lang },
  );
}

/** Every stamp in the order it came. */
export function stepsTable(lage: string, { steps }: ShownMessage, lang: Lang): Html {
  const t = messageTexts(lang);
  const what = (step: Step): Html => {
    const sheet = step.copy === null ? '' : `${COPY_NAMES[lang][step.copy]}: `;
    const to = step.toFunction === null ? '' : `${sheet}${FUNCTION_NAMES[lang][step.toFunction]}`;
    return html`${STEP_NAMES[lang][step.kind]}${to === '' ? '' : html` (${to})`}${step.ref === null ? '' : html` ${refLinks(lage, [step.ref], lang)}`}${step.note === '' ? '' : html`<br><span lang="de">${step.note}</span>`}`;
  };
  return dataTable<Step>(
    [
      { label: t.step, rowHeader: true, cell: what },
      { label: t.taken, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.function, cell: ({ by, byFunction }) => `${by}, ${functionName(lang, byFunction)}` },
    ],
    steps,
    { caption: t.steps, captionHidden: true, lang, dense: true },
  );
}
