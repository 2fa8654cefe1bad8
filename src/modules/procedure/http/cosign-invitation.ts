import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { postPage, problemPage, redirect, type AnyRoute, type Answer, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import type { ProcedureContext } from '../application/context.ts';
import { inviteAgain, inviteCosigner, removeCosigner } from '../application/cosigners.ts';
import { asCitizen } from './api.ts';

/** Shows the review with what was refused, and what was typed. */
type ReviewAgain = (visit: FormVisit, draftId: string, problem: Problem) => Promise<Answer>;

/** An id that nothing has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Who applies together with the owner: asked, asked again, taken out. */
export function invitationPages(ctx: ProcedureContext, reviewAgain: ReviewAgain): AnyRoute[] {
  const at = '/antrag/:id/mitantrag';
  const ids = (visit: Visit) => ({ draftId: parseId(visit.params['id'] ?? '') ?? NOBODY, cosignerId: parseId(visit.params['person'] ?? '') ?? NOBODY });
  const back = (visit: Visit): Answer => redirect(`/antrag/${ids(visit).draftId}/pruefen#mitantrag`);
  return [
    postPage(at, 'citizen', async (visit) => {
      const { draftId } = ids(visit);
      const [givenName, familyName, email] = (['givenName', 'familyName', 'email'] as const).map((name) => visit.fields.get(name) ?? '') as [
        string,
        string,
        string,
      ];
      const asked = await inviteCosigner(ctx, asCitizen(visit.actor), { draftId, givenName, familyName, email, lang: visit.lang });
      return asked.ok ? back(visit) : reviewAgain(visit, draftId, asked.problem);
    }),
    postPage(`${at}/:person/link`, 'citizen', async (visit) => {
      const done = await inviteAgain(ctx, asCitizen(visit.actor), { ...ids(visit), lang: visit.lang });
      return done.ok ? back(visit) : reviewAgain(visit, ids(visit).draftId, done.problem);
    }),
    postPage(`${at}/:person/entfernen`, 'citizen', async (visit) => {
      const done = await removeCosigner(ctx, asCitizen(visit.actor), ids(visit));
      return done.ok ? back(visit) : problemPage(done.problem);
    }),
  ];
}
