import { personOf, type Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import type { Tx } from '../../../platform/database/port.ts';
import {
  commentProblems,
  decideComment,
  SUBJECTS,
  type Comment,
  type CommentCommand,
  type CommentPage,
  type CommentRange,
  type Subject,
} from '../domain/comment.ts';
import type { Strategy } from '../domain/items.ts';
import { noComment, noItem, notYours, type CockpitProblem } from '../domain/problems.ts';
import {
  changeComment,
  commentsFor,
  commentsOfAccount,
  eraseComment,
  followedUpTo,
  followTo,
  forgetAccount,
  insertComment,
  lockComment,
  ownComment,
  publishedComments,
  type CommentOwner,
} from '../store/comments.ts';
import { actsFor, keepsStrategy, streamOf, type CockpitContext } from './context.ts';

/** Who comments is nobody in the journal: it cannot forget, and opinions are nobody's business. */
const NOBODY: Actor = { kind: 'anonymous' };

export interface CommentInput {
  readonly about: Subject;
  readonly text: string;
  readonly name: string;
  /** Secret of the form: sent twice, it is one comment. It opens the receipt. */
  readonly receipt: string;
  /** Ties it to the Servicekonto of who is signed in. */
  readonly withAccount: boolean;
  /** A field nobody sees: only programs fill it in. */
  readonly trap: string;
}

export const newReceipt = (): string => randomToken();

async function note(
  ctx: CockpitContext,
  tx: Tx,
  actor: Actor,
  kind: string,
  { id, kind: about, key }: Subject & Pick<Comment, 'id'>,
  more: object = {},
): Promise<void> {
  await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: streamOf(about, key), kind: `cockpit.comment-${kind}`, payload: { commentId: id, ...more } }]);
}

/** Takes a comment on a measure or a decision; nobody sees it before somebody has looked at it. */
export async function commentOn(ctx: CockpitContext, actor: Actor, input: CommentInput): Promise<Result<{ readonly receipt: string }, CockpitProblem>> {
  const { about, receipt, withAccount } = input;
  if (!isToken(receipt)) return refuse(invalidField('receipt', 'Das Formular ist unvollständig. Öffnen Sie es noch einmal.'));
  if (input.trap !== '') return refuse(invalidField('website', 'Lassen Sie dieses Feld leer. Es ist nur für Programme da.'));
  const [text, name] = [cleanText(input.text), cleanLine(input.name)];
  const accountId = withAccount && actor.kind === 'citizen' ? personOf(actor) : null;
  const problems = commentProblems({ text, name }, accountId !== null);
  if (problems.length > 0) return refuse(invalidFields(problems));
  if (!(await ctx.history.now())[about.kind].has(about.key)) return refuse(noItem);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const id = newId(now.epochMilliseconds);
    const isNew = await insertComment(tx, {
      id,
      ...about,
      text,
      name: name === '' ? null : name,
      submittedAt: now,
      tokenSha256: sha256Hex(receipt),
      accountId,
    });
    if (isNew) await note(ctx, tx, NOBODY, 'received', { id, ...about });
    return ok({ receipt });
  });
}

/** So many comments stand on a page. */
export const COMMENTS_SHOWN = 50;
const FIRST: CommentRange = { limit: COMMENTS_SHOWN };

/** What everybody sees, newest first. */
export const commentsOn = (ctx: Pick<CockpitContext, 'database'>, about: Subject, range = FIRST): Promise<CommentPage> =>
  publishedComments(ctx.database.read, about, range);

/** The unit that answers for a measure, or for the one that a decision is about; none: who keeps the strategy. */
const unitOf = (strategy: Strategy, { kind, key }: Subject): string | undefined =>
  strategy.measure.get(kind === 'measure' ? key : (strategy.decision.get(key)?.measure ?? ''))?.unit;

/** Comments on the measures that somebody answers for, and on decisions about them; who keeps the strategy also sees those on what is no more. */
export async function commentDesk(ctx: CockpitContext, actor: Actor, range = FIRST): Promise<CommentPage> {
  if (keepsStrategy(actor)) return commentsFor(ctx.database.read, undefined, range);
  const strategy = await ctx.history.now();
  const all = SUBJECTS.flatMap((kind) => [...strategy[kind].keys()].map((key): Subject => ({ kind, key })));
  const own = all.filter((about) => actsFor(actor, unitOf(strategy, about)));
  return own.length === 0 ? { items: [], next: undefined } : commentsFor(ctx.database.read, own, range);
}

/** Publishes, hides or answers a comment on a measure of one's own unit, or on a decision about it. */
export async function moderateComment(ctx: CockpitContext, actor: Actor, id: string, command: CommentCommand): Promise<Result<Comment, CockpitProblem>> {
  if (parseId(id) === undefined) return refuse(noComment);
  const strategy = await ctx.history.now();
  return ctx.database.transaction<Comment, CockpitProblem>(async (tx) => {
    const one = await lockComment(tx, id);
    if (one === undefined) return refuse(noComment);
    if (!actsFor(actor, unitOf(strategy, one))) return refuse(notYours);
    const decided = decideComment(one, command, ctx.clock());
    if (!decided.ok) return decided;
    await changeComment(tx, id, decided.value);
    const more =
      command.action === 'hide' ? { because: command.because } : command.action === 'answer' ? { answerSha256: sha256Hex(decided.value.answer ?? '') } : {};
    await note(ctx, tx, actor, { publish: 'published', hide: 'hidden', answer: 'answered' }[command.action], one, more);
    return ok({ ...one, ...decided.value });
  });
}

/** By the personal link, or by id for the account it was written with. */
function ownerOf(actor: Actor, token: string): CommentOwner | undefined {
  if (isToken(token)) return { tokenSha256: sha256Hex(token) };
  const id = parseId(token);
  return id === undefined || actor.kind !== 'citizen' ? undefined : { id, accountId: personOf(actor) };
}

/** A comment as its author sees it. */
export async function openOwnComment(ctx: CockpitContext, actor: Actor, token: string): Promise<Result<Comment, CockpitProblem>> {
  const owner = ownerOf(actor, token);
  const found = owner && (await ownComment(ctx.database.read, owner));
  return found === undefined ? refuse(noComment) : ok(found);
}

/** Its author takes it back, at any time. */
export async function deleteOwnComment(ctx: CockpitContext, actor: Actor, token: string): Promise<Result<null, CockpitProblem>> {
  const owner = ownerOf(actor, token);
  if (owner === undefined) return refuse(noComment);
  return ctx.database.transaction(async (tx) => {
    const gone = await eraseComment(tx, owner);
    if (gone === undefined) return refuse(noComment);
    await note(ctx, tx, NOBODY, 'deleted', gone);
    return ok(null);
  });
}

export async function ownComments(ctx: Pick<CockpitContext, 'database'>, actor: Actor, range = FIRST): Promise<CommentPage> {
  return actor.kind === 'citizen' ? commentsOfAccount(ctx.database.read, personOf(actor), range) : { items: [], next: undefined };
}

/** Everything an account has written, for its export. */
export async function holdingsOf(ctx: Pick<CockpitContext, 'database'>, accountId: string): Promise<readonly Comment[]> {
  const all: Comment[] = [];
  for (let after: CommentRange['after'], more = true; more; more = after !== undefined) {
    const { items, next } = await commentsOfAccount(ctx.database.read, accountId, { limit: 200, after });
    all.push(...items);
    after = next;
  }
  return all;
}

export const FORGET_ACCOUNTS = 'cockpit.forget-accounts';
const FOLLOWER = { kind: 'system', job: FORGET_ACCOUNTS } as const;

/** Unties what was written with accounts that have been deleted since. */
export async function forgetAccounts(ctx: Pick<CockpitContext, 'clock' | 'database' | 'journal'>): Promise<void> {
  for (;;) {
    const from = await followedUpTo(ctx.database.read);
    const entries = await ctx.journal.readAfter(ctx.database.read, from, { kinds: ['identity.account-deleted'], limit: 100 });
    if (entries.length === 0) return;
    await ctx.database.write(async (tx) => {
      if (!(await followTo(tx, from, entries.at(-1)!.seq))) return;
      for (const { stream } of entries) {
        const accountId = parseId(stream.replace(/^account:/, ''));
        if (accountId !== undefined) await forgetAccount(tx, accountId);
      }
      await ctx.journal.append(tx, FOLLOWER, ctx.clock(), [
        { stream: 'strategy:all', kind: 'cockpit.accounts-forgotten', payload: { accounts: entries.length } },
      ]);
    });
  }
}
