import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { enterLage, lageStream, readPicture, type LageProblem, type LageView, type Right } from '../../situation/public.ts';
import { firstDraft } from '../domain/first-draft.ts';
import { contentProblems, type Warning, type WarningContent, type WarningMessage } from '../domain/warning.ts';
import { findWarning, listWarnings, lockWarning, messagesOf, insertWarning, saveWarning } from '../store/warnings.ts';
import type { WarningsContext } from './context.ts';

export type WarningCommand = 'save' | 'submit' | 'return' | 'release' | 'update' | 'cancel' | 'discard';

/** A warning with what went out of it. */
export interface OpenedWarning {
  readonly view: LageView;
  readonly warning: Warning;
  readonly messages: readonly WarningMessage[];
}

export async function openWarning(ctx: WarningsContext, actor: Actor, key: string, id: string): Promise<Result<OpenedWarning, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const found = opened.value.layers.has('warnungen') ? await findWarning(ctx.database.read, opened.value.lage.id, id) : undefined;
  const warning = found && seenBy(opened.value, found);
  return warning === undefined ? refuse(noWarning) : ok({ view: opened.value, warning, messages: await messagesOf(ctx.database.read, id) });
}

/** Who writes or releases warnings. */
const writes = ({ rights }: LageView): boolean => rights.has('draft-warning') || rights.has('release-warning');

/** What is not out yet is seen by who works on it; others see what went out. */
const seenBy = (view: LageView, warning: Warning): Warning => (writes(view) ? warning : { ...warning, draft: null, remark: null });

export const noWarning: LageProblem = { kind: 'not-found', detail: 'Diese Warnung gibt es in dieser Lage nicht.' };

export async function warningsOf(
  ctx: WarningsContext,
  actor: Actor,
  key: string,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly view: LageView; readonly warnings: readonly Warning[] }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  if (!opened.value.layers.has('warnungen')) return ok({ view: opened.value, warnings: [] });
  const warnings = await listWarnings(ctx.database.read, opened.value.lage.id, page);
  return ok({ view: opened.value, warnings: warnings.map((one) => seenBy(opened.value, one)) });
}

/** Warnings of a Lage that wait for a second pair of eyes. */
export async function waitingWarnings(
  db: Sql,
  view: LageView,
): Promise<readonly { readonly id: string; readonly headline: string; readonly since: Temporal.Instant }[]> {
  if (!writes(view)) return [];
  const warnings = await listWarnings(db, view.lage.id, { limit: 200 });
  return warnings.flatMap(({ id, draft, changedAt }) =>
    draft?.state === 'submitted' ? [{ id, headline: draft.content.texts.de.headline, since: changedAt }] : [],
  );
}

/** Areas of the picture that a warning can be for. */
export async function areasFor(ctx: WarningsContext, view: LageView) {
  const { objects } = await readPicture(ctx.database.read, view, { kinds: ['zone', 'hazard', 'section', 'drawing'], limit: 500 });
  return objects.filter(({ geometry }) => geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon');
}

/** A first draft out of the Lage; nothing is kept yet. */
export async function draftFromLage(
  ctx: WarningsContext,
  actor: Actor,
  key: string,
): Promise<Result<{ readonly view: LageView; readonly content: WarningContent }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'draft-warning');
  if (!opened.ok) return opened;
  const { objects } = await readPicture(ctx.database.read, opened.value, { kinds: ['zone', 'hazard', 'forecast'], limit: 500 });
  return ok({ view: opened.value, content: firstDraft({ hazard: opened.value.lage.hazard, objects, now: ctx.clock() }) });
}

/** Begins a warning. @param id made by who writes: sent twice it is one */
export async function beginWarning(
  ctx: WarningsContext,
  actor: Actor,
  key: string,
  content: WarningContent,
  id?: string,
): Promise<Result<Warning, LageProblem>> {
  return inWarnings(ctx, actor, key, 'draft-warning', async (tx, view, now) => {
    const before = id === undefined ? undefined : await findWarning(tx, view.lage.id, id);
    if (before !== undefined) return ok(before);
    const { lage, member } = view;
    const warning: Warning = {
      id: id ?? newId(now.epochMilliseconds),
      lageId: lage.id,
      lageKey: lage.key,
      lageTitle: lage.title,
      exercise: lage.exercise,
      draft: { type: 'Alert', state: 'draft', content },
      version: 1,
      editedBy: member.id,
      editedByName: member.name,
      submittedBy: null,
      remark: null,
      changedAt: now,
    };
    if (!(await insertWarning(tx, warning))) return refuse(invalidField('id', 'Diese Kennung ist schon vergeben. Nehmen Sie eine neue.'));
    await note(ctx, tx, actor, warning, 'warnings.drafted', now);
    return ok(warning);
  });
}

export interface ChangeInput {
  readonly id: string;
  /** The version this person saw. */
  readonly version: number;
  readonly command: Exclude<WarningCommand, 'release'>;
  readonly content?: WarningContent | undefined;
  readonly remark?: string | undefined;
}

/** Writes, hands in, sends back, or begins an update or the end of a warning. */
export async function changeWarning(ctx: WarningsContext, actor: Actor, key: string, input: ChangeInput): Promise<Result<Warning, LageProblem>> {
  const right: Right = input.command === 'return' ? 'release-warning' : 'draft-warning';
  return inWarnings(ctx, actor, key, right, async (tx, view, now) => {
    const warning = await lockWarning(tx, view.lage.id, input.id);
    if (warning === undefined) return refuse(noWarning);
    if (warning.version !== input.version) return refuse(changedMeanwhile(warning));
    const next = await after(tx, warning, input, view, now);
    if (!next.ok) return next;
    await saveWarning(tx, next.value);
    await note(ctx, tx, actor, next.value, KINDS[input.command], now);
    return next;
  });
}

const KINDS: Readonly<Record<ChangeInput['command'], string>> = {
  save: 'warnings.draft-changed',
  submit: 'warnings.submitted',
  return: 'warnings.returned',
  update: 'warnings.update-begun',
  cancel: 'warnings.cancel-begun',
  discard: 'warnings.draft-discarded',
};

export const changedMeanwhile = (current: Warning): LageProblem => ({
  kind: 'conflict',
  detail: `${current.editedByName} hat diese Warnung inzwischen geändert. Ihre Fassung steht noch da. Vergleichen Sie und speichern Sie noch einmal.`,
  current: { version: current.version, content: current.draft?.content ?? null },
});

async function after(tx: Tx, warning: Warning, input: ChangeInput, { member }: LageView, now: Temporal.Instant): Promise<Result<Warning, LageProblem>> {
  const { draft } = warning;
  const edited = { ...warning, version: warning.version + 1, changedAt: now };
  switch (input.command) {
    case 'save':
    case 'submit': {
      const content = input.content ?? draft?.content;
      if (draft === null || content === undefined)
        return refuse(wrongState('Für diese Warnung wird gerade nichts geschrieben. Beginnen Sie eine Aktualisierung.'));
      const problems = input.command === 'submit' ? contentProblems(content, now) : [];
      if (problems.length > 0) return refuse(invalidFields(problems));
      // who hands in words as they are has not written them; both may not release
      const changed = canonicalJson(content) !== canonicalJson(draft.content);
      const author = changed || input.command === 'save' ? { editedBy: member.id, editedByName: member.name } : {};
      const submitted = input.command === 'submit' ? { submittedBy: member.id, remark: null } : { submittedBy: null };
      return ok({ ...edited, ...author, ...submitted, draft: { ...draft, content, state: input.command === 'submit' ? 'submitted' : 'draft' } });
    }
    case 'return': {
      const remark = (input.remark ?? '').trim();
      if (draft?.state !== 'submitted') return refuse(wrongState('Diese Warnung ist nicht eingereicht.'));
      if (remark === '' || remark.length > 500) return refuse(invalidField('remark', 'Sagen Sie in höchstens 500 Zeichen, was geändert werden soll.'));
      return ok({ ...edited, remark, submittedBy: null, draft: { ...draft, state: 'draft' } });
    }
    case 'discard':
      if (draft === null) return refuse(wrongState('Hier gibt es keinen Entwurf.'));
      return ok({ ...edited, draft: null, submittedBy: null, remark: null });
    default:
      return begun(tx, edited, input.command, { editedBy: member.id, editedByName: member.name });
  }
}

/** The next message of a warning that is out already begins with what the last one said. */
async function begun(
  tx: Tx,
  warning: Warning,
  command: 'update' | 'cancel',
  author: Pick<Warning, 'editedBy' | 'editedByName'>,
): Promise<Result<Warning, LageProblem>> {
  const [last] = await messagesOf(tx, warning.id);
  if (warning.draft !== null) return refuse(wrongState('Für diese Warnung wird schon etwas geschrieben. Geben Sie es frei oder verwerfen Sie es.'));
  if (last === undefined || last.type === 'Cancel') return refuse(wrongState('Diese Warnung ist nicht in Kraft.'));
  const { content } = last;
  if (command === 'update') return ok({ ...warning, ...author, submittedBy: null, remark: null, draft: { type: 'Update', state: 'draft', content } });
  const texts: WarningContent['texts'] = {
    de: {
      headline: `Entwarnung: ${content.event}`,
      description: 'Die Gefahr ist vorbei.',
      instruction: 'Sie müssen nichts mehr tun. Danke, dass Sie geholfen haben.',
    },
    leicht: { headline: `Die Gefahr ist vorbei: ${content.event}`, description: 'Sie sind nicht mehr in Gefahr.', instruction: 'Sie müssen nichts mehr tun.' },
    en:
      content.texts.en === null
        ? null
        : { headline: `All clear: ${content.event}`, description: 'The danger is over.', instruction: 'There is nothing more to do.' },
  };
  return ok({
    ...warning,
    ...author,
    submittedBy: null,
    remark: null,
    draft: { type: 'Cancel', state: 'draft', content: { ...content, responses: ['AllClear'], texts } },
  });
}

async function note(ctx: WarningsContext, tx: Tx, actor: Actor, warning: Warning, kind: string, now: Temporal.Instant): Promise<void> {
  const sha256 = warning.draft === null ? null : sha256Hex(canonicalJson(warning.draft.content));
  const payload = { warningId: warning.id, version: warning.version, draftType: warning.draft?.type ?? null, sha256 };
  await ctx.journal.append(tx, actor, now, [{ stream: lageStream(warning.lageId), kind, payload }]);
}

type Work<T> = (tx: Tx, view: LageView, now: Temporal.Instant) => Promise<Result<T, LageProblem>>;

/** One step of a warning in one transaction, for who has the right to it. */
export async function inWarnings<T>(ctx: WarningsContext, actor: Actor, key: string, right: Right, work: Work<T>): Promise<Result<T, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, right, tx);
    return opened.ok ? work(tx, opened.value, ctx.clock()) : opened;
  });
}
