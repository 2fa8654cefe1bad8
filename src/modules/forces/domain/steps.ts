import { invalidField, wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { MaterialBody, RequestBody, ShelterBody, Steps, TaskBody, TaskState, UnitBody } from './records.ts';

type Stepped<B> = Result<B, Problem<'invalid-input'> | Problem<'wrong-state'>>;

const AHEAD_MINUTES = 2;

export function stepUnit(body: UnitBody, { status, fms }: Steps['unit'], now: Temporal.Instant): Stepped<UnitBody> {
  if (body.status === 'entlassen') return refuse(wrongState('Diese Einheit ist entlassen. Legen Sie sie neu an, wenn sie wiederkommt.'));
  const inField = status === 'anfahrt' || status === 'einsatz';
  return ok({ ...body, status, fms, since: inField ? (body.since ?? now.toString()) : status === 'ruhe' || status === 'bereit' ? null : body.since });
}

const TASK_STEPS: Readonly<Record<Steps['task']['step'], { readonly from: readonly TaskState[]; readonly to: TaskState }>> = {
  acknowledge: { from: ['given'], to: 'acknowledged' },
  start: { from: ['given', 'acknowledged'], to: 'under-way' },
  done: { from: ['given', 'acknowledged', 'under-way'], to: 'done' },
  cannot: { from: ['given', 'acknowledged', 'under-way'], to: 'cannot' },
  withdraw: { from: ['given', 'acknowledged', 'under-way'], to: 'withdrawn' },
};

/** What can be done next with a task. */
export const taskSteps = ({ state }: TaskBody): Steps['task']['step'][] =>
  (Object.keys(TASK_STEPS) as Steps['task']['step'][]).filter((step) => TASK_STEPS[step].from.includes(state));

export function stepTask(body: TaskBody, { step, reason }: Steps['task']): Stepped<TaskBody> {
  if (!taskSteps(body).includes(step)) return refuse(wrongState('Dieser Schritt passt nicht mehr zum Stand des Auftrags. Laden Sie die Seite neu.'));
  if (step === 'cannot' && reason.trim() === '') return refuse(invalidField('reason', 'Sagen Sie, warum der Auftrag nicht ausgeführt werden kann.'));
  return ok({ ...body, state: TASK_STEPS[step].to, reason: reason.trim() });
}

export function stepRequest(body: RequestBody, { step, quantity, unitIds, reason }: Steps['request']): Stepped<RequestBody> {
  if (body.state === 'fulfilled' || body.state === 'refused') return refuse(wrongState('Diese Anforderung ist abgeschlossen. Stellen Sie eine neue.'));
  if (step === 'refuse')
    return reason.trim() === '' ? refuse(invalidField('reason', 'Sagen Sie, warum abgelehnt wird.')) : ok({ ...body, state: 'refused', reason: reason.trim() });
  if (quantity < 1) return refuse(invalidField('quantity', 'Nennen Sie eine Zahl ab 1.'));
  if (step === 'offer') {
    const offered = body.offered + quantity;
    return ok({ ...body, offered, state: body.fulfilled > 0 ? 'partly' : 'offered' });
  }
  const fulfilled = body.fulfilled + quantity;
  const linked = [...new Set([...body.unitIds, ...unitIds])];
  if (fulfilled > body.quantity)
    return refuse(
      invalidField('quantity', `Es fehlen noch ${body.quantity - body.fulfilled}. Nennen Sie höchstens so viele, oder ändern Sie die Anforderung.`),
    );
  return ok({ ...body, fulfilled, unitIds: linked, state: fulfilled === body.quantity ? 'fulfilled' : 'partly' });
}

export function stepShelter(body: ShelterBody, step: Steps['shelter'], now: Temporal.Instant): Stepped<ShelterBody> {
  if (step.step === 'state') {
    if (step.state === 'closed' && body.occupancy > 0)
      return refuse(invalidField('state', `Es sind noch ${body.occupancy} Menschen da. Zählen Sie erst 0, dann schließen Sie.`));
    return ok({ ...body, state: step.state });
  }
  if (body.state === 'closed') return refuse(wrongState('Diese Unterkunft ist geschlossen. Öffnen Sie sie, bevor Sie zählen.'));
  const at = step.at === null ? now : Temporal.Instant.from(step.at);
  if (Temporal.Instant.compare(at, now.add({ minutes: AHEAD_MINUTES })) > 0)
    return refuse(invalidField('at', 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr.'));
  // a count that comes late tells what was, not what is; the history keeps the newer one
  if (body.countedAt !== null && Temporal.Instant.compare(at, Temporal.Instant.from(body.countedAt)) < 0)
    return refuse(invalidField('at', 'Es gibt schon eine neuere Zählung. Tragen Sie die alte ins Tagebuch ein.'));
  const state = body.state === 'closing' ? body.state : step.count >= body.capacity ? 'full' : 'open';
  return ok({ ...body, occupancy: step.count, countedAt: at.toString(), state });
}

export function stepMaterial(body: MaterialBody, { change, reason }: Steps['material']): Stepped<MaterialBody> {
  if (change === 0) return refuse(invalidField('change', 'Nennen Sie eine Zahl: mit Minus, was herausgeht, ohne, was dazukommt.'));
  if (reason.trim() === '') return refuse(invalidField('reason', 'Sagen Sie, woher oder wohin.'));
  const stock = body.stock + change;
  return stock < 0
    ? refuse(invalidField('change', `Es sind nur ${body.stock} ${body.unitOfCount} da. Nennen Sie höchstens so viele.`))
    : ok({ ...body, stock });
}
