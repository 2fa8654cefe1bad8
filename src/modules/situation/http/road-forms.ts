import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { PRIORITIES } from '../../../kernel/log.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { SituationContext } from '../application/context.ts';
import { onTheRoad, type RoadPorts } from '../application/on-the-road.ts';
import type { Member } from '../domain/lage.ts';
import type { LageProblem } from '../domain/problems.ts';
import { roadTexts } from './road-texts.ts';

export type FieldOf = (name: string) => { readonly name: string; readonly lang: Lang; readonly value: string };

/** What an entry is called from the moment its form is shown. */
export interface EntryForm {
  readonly lang: Lang;
  readonly id: string;
}

/** Whom a message can go to: who watches only is told nothing by message. */
const ADDRESSEES = STAFF_FUNCTIONS.filter((one) => one !== 'beobachter');

/** A message in short; who sends it stands in the form, so that a device can send it later. */
export function messageForm(key: string, field: FieldOf, { lang, id }: EntryForm, { name, function: senderFunction }: Member): Html {
  const t = roadTexts(lang);
  const inner = html`${selectField({ ...field('to'), label: t.messageTo, options: ADDRESSEES.map((value) => ({ value, label: FUNCTION_NAMES[lang][value] })) })}
${selectField({ ...field('priority'), label: t.priority, options: PRIORITIES.map((value) => ({ value, label: t[value] })) })}
${textArea({ ...field('content'), label: t.messageText, rows: 3, maxLength: 8000 })}${buttonRow(button({ label: t.send }))}`;
  return form({ action: `/lagen/${key}/unterwegs`, id: 'entry-message', hidden: { form: 'message', id, sender: name, senderFunction } }, inner);
}

/** Where the own unit is. Without scripts the page of the unit takes it. */
export function positionForm({ action, id, title, lang }: { readonly action: string; readonly id: string; readonly title: string; readonly lang: Lang }): Html {
  const t = roadTexts(lang);
  const where = textField({ name: `${id}.position`, lang, value: '', label: t.position, hint: t.positionHint, width: 'm' });
  return form({ action, id, hidden: { title } }, html`<div data-here></div>${where}${buttonRow(button({ label: t.here, kind: 'secondary', context: title }))}`);
}

export async function takeRoadMessage(
  ctx: SituationContext,
  message: NonNullable<RoadPorts['message']>,
  get: (name: string) => string,
  { actor, key, id }: { readonly actor: Actor; readonly key: string; readonly id: string },
): Promise<Result<unknown, LageProblem>> {
  const to = ADDRESSEES.find((one) => one === get('to'));
  if (to === undefined) return refuse(invalidField('to', 'Wählen Sie, für wen die Nachricht ist.'));
  const road = await onTheRoad(ctx, actor, key);
  if (!road.ok) return road;
  const { name: sender, function: senderFunction } = road.value.view.member;
  const priority = PRIORITIES.find((one) => one === get('priority')) ?? 'none';
  return message(actor, key, { id, to, priority, content: get('content'), sender, senderFunction });
}
