import type { Actor } from '../../../kernel/actor.ts';
import { idOrNobody } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { readAssisted, typeAssisted, type AssistedChange, type AssistedDraft } from '../../procedure/public.ts';
import { fieldKey, phaseOf, type Assistance } from '../domain/assistance.ts';
import { helpOver, type GuideProblem } from '../domain/problems.ts';
import { findOfGuide, keepTyped, lockById } from '../store/assistance.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';
import { assistanceEntry } from './journal.ts';

type Page = AssistedDraft['pages'][number];

export interface HelpedPage {
  readonly assistance: Assistance;
  readonly draft: AssistedDraft;
  readonly page: Page;
}

export interface HelpedPlace {
  readonly assistanceId: string;
  /** Absent: the first page. */
  readonly pageId?: string;
  readonly itemIndex?: number;
}

/** A guide looks at a page of the draft they help with; each look is journalled. */
export async function seePage(ctx: GuidesContext, actor: Actor, place: HelpedPlace): Promise<Result<HelpedPage, GuideProblem>> {
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const assistance = await running(tx, actor, place.assistanceId, now);
    const draft = assistance && (await readAssisted(ctx, tx, assistance));
    if (draft === undefined) return refuse(helpOver);
    const page = place.pageId === undefined ? draft.pages[0] : draft.pages.find(({ id }) => id === place.pageId);
    if (page === undefined) return refuse(NO_PAGE);
    // held for the look: what ends the help comes before it or after it, and then the journal says so
    const held = await lockById(tx, assistance!.id);
    if (held === undefined || phaseOf(held, now) !== 'running') return refuse(helpOver);
    const step = { kind: 'page-seen', page: page.id, ...(place.itemIndex === undefined ? {} : { item: place.itemIndex }) } as const;
    await ctx.journal.append(tx, actor, now, [assistanceEntry(assistance!, step)]);
    return ok({ assistance: assistance!, draft, page });
  });
}

/** The help, if it is this guide's and runs now; not held yet. */
async function running(tx: Tx, actor: Actor, id: string, now: Temporal.Instant): Promise<Assistance | undefined> {
  const guide = guideOf(actor);
  const found = guide && (await findOfGuide(tx, idOrNobody(id), guide.staffId));
  return found !== undefined && phaseOf(found, now) === 'running' ? found : undefined;
}

export interface TypedPage extends HelpedPlace {
  readonly pageId: string;
  readonly posted: URLSearchParams;
  /** What the page held when the guide saw it. */
  readonly stand: string;
  readonly lang: Lang;
}

/** A guide types on a page; which fields is journalled, what never. */
export async function typeOnPage(
  ctx: GuidesContext,
  actor: Actor,
  typed: TypedPage,
): Promise<Result<AssistedChange & { readonly assistance: Assistance }, GuideProblem>> {
  const { pageId, itemIndex } = typed;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const assistance = await running(tx, actor, typed.assistanceId, now);
    if (assistance === undefined) return refuse(helpOver);
    // the draft is held before the help, as everywhere: submission ends the help while it holds the draft
    const stillRuns = async (): Promise<boolean> => {
      const held = await lockById(tx, assistance.id);
      return held !== undefined && phaseOf(held, now) === 'running';
    };
    const changed = await typeAssisted(ctx, tx, actor, { ...assistance, stillRuns }, typed);
    if (!changed.ok) return refuse(helpOver);
    const fields = changed.value.typed;
    if (fields.length > 0) {
      // the draft is held by now: a page shown before this moment does not know the fields
      const at = ctx.clock().toString();
      const stamps = Object.fromEntries(fields.map((field) => [fieldKey(pageId, itemIndex, field), at]));
      await keepTyped(tx, { id: assistance.id, typed: stamps });
      const step = { kind: 'field-typed', page: pageId, fields, ...(itemIndex === undefined ? {} : { item: itemIndex }) } as const;
      await ctx.journal.append(tx, actor, now, [assistanceEntry(assistance, step)]);
    }
    return ok({ ...changed.value, assistance });
  });
}

const NO_PAGE: GuideProblem = { kind: 'not-found', detail: 'Diese Seite hat das Formular nicht. Gehen Sie über die Liste der Seiten.' };
