import { inOwnName } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { html as answerHtml, postPage, problemPage, redirect, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { buttonForm, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { deletedDrafts, keepDraft } from '../application/abandoned-drafts.ts';
import type { ProcedureContext } from '../application/context.ts';
import { ownDrafts } from '../application/drafts.ts';
import { deletionDay, type Untouched } from '../domain/draft-term.ts';
import { notFound } from '../domain/problems.ts';
import { asCitizen } from './api.ts';
import { citizenTexts } from './citizen-texts.ts';

const texts = defineTexts({
  de: {
    until: (day: string) => `Ohne Änderung wird der Entwurf am ${day} gelöscht.`,
    announced: (day: string) => `Ihr Entwurf wird am ${day} gelöscht`,
    announcedBody: 'Daran wurde lange nichts geändert. Danach sind Angaben und Dateien weg. Jedes Speichern behält den Entwurf, auch dieser Knopf.',
    keep: 'Entwurf behalten',
    gone: 'Dieser Entwurf ist gelöscht',
    goneBody: (service: string, day: string, months: number) =>
      `Ihr Entwurf „${service}“ wurde am ${day} gelöscht. ${months} Monate lang wurde nichts daran geändert. Angaben und Dateien sind nicht mehr da.`,
    again: 'Neu beginnen',
    mine: 'Meine Anträge',
  },
  en: {
    until: (day: string) => `Without a change the draft is deleted on ${day}.`,
    announced: (day: string) => `Your draft is deleted on ${day}`,
    announcedBody: 'Nothing in it has been changed for long. After that answers and files are gone. Every save keeps the draft, and so does this button.',
    keep: 'Keep the draft',
    gone: 'This draft has been deleted',
    goneBody: (service: string, day: string, months: number) =>
      `Your draft “${service}” was deleted on ${day}. For ${months} months nothing in it was changed. Answers and files are no longer there.`,
    again: 'Begin anew',
    mine: 'My applications',
  },
  leicht: {
    until: (day: string) => `Sie machen nicht weiter? Dann löschen wir den Antrag am ${day}.`,
    announced: (day: string) => `Wir löschen Ihren Antrag am ${day}`,
    announcedBody: 'Sie haben lange nichts geändert. Wollen Sie den Antrag behalten? Dann klicken Sie hier.',
    keep: 'Antrag behalten',
    gone: 'Dieser Antrag ist gelöscht',
    goneBody: (service: string, day: string, months: number) =>
      `Der Antrag war: ${service}. Sie haben ${months} Monate nichts geändert. Am ${day} haben wir alles gelöscht.`,
    again: 'Neu anfangen',
    mine: 'Meine Anträge',
  },
});

const keepPath = (draftId: string): string => `/antrag/${draftId}/behalten`;

/** On which day the draft is deleted, in a sentence. */
export const deletionLine = (draft: Untouched, lang: Lang, now: Temporal.Instant): string =>
  texts(lang).until(formatDate(lang, deletionDay(draft, legalDay(now))));

/** That the draft is deleted soon, and the button that keeps it; on other days only the day. */
export function deletionPart(draft: Untouched & { readonly id: string }, lang: Lang, now: Temporal.Instant): Html {
  const t = texts(lang);
  if (draft.announcedOn === undefined) return html`<p class="kern-body k-muted">${deletionLine(draft, lang, now)}</p>`;
  const day = formatDate(lang, deletionDay(draft, legalDay(now)));
  return alert(
    'warning',
    t.announced(day),
    html`<p class="kern-body">${t.announcedBody}</p>${buttonForm(keepPath(draft.id), { label: t.keep, kind: 'secondary' })}`,
  );
}

/** On the account's page: the person's own unfinished applications, each with the day on which it is deleted. */
export async function unfinishedPart(ctx: ProcedureContext, { actor, lang, now }: Pick<Visit, 'actor' | 'lang' | 'now'>): Promise<Html> {
  const drafts = actor.kind === 'citizen' ? await ownDrafts(ctx, inOwnName(actor)) : [];
  if (drafts.length === 0) return html``;
  const name = (service: string): string => ctx.desk.current(service)?.name[lang] ?? service;
  return section(
    citizenTexts(lang).drafts,
    html`<ul class="kern-list">${drafts.map((draft) => html`<li><a class="kern-link" href="/antrag/${draft.id}">${name(draft.service)}</a>. ${deletionLine(draft, lang, now)}</li>`)}</ul>`,
  );
}

/** Keeping a draft: one button. */
export function keepRoute(ctx: ProcedureContext): AnyRoute {
  return postPage('/antrag/:id/behalten', 'citizen', async (visit) => {
    const id = parseId(visit.params['id'] ?? '');
    const kept = id === undefined ? undefined : await keepDraft(ctx, asCitizen(visit.actor), id);
    if (kept === undefined) return problemPage(notFound);
    return kept.ok ? redirect(`/antrag/${kept.value.id}/pruefen`) : problemPage(kept.problem);
  });
}

/** What became of a draft that is not there: deleted since nobody worked on it, or never the reader's. */
export async function goneOr(ctx: ProcedureContext, frame: (visit: Visit) => PageView, visit: Visit, problem: Problem): Promise<Answer> {
  const id = visit.params['id'];
  const gone = problem.kind === 'not-found' ? (await deletedDrafts(ctx, asCitizen(visit.actor))).find(({ draftId }) => draftId === id) : undefined;
  if (gone === undefined) return problemPage(problem);
  const { lang } = visit;
  const t = texts(lang);
  const offered = ctx.desk.current(gone.service);
  const main = html`${pageTitle(t.gone)}
<p class="kern-body">${t.goneBody(offered?.name[lang] ?? gone.service, formatDate(lang, gone.deletedOn), gone.months)}</p>
${buttonRow(offered === undefined ? undefined : linkButton({ label: t.again, href: `/antrag/neu/${gone.service}` }), linkButton({ label: t.mine, href: '/antraege', kind: 'secondary' }))}`;
  return answerHtml(page(frame(visit), { title: t.gone, main }), 410);
}
