import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { storableText } from '../../../kernel/storable.ts';
import type { CommentState } from '../domain/comment.ts';
import { LIMITS } from '../domain/limits.ts';
import { countComments, insertComment, setCommentState } from '../store/comments.ts';
import { changeScenario, whoIs, type Writing } from './context.ts';

const FULL: Problem = { kind: 'too-many', detail: 'Zu diesem Szenario gibt es schon sehr viele Kommentare. Es nimmt keine weiteren an.' };
const TOO_MANY: Problem = { kind: 'too-many', detail: `In 24 Stunden sind ${LIMITS.commentsPerDay} Kommentare möglich. Versuchen Sie es morgen wieder.` };
const NO_COMMENT: Problem = { kind: 'not-found', detail: 'Diesen Kommentar gibt es nicht mehr. Laden Sie die Seite neu.' };

/** A comment by whoever is signed in and may look; others see it once the owner shows it. */
export function writeComment(
  ctx: Writing,
  actor: Actor,
  scenarioId: string,
  text: string,
): Promise<Result<{ readonly id: string; readonly state: CommentState }, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'reader', async (tx, { role }, now) => {
    const said = storableText(text).trim();
    if (said === '') return refuse(invalidField('text', 'Schreiben Sie, was Sie sagen möchten.'));
    if (said.length > LIMITS.commentLength)
      return refuse(invalidField('text', `Der Kommentar ist zu lang. Erlaubt sind ${LIMITS.commentLength.toLocaleString('de')} Zeichen.`));
    const author = whoIs(actor);
    const { here, recent } = await countComments(tx, scenarioId, author, now.subtract({ hours: 24 }));
    if (here >= LIMITS.comments) return refuse(FULL);
    if (recent >= LIMITS.commentsPerDay) return refuse(TOO_MANY);
    const id = newId<'Comment'>(now.epochMilliseconds);
    const state = role === 'reader' ? 'waiting' : 'shown';
    const as = role === 'reader' ? (actor.kind === 'staff' ? 'staff' : 'citizen') : role;
    await insertComment(tx, { id, scenarioId, author, as, text: said, state, writtenAt: now });
    return ok({ value: { id, state }, happened: ['comment-written', { comment: id, state }] as const });
  });
}

/** Shows a comment to all, or hides it. */
export function moderateComment(
  ctx: Writing,
  actor: Actor,
  scenarioId: string,
  id: string,
  state: Exclude<CommentState, 'waiting'>,
): Promise<Result<{ readonly id: string; readonly state: CommentState }, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'owner', async (tx) => {
    const there = parseId(id) !== undefined && (await setCommentState(tx, scenarioId, id, state));
    return there ? ok({ value: { id, state }, happened: [`comment-${state}`, { comment: id }] as const }) : refuse(NO_COMMENT);
  });
}
