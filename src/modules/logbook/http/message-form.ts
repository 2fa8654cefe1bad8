import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import { CHANNELS, COPIES, type Channel, type Copy, PRIORITIES, type Priority } from '../../../kernel/log.ts';
import { readRefs } from './typed.ts';
import { STAFF_FUNCTIONS, type StaffFunction } from '../../../kernel/lage.ts';
import { checkboxGroup, confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { NewMessage, ReadMessage } from '../domain/message.ts';
import { messageTexts } from './message-texts.ts';
import { CHANNEL_NAMES, COPY_NAMES, PRIORITY_NAMES } from './names.ts';
import { fieldOf, type Typed } from './typed.ts';

const functions = (lang: Lang) => STAFF_FUNCTIONS.map((value) => ({ value, label: FUNCTION_NAMES[lang][value] }));

/** The form in the order of the paper: head, address, content, sender. @param id of the message to be: sent twice it is one */
export function messageForm(action: string, id: string, typed: Typed, lang: Lang): Html {
  const t = messageTexts(lang);
  const field = fieldOf(typed, lang);
  const line = (name: 'callSign' | 'addressee' | 'sender' | 'sign' | 'senderFunction', required: boolean, more: object = {}): Html =>
    textField({ ...field(name), label: t[name], required, maxLength: 120, ...more });
  const more = html`${line('callSign', false)}
${selectField({ ...field('channel', 'funk'), label: t.channel, options: CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[lang][value] })) })}
${line('sign', false, { width: 's', maxLength: 20 })}${line('senderFunction', false, { maxLength: 80 })}
${textField({ ...field('writtenAt'), label: t.writtenAt, hint: t.timeHint, required: false, width: 'm', spellcheck: false })}
${textField({ ...field('refs'), label: t.refs, hint: t.refsHint, required: false, width: 'm', spellcheck: false })}
${confirmField({ ...field('conversation'), label: t.conversation, required: false, value: 'ja', checked: typed.fields.has('conversation') })}
${confirmField({ ...field('wantsReceipt'), label: t.wantsReceipt, required: false, value: 'ja', checked: typed.fields.has('wantsReceipt') })}`;
  return form(
    { action, hidden: { id } },
    html`${radioGroup({
      ...field('direction', 'in'),
      label: t.direction,
      inline: true,
      options: [
        { value: 'in', label: t.incoming },
        { value: 'out', label: t.outgoing },
      ],
    })}
${radioGroup({ ...field('priority', 'none'), label: t.priority, hint: t.priorityHint, inline: true, options: PRIORITIES.map((value) => ({ value, label: PRIORITY_NAMES[lang][value] })) })}
${line('addressee', true)}${line('sender', true)}
${textArea({ ...field('content'), label: t.content, rows: 5, maxLength: 8000 })}
${checkboxGroup({ ...field('to'), label: t.to, hint: t.toHint, required: false, inline: true, values: typed.fields.getAll('to'), options: functions(lang) })}
${accordion(t.more, more, { open: typed.problem !== undefined })}${buttonRow(button({ label: t.save }))}`,
  );
}

const oneOf = <T extends string>(values: readonly T[], text: string | null, otherwise: T): T => values.find((one) => one === text) ?? otherwise;

/** The message that a form's fields make. */
export function messageOf(fields: URLSearchParams, writtenAt: Temporal.Instant | undefined): NewMessage {
  const get = (name: string): string => fields.get(name) ?? '';
  const id = get('id');
  return {
    id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined,
    direction: get('direction') === 'out' ? 'out' : 'in',
    priority: oneOf<Priority>(PRIORITIES, get('priority'), 'none'),
    channel: oneOf<Channel>(CHANNELS, get('channel'), 'andere'),
    callSign: get('callSign'),
    addressee: get('addressee'),
    conversation: fields.has('conversation'),
    content: get('content'),
    writtenAt,
    sender: get('sender'),
    sign: get('sign'),
    senderFunction: get('senderFunction'),
    wantsReceipt: fields.has('wantsReceipt'),
    refs: readRefs(get('refs')),
    to: STAFF_FUNCTIONS.filter((one) => fields.getAll('to').includes(one)),
  };
}

/** What can still be done with a message, each as a button or a small form. */
export function stepForms(base: string, message: ReadMessage, me: StaffFunction, typed: Typed, lang: Lang): Html {
  const t = messageTexts(lang);
  const action = `${base}/vermerke`;
  const has = (kind: string): boolean => message.steps.some((step) => step.kind === kind);
  const press = (kind: string, label: string, kindOf: 'primary' | 'secondary' = 'secondary'): Html => buttonForm(action, { label, kind: kindOf }, { kind });
  const mine = (kind: string): boolean => message.steps.some((step) => step.kind === kind && step.byFunction === me);
  const buttons = [
    ...(mine('gelesen') ? [] : [press('gelesen', t.read)]),
    ...(mine('quittung') ? [] : [press('quittung', t.receipt, 'primary')]),
    ...(has('annahme') ? [] : [press('annahme', t.accept)]),
    ...(message.direction === 'in' || has('befoerderung') ? [] : [press('befoerderung', t.forward, 'primary')]),
    ...(has('erledigt') ? [] : [press('erledigt', t.done)]),
  ];
  const field = fieldOf(typed, lang);
  const sheets = COPIES.filter((copy): copy is Copy => copy === 'blau' || copy === 'gruen').map((value) => ({ value, label: COPY_NAMES[lang][value] }));
  const open = (kind: string) => ({ open: typed.problem !== undefined && typed.fields.get('kind') === kind });
  const pass = form(
    { action, hidden: { kind: 'verteilung' } },
    html`${selectField({ ...field('toFunction'), label: t.function, empty: true, options: functions(lang) })}
${selectField({ ...field('copy'), label: t.sheet, required: false, empty: t.noSheet, options: sheets })}
${textField({ ...field('note'), label: t.note, required: false, maxLength: 500 })}${buttonRow(button({ label: t.distribute }))}`,
  );
  const link = form(
    { action, hidden: { kind: 'bezug' } },
    html`${textField({ ...field('ref'), label: t.linkNumber, width: 's', spellcheck: false })}${buttonRow(button({ label: t.link }))}`,
  );
  return html`<div class="k-buttons">${buttons}</div>${accordion(t.distribute, pass, open('verteilung'))}${accordion(t.link, link, open('bezug'))}`;
}
