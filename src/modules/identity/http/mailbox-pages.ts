import type { Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import type { MailboxPage } from '../application/mailbox.ts';
import type { Message } from '../domain/mailbox.ts';
import { accountTexts } from './account-texts.ts';
import { facts, linkButton, section, whenText } from './parts.ts';

/** The Postfach, newest first. */
export function mailboxPage(visit: Visit, { messages, next }: MailboxPage): Html {
  const t = accountTexts(visit.lang);
  const entry = (one: Message): Html => html`<li>
<a href="/postfach/${one.id}">${one.subject[visit.lang]}</a>${one.openedAt === undefined ? html` <span class="k-tag">${t.unread}</span>` : ''}
<br><small>${t.delivered}: ${whenText(visit.lang, one.deliveredAt)}</small></li>`;
  return html`<h1>${t.mailbox}</h1>
${messages.length === 0 ? html`<p>${t.mailboxEmpty}</p>` : html`<ul class="k-list">${messages.map(entry)}</ul>`}
${next === undefined ? '' : html`<p>${linkButton(`/postfach?vor=${next}`, t.older)}</p>`}`;
}

/** One message with its documents. */
export function messagePage(visit: Visit, message: Message): Html {
  const t = accountTexts(visit.lang);
  const entry = (document: Message['documents'][number], position: number): Html =>
    html`<li><a href="/postfach/${message.id}/anlagen/${position}" download>${document.name}</a></li>`;
  const opened = message.openedAt === undefined ? [] : [[t.opened, whenText(visit.lang, message.openedAt)] as const];
  return html`<h1>${message.subject[visit.lang]}</h1>
${message.body.map((line) => html`<p>${line[visit.lang]}</p>`)}
${message.documents.length === 0 ? '' : section(t.documents, html`<ul>${message.documents.map(entry)}</ul>`)}
${facts([[t.delivered, whenText(visit.lang, message.deliveredAt)], ...opened])}
<p>${linkButton(`/vorgang/${message.caseId}`, t.caseLink)}</p>
<p><a href="/postfach">${t.back}</a></p>`;
}
