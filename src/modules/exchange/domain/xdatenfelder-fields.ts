import type { FoundField, FoundGroup, FoundPart } from './xdatenfelder-model.ts';
import { identifierOf, wishedId, type TakenNames } from './xdatenfelder-names.ts';
import { OWN_RANGE } from './xdatenfelder-standard.ts';

/** Text in German; the other languages are for the author. */
export const german = (de: string): object => ({ de, en: null, leicht: null });

/** What a form is made of while it grows. */
export interface Growing {
  readonly names: TakenNames;
  readonly documentNames: TakenNames;
  readonly documents: Map<string, object>;
  /** Ids of all groups and fields of the file. */
  readonly ids: ReadonlySet<string>;
  readonly say: (sentence: string, at: { readonly line: number }) => void;
}

/** Where a field comes to stand. */
export interface Spot {
  /** The list whose item it belongs to. */
  readonly list?: string | undefined;
  /** The group around it may be left out: then so may the field. */
  readonly optional: boolean;
}

/** The element of the FIM building block that this one is, as `F60000000243V1.1.0`; our own numbers say nothing. */
export function fimOf({ id, version, derivedFrom }: FoundPart): string | undefined {
  const origin = id.slice(1).startsWith(OWN_RANGE) ? derivedFrom : version === undefined ? id : `${id}V${version}`;
  return origin !== undefined && FIM.test(origin) ? origin : undefined;
}
const FIM = /^[FG]\d{1,20}(V\d+(\.\d+){0,3})?$/;

/** One field of a form; `undefined`, with the reason said, where a form has nothing like it. */
export function fieldOf(growing: Growing, found: FoundField, spot: Spot): object | undefined {
  const left = LEFT_OUT[found.feldart] ?? (found.datentyp === 'obj' ? 'ist ein Objekt ohne Felder; beschreiben Sie sie einzeln' : undefined);
  if (left !== undefined) {
    const text = found.content === undefined ? '' : ` Inhalt: «${found.content.slice(0, 300)}»`;
    growing.say(`Das Datenfeld «${found.label}» (${found.id}) ${left}. Es ist nicht übernommen.${text}`, found);
    return undefined;
  }
  if (found.content !== undefined)
    growing.say(`«${found.label}» ist vorbelegt mit «${found.content.slice(0, 200)}». Formulare von Kontor beginnen leer.`, found);
  if (found.prefilled && !found.marks.has('prefill'))
    growing.say(`«${found.label}» soll vorbefüllt werden. Tragen Sie prefill ein, wenn das Servicekonto die Angabe kennt.`, found);
  sayBounds(growing, found);
  sayRules(growing, found);
  return { ...headOf(growing, found, spot), ...typeOf(growing, found) };
}

/** Bounds that belong to another type of field, or stand in words. */
function sayBounds({ say }: Growing, { feldart, datentyp, label, line, ...found }: FoundField): void {
  const kept = feldart === 'select' ? [] : datentyp.startsWith('num') || datentyp === 'date' ? ['minValue', 'maxValue'] : ['minLength', 'maxLength', 'pattern'];
  const given = (['minLength', 'maxLength', 'minValue', 'maxValue', 'pattern', 'boundsText'] as const).filter(
    (name) => found[name] !== undefined && !kept.includes(name),
  );
  if (given.length === 0) return;
  const words = given.map((name) => (name === 'boundsText' ? `«${found[name]?.slice(0, 200)}»` : `${name}=${String(found[name]).slice(0, 100)}`));
  say(`Präzisierung von «${label}» ist nicht übernommen: ${words.join(', ')}.`, { line });
}

const LEFT_OUT: Readonly<Record<string, string | undefined>> = {
  label: 'ist ein Hinweistext; schreiben Sie ihn als help an die Seite',
  hidden: 'ist verborgen; Menschen füllen es nicht aus',
  locked: 'ist gesperrt; Menschen füllen es nicht aus',
};

/** An address or a place of ours, which the standard has as a group. */
export const composedOf = (growing: Growing, found: FoundGroup, spot: Spot): object => ({ ...headOf(growing, found, spot), type: found.marks.get('type') });

function headOf(growing: Growing, found: FoundPart, { list, optional }: Spot): object {
  const condition = ownRule(found, 'condition');
  const expression = ownRule(found, 'required');
  const required = found.marks.get('required') === 'true' || (found.many.min > 0 && !optional);
  const [prefill, fim] = [found.marks.get('prefill'), fimOf(found)];
  return {
    id: growing.names.free(wishedId(found.marks.get('id')) ?? identifierOf(found.name, 'feld'), list),
    label: german(found.label),
    ...(found.help !== undefined && { help: german(found.help) }),
    ...(expression === undefined ? !required && { required: false } : { required: expression }),
    ...(condition !== undefined && { condition }),
    ...(prefill !== undefined && { prefill }),
    ...(fim !== undefined && { fim }),
  };
}

/** What a rule that we have written says in FEEL. */
export const ownRule = ({ rules }: FoundPart, name: string): string | undefined => rules.find(({ marks }) => marks.get('rule') === name)?.script;

/** Rules of others are for people to read. */
export function sayRules(growing: Pick<Growing, 'say' | 'ids'>, { rules, label }: Pick<FoundPart, 'rules' | 'label'>): void {
  for (const rule of rules) {
    if (rule.marks.has('rule')) continue;
    const absent = [...new Set(rule.text.match(/\b[FG]\d{6,20}\b/g) ?? [])].filter((id) => !growing.ids.has(id));
    const missing = absent.length === 0 ? '' : ` Sie nennt ${absent.slice(0, 10).join(', ')}: Das gibt es in der Datei nicht.`;
    const script = rule.script === undefined ? '' : ' Das Skript der Regel ist nicht übernommen.';
    growing.say(`Regel ${rule.id} an «${label}» ist nicht übernommen: ${rule.name}: ${rule.text.slice(0, 500)}${missing}${script}`, rule);
  }
}

function typeOf(growing: Growing, found: FoundField): object {
  if (found.feldart === 'select') return choiceOf(growing, found);
  if (found.datentyp === 'file') return { type: 'file', document: documentOf(growing, found) };
  if (found.datentyp === 'bool') return { type: found.marks.get('type') === 'confirm' ? 'confirm' : 'yes-no' };
  if (found.datentyp === 'date') return dateOf(growing, found);
  if (found.datentyp.startsWith('num')) return numberOf(growing, found);
  return textOf(growing, found);
}

const MOST_LETTERS = 5000;

function textOf(growing: Growing, found: FoundField): object {
  const { datentyp, minLength = 0, marks } = found;
  const wished = marks.get('type');
  if (wished === 'plate') return { type: 'plate' };
  if (datentyp === 'datetime')
    growing.say(`«${found.label}» fragt nach Tag und Uhrzeit; hier ist es ein Textfeld. Nehmen Sie zwei Felder, wenn das besser passt.`, found);
  if (datentyp === 'time') growing.say(`«${found.label}» fragt nach einer Uhrzeit; hier ist es ein Textfeld mit Muster.`, found);
  if ((found.maxLength ?? 0) > MOST_LETTERS) growing.say(`«${found.label}» fasst ${found.maxLength} Zeichen; hier sind es höchstens ${MOST_LETTERS}.`, found);
  const maxLength = found.maxLength === undefined || found.maxLength < 1 ? undefined : Math.min(found.maxLength, MOST_LETTERS);
  const type = wished !== undefined && TEXTS.includes(wished) ? wished : (maxLength ?? 0) > 250 ? 'textarea' : 'text';
  const pattern = patternOf(growing, found, minLength);
  const message = found.rules.find((rule) => rule.marks.get('rule') === 'patternMessage')?.text;
  const autocomplete = marks.get('autocomplete');
  return {
    type,
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
    ...(message !== undefined && { patternMessage: german(message) }),
    ...(autocomplete !== undefined && { autocomplete }),
    ...(marks.get('mayMatter') === 'true' && { mayMatter: true }),
  };
}

const TEXTS = ['text', 'textarea', 'email', 'tel'];

/** A form knows no least length: it becomes part of the pattern. One letter is what `required` asks for. */
function patternOf(growing: Growing, found: FoundField, minLength: number): string | undefined {
  const least = minLength > 1 ? `(?=[\\s\\S]{${minLength}})` : '';
  const given = found.pattern ?? (found.datentyp === 'time' ? '([01][0-9]|2[0-3]):[0-5][0-9]' : undefined);
  if (given === undefined) return least === '' ? undefined : `${least}[\\s\\S]*`;
  try {
    // oxlint-disable-next-line no-new -- only whether it can be read
    new RegExp(`^(?:${given})$`, 'u');
    return least === '' ? given : `${least}(?:${given})`;
  } catch {
    growing.say(`Das Muster von «${found.label}» ist nicht lesbar und nicht übernommen: ${given.slice(0, 200)}`, found);
    return least === '' ? undefined : `${least}[\\s\\S]*`;
  }
}

function numberOf(growing: Growing, found: FoundField): object {
  const bound = (text: string | undefined): number | null => (text === undefined || !Number.isFinite(Number(text)) ? null : Number(text));
  const [min, max] = [bound(found.minValue), bound(found.maxValue)];
  if (min === null || max === null) growing.say(`«${found.label}» nennt keine kleinste oder keine größte Zahl. Tragen Sie min und max ein.`, found);
  const unit = found.marks.get('unit') ?? (found.datentyp === 'num_currency' ? 'Euro' : undefined);
  return { type: 'number', ...(unit !== undefined && { unit }), min, max, ...(found.datentyp !== 'num_int' && { integer: false }) };
}

function dateOf({ say }: Growing, found: FoundField): object {
  const bounds = { min: found.marks.get('min') === 'today' ? 'today' : found.minValue, max: found.marks.get('max') === 'today' ? 'today' : found.maxValue };
  const read = Object.entries(bounds).filter(([name, value]) => {
    const good = value === undefined || value === 'today' || /^\d{4}-\d\d-\d\d$/.test(value);
    if (!good) say(`Die Grenze ${name} von «${found.label}» ist kein Tag und nicht übernommen: ${value.slice(0, 60)}`, found);
    return good && value !== undefined;
  });
  const autocomplete = found.marks.get('autocomplete');
  return { type: 'date', ...Object.fromEntries(read), ...(autocomplete !== undefined && { autocomplete }) };
}

function choiceOf(growing: Growing, found: FoundField): object {
  const { options, codeList, label, many } = found;
  const several = many.max === undefined || many.max > 1;
  if (several && many.max !== undefined && many.max < options.length)
    growing.say(`Bei «${label}» dürfen höchstens ${many.max} Werte gewählt sein. Das prüft das Formular nicht.`, found);
  if (codeList !== undefined && options.length === 0) {
    const where = codeList === '' ? 'deren Kennung fehlt' : codeList.slice(0, 200);
    growing.say(`Die Werte von «${label}» stehen in einer Codeliste, ${where}. Tragen Sie sie als options ein.`, found);
  } else if (options.length < 2) growing.say(`«${label}» hat weniger als zwei Werte zur Auswahl. Ergänzen Sie options.`, found);
  const helps = options.filter((one) => one.help !== undefined);
  if (helps.length > 0)
    growing.say(
      `Hilfen zu Werten von «${label}» sind nicht übernommen: ${helps
        .map((one) => `${one.name}: ${one.help}`)
        .join('; ')
        .slice(0, 500)}`,
      found,
    );
  const codes = new Set(options.map((one) => one.code));
  if (codes.size < options.length) growing.say(`Bei «${label}» stehen Codes zweimal. Es gilt jeweils der erste.`, found);
  const first = [...codes].map((code) => options.find((one) => one.code === code)!);
  return {
    type: several ? 'choices' : 'choice',
    options: first.length === 0 ? null : first.map(({ code, name }) => ({ value: code, label: german(name) })),
  };
}

const ACCEPTED = ['application/pdf', 'image/jpeg', 'image/png', 'application/gml+xml'];

/** The document that a field asks for; several fields of ours may ask for the same. */
function documentOf(growing: Growing, found: FoundField): string {
  const wish = wishedId(found.marks.get('document'));
  if (wish !== undefined && growing.documents.has(wish)) return wish;
  const id = growing.documentNames.free(wish ?? identifierOf(found.name, 'unterlage'));
  const accept = found.mediaTypes.filter((type) => ACCEPTED.includes(type));
  const other = found.mediaTypes.filter((type) => !ACCEPTED.includes(type));
  if (other.length > 0) growing.say(`«${found.label}» nimmt auch ${other.join(', ').slice(0, 200)} an; das liest Kontor nicht.`, found);
  const megabytes = found.maxBytes === undefined ? undefined : found.maxBytes / 1_000_000;
  if (megabytes !== undefined && (megabytes > 50 || megabytes === 0))
    growing.say(`«${found.label}» nennt ${megabytes} MB als Grenze; hier sind es 50 MB.`, found);
  const count = found.many.max ?? 20;
  if (count > 20 || found.many.max === undefined) growing.say(`«${found.label}» nimmt beliebig viele Dateien; hier sind es höchstens 20.`, found);
  const checks = checksOf(found);
  const help = found.marks.get('documentHelp');
  growing.documents.set(id, {
    id,
    label: german(found.marks.get('documentLabel') ?? found.label),
    ...(help !== undefined && { help: german(help) }),
    accept: accept.length === 0 ? ['application/pdf', 'image/jpeg', 'image/png'] : accept,
    ...(megabytes !== undefined && { maxMegabytes: megabytes > 50 || megabytes === 0 ? 50 : megabytes }),
    maxCount: Math.min(count, 20),
    ...(checks !== undefined && { checks }),
  });
  return id;
}

function checksOf(found: FoundField): object | undefined {
  const script = ownRule(found, 'checks');
  if (script === undefined) return undefined;
  try {
    const checks: unknown = JSON.parse(script);
    return typeof checks === 'object' && checks !== null ? checks : undefined;
  } catch {
    return undefined;
  }
}
