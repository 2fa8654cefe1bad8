import { feelMistake } from '../../rules/public.ts';
import type { Mistake, ServicePackage } from '../domain/package.ts';
import type { Authority } from '../domain/service.ts';
import { allProblems } from './form.ts';
import type { PackageFiles } from './read-package.ts';

/** Everything about a readable package that cannot be right, beyond the shape of its files. */
export function lintPackage(pkg: ServicePackage, files: PackageFiles, authorities: readonly Authority[], today: Temporal.PlainDate): Mistake[] {
  const place = placer(pkg.key, files);
  const conditions = lintConditions(pkg, place);
  return [
    ...lintLaw(pkg, authorities, place),
    ...conditions,
    ...lintDocuments(pkg, place),
    ...lintFees(pkg, place),
    ...lintTexts(pkg, files),
    // an example cannot be tried on conditions that cannot be read
    ...(conditions.length > 0 ? [] : lintWalk(pkg, today, place)),
  ];
}

type Place = (name: string, find: string, message: string) => Mistake;

/** Places a mistake at the first line of the file that contains `find`. */
function placer(key: string, files: PackageFiles): Place {
  return (name, find, message) => {
    const file = `${key}/${name}`;
    const lines = (files[file] ?? '').split('\n');
    const index = lines.findIndex((line) => line.includes(find));
    return { file, line: Math.max(index, 0) + 1, column: Math.max(lines[index]?.indexOf(find) ?? 0, 0) + 1, message };
  };
}

function lintLaw(pkg: ServicePackage, authorities: readonly Authority[], place: Place): Mistake[] {
  const mistakes: Mistake[] = [];
  if (pkg.automation !== undefined && pkg.discretion) {
    mistakes.push(
      place('service.yaml', 'automation', 'Wo Ermessen besteht, darf kein Automat entscheiden (§ 35a VwVfG). Streichen Sie automation oder discretion.'),
    );
  }
  if (pkg.automation !== undefined && !pkg.rules.has(pkg.automation.decision)) {
    mistakes.push(place('service.yaml', pkg.automation.decision, `Die Entscheidung «${pkg.automation.decision}» steht in keiner Datei unter rules/.`));
  }
  for (const id of [pkg.process.itemDecision?.decision, pkg.process.caseDecision]) {
    if (id !== undefined && !pkg.rules.has(id)) mistakes.push(place('process.yaml', id, `Die Entscheidung «${id}» steht in keiner Datei unter rules/.`));
  }
  if ('id' in pkg.authority && !authorities.some((one) => one.id === (pkg.authority as { id: string }).id)) {
    mistakes.push(place('service.yaml', 'authority', `Die Behörde «${pkg.authority.id}» steht nicht in authorities.yaml.`));
  }
  const reachable = new Set(Object.values(pkg.process.offered).flat());
  for (const [action, needs] of [
    ['hear', 'answer-hearing'],
    ['request-documents', 'answer-request'],
    ['draft-decision', pkg.process.fourEyes === 'always' ? 'approve' : 'decide'],
  ] as const) {
    if (reachable.has(action) && !reachable.has(needs))
      mistakes.push(place('process.yaml', action, `«${action}» führt in eine Sackgasse: «${needs}» wird nirgends angeboten.`));
  }
  return mistakes;
}

function lintConditions(pkg: ServicePackage, place: Place): Mistake[] {
  const expressions: [file: string, text: string][] = [];
  for (const page of pkg.form.pages) {
    if (page.condition !== undefined) expressions.push(['form.yaml', page.condition]);
    for (const field of page.fields) {
      if (field.condition !== undefined) expressions.push(['form.yaml', field.condition]);
      if (typeof field.required === 'string') expressions.push(['form.yaml', field.required]);
    }
  }
  for (const outcome of pkg.form.eligibility.outcomes) expressions.push(['form.yaml', outcome.when]);
  for (const block of pkg.blocks.nebenbestimmungen) if (block.proposedWhen !== undefined) expressions.push(['textbausteine.yaml', block.proposedWhen]);
  if ('byDistrictOf' in pkg.authority) expressions.push(['service.yaml', pkg.authority.byDistrictOf]);
  const known = knownNames(pkg);
  return expressions.flatMap(([file, text]) => {
    const mistake = feelMistake(text);
    if (mistake !== undefined) return [place(file, text, `«${text}» ist kein gültiger Ausdruck (${mistake}).`)];
    return unknownNames(text, known).map((name) => place(file, text, `«${text}» fragt nach «${name}», das es im Formular nicht gibt.`));
  });
}

function knownNames(pkg: ServicePackage): Set<string> {
  const names = new Set<string>(['lon', 'lat', 'year', 'month', 'day', 'today', 'item']);
  for (const page of pkg.form.pages) {
    if (page.repeat !== undefined) names.add(page.repeat.id);
    for (const field of page.fields) names.add(field.id);
  }
  for (const field of pkg.form.eligibility.questions) names.add(field.id);
  return names;
}

const FEEL_WORDS = new Set([
  'and',
  'or',
  'not',
  'if',
  'then',
  'else',
  'some',
  'every',
  'in',
  'satisfies',
  'for',
  'return',
  'null',
  'true',
  'false',
  'between',
  'count',
  'sum',
  'min',
  'max',
  'contains',
  'list',
  'date',
  'string',
  'length',
  'number',
  'is',
  'defined',
  'instance',
  'of',
]);

/** Names in a FEEL expression that no field has; words in quotes and functions are left out. */
function unknownNames(expression: string, known: ReadonlySet<string>): string[] {
  const locals = new Set([...expression.matchAll(/\b(?:some|every|for)\s+(\w+)\s+in\b/g)].map((match) => match[1]!));
  const words = expression.replace(/"[^"]*"/g, '').match(/[A-Za-z_]\w*/g) ?? [];
  return [...new Set(words)].filter((word) => !FEEL_WORDS.has(word) && !known.has(word) && !locals.has(word));
}

function lintDocuments(pkg: ServicePackage, place: Place): Mistake[] {
  const known = new Set(pkg.form.documents.map((document) => document.id));
  const used = new Set<string>();
  const mistakes: Mistake[] = [];
  for (const field of pkg.form.pages.flatMap((page) => page.fields)) {
    if (field.type !== 'file') continue;
    used.add(field.document);
    if (!known.has(field.document))
      mistakes.push(place('form.yaml', `document: ${field.document}`, `Die Unterlage «${field.document}» ist unter documents nicht beschrieben.`));
  }
  for (const id of known) if (!used.has(id)) mistakes.push(place('form.yaml', `id: ${id}`, `Nach der Unterlage «${id}» fragt keine Seite.`));
  return mistakes;
}

function lintFees(pkg: ServicePackage, place: Place): Mistake[] {
  return pkg.fees.flatMap((fee, index) => {
    const clash = pkg.fees.slice(index + 1).find((other) => other.label.de === fee.label.de && other.channel === fee.channel && overlaps(fee, other));
    const found: Mistake[] = [];
    if (fee.minCents > fee.maxCents) found.push(place('service.yaml', `minCents: ${fee.minCents}`, 'Die Gebühr beginnt höher, als sie endet.'));
    if (clash !== undefined)
      found.push(
        place('service.yaml', `validFrom: "${clash.validFrom}"`, `Zwei Gebühren «${fee.label.de}» gelten zur selben Zeit. Setzen Sie validTo der älteren.`),
      );
    return found;
  });
}

interface Dated {
  readonly validFrom: string;
  readonly validTo?: string | undefined;
}
const overlaps = (a: Dated, b: Dated): boolean => (a.validTo ?? '9999') >= b.validFrom && (b.validTo ?? '9999') >= a.validFrom;

const LONGEST_EASY_SENTENCE = 15;

/** Leichte Sprache: short sentences (DIN SPEC 33429). */
function lintTexts(pkg: ServicePackage, files: PackageFiles): Mistake[] {
  return ['service', 'form', 'process'].flatMap((name) => {
    const file = `${pkg.key}/${name}.yaml`;
    return (files[file] ?? '').split('\n').flatMap((line, index) => {
      // a line may hold several texts: label, help, options
      return [...line.matchAll(/leicht:\s*(?:"([^"]*)"|'([^']*)'|([^,}]*))/g)].flatMap((text) => {
        const sentences = (text[1] ?? text[2] ?? text[3] ?? '').split(/[.!?:]\s/);
        const long = sentences.find((sentence) => sentence.trim().split(/\s+/).length > LONGEST_EASY_SENTENCE);
        return long === undefined
          ? []
          : [
              {
                file,
                line: index + 1,
                column: text.index + 1,
                message: `Leichte Sprache: Der Satz «${long}» hat mehr als ${LONGEST_EASY_SENTENCE} Wörter. Teilen Sie ihn.`,
              },
            ];
      });
    });
  });
}

/** The walk must pass the package's own form: it is its example and its test. */
function lintWalk(pkg: ServicePackage, today: Temporal.PlainDate, place: Place): Mistake[] {
  const filled = new Set(pkg.walk.documents.map((document) => document.slot));
  const problems = allProblems(pkg, pkg.walk.answers, { lang: 'de', today, filled });
  return problems.map((problem) =>
    place('walk.yaml', problem.field.split('.').at(-1)!, `Das Beispiel besteht das eigene Formular nicht: ${problem.field}: ${problem.message}`),
  );
}
