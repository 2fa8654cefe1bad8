import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { html as answerHtml, postPage, problemPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { ownSessions } from '../application/sessions.ts';
import { staffDirectory, staffMember } from '../application/staff.ts';
import { endSubstitution, setSubstitution, substitutionOf } from '../application/substitution.ts';
import { accountNotFound } from '../domain/problems.ts';
import { readGermanDay } from '../domain/profile-input.ts';
import type { StaffMember, Substitution } from '../domain/staff.ts';
import { accountTexts } from './account-texts.ts';
import { sessionPart } from './security-pages.ts';
import type { IdentityHttp } from './deps.ts';
import { choice, facts, faultsOf, field, formTo, notice, refusal, submit } from './parts.ts';
import type { Typed } from './sign-in-pages.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;
const STAFF = ['sachbearbeitung', 'leitung', 'administration', 'revision'] as const;

/** Vertretung of the signed-in employee. */
export function staffRoutes(deps: IdentityHttp): AnyRoute[] {
  return [
    postPage('/konto/vertretung', STAFF, (visit) => newSubstitution(deps, visit)),
    postPage('/konto/vertretung/beenden', STAFF, async (visit) => {
      const staff = visit.actor as Staff;
      const done = await endSubstitution(deps.ctx, staff, staff.staffId, visit.now);
      return done.ok ? redirect('/konto?gespeichert=1') : problemPage(done.problem);
    }),
  ];
}

async function newSubstitution(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const { fields } = visit;
  const staff = visit.actor as Staff;
  const from = readGermanDay(fields.get('from')?.trim() ?? '');
  const until = readGermanDay(fields.get('until')?.trim() ?? '');
  const substituteId = parseId(fields.get('substituteId') ?? '');
  const faults = [
    ...(substituteId === undefined ? [{ field: 'substituteId', message: 'Wählen Sie aus, wer Sie vertritt.' }] : []),
    ...(from === undefined ? [{ field: 'from', message: 'Geben Sie den ersten Tag an, etwa 24.11.2026.' }] : []),
    ...(until === undefined ? [{ field: 'until', message: 'Geben Sie den letzten Tag an, etwa 24.11.2026.' }] : []),
  ];
  if (from === undefined || until === undefined || substituteId === undefined)
    return staffAccountAnswer(deps, visit, { problem: invalidFields(faults), fields });
  const done = await setSubstitution(deps.ctx, staff, { staffId: staff.staffId, substituteId, from, until }, visit.now);
  return done.ok ? redirect('/konto?gespeichert=1') : staffAccountAnswer(deps, visit, { problem: done.problem, fields });
}

/** The account page of an employee: what the provider says, Vertretung, devices. */
export async function staffAccountAnswer(deps: IdentityHttp, visit: Visit, typed: Typed): Promise<Answer> {
  const t = accountTexts(visit.lang);
  const staff = visit.actor as Staff;
  const member = await staffMember(deps.ctx.database.read, staff.staffId);
  if (member === undefined) return problemPage(accountNotFound);
  const colleagues = await colleaguesOf(deps, member);
  const set = await substitutionOf(deps.ctx.database.read, staff.staffId);
  const body = html`${pageTitle(t.title)}
${refusal(visit.lang, typed.problem)}
${visit.query.has('gespeichert') ? notice('success', t.saved) : ''}
${section(
  member.name,
  facts([
    [t.email, member.email],
    [t.roles, member.roles.join(', ')],
    [t.authorities, member.authorities.join(', ')],
  ]),
)}
${section(t.substitution, substitutionForm(visit, colleagues, set, typed))}
${section(t.sessions, sessionPart(visit, await ownSessions(deps.ctx, visit.actor, visit)))}`;
  return answerHtml(deps.frame(visit, { title: t.title, body }), typed.problem === undefined ? 200 : problemStatus(typed.problem));
}

async function colleaguesOf(deps: IdentityHttp, member: StaffMember): Promise<StaffMember[]> {
  const found = new Map<string, StaffMember>();
  for (const authority of member.authorities) {
    for (const one of await staffDirectory(deps.ctx.database.read, authority)) if (one.staffId !== member.staffId) found.set(one.staffId, one);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'de'));
}

function substitutionForm(visit: Visit, colleagues: readonly StaffMember[], set: Substitution | undefined, { problem, fields }: Typed): Html {
  const t = accountTexts(visit.lang);
  if (colleagues.length === 0) return html`<p>${t.nobody}</p>`;
  const faults = faultsOf(problem);
  const day = (name: 'from' | 'until'): Html =>
    field(visit.lang, {
      name,
      label: t[name],
      hint: t.dayHint,
      inputmode: 'numeric',
      value: fields?.get(name) ?? (set && formatGermanDate(set[name])),
      error: faults.get(name),
    });
  const options = colleagues.map((one) => ({ value: one.staffId, label: one.name }));
  return html`<p>${t.substitutionText}</p>
${formTo(
  '/konto/vertretung',
  html`${choice(visit.lang, { name: 'substituteId', label: t.substitute, options, value: fields?.get('substituteId') ?? set?.substituteId, error: faults.get('substituteId') })}
${day('from')}${day('until')}${submit(t.setSubstitution)}`,
)}
${set === undefined ? '' : formTo('/konto/vertretung/beenden', submit(t.endSubstitution, 'secondary'))}`;
}
