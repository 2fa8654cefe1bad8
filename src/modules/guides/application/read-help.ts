import { ownerOf, type Actor, type CitizenActor } from '../../../kernel/actor.ts';
import { idOrNobody, parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Lang, LangText } from '../../../platform/ui/html.ts';
import { ownDraft } from '../../procedure/public.ts';
import { helpCode } from '../domain/codes.ts';
import { phaseOf, type Assistance, type EndReason, type Phase } from '../domain/assistance.ts';
import { consentSentence } from '../domain/consent.ts';
import { helpOver, noDraft, type GuideProblem } from '../domain/problems.ts';
import { findLatestOf, findOfGuide, listOf, listOfGuide } from '../store/assistance.ts';
import type { GuidesContext } from './context.ts';
import { guideName, guideOf } from './guide.ts';
import { assistanceStream } from './journal.ts';

export interface OwnHelp {
  readonly draftId: string;
  readonly service: string;
  /** The draft was sent or discarded: what happened can still be read, and nothing asked for. */
  readonly gone: boolean;
  readonly help: { readonly assistance: Assistance; readonly phase: Phase; readonly guide: string | undefined } | undefined;
}

/** How it stands with help for a draft of one's own. */
export async function readOwnHelp(ctx: GuidesContext, actor: CitizenActor, draftId: string): Promise<Result<OwnHelp, GuideProblem>> {
  if (parseId(draftId) === undefined) return refuse(noDraft);
  const own = await ownDraft(ctx, actor, draftId);
  const db = ctx.database.read;
  const assistance = await findLatestOf(db, draftId, ownerOf(actor));
  const service = own?.service ?? assistance?.service;
  if (service === undefined) return refuse(noDraft);
  const gone = own === undefined;
  if (assistance === undefined) return ok({ draftId, service, gone, help: undefined });
  const guide = assistance.staffId === null ? undefined : await guideName(db, assistance.staffId);
  return ok({ draftId, service, gone, help: { assistance, phase: phaseOf(assistance, ctx.clock()), guide } });
}

/** Whether a guide took up the newest help with a draft; a code that nobody used is no help. */
export const wasHelped = async ({ database }: Pick<GuidesContext, 'database'>, actor: CitizenActor, draftId: string): Promise<boolean> =>
  ((await findLatestOf(database.read, draftId, ownerOf(actor)))?.staffId ?? null) !== null;

/** The code that waits for a guide; nothing once it is used or over. */
export const waitingCode = ({ secret }: Pick<GuidesContext, 'secret'>, { help }: OwnHelp): string | undefined =>
  help?.phase === 'code' ? helpCode(help.assistance.id, secret) : undefined;

/** What the person is asked to say yes to; nothing while nobody offers help. */
export function offeredSentence(ctx: Pick<GuidesContext, 'desk'>, { help, service }: OwnHelp, lang: Lang): string | undefined {
  if (help?.phase !== 'offered' || help.guide === undefined) return undefined;
  return consentSentence(lang, { guide: help.guide, service: ctx.desk.current(service)?.name[lang] ?? service });
}

/** Help with a draft that came before the newest, whoever gave it. */
export interface EarlierHelp {
  readonly guide: string | undefined;
  readonly openedAt: Temporal.Instant;
  readonly steps: readonly HelpStep[];
}

/** Every help with the draft but the newest, the latest first: the person may know all of it. */
export async function earlierHelp(ctx: GuidesContext, actor: CitizenActor, { draftId }: Pick<OwnHelp, 'draftId'>): Promise<readonly EarlierHelp[]> {
  const db = ctx.database.read;
  const [, ...before] = await listOf(db, draftId, ownerOf(actor));
  // codes that nobody used say nothing about anybody
  const used = before.filter(({ staffId }) => staffId !== null);
  return Promise.all(used.map(async (one) => ({ guide: await guideName(db, one.staffId!), openedAt: one.openedAt, steps: await stepsOf(ctx, one) })));
}

/** A step of help; names are those of today's package, ids where it has them no more. */
export interface HelpStep {
  readonly at: Temporal.Instant;
  readonly kind: string;
  readonly page: LangText | undefined;
  readonly fields: readonly LangText[];
  readonly because: EndReason | undefined;
}

/** Every step of help, oldest first, as the journal has it: for the person, who may know all of it. */
export async function stepsOf(ctx: Pick<GuidesContext, 'journal' | 'database' | 'desk'>, { id, service }: Assistance): Promise<readonly HelpStep[]> {
  const pages = ctx.desk.current(service)?.form.pages ?? [];
  const same = (text: string): LangText => ({ de: text, en: text, leicht: text });
  return (await ctx.journal.readStream(ctx.database.read, assistanceStream(id))).map(({ at, kind, payload }) => {
    const facts = payload as { page?: string; fields?: readonly string[]; because?: EndReason };
    const page = pages.find((one) => one.id === facts.page);
    const fields = (facts.fields ?? []).map((field) => page?.fields.find((one) => one.id === field)?.label ?? same(field));
    return {
      at,
      kind: kind.replace('guides.assistance-', ''),
      page: facts.page === undefined ? undefined : (page?.title ?? same(facts.page)),
      fields,
      because: facts.because,
    };
  });
}

/** Help that a guide has offered or gives; nothing of the person is in it. */
export interface GivenHelp {
  readonly id: string;
  /** Only once the person has said yes. */
  readonly service: string | null;
  readonly phase: Phase;
  readonly runsUntil: Temporal.Instant | null;
}

function given(one: Assistance, now: Temporal.Instant): GivenHelp {
  const { id, service, runsUntil } = one;
  const phase = phaseOf(one, now);
  return { id, service: phase === 'running' ? service : null, runsUntil, phase };
}

/** What the guide has under way. */
export async function listGivenHelp(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor): Promise<readonly GivenHelp[]> {
  const guide = guideOf(actor);
  if (guide === undefined) return [];
  const now = ctx.clock();
  return (await listOfGuide(ctx.database.read, guide.staffId)).map((one) => given(one, now)).filter(({ phase }) => phase !== 'over');
}

/** One of them; what is over is not found. */
export async function readGivenHelp(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, id: string): Promise<Result<GivenHelp, GuideProblem>> {
  const guide = guideOf(actor);
  const found = guide && (await findOfGuide(ctx.database.read, idOrNobody(id), guide.staffId));
  const one = found && given(found, ctx.clock());
  return one === undefined || one.phase === 'over' ? refuse(helpOver) : ok(one);
}
