import type { FieldProblem } from '../../../kernel/problem.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { textField } from '../../../platform/ui/form.ts';
import { button, buttonForm, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OpenDraft } from '../application/drafts.ts';
import { applicantsOf } from '../domain/applicants.ts';
import type { Case } from '../domain/case.ts';
import { nameOf, standingOf, type Cosigner, type Standing } from '../domain/cosigner.ts';
import { cosignTexts, standingTexts } from './cosign-texts.ts';

const TONES = { invited: 'neutral', expired: 'warning', opened: 'info', signed: 'success', voided: 'warning', declined: 'danger' } as const satisfies Record<
  Standing,
  string
>;

/** What was typed into the invitation, and what is wrong with it. */
export interface TypedInvitation {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
}

/** On the review page: who is asked to apply together with the owner, how far they are, and one more. */
export function cosignersSection(view: PageView, { draft, pkg, cosigners }: OpenDraft, now: Temporal.Instant, typed?: TypedInvitation): Html {
  if (pkg.jointApplicants === undefined) return html``;
  const t = cosignTexts(view.lang);
  const { max } = pkg.jointApplicants;
  const list =
    cosigners.length === 0 ? '' : html`<ul class="kern-list k-cosigners">${cosigners.map((one) => cosignerItem(one, draft.id, now, view.lang))}</ul>`;
  const invitation = cosigners.length >= max ? html`<p class="kern-body">${t.full}</p>` : invitationForm(draft.id, view.lang, typed);
  return section(t.title, html`<p class="kern-body">${t.lead(max)}</p><p class="kern-body">${t.changeVoids}</p>${list}${invitation}`, { id: 'mitantrag' });
}

function cosignerItem(one: Cosigner, draftId: string, now: Temporal.Instant, lang: Lang): Html {
  const t = cosignTexts(lang);
  const standing = standingOf(one, now);
  const at = `/antrag/${draftId}/mitantrag/${one.id}`;
  const reason = one.declineReason === null ? '' : html`<p class="kern-body">${t.reason}: ${one.declineReason}</p>`;
  const again = standing === 'signed' ? undefined : buttonForm(`${at}/link`, { label: t.again, kind: 'tertiary', context: nameOf(one) });
  return html`<li><p class="kern-body"><strong>${nameOf(one)}</strong>, ${one.email} ${badge(TONES[standing], standingTexts(lang)[standing])}</p>${reason}${buttonRow(again, buttonForm(`${at}/entfernen`, { label: t.remove, kind: 'tertiary', context: nameOf(one) }))}</li>`;
}

function invitationForm(draftId: string, lang: Lang, typed?: TypedInvitation): Html {
  const t = cosignTexts(lang);
  const field = (name: 'givenName' | 'familyName' | 'email', hint?: string): Html =>
    textField({
      name,
      label: t[name],
      lang,
      value: typed?.fields.get(name) ?? '',
      ...(name === 'email' ? { type: 'email' as const } : {}),
      ...(hint === undefined ? {} : { hint }),
      ...errorOf(typed?.problems ?? [], name),
    });
  const inputs = form(
    { action: `/antrag/${draftId}/mitantrag` },
    html`${field('givenName')}${field('familyName')}${field('email', t.emailHint)}${buttonRow(button({ label: t.invite, kind: 'secondary' }))}`,
  );
  return accordion(t.invite, inputs, { open: typed !== undefined });
}

/** A row that names everybody who applied; none where one person did. */
export function applicantsRow(state: Case, lang: Lang): { label: string; value: Html }[] {
  if (state.coApplicants === undefined) return [];
  const t = cosignTexts(lang);
  const lines = applicantsOf(state).map(({ name, withdrawn }, index) => {
    const marks = [...(index === 0 ? [t.first] : []), ...(withdrawn ? [t.withdrawnMark] : [])];
    return html`<li>${name}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}</li>`;
  });
  return [{ label: t.applicants, value: html`<ul class="kern-list">${lines}</ul>` }];
}
