import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { partiesOf } from '../domain/addressee.ts';
import { checkFacts } from '../domain/check-facts.ts';
import { writingInstruction } from '../domain/instructions.ts';
import { namedPersons } from '../domain/named-persons.ts';
import { composeWriting } from '../domain/letter.ts';
import type { AssistantResult } from '../domain/result.ts';
import type { WritingOrder } from '../domain/wish.ts';
import { textBlocks } from './blocks.ts';
import { staffOf, type AssistantContext } from './context.ts';
import { beginStream, keepDone, keepRunning } from './keep.ts';

/** Writes a text from key points and the city's blocks; a model only puts the draft into better words. */
export async function write(ctx: AssistantContext, actor: Actor, order: WritingOrder): Promise<Result<AssistantResult, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (order.points.trim() === '' && order.blocks.length === 0)
    return refuse(invalidField('points', 'Schreiben Sie wenigstens einen Stichpunkt, oder wählen Sie einen Textbaustein.'));
  const blocks = await textBlocks(ctx, staff.value, {});
  const draft = composeWriting(order, blocks, formatGermanDate(legalDay(ctx.clock())));
  const known = { entrance: 'writing' as const, title: order.subject === '' ? 'Ohne Betreff' : order.subject, dataClass: order.dataClass, order };
  if (order.model === '')
    return ok(await keepDone(ctx, staff.value, { ...known, made: 'template' }, { text: draft.text, body: { open: draft.open }, sources: [] }));
  const room = ctx.running.room(staff.value.staffId);
  if (!room.ok) return room;
  const begun = await beginStream(
    ctx,
    staff.value,
    {
      ...writingInstruction(order),
      data: [{ label: 'Entwurf', text: draft.text }],
      ...(order.extra === '' ? {} : { history: [{ role: 'user' as const, text: order.extra }] }),
      ...{ dataClass: order.dataClass, parties: [...partiesOf(order), ...namedPersons([order.persons])], model: order.model },
    },
    room.value,
  );
  if (!begun.ok) return begun;
  return keepRunning(ctx, staff.value, {
    known: { ...known, made: 'model' },
    stop: room.value,
    work: async (_signal, append) => {
      const { state, text, answer, refusal } = await begun.value(append);
      // what the draft and the wish say, the text may say
      const { checked, missing } = checkFacts(text, `${draft.text}\n${order.extra}`);
      const body = { checked, missing: missing.map(({ kind, start, end, text: said }) => ({ kind, start, end, text: said })), open: draft.open };
      return { state, text, body: { ...body, ...(refusal === undefined ? {} : { refusal }) }, origin: answer?.origin ?? null, sources: [] };
    },
  });
}
