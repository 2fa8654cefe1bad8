import { feelMistake, feelUse, type FeelUse } from '../../rules/public.ts';
import type { Field } from '../domain/form.ts';
import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import { canHold } from './lint-possible.ts';
import { DAY_OF_RULE, expressionsOf, scopeOf, type Scope } from './lint-scope.ts';
import type { PackageSource } from './lint-source.ts';

/** Conditions that cannot be read, ask for what nobody is asked, or can never be true. */
export function lintConditions(pkg: ServicePackage, source: PackageSource): Finding[] {
  const findings = expressionsOf(pkg).flatMap((one) => mistakesOf(one.text, one.scope).map((message) => source.at('error', one.file, one.path, message)));
  return findings.length > 0 ? findings : [...neverShown(pkg, source), ...unreachedOutcomes(pkg, source)];
}

function mistakesOf(text: string, scope: Scope): string[] {
  // an id may hold hyphens, which only those who know it read as one name
  const known = [...scope.fields.keys(), ...scope.lists.keys()];
  const mistake = feelMistake(text, 'expression', known);
  if (mistake !== undefined) return [`«${text}» ist kein gültiger Ausdruck (${mistake}). Verbessern Sie ihn.`];
  const use = feelUse(text, 'expression', known);
  const unknown = nameMistakes(text, use, scope);
  return unknown.length > 0 ? unknown : valueMistakes(text, use, scope);
}

/** Steps that a value of a composed field has. */
const STEPS: Readonly<Partial<Record<Field['type'], readonly string[]>>> = {
  address: ['street', 'houseNumber', 'postcode', 'place'],
  position: ['lon', 'lat'],
};

/** Names and steps of an expression that nothing in its scope has. */
export function nameMistakes(text: string, { names }: FeelUse, scope: Scope, others: ReadonlySet<string> = new Set()): string[] {
  const itemNames = new Set([...scope.lists.values()].flatMap((fields) => fields.map((field) => field.id)));
  const messages = names.flatMap(({ name, inFilter, step }) => {
    const list = scope.lists.get(name);
    const field = scope.fields.get(name);
    const known =
      list !== undefined || field !== undefined || others.has(name) || name === DAY_OF_RULE || (inFilter && (name === 'item' || itemNames.has(name)));
    if (!known && itemNames.has(name)) {
      return [
        `«${text}» fragt nach «${name}», das es nur in jedem Eintrag einer Liste gibt. Fragen Sie die Liste, zum Beispiel: some x in liste satisfies x.${name} = …`,
      ];
    }
    if (!known) return [`«${text}» fragt nach «${name}», das es im Formular nicht gibt.${remedyFor(name, scope)}`];
    const steps = list === undefined ? field && STEPS[field.type] : list.map((one) => one.id);
    if (step === undefined || steps === undefined || steps.includes(step)) return [];
    return [`«${text}» fragt nach «${name}.${step}», das es im Formular nicht gibt. Möglich: ${steps.join(', ')}.`];
  });
  return [...new Set(messages)];
}

function remedyFor(name: string, scope: Scope): string {
  const near = [...scope.fields.keys(), ...scope.lists.keys()].find((one) => one.toLowerCase().startsWith(name.toLowerCase().slice(0, 4)));
  return near === undefined ? ' Fragen Sie nach einem Feld, das es gibt.' : ` Meinen Sie «${near}»?`;
}

/** Choices compared with a value that no option has. */
export function valueMistakes(text: string, { comparisons }: FeelUse, scope: Scope): string[] {
  return comparisons.flatMap(({ name, value }) => {
    const field = scope.fields.get(name);
    if (field === undefined) return [];
    if (field.type === 'choice') return optionMistake(text, name, value, field.options);
    if (field.type === 'choices')
      return [`«${text}» vergleicht «${name}» mit einem Wert; es ist aber eine Liste. Schreiben Sie list contains(${name}, "${value}").`];
    if (field.type === 'yes-no' || field.type === 'confirm')
      return [`«${text}» vergleicht «${name}» mit «${value}»; möglich sind nur true und false, ohne Anführungszeichen.`];
    return field.type === 'number' ? [`«${text}» vergleicht die Zahl «${name}» mit einem Text. Lassen Sie die Anführungszeichen weg.`] : [];
  });
}

function optionMistake(text: string, name: string, value: string, options: readonly { readonly value: string }[]): string[] {
  const values = options.map((option) => option.value);
  return values.includes(value) ? [] : [`«${text}»: Das Feld «${name}» hat keine Auswahl «${value}». Möglich: ${values.join(', ')}.`];
}

/** Pages and fields that no answer brings up. */
function neverShown(pkg: ServicePackage, source: PackageSource): Finding[] {
  return pkg.form.pages.flatMap((page, index) => {
    if (page.condition !== undefined && !canHold(scopeOf(pkg), pkg.form.pages, [page.condition])) {
      return [source.at('error', 'form.yaml', ['pages', index, 'condition'], never(page.condition, `Die Seite «${page.id}»`))];
    }
    return page.fields.flatMap((field, number) => {
      const conditions = [field.condition, page.condition].filter((one) => one !== undefined);
      if (field.condition === undefined || canHold(scopeOf(pkg, page), pkg.form.pages, conditions)) return [];
      return [source.at('error', 'form.yaml', ['pages', index, 'fields', number, 'condition'], never(field.condition, `Das Feld «${field.id}»`))];
    });
  });
}

const never = (condition: string, who: string): string =>
  `${who} erscheint nie: «${condition}» ist bei keiner Antwort erfüllt. Ändern Sie die Bedingung oder streichen Sie, was an ihr hängt.`;

/** The first outcome that fits is shown: there must be one for every answer. */
function unreachedOutcomes(pkg: ServicePackage, source: PackageSource): Finding[] {
  const { questions, outcomes } = pkg.form.eligibility;
  const fields = new Map(questions.map((question) => [question.id, question]));
  const scope: Scope = { fields, lists: new Map() };
  const found = outcomes.flatMap(({ when }, index) =>
    canHold(scope, [], [when])
      ? []
      : [source.at('error', 'form.yaml', ['eligibility', 'outcomes', index, 'when'], `Dieses Ergebnis kommt nie: «${when}» ist bei keiner Antwort erfüllt.`)],
  );
  const none = outcomes.map(({ when }) => `not(${when})`);
  if (outcomes.some(({ when }) => when.trim() === 'true') || !canHold(scope, [], none, true)) return found;
  const message = 'Bei manchen Antworten zeigt die kurze Prüfung kein Ergebnis. Enden Sie mit einem Ergebnis «when: "true"».';
  return [...found, source.at('warning', 'form.yaml', ['eligibility', 'outcomes'], message)];
}
