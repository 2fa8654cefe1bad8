import type { Visit } from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { MailboxPage } from '../application/mailbox.ts';
import type { Message } from '../domain/mailbox.ts';
import { accountTexts } from './account-texts.ts';
import { facts, linkButton } from './parts.ts';

/** The Postfach, newest first. */
export function mailboxPage(visit: Visit, { messages, next }: MailboxPage): Html {
  const t = accountTexts(visit.lang);
  const entry = (one: Message): Html => html`<li>
<a class="kern-link" href="/postfach/${one.id}">${one.subject[visit.lang]}</a>${one.openedAt === undefined ? html` ${badge('info', t.unread)}` : ''}
<br><small>${t.delivered}: ${formatInstant(visit.lang, one.deliveredAt)}</small></li>`;
  return html`${pageTitle(t.mailbox)}
${messages.length === 0 ? html`<p>${t.mailboxEmpty}</p>` : html`<ul class="k-list">${messages.map(entry)}</ul>`}
${next === undefined ? '' : html`<p>${linkButton(`/postfach?vor=${next}`, t.older)}</p>`}`;
}

/** One message with its documents. */
export function messagePage(visit: Visit, message: Message): Html {
  const t = accountTexts(visit.lang);
  const entry = (document: Message['documents'][number], position: number): Html =>
    html`<li><a class="kern-link" href="/postfach/${message.id}/anlagen/${position}" download>${document.name}</a></li>`;
  const opened = message.openedAt === undefined ? [] : [[t.opened, formatInstant(visit.lang, message.openedAt)] as const];
  return html`${pageTitle(message.subject[visit.lang])}
${message.body.map((line) => html`<p>${line[visit.lang]}</p>`)}
${message.documents.length === 0 ? '' : section(t.documents, html`<ul>${message.documents.map(entry)}</ul>`)}
${facts([[t.delivered, formatInstant(visit.lang, message.deliveredAt)], ...opened])}
<p>${linkButton(`/vorgang/${message.caseId}`, t.caseLink)}</p>
<p><a class="kern-link" href="/postfach">${t.back}</a></p>`;
}
