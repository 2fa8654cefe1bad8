import type { Problem } from '../../../kernel/problem.ts';
import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import type { FormVisit, Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import { confirmSession, notFreshSession } from '../application/fresh-session.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { againTexts } from './again-texts.ts';
import type { IdentityHttp } from './deps.ts';
import { faultsOf, field, formTo, linkButton, submit } from './parts.ts';

const FIELD = 'currentPassword';

/** Sign-in that shows every way although somebody is signed in, and leads back. */
export const signInAgain = (next: string): string => `/anmelden?erneut=1&weiter=${encodeURIComponent(next)}`;

/** Takes the password that came along with what was wanted. @returns what is wrong with it; nothing when none came */
export async function passwordCameAlong({ ctx }: IdentityHttp, visit: FormVisit): Promise<IdentityProblem | undefined> {
  const password = visit.fields.get(FIELD);
  if (password === null) return undefined;
  const done = await confirmSession(ctx, visit, inOwnName(visit.actor as CitizenActor).accountId, password);
  return done.ok ? undefined : done.problem;
}

/** What a refused request leads on with: the same request once more with the password, everything typed kept. */
export interface Again {
  readonly problem: Problem | undefined;
  readonly hasPassword: boolean;
  /** The page to come back to after a new sign-in. */
  readonly next: string;
  /** What was posted; passwords are not given back. */
  readonly fields?: URLSearchParams | undefined;
}

/** The way on after a refusal that a fresh session would not have met; nothing for other refusals. */
export function againPart(visit: Visit, { problem, hasPassword, next, fields }: Again): Html {
  const byPassword = hasPassword && (problem === notFreshSession || faultsOf(problem).has(FIELD));
  if (problem === undefined || (problem.kind !== 'not-allowed' && !byPassword)) return html``;
  const t = againTexts(visit.lang);
  const kept = Object.fromEntries([...(fields ?? [])].filter(([name]) => !/password/i.test(name)));
  const link = html`<p>${linkButton(signInAgain(next), t.signIn)}</p>`;
  return section(t.title, byPassword ? html`<p>${t.text}</p>${passwordForm(visit, visit.url.split('?')[0]!, kept, problem)}${link}` : link);
}

function passwordForm(visit: Visit, action: string, hidden: Readonly<Record<string, string>>, problem?: Problem): Html {
  const t = againTexts(visit.lang);
  const error = problem && faultsOf(problem).get(FIELD);
  return formTo(
    action,
    html`${field(visit.lang, { name: FIELD, label: t.password, type: 'password', autocomplete: 'current-password', error })}${submit(t.go)}`,
    hidden,
  );
}

/** Before what only a script can ask for: the password first, or a new sign-in. */
export function firstAgain(visit: Visit, hasPassword: boolean, next: string): Html {
  const t = againTexts(visit.lang);
  const form = hasPassword ? html`<p>${t.passkeyText}</p>${passwordForm(visit, '/konto/bestaetigen', { weiter: next })}` : html`<p>${t.noPassword}</p>`;
  return html`${form}<p>${linkButton(signInAgain(next), t.signIn)}</p>`;
}
