import type { Field } from '../domain/form.ts';
import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

type Path = readonly (string | number)[];

/** Fields, documents and ids. */
export function lintForm(pkg: ServicePackage, source: PackageSource): Finding[] {
  return [...lintFields(pkg, source), ...lintDocuments(pkg, source), ...lintIds(pkg, source)];
}

interface PlacedField {
  readonly field: Field;
  readonly path: Path;
  readonly pageHasHelp: boolean;
}

function fieldsOf({ form }: ServicePackage): PlacedField[] {
  const asked = form.pages.flatMap((page, index) =>
    page.fields.map((field, number): PlacedField => ({ field, path: ['pages', index, 'fields', number], pageHasHelp: page.help !== undefined })),
  );
  const questions = form.eligibility.questions.map((field, index): PlacedField => ({ field, path: ['eligibility', 'questions', index], pageHasHelp: true }));
  return [...asked, ...questions];
}

function lintFields(pkg: ServicePackage, source: PackageSource): Finding[] {
  return fieldsOf(pkg).flatMap(({ field, path, pageHasHelp }) => {
    const found: Finding[] = [];
    const at = (level: 'error' | 'warning', key: string, message: string): void => void found.push(source.at(level, 'form.yaml', [...path, key], message));
    if (field.type === 'number' && field.min > field.max) at('error', 'min', `«${field.id}»: min ist größer als max. Keine Zahl passt.`);
    if (field.type === 'date' && field.min !== undefined && field.min === field.max) at('warning', 'min', `«${field.id}» lässt nur einen einzigen Tag zu.`);
    if (field.type === 'date' && isDay(field.min) && isDay(field.max) && field.min! > field.max!)
      at('error', 'min', `«${field.id}»: min liegt nach max. Kein Tag passt.`);
    if ('pattern' in field && field.pattern !== undefined) {
      const wrong = patternMistake(field.pattern);
      if (wrong !== undefined) at('error', 'pattern', `«${field.id}»: Das Muster ist nicht lesbar (${wrong}).`);
    }
    if (!pageHasHelp && field.help === undefined && needsHelp(field, pkg))
      at('warning', 'id', `«${field.id}» hat keine Hilfe (help). Sagen Sie, was gemeint ist und wo man es findet.`);
    return found;
  });
}

const isDay = (text: string | undefined): boolean => text !== undefined && text !== 'today';

function patternMistake(pattern: string): string | undefined {
  try {
    return void new RegExp(`^(?:${pattern})$`, 'u');
  } catch (error) {
    return (error as Error).message;
  }
}

/** What people do not know by heart: papers, measures, places, numbers in a fixed spelling. */
function needsHelp(field: Field, { form }: ServicePackage): boolean {
  if (field.type === 'file') return form.documents.find((document) => document.id === field.document)?.help === undefined;
  if (field.type === 'number' || field.type === 'position') return true;
  return field.type === 'text' && field.pattern !== undefined;
}

function lintDocuments({ form, initiator }: ServicePackage, source: PackageSource): Finding[] {
  const known = new Set(form.documents.map((document) => document.id));
  const used = new Set<string>();
  const found: Finding[] = [];
  for (const [index, page] of form.pages.entries()) {
    for (const [number, field] of page.fields.entries()) {
      if (field.type !== 'file') continue;
      used.add(field.document);
      const message = `Die Unterlage «${field.document}» ist unter documents nicht beschrieben. Beschreiben Sie sie dort.`;
      if (!known.has(field.document)) found.push(source.at('error', 'form.yaml', ['pages', index, 'fields', number, 'document'], message));
    }
  }
  for (const [index, { id }] of form.documents.entries()) {
    const message = `Nach der Unterlage «${id}» fragt keine Seite. Fragen Sie nach ihr, oder streichen Sie sie.`;
    // the authority takes its own documents into the file without being asked
    if (initiator === 'antrag' && !used.has(id)) found.push(source.at('error', 'form.yaml', ['documents', index, 'id'], message));
  }
  return found;
}

interface Named {
  readonly id: string;
  readonly file: string;
  readonly path: Path;
}

/** One name, one thing: a second one of the same name would hide the first. */
function lintIds(pkg: ServicePackage, source: PackageSource): Finding[] {
  const { form, blocks } = pkg;
  const inForm = (path: Path, id: string): Named => ({ id, file: 'form.yaml', path });
  const ofFields = (fields: readonly Field[], path: Path): Named[] => fields.map((field, index) => inForm([...path, index, 'id'], field.id));
  const top = form.pages.flatMap((page, index) =>
    page.repeat === undefined ? ofFields(page.fields, ['pages', index, 'fields']) : [inForm(['pages', index, 'repeat', 'id'], page.repeat.id)],
  );
  const groups: [what: string, named: readonly Named[]][] = [
    ['Seite', form.pages.map((page, index) => inForm(['pages', index, 'id'], page.id))],
    ['Frage', ofFields(form.eligibility.questions, ['eligibility', 'questions'])],
    ['Unterlage', form.documents.map((document, index) => inForm(['documents', index, 'id'], document.id))],
    ['Feld', top],
    ...form.pages.flatMap((page, index): [string, readonly Named[]][] =>
      page.repeat === undefined ? [] : [['Feld', [...top.filter((one) => one.path[1] !== index), ...ofFields(page.fields, ['pages', index, 'fields'])]]],
    ),
    ...fieldsOf(pkg).flatMap(({ field, path }): [string, readonly Named[]][] =>
      'options' in field ? [['Auswahl', field.options.map((option, index) => inForm([...path, 'options', index, 'value'], option.value))]] : [],
    ),
    [
      'Nebenbestimmung',
      blocks.nebenbestimmungen.map((block, index): Named => ({ id: block.id, file: 'textbausteine.yaml', path: ['nebenbestimmungen', index, 'id'] })),
    ],
    ['Baustein', blocks.discretion.map((block, index): Named => ({ id: block.id, file: 'textbausteine.yaml', path: ['discretion', index, 'id'] }))],
  ];
  const found = groups.flatMap(([what, named]) =>
    named
      .filter((one, index) => named.findIndex((other) => other.id === one.id) < index)
      .map((one) => source.at('error', one.file, one.path, `Die Kennung «${one.id}» gibt es zweimal (${what}). Geben Sie der zweiten eine andere.`)),
  );
  // a field beside a list is seen once for each list
  return found.filter((one, index) => found.findIndex((other) => other.line === one.line && other.column === one.column && other.file === one.file) === index);
}
