import { personOf, type Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { cleanWords, wordProblems, type Contribution, type Words } from '../domain/contribution.ts';
import { linkMail } from '../domain/mails.ts';
import type { Participation } from '../domain/participation.ts';
import { closedProblem, noParticipation, type ContributionProblem } from '../domain/problems.ts';
import { anchorOf, shapeOf, type Shape, type ShapeKind } from '../domain/shape.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import { findByToken, insertContribution, keepPicture } from '../store/contributions.ts';
import { lockByKey, nextNumber } from '../store/participations.ts';
import type { ContributionsContext } from './context.ts';
import { NOBODY, note } from './journal.ts';
import { checkPicture, type CheckedPicture, type GivenPicture } from './pictures.ts';
import { serveLater } from './serve-feature.ts';

export interface ContributeInput extends Words {
  readonly key: string;
  /** Secret of the form: sent twice, it is one contribution. It opens the receipt. */
  readonly receipt: string;
  readonly shape: ShapeKind;
  readonly points: readonly Position[];
  readonly pictures: readonly GivenPicture[];
  /** Gets the personal link once; the address is not kept. */
  readonly email: string;
  /** In which the form was read: the mail is in it. */
  readonly lang?: Lang;
  /** Ties it to the Servicekonto of who is signed in. */
  readonly withAccount: boolean;
  /** A field nobody sees: only programs fill it in. */
  readonly trap: string;
}

export interface Contributed {
  readonly contribution: Pick<Contribution, 'id' | 'number' | 'state'>;
  readonly participation: Participation;
}

interface Checked {
  readonly words: Words;
  readonly shape: Shape | undefined;
}

/** The secret of a new form; it becomes the personal link. */
export const newReceipt = (): string => randomToken();

/** Takes a contribution, with or without an account. */
export async function contribute(ctx: ContributionsContext, actor: Actor, input: ContributeInput): Promise<Result<Contributed, ContributionProblem>> {
  if (!isToken(input.receipt)) return refuse(invalidField('receipt', 'Das Formular ist unvollständig. Öffnen Sie es noch einmal.'));
  const trapped = trapProblem(input.trap);
  if (trapped !== undefined) return refuse(trapped);
  const picture = await checkPicture(input.pictures);
  return ctx.database.transaction(async (tx) => {
    const participation = await lockByKey(tx, input.key);
    if (participation === undefined) return refuse(noParticipation);
    const tokenSha256 = sha256Hex(input.receipt);
    const before = await findByToken(tx, tokenSha256);
    if (before !== undefined) return ok({ contribution: before, participation });
    const now = ctx.clock();
    const closed = closedProblem(participation, now, 'Ihr Beitrag wurde nicht angenommen. Was Sie geschrieben haben, steht noch da: Sie können es kopieren.');
    if (closed !== undefined) return refuse(closed);
    const checked = check(input, participation);
    if (!checked.ok) return checked;
    if (!picture.ok) return picture;
    return ok(await keep(ctx, tx, { input, actor, participation, tokenSha256, now, ...checked.value, picture: picture.value }));
  });
}

/** A trap that caught a person says so, and takes nothing away: some password managers fill in everything. */
export const trapProblem = (trap: string): ContributionProblem | undefined =>
  trap === ''
    ? undefined
    : invalidField(
        'website',
        'Ein Feld, das leer bleiben muss, ist ausgefüllt. Leeren Sie das Feld „Website“, oder schalten Sie das automatische Ausfüllen ab.',
      );

/** All that is wrong at once. */
function check(input: ContributeInput, { categories, area }: Participation): Result<Checked, ContributionProblem> {
  const words = cleanWords(input);
  const problems = wordProblems(words, categories);
  const shape = shapeOf(input.shape, input.points, area);
  if (!shape.ok) problems.push(...(shape.problem.fields ?? []));
  if (input.email !== '' && !/^[!-?A-~]{1,64}@[!-?A-~]{1,190}\.[!-?A-~]{2,}$/.test(input.email))
    problems.push({ field: 'email', message: 'Schreiben Sie die E-Mail-Adresse so: name@beispiel.de. Oder lassen Sie das Feld leer.' });
  return problems.length > 0 || !shape.ok ? refuse(invalidFields(problems)) : ok({ words, shape: shape.value });
}

interface Keeping extends Checked {
  readonly input: ContributeInput;
  readonly actor: Actor;
  readonly participation: Participation;
  readonly tokenSha256: string;
  readonly now: Temporal.Instant;
  readonly picture: CheckedPicture | undefined;
}

async function keep(ctx: ContributionsContext, tx: Tx, keeping: Keeping): Promise<Contributed> {
  const { input, actor, participation, tokenSha256, now, words, shape, picture } = keeping;
  const atOnce = participation.moderation === 'after';
  const anchor = shape === undefined ? undefined : anchorOf(shape);
  const one = {
    id: newId(now.epochMilliseconds),
    participationId: participation.id,
    number: await nextNumber(tx, participation.id),
    ...words,
    geometry: shape ?? null,
    lon: anchor?.lon ?? null,
    lat: anchor?.lat ?? null,
    district: (anchor && ctx.districtAt(anchor)) ?? null,
    hasPicture: picture !== undefined,
    state: atOnce ? ('published' as const) : ('waiting' as const),
    checked: false,
    submittedAt: now,
    publishedAt: atOnce ? now : null,
    tokenSha256,
    accountId: accountOf(actor, input.withAccount),
  };
  await insertContribution(tx, one);
  if (picture !== undefined) await keepPicture(tx, one.id, picture.mediaType, picture.bytes);
  if (input.email !== '') {
    const who = { to: input.email, lang: input.lang ?? 'de', publicUrl: ctx.settings.publicUrl };
    await ctx.mailer.send(tx, `contributions.${tokenSha256}`, linkMail(who, `/mein-beitrag/${input.receipt}`));
  }
  if (atOnce) await serveLater(ctx, tx, one.id);
  const payload = { contributionId: one.id, number: one.number, category: one.category, placed: shape?.type ?? 'none' };
  await note(ctx, tx, NOBODY, now, participation.id, 'received', payload);
  if (atOnce) await note(ctx, tx, { kind: 'system', job: 'contributions.moderation-after' }, now, participation.id, 'published', { contributionId: one.id });
  return { contribution: one, participation };
}

/** The account of who writes, where they wish it: in their own name, whoever they act for. Opinions cannot be delegated. */
export const accountOf = (actor: Actor, wished: boolean): string | null => (wished && actor.kind === 'citizen' ? personOf(actor) : null);
