import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { changePicture, endInPicture, enterLage, geometryProblem, lageStream, type LageView } from '../../situation/public.ts';
import { IMPORTED_KINDS, layerOf, mappingSchema, objectOfImport, readImport, type Mapping, type ReadImport } from '../domain/import.ts';
import { textOfFile } from '../domain/file-text.ts';
import { noSource, type FeedProblem } from '../domain/problems.ts';
import { countIn, insertSource, setActive } from '../store/sources.ts';
import { insertImported, lockImport } from '../store/imports.ts';
import type { FeedsContext } from './context.ts';

export interface ImportInput {
  readonly name: string;
  readonly text: string;
  readonly mapping: unknown;
  /** How the file was written, kept with what it brought. */
  readonly encoding?: string;
}

/** What a mapping looks like, and what a file may hold. */
export const importMapping = mappingSchema;
export const importedKinds = IMPORTED_KINDS;
/** Words of a file, however it was written. */
export const textOfImport = textOfFile;
export const IMPORT_MEGABYTES = 4;

/** Looks at a file without keeping anything. */
export async function previewImport(ctx: FeedsContext, actor: Actor, key: string, input: ImportInput): Promise<Result<ReadImport, FeedProblem>> {
  const opened = await enterLage(ctx, actor, key, 'feeds');
  if (!opened.ok) return opened;
  const read = readInput(opened.value, input);
  return read.ok ? ok(read.value.read) : read;
}

/** Puts what a file holds into the picture; lines that are wrong are counted and named, the others come in. */
export async function importFile(
  ctx: FeedsContext,
  actor: Actor,
  key: string,
  input: ImportInput,
): Promise<Result<{ readonly sourceId: string; readonly shown: number; readonly mistakes: ReadImport['mistakes'] }, FeedProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    if (!opened.ok) return opened;
    const { lage, member } = opened.value;
    const checked = readInput(opened.value, input);
    if (!checked.ok) return checked;
    const { read, mapping } = checked.value;
    if (read.things.length === 0)
      return refuse(
        invalidField(
          'text',
          read.mistakes[0] === undefined
            ? 'In der Datei steht nichts.'
            : `In der Datei ist keine Zeile richtig. Zeile ${read.mistakes[0].line}: ${read.mistakes[0].message}`,
        ),
      );
    const now = ctx.clock();
    const id = newId(now.epochMilliseconds);
    const name = `${input.name.trim().slice(0, 60) || 'Import'} (${id.slice(-6)})`;
    await insertSource(tx, {
      id,
      lageId: lage.id,
      kind: 'import',
      name,
      config: { mapping, format: read.format, ...(input.encoding === undefined ? {} : { encoding: input.encoding }) },
      declaredBy: `${member.name}, ${member.organisation}`,
      declaredAt: now,
    });
    const shown = read.things.map((thing) => objectOfImport(thing, mapping, { id: newId(now.epochMilliseconds), sourceName: name, now }));
    await insertImported(
      tx,
      id,
      shown.map((object) => object.id),
    );
    await countIn(
      tx,
      id,
      {
        taken: shown.length,
        repeated: 0,
        rejected: read.mistakes.map(({ line, message }) => ({ outcome: 'refused', reason: `Zeile ${line}: ${message}`, raw: '' })),
      },
      now,
    );
    const picture = await changePicture(tx, lage.id, { shown, ended: [] }, now);
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'feeds.file-imported', payload: { sourceId: id, objects: shown.length, mistakes: read.mistakes.length } },
      picture,
    ]);
    return ok({ sourceId: id, shown: shown.length, mistakes: read.mistakes.slice(0, 200) });
  });
}

/** Takes back all that one import brought. */
export async function undoImport(ctx: FeedsContext, actor: Actor, key: string, id: string): Promise<Result<{ readonly ended: number }, FeedProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    if (!opened.ok) return opened;
    const { lage } = opened.value;
    const found = /^[0-9a-f-]{36}$/.test(id) ? await lockImport(tx, lage.id, id) : undefined;
    if (found === undefined) return refuse(noSource);
    if (!found.active) return refuse({ kind: 'wrong-state', detail: 'Dieser Import ist schon zurückgenommen.' });
    const now = ctx.clock();
    await setActive(tx, id, false);
    const picture = await endInPicture(tx, lage.id, found.objects, now);
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'feeds.import-undone', payload: { sourceId: id, objects: found.objects.length } },
      picture,
    ]);
    return ok({ ended: found.objects.length });
  });
}

function readInput(view: LageView, { text, mapping }: ImportInput): Result<{ readonly read: ReadImport; readonly mapping: Mapping }, FeedProblem> {
  const parsed = mappingSchema.safeParse(mapping);
  if (!parsed.success) return refuse(invalidFields(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))));
  if (!view.layers.has(layerOf(parsed.data))) return refuse(invalidField('kind', 'Diese Ebene gehört nicht zu Ihrer Funktion.'));
  if (text.trim() === '') return refuse(invalidField('text', 'Wählen Sie eine Datei, oder fügen Sie ihren Inhalt ein.'));
  if (text.length > IMPORT_MEGABYTES * 1_000_000) return refuse(invalidField('text', `Die Datei ist größer als ${IMPORT_MEGABYTES} MB. Teilen Sie sie.`));
  return ok({ read: readImport(text, parsed.data, geometryProblem), mapping: parsed.data });
}
