import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { getPage, html, problemPage, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { openMessage, readMailbox, retrieveDocument } from '../application/mailbox.ts';
import { messageNotFound } from '../domain/problems.ts';
import { accountTexts } from './account-texts.ts';
import type { IdentityHttp } from './deps.ts';
import { mailboxPage, messagePage } from './mailbox-pages.ts';

const PAGE_SIZE = 25;
const citizenOf = (visit: Visit): Extract<Actor, { kind: 'citizen' }> => visit.actor as Extract<Actor, { kind: 'citizen' }>;

/** The Postfach. */
export function mailboxRoutes(deps: IdentityHttp): AnyRoute[] {
  return [
    getPage('/postfach', 'citizen', async (visit) => {
      const before = parseId(visit.query.get('vor') ?? '');
      const page = await readMailbox(deps.ctx, citizenOf(visit), PAGE_SIZE, before);
      if (!page.ok) return problemPage(page.problem);
      return html(deps.frame(visit, { title: accountTexts(visit.lang).mailbox, body: mailboxPage(visit, page.value) }));
    }),
    getPage('/postfach/:id', 'citizen', async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      const message = id === undefined ? undefined : await openMessage(deps.ctx, citizenOf(visit), id, visit.now);
      if (message === undefined) return problemPage(messageNotFound);
      if (!message.ok) return problemPage(message.problem);
      const title = message.value.subject[visit.lang];
      return html(deps.frame(visit, { title, body: messagePage(visit, message.value) }));
    }),
    getPage('/postfach/:id/anlagen/:position', 'citizen', (visit) => documentAnswer(deps, visit)),
  ];
}

async function documentAnswer(deps: IdentityHttp, visit: Visit): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  const position = visit.params['position'] ?? '';
  if (id === undefined || !/^\d{1,4}$/.test(position)) return problemPage(messageNotFound);
  const found = await retrieveDocument(deps.ctx, citizenOf(visit), id, Number(position), visit.now);
  if (!found.ok) return problemPage(found.problem);
  return { kind: 'file', bytes: found.value.bytes, mediaType: found.value.mediaType, fileName: found.value.name };
}
