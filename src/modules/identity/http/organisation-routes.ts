import { invalidField } from '../../../kernel/problem.ts';
import { getPage, postPage, problemPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { endMandate } from '../application/mandates.ts';
import { inviteMember } from '../application/offer-mandate.ts';
import { changeOrganisation, changeRole, deleteOrganisation, foundOrganisation, openOrganisation } from '../application/organisations.ts';
import type { OrganisationInput } from '../domain/mandate-input.ts';
import type { IdentityHttp } from './deps.ts';
import { foundPage, organisationPage, type OrganisationTyped } from './organisation-pages.ts';
import type { Typed } from './sign-in-pages.ts';
import { framed, pathId, personIn, shownTo } from './vertretung-routes.ts';

/** Accounts of organisations: founding, seeing, members, deleting. */
export function organisationRoutes(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  const found = (visit: Visit, typed: Typed): Answer => framed(deps, visit, foundPage(shownTo(deps, visit), typed), typed.problem);
  return [
    getPage('/organisationen/neu', 'person', async (visit) => found(visit, {})),
    postPage('/organisationen/neu', 'person', async (visit) => {
      const founded = await foundOrganisation(ctx, personIn(visit), inputOf(visit), visit.now);
      return founded.ok ? redirect(`/organisationen/${founded.value}?gespeichert=1`) : found(visit, { problem: founded.problem, fields: visit.fields });
    }),
    getPage('/organisationen/:id', 'person', (visit) => show(deps, visit, {})),
    postPage('/organisationen/:id', 'person', async (visit) => {
      const done = await changeOrganisation(ctx, personIn(visit), pathId(visit), inputOf(visit), visit.now);
      return done.ok ? saved(visit) : show(deps, visit, { at: 'details', problem: done.problem, fields: visit.fields });
    }),
    postPage(
      '/organisationen/:id/einladen',
      'person',
      async (visit) => {
        const [email, role] = [visit.fields.get('email') ?? '', visit.fields.get('role') ?? ''];
        const sent = await inviteMember(ctx, personIn(visit), { organisationId: pathId(visit), email, role }, visit);
        return sent.ok
          ? redirect(`/organisationen/${pathId(visit)}?gesendet=1`)
          : show(deps, visit, { at: 'invite', problem: sent.problem, fields: visit.fields });
      },
      { limit: 'sign-in' },
    ),
    postPage('/organisationen/:id/mitglieder/:memberId', 'person', async (visit) => {
      const memberId = pathId(visit, 'memberId');
      const input = { organisationId: pathId(visit), memberId, role: visit.fields.get(`role.${memberId}`) ?? '' };
      const done = await changeRole(ctx, personIn(visit), input, visit.now);
      return done.ok ? saved(visit) : show(deps, visit, { problem: done.problem });
    }),
    postPage('/organisationen/:id/mitglieder/:memberId/entfernen', 'person', async (visit) => {
      const done = await endMandate(ctx, personIn(visit), { id: pathId(visit, 'memberId'), organisationId: pathId(visit) }, visit.now);
      return done.ok ? saved(visit) : show(deps, visit, { problem: done.problem });
    }),
    postPage('/organisationen/:id/loeschen', 'person', (visit) => deletion(deps, visit)),
  ];
}

const saved = (visit: Visit): Answer => redirect(`/organisationen/${pathId(visit)}?gespeichert=1`);

function inputOf({ fields }: FormVisit): OrganisationInput {
  const value = (name: keyof OrganisationInput): string => fields.get(name) ?? '';
  return {
    name: value('name'),
    registerNumber: value('registerNumber'),
    street: value('street'),
    houseNumber: value('houseNumber'),
    postcode: value('postcode'),
    place: value('place'),
  };
}

async function show(deps: IdentityHttp, visit: Visit, typed: OrganisationTyped): Promise<Answer> {
  const opened = await openOrganisation(deps.ctx.database.read, personIn(visit), pathId(visit), visit.now);
  if (!opened.ok) return problemPage(typed.problem ?? opened.problem);
  const said = visit.query.has('gespeichert') ? 'saved' : visit.query.has('gesendet') ? 'sent' : undefined;
  return framed(deps, visit, organisationPage(shownTo(deps, visit), opened.value, typed, said), typed.problem);
}

async function deletion(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const person = personIn(visit);
  const opened = await openOrganisation(deps.ctx.database.read, person, pathId(visit), visit.now);
  if (!opened.ok) return problemPage(opened.problem);
  if ((visit.fields.get('confirmation') ?? '').trim() !== opened.value.organisation.name) {
    const problem = invalidField('confirmation', 'Der Name stimmt nicht. Die Organisation ist noch da. Schreiben Sie den Namen genau so, wie er oben steht.');
    return show(deps, visit, { at: 'delete', problem });
  }
  const done = await deleteOrganisation(deps.ctx, person, pathId(visit), deps, visit.now);
  return done.ok ? redirect('/vertretung?gespeichert=1') : show(deps, visit, { at: 'delete', problem: done.problem });
}
