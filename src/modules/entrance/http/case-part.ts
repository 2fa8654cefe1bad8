import type { Actor, CitizenActor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { postPage, problemPage, redirect, type AnyRoute } from '../../../platform/http/route.ts';
import { buttonForm, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { copyable, section } from '../../../platform/ui/parts.ts';
import type { EntranceContext } from '../application/context.ts';
import { CODE_ACTIONS, changeCode, ownCode, type OwnCode } from '../application/own-code.ts';
import { nextOf } from '../application/figures.ts';
import { nextPart } from './front-door.ts';
import { STATUS_PATH } from './status-pages.ts';
import { statusTexts } from './status-texts.ts';

const codePath = (caseId: string): string => `/vorgang/${caseId}/stand-code`;
const NO_ACTION = { kind: 'invalid-input' as const, detail: 'Diese Änderung gibt es nicht. Öffnen Sie den Vorgang und drücken Sie dort einen der Knöpfe.' };

/** The holder renews the code, or switches it off and on. */
export function codeRoutes(ctx: EntranceContext): AnyRoute[] {
  return [
    postPage('/vorgang/:id/stand-code', 'citizen', async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      const action = CODE_ACTIONS.find((one) => one === visit.fields.get('action'));
      if (id === undefined || action === undefined) return problemPage(NO_ACTION);
      const done = await changeCode(ctx, visit.actor as CitizenActor, id, action);
      return done.ok ? redirect(`/vorgang/${id}#stand-code`) : problemPage(done.problem);
    }),
  ];
}

/** What the applicant sees with their case: the code that shows its status to others, and what others needed next. */
export async function casePart(ctx: EntranceContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  if (actor.kind !== 'citizen') return undefined;
  const own = await ownCode(ctx, actor, caseId);
  if (!own.ok) return undefined;
  const next = nextPart(await nextOf(ctx, [own.value.service]), lang);
  return html`${next ?? ''}${section(statusTexts(lang).caseTitle, codePart(caseId, own.value, actor, lang), { id: 'stand-code' })}`;
}

function codePart(caseId: string, { code, looks, lastLookAt }: OwnCode, actor: CitizenActor, lang: Lang): Html {
  const t = statusTexts(lang);
  const change = (action: (typeof CODE_ACTIONS)[number], label: string): Html =>
    buttonForm(codePath(caseId), { label, kind: 'secondary', small: true }, { action });
  const may = actor.agent?.writes !== false;
  if (code === undefined) return html`<p class="kern-body">${t.isOff}</p>${may ? html`<div class="k-buttons">${change('switch-on', t.on)}</div>` : ''}`;
  const looked = lastLookAt === undefined ? t.neverLooked : t.looks(looks, formatInstant(lang, lastLookAt));
  return html`<p class="kern-body">${t.caseBody}</p>${copyable(code, lang, t.code)}<p class="k-muted">${looked}</p>
<div class="k-buttons">${linkButton({ label: t.toStatus, href: STATUS_PATH, kind: 'tertiary', small: true })}${may ? html`${change('renew', t.renew)}${change('switch-off', t.off)}` : ''}</div>`;
}
