import { composedOf, fieldOf, fimOf, german, ownRule, sayRules, type Growing, type Spot } from './xdatenfelder-fields.ts';
import type { FoundField, FoundGroup, FoundPart, FoundSchema } from './xdatenfelder-model.ts';
import { identifierOf, TakenNames, wishedId } from './xdatenfelder-names.ts';

/** What a schema says of a form of ours; `null` where it is silent. */
export interface FormDraft {
  readonly pages: readonly object[] | null;
  readonly documents: readonly object[];
  /** What the author must know, with the line of the file. */
  readonly findings: readonly string[];
}

/** The most items that a list of a form takes. */
const MOST_ITEMS = 50;

interface GrowingPage {
  readonly head: object;
  readonly list?: string;
  readonly fields: object[];
}

interface GrowingForm extends Growing {
  readonly pageNames: TakenNames;
  readonly pages: GrowingPage[];
}

/** Pages from groups, fields from fields. What a form has no place for is said, never silently lost. */
export function formFrom(schema: FoundSchema): FormDraft {
  const found: { line: number; sentence: string }[] = [];
  const growing: GrowingForm = {
    names: new TakenNames(),
    documentNames: new TakenNames(),
    pageNames: new TakenNames(),
    documents: new Map(),
    pages: [],
    ids: schema.ids,
    say: (sentence, { line }) => void found.push({ line, sentence }),
  };
  sayRules(growing, { rules: schema.rules, label: schema.name });
  let loose: GrowingPage | undefined;
  for (const part of schema.parts) {
    if (isGroup(part)) {
      addGroup(growing, part, part.label, false);
      loose = undefined;
    } else if (isList(part)) addListOfField(growing, part, false);
    else {
      loose ??= begun(growing, { id: growing.pageNames.free(identifierOf(schema.name, 'angaben')), title: german(schema.name) });
      addField(growing, loose, part, { optional: false });
    }
  }
  const unshown = [...schema.unshown].map(([name, count]) => `${count} × ${name}`).join(', ');
  if (unshown !== '') growing.say(`Ein Formular zeigt es nicht, darum ist es nicht übernommen: ${unshown}.`, { line: 1 });
  const pages = growing.pages.filter(({ fields }) => fields.length > 0).map(({ head, fields }) => ({ ...head, fields }));
  return {
    pages: pages.length === 0 ? null : pages,
    documents: [...growing.documents.values()],
    findings: [...new Set(found.toSorted((a, b) => a.line - b.line).map(({ line, sentence }) => `Zeile ${line}: ${sentence}`))],
  };
}

const isComposed = (part: FoundPart): boolean => part.kind === 'group' && ['address', 'position'].includes(part.marks.get('type') ?? '');
const isGroup = (part: FoundPart): part is FoundGroup => part.kind === 'group' && !isComposed(part);
/** A field that comes several times and is neither a choice nor a set of files. */
const isList = (part: FoundPart): part is FoundField =>
  part.kind === 'field' && part.feldart === 'input' && part.datentyp !== 'file' && (part.many.max === undefined || part.many.max > 1);

function begun(growing: GrowingForm, head: object, list?: string): GrowingPage {
  const page = { head, fields: [], ...(list !== undefined && { list }) };
  growing.pages.push(page);
  return page;
}

function addField(growing: Growing, page: GrowingPage, part: FoundPart, { optional }: Pick<Spot, 'optional'>): void {
  const spot = { list: page.list, optional };
  const field = part.kind === 'group' ? composedOf(growing, part, spot) : fieldOf(growing, part, spot);
  if (field !== undefined) page.fields.push(field);
}

/** A group is a page; groups inside of it are pages of their own, inside of a list they are fields of it. */
function addGroup(growing: GrowingForm, group: FoundGroup, title: string, mayBeLeft: boolean): void {
  const own = group.marks.has('page');
  sayRules(growing, group);
  const listed = group.many.max === undefined || group.many.max > 1;
  const optional = !own && (mayBeLeft || group.oneOf || (group.many.min === 0 && !listed));
  sayOptional(growing, group, own, listed);
  const list = listed ? listOf(growing, group) : undefined;
  const page = begun(growing, { ...headOf(growing, group, title, listed), ...(list !== undefined && { repeat: repeatOf(growing, group, list) }) }, list);
  addParts(growing, page, group, optional, title);
}

function addParts(growing: GrowingForm, page: GrowingPage, group: FoundGroup, optional: boolean, title: string): void {
  for (const part of group.parts) {
    if (isList(part)) {
      if (page.list !== undefined)
        growing.say(
          `«${part.label}» kommt mehrfach innerhalb von «${group.label}», das selbst mehrfach kommt. Die Liste steht für sich: Ordnen Sie sie neu.`,
          part,
        );
      addListOfField(growing, part, optional);
    } else if (!isGroup(part)) addField(growing, page, part, { optional });
    else if (page.list === undefined) addGroup(growing, part, `${title}: ${part.label}`, optional);
    else if (part.many.max === undefined || part.many.max > 1) {
      growing.say(
        `Die Gruppe «${part.label}» kommt mehrfach innerhalb von «${group.label}», das selbst mehrfach kommt. Die Liste steht für sich: Ordnen Sie sie neu.`,
        part,
      );
      addGroup(growing, part, `${title}: ${part.label}`, optional);
    } else {
      growing.say(`Die Gruppe «${part.label}» steht als Felder auf der Seite «${title}»; ihre Überschrift entfällt.`, part);
      sayRules(growing, part);
      sayOptional(growing, part, false, false);
      addParts(growing, page, part, optional || part.oneOf || part.many.min === 0, title);
    }
  }
}

function sayOptional(growing: Growing, group: FoundGroup, own: boolean, listed: boolean): void {
  if (own) return;
  if (group.oneOf)
    growing.say(
      `In der Gruppe «${group.label}» ist nur eines auszufüllen. Ihre Felder sind freiwillig eingetragen; fragen Sie vorher, welches gilt (condition).`,
      group,
    );
  else if (group.many.min === 0 && listed)
    growing.say(`Die Liste «${group.label}» darf leer bleiben; hier hat sie mindestens einen Eintrag. Fragen Sie vorher mit ja oder nein (condition).`, group);
  else if (group.many.min === 0) growing.say(`Die Gruppe «${group.label}» darf fehlen. Ihre Felder sind freiwillig eingetragen.`, group);
}

function headOf(growing: GrowingForm, group: FoundGroup, title: string, listed: boolean): object {
  const condition = ownRule(group, 'condition');
  const fim = fimOf(group);
  return {
    id: growing.pageNames.free(wishedId(group.marks.get('page')) ?? identifierOf(listed ? title : group.name, 'seite')),
    title: german(title),
    ...(group.help !== undefined && { help: german(group.help) }),
    ...(condition !== undefined && { condition }),
    ...(fim !== undefined && { fim }),
  };
}

const listOf = (growing: Growing, found: FoundPart): string =>
  growing.names.free(wishedId(found.marks.get('list')) ?? identifierOf(`${found.name} Liste`, 'liste'));

function repeatOf(growing: Growing, found: FoundPart, id: string): object {
  const { min, max } = found.many;
  if ((max === undefined && !found.marks.has('list')) || (max ?? 0) > MOST_ITEMS)
    growing.say(`«${found.label}» nimmt mehr Einträge auf; hier sind es höchstens ${MOST_ITEMS}.`, found);
  const least = Number(found.marks.get('least') ?? min);
  return {
    id,
    min: Math.min(Math.max(Number.isInteger(least) ? least : 1, 1), MOST_ITEMS),
    max: Math.min(max ?? MOST_ITEMS, MOST_ITEMS),
    itemLabel: german(found.marks.get('itemLabel') ?? found.label),
    addLabel: german(found.marks.get('addLabel') ?? `${found.label} hinzufügen`),
  };
}

/** A field that comes several times is a page with a list of one field. */
function addListOfField(growing: GrowingForm, field: FoundField, optional: boolean): void {
  if (field.many.min === 0) growing.say(`«${field.label}» darf fehlen; hier hat die Liste mindestens einen Eintrag, der leer bleiben darf.`, field);
  const list = listOf(growing, field);
  const head = { id: growing.pageNames.free(identifierOf(field.name, 'liste')), title: german(field.label), repeat: repeatOf(growing, field, list) };
  addField(growing, begun(growing, head, list), { ...field, many: { min: field.many.min, max: 1 } }, { optional });
}
