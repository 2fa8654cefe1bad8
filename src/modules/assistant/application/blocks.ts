import type { Actor } from '../../../kernel/actor.ts';
import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import { changedMeanwhile, cityBlock, noBlock, notYours } from '../domain/problems.ts';
import { FIRST_BLOCKS, type BlockKind, type KeptBlock, type TextBlock, type Tone } from '../domain/text-block.ts';
import { insertBlock, listBlocks, updateBlock } from '../store/blocks.ts';
import { staffOf, type AssistantContext, type Staff } from './context.ts';
import { note } from './journal.ts';

const MOST = 1000;
const LONGEST = { title: 120, text: 8000 } as const;

export interface BlockWish {
  readonly kind?: BlockKind;
  /** Blocks of this service and those of any. */
  readonly service?: string;
  readonly tone?: Tone;
}

/** The city's text library: its own blocks, then those that every city begins with. */
export async function textBlocks(ctx: Pick<AssistantContext, 'database'>, actor: Actor, { kind, service, tone }: BlockWish): Promise<readonly KeptBlock[]> {
  const staff = staffOf(actor);
  if (!staff.ok) return [];
  const kept = await listBlocks(ctx.database.read, staff.value.staffId, MOST);
  const taken = new Set(kept.map(({ key }) => key));
  const first = FIRST_BLOCKS.filter(({ key }) => !taken.has(key)).map((block) => ({ ...block, own: false }));
  return [...kept, ...first].filter(
    (block) =>
      (kind === undefined || block.kind === kind) &&
      (tone === undefined || block.tone === tone) &&
      (service === undefined || block.service === undefined || block.service === service),
  );
}

const FIRST_KEYS = new Set(FIRST_BLOCKS.map(({ key }) => key));
const isFirst = (key: string): boolean => FIRST_KEYS.has(key);
/** Who speaks for all of the city. */
const leads = ({ roles }: Staff): boolean => roles.includes('leitung') || roles.includes('administration');

export type BlockFacts = Omit<TextBlock, 'version' | 'owner'>;

function checked(facts: BlockFacts): Result<BlockFacts, Problem> {
  const [title, text] = [cleanLine(facts.title), cleanText(facts.text)];
  const wrong: FieldProblem[] = [];
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(facts.key) || facts.key.length > 60)
    wrong.push({ field: 'key', message: 'Der Schlüssel hat kleine Buchstaben, Ziffern und Bindestriche, zum Beispiel „frist-baum“.' });
  if (title === '' || title.length > LONGEST.title)
    wrong.push({ field: 'title', message: `Geben Sie dem Baustein einen Namen mit höchstens ${LONGEST.title} Zeichen.` });
  if (text === '' || text.length > LONGEST.text) wrong.push({ field: 'text', message: `Schreiben Sie den Text, höchstens ${LONGEST.text} Zeichen.` });
  return wrong.length > 0 ? refuse(invalidFields(wrong)) : ok({ ...facts, title, text });
}

export async function makeBlock(ctx: AssistantContext, actor: Actor, ownerName: string, facts: BlockFacts): Promise<Result<{ readonly key: string }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (isFirst(facts.key) && !leads(staff.value)) return refuse(cityBlock);
  const sound = checked(facts);
  if (!sound.ok) return sound;
  const now = ctx.clock();
  return ctx.database.transaction<{ readonly key: string }, Problem>(async (tx) => {
    const first = await insertBlock(tx, staff.value.staffId, { ...sound.value, version: 1, owner: ownerName }, now);
    if (!first) return refuse(invalidField('key', 'Diesen Schlüssel gibt es schon. Nehmen Sie einen anderen.'));
    await note(ctx, tx, actor, now, { stream: sound.value.key, kind: 'block-made' }, { version: 1 });
    return ok({ key: sound.value.key });
  });
}

export async function openBlock(ctx: AssistantContext, actor: Actor, key: string): Promise<Result<KeptBlock, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const block = (await textBlocks(ctx, actor, {})).find((one) => one.key === key);
  return block === undefined ? refuse(noBlock) : ok(block);
}

/** Every change is a new version; only its owner changes a block. @param seen the version the person saw */
export async function changeBlock(
  ctx: AssistantContext,
  actor: Actor,
  seen: number,
  facts: BlockFacts,
): Promise<Result<{ readonly version: number }, Problem>> {
  const opened = await openBlock(ctx, actor, facts.key);
  if (!opened.ok) return opened;
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (!opened.value.own) return refuse(notYours);
  if (isFirst(facts.key) && !leads(staff.value)) return refuse(cityBlock);
  const sound = checked(facts);
  if (!sound.ok) return sound;
  return ctx.database.transaction<{ readonly version: number }, Problem>(async (tx) => {
    const now = ctx.clock();
    const version = await updateBlock(tx, staff.value.staffId, { ...sound.value, version: seen, owner: opened.value.owner }, now);
    if (version === undefined) return refuse(changedMeanwhile);
    await note(ctx, tx, actor, now, { stream: facts.key, kind: 'block-changed' }, { version });
    return ok({ version });
  });
}
