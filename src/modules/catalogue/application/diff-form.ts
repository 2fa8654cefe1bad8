import type { DocumentRule, Field, Form, Page } from '../domain/form.ts';
import { pairBy, same, type Change } from './diff-change.ts';

interface PlacedField {
  readonly field: Field;
  readonly page: Page;
}

const placed = (form: Form): PlacedField[] => form.pages.flatMap((page) => page.fields.map((field) => ({ field, page })));
/** The same name on the page itself and in its list are two fields. */
const keyOf = ({ field, page }: PlacedField): string => (page.repeat === undefined ? field.id : `${page.repeat.id}.${field.id}`);
const named = (one: PlacedField): string => `«${one.field.label.de}» (${keyOf(one)})`;

/** What applicants are asked. */
export function diffForm(before: Form, after: Form): Change[] {
  const fields = pairBy(placed(before), placed(after), keyOf);
  return [
    ...fields.added.map(addedField),
    ...fields.removed.map((one): Change => ({
      area: 'Formular',
      kind: 'removed',
      what: `Das Feld ${named(one)} fällt weg.`,
      unsafe: 'Was darin schon geantwortet ist, sähe niemand mehr.',
    })),
    ...fields.kept.flatMap(([old, fresh]) => changedField(old, fresh)),
    ...diffPages(before, after),
    ...diffDocuments(before.documents, after.documents),
    ...diffEligibility(before.eligibility, after.eligibility),
  ];
}

function addedField(one: PlacedField): Change {
  const { required } = one.field;
  const must = required === true ? ', Pflicht' : required === false ? ', freiwillig' : `, Pflicht wenn ${required}`;
  const change: Change = { area: 'Formular', kind: 'added', what: `Neues Feld ${named(one)}${must}.` };
  return required === false ? change : { ...change, unsafe: 'Laufenden Fällen fehlt diese Angabe: Sie wären unvollständig.' };
}

const requiredText = (required: Field['required']): string => (required === true ? 'Pflicht' : required === false ? 'freiwillig' : `Pflicht wenn ${required}`);
const conditionText = (condition: string | undefined): string => (condition === undefined ? 'immer' : `nur wenn ${condition}`);

function changedField(old: PlacedField, fresh: PlacedField): Change[] {
  const [a, b] = [old.field, fresh.field];
  const name = named(fresh);
  const found: Change[] = [];
  const changed = (what: string, unsafe?: string): void =>
    void found.push({ area: 'Formular', kind: 'changed', what, ...(unsafe !== undefined && { unsafe }) });
  if (a.type !== b.type) changed(`Das Feld ${name} wird von «${a.type}» zu «${b.type}».`, 'Gegebene Antworten passen nicht mehr zur neuen Art des Feldes.');
  if (!same(a.required, b.required)) {
    const stricter = b.required !== false;
    changed(
      `Das Feld ${name}: bisher ${requiredText(a.required)}, künftig ${requiredText(b.required)}.`,
      stricter ? 'Fällen ohne diese Angabe fehlte etwas, das bei der Einreichung nicht verlangt war.' : undefined,
    );
  }
  if (a.condition !== b.condition) {
    changed(
      `Nach ${name} wird gefragt: bisher ${conditionText(a.condition)}, künftig ${conditionText(b.condition)}.`,
      'Manche Fälle wurden danach nicht gefragt, oder ihre Antwort zählte nicht mehr.',
    );
  }
  if (a.type === b.type) found.push(...changedLimits(a, b, name));
  if ('options' in a && 'options' in b) found.push(...changedOptions(a.options, b.options, name));
  if (!same(a.label, b.label)) changed(`Das Feld ${name} hieß «${a.label.de}»${a.label.de === b.label.de ? ' (andere Sprachen geändert)' : ''}.`);
  if (!same(a.help, b.help)) changed(`Die Hilfe zu ${name} ist neu geschrieben.`);
  if (old.page.id !== fresh.page.id) changed(`Das Feld ${name} steht jetzt auf der Seite «${fresh.page.title.de}».`);
  return found;
}

const LIMITS = {
  min: 'kleinster Wert',
  max: 'größter Wert',
  maxLength: 'größte Länge',
  pattern: 'Schreibweise',
  unit: 'Einheit',
  integer: 'nur ganze Zahlen',
  document: 'Unterlage',
  mayMatter: 'ein Mensch liest mit',
  prefill: 'Vorgabe aus dem Servicekonto',
} as const;

function changedLimits(a: Field, b: Field, name: string): Change[] {
  const [old, fresh] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return Object.entries(LIMITS)
    .filter(([key]) => !same(old[key], fresh[key]))
    .map(([key, what]): Change => {
      const change: Change = { area: 'Formular', kind: 'changed', what: `Das Feld ${name}, ${what}: bisher ${shown(old[key])}, künftig ${shown(fresh[key])}.` };
      return isStricter(key, old[key], fresh[key]) ? { ...change, unsafe: 'Gegebene Antworten können außerhalb der neuen Grenzen liegen.' } : change;
    });
}

const shown = (value: unknown): string =>
  value === undefined ? 'ohne' : typeof value === 'string' ? `«${value}»` : value === true ? 'ja' : value === false ? 'nein' : JSON.stringify(value);

function isStricter(key: string, old: unknown, fresh: unknown): boolean {
  if (key === 'mayMatter' || key === 'prefill' || fresh === undefined) return false;
  if (typeof old === 'number' && typeof fresh === 'number') return key === 'min' ? fresh > old : fresh < old;
  if (key === 'integer') return fresh === true;
  return true;
}

type Options = readonly { readonly value: string; readonly label: { readonly de: string } }[];

function changedOptions(before: Options, after: Options, name: string): Change[] {
  const options = pairBy(before, after, (option) => option.value);
  return [
    ...options.added.map((one): Change => ({
      area: 'Formular',
      kind: 'added',
      what: `Das Feld ${name} hat die neue Auswahl «${one.label.de}» (${one.value}).`,
    })),
    ...options.removed.map((one): Change => ({
      area: 'Formular',
      kind: 'removed',
      what: `Das Feld ${name} hat die Auswahl «${one.label.de}» (${one.value}) nicht mehr.`,
      unsafe: 'Wer sie gewählt hat, hätte keine gültige Antwort mehr.',
    })),
    ...options.kept
      .filter(([old, fresh]) => !same(old.label, fresh.label))
      .map(([old, fresh]): Change => ({
        area: 'Formular',
        kind: 'changed',
        what: `Das Feld ${name}: Die Auswahl ${fresh.value} heißt «${fresh.label.de}» statt «${old.label.de}».`,
        unsafe: 'Gegebene Antworten bekämen einen anderen Wortlaut. Prüfen Sie, ob der Sinn derselbe ist.',
      })),
  ];
}

function diffPages(before: Form, after: Form): Change[] {
  const pages = pairBy(before.pages, after.pages, (page) => page.id);
  return [
    ...pages.added.map((page): Change => ({ area: 'Formular', kind: 'added', what: `Neue Seite «${page.title.de}».` })),
    ...pages.removed.map((page): Change => ({ area: 'Formular', kind: 'removed', what: `Die Seite «${page.title.de}» fällt weg.` })),
    ...pages.kept.flatMap(([old, fresh]): Change[] => [
      ...(same(old.condition, fresh.condition)
        ? []
        : [
            {
              area: 'Formular' as const,
              kind: 'changed' as const,
              what: `Die Seite «${fresh.title.de}» erscheint: bisher ${conditionText(old.condition)}, künftig ${conditionText(fresh.condition)}.`,
              unsafe: 'Manche Fälle haben diese Seite nie gesehen, oder ihre Antworten zählten nicht mehr.',
            },
          ]),
      ...(same([old.repeat?.id, old.repeat?.min, old.repeat?.max], [fresh.repeat?.id, fresh.repeat?.min, fresh.repeat?.max])
        ? []
        : [
            {
              area: 'Formular' as const,
              kind: 'changed' as const,
              what: `Die Liste der Seite «${fresh.title.de}»: bisher ${count(old)}, künftig ${count(fresh)}.`,
              ...tighter(old, fresh),
            },
          ]),
      ...(same([old.title, old.help], [fresh.title, fresh.help])
        ? []
        : [{ area: 'Formular' as const, kind: 'changed' as const, what: `Titel oder Hilfe der Seite «${fresh.title.de}» ist neu geschrieben.` }]),
    ]),
  ];
}

const count = ({ repeat }: Page): string => (repeat === undefined ? 'keine Liste' : `«${repeat.id}» mit ${repeat.min} bis ${repeat.max} Einträgen`);
const tighter = ({ repeat: old }: Page, { repeat: fresh }: Page): { unsafe?: string } =>
  old?.id === fresh?.id && old !== undefined && fresh !== undefined && fresh.min <= old.min && fresh.max >= old.max
    ? {}
    : { unsafe: 'Gegebene Antworten passen nicht mehr zur Zahl oder zum Namen der Liste.' };

function diffDocuments(before: readonly DocumentRule[], after: readonly DocumentRule[]): Change[] {
  const documents = pairBy(before, after, (document) => document.id);
  return [
    ...documents.added.map((one): Change => ({ area: 'Unterlagen', kind: 'added', what: `Neue Unterlage «${one.label.de}».` })),
    ...documents.removed.map((one): Change => ({
      area: 'Unterlagen',
      kind: 'removed',
      what: `Die Unterlage «${one.label.de}» fällt weg.`,
      unsafe: 'Schon eingereichte Dateien gehörten zu nichts mehr.',
    })),
    ...documents.kept
      .filter(([old, fresh]) => !same(old, fresh))
      .map(([old, fresh]): Change => {
        const parts = [
          ...(same(old.accept, fresh.accept) ? [] : [`Arten ${old.accept.join(', ')} → ${fresh.accept.join(', ')}`]),
          ...(old.maxMegabytes === fresh.maxMegabytes ? [] : [`bis ${old.maxMegabytes} → ${fresh.maxMegabytes} MB`]),
          ...(old.maxCount === fresh.maxCount ? [] : [`höchstens ${old.maxCount} → ${fresh.maxCount} Dateien`]),
          ...(same([old.label, old.help], [fresh.label, fresh.help]) ? [] : ['Name oder Hilfe']),
        ];
        return { area: 'Unterlagen', kind: 'changed', what: `Die Unterlage «${fresh.label.de}»: ${parts.join('; ') || 'Angaben'} geändert.` };
      }),
  ];
}

function diffEligibility(before: Form['eligibility'], after: Form['eligibility']): Change[] {
  if (same(before, after)) return [];
  const questions = pairBy(before.questions, after.questions, (question) => question.id);
  const words = [
    ...questions.added.map((one) => `neue Frage «${one.label.de}»`),
    ...questions.removed.map((one) => `ohne Frage «${one.label.de}»`),
    ...(same(before.outcomes, after.outcomes) ? [] : ['andere Ergebnisse']),
  ];
  return [{ area: 'Kurze Prüfung', kind: 'changed', what: `Die kurze Prüfung ist geändert: ${words.join(', ') || 'Wortlaut der Fragen'}.` }];
}
