import type { ServicePackage } from '../domain/package.ts';
import type { Authority } from '../domain/service.ts';
import type { Finding } from './lint-finding.ts';
import { parsedYaml, walkTree } from './lint-tree.ts';
import type { PackageSource } from './lint-source.ts';

const namesStatute = (basis: string): boolean => /(?:§§?|Art\.)\s*\d/.test(basis);

/** Legal bases, discretion, automation, deadlines and responsibility. */
export function lintLaw(pkg: ServicePackage, authorities: readonly Authority[], source: PackageSource): Finding[] {
  return [
    ...lintAutomation(pkg, source),
    ...lintPeriods(pkg, source),
    ...lintAuthority(pkg, authorities, source),
    ...lintBases(source),
    ...lintDiscretion(pkg, source),
    ...lintJointApplicants(pkg, source),
  ];
}

function lintJointApplicants({ jointApplicants, initiator }: ServicePackage, source: PackageSource): Finding[] {
  if (jointApplicants === undefined || initiator !== 'amt') return [];
  const message = 'Was die Behörde selbst beginnt (§ 22 VwVfG), beantragt niemand, auch nicht gemeinsam. Streichen Sie jointApplicants.';
  return [source.at('error', 'service.yaml', ['jointApplicants'], message)];
}

function lintAutomation({ automation, discretion, rules }: ServicePackage, source: PackageSource): Finding[] {
  if (automation === undefined) return [];
  const at = (key: string, message: string): Finding => source.at('error', 'service.yaml', ['automation', key], message);
  const found: Finding[] = [];
  if (discretion) found.push(at('', 'Wo Ermessen besteht, darf kein Automat entscheiden (§ 35a VwVfG). Streichen Sie automation oder discretion.'));
  if (!namesStatute(automation.legalBasis))
    found.push(at('legalBasis', 'Die Automatik braucht eine Rechtsvorschrift, die sie zulässt (§ 35a VwVfG). Nennen Sie ihren Paragraphen.'));
  const decision = rules.get(automation.decision);
  if (decision === undefined) return [...found, at('decision', `Die Entscheidung «${automation.decision}» steht in keiner Datei unter rules/.`)];
  const doubt = doubtMistake(decision.logic);
  return doubt === undefined
    ? found
    : [...found, source.inTable('error', decision.id, {}, `Die Automatik fragt «${decision.id}» nach Zweifeln, aber ${doubt}`)];
}

/** Doubts are a list of sentences, one from each row that fires; no row, no doubt. */
function doubtMistake(logic: object): string | undefined {
  const table = logic as { kind?: string; hitPolicy?: string; aggregation?: string; rules?: readonly { results: readonly string[] }[] };
  if (table.kind !== 'table' || table.rules === undefined) return undefined;
  if (!['COLLECT', 'RULE ORDER', 'OUTPUT ORDER'].includes(table.hitPolicy ?? '') || table.aggregation !== undefined) {
    return 'die Tabelle liefert keine Liste: Jeder Antrag ginge an einen Menschen. Setzen Sie hitPolicy="COLLECT" ohne aggregation.';
  }
  const doubts = table.rules.filter(({ results }) => results.some((result) => !['', 'null', '""', '-'].includes(result.trim())));
  return doubts.length > 0 ? undefined : 'keine Zeile nennt einen Zweifel: Nichts hielte den Automaten auf. Schreiben Sie in jede Zeile einen Satz.';
}

function lintPeriods({ process }: ServicePackage, source: PackageSource): Finding[] {
  const found: Finding[] = [];
  const at = (level: 'error' | 'warning', path: string, message: string): void => void found.push(source.at(level, 'process.yaml', [path], message));
  if (process.fiction !== 'none') {
    if (process.decisionPeriod === undefined)
      at(
        'error',
        'fiction',
        'Eine Genehmigungsfiktion braucht eine Entscheidungsfrist, mit deren Ablauf sie eintritt (§ 42a Abs. 1 VwVfG). Setzen Sie decisionPeriod.',
      );
    if (!namesStatute(process.fiction.legalBasis))
      at(
        'error',
        'fiction',
        'Die Genehmigungsfiktion gilt nur, wo ein Gesetz sie anordnet (§ 42a Abs. 1 VwVfG). Nennen Sie seinen Paragraphen, oder schreiben Sie fiction: none.',
      );
  }
  if (process.extension !== undefined && process.decisionPeriod === undefined)
    at('error', 'extension', 'Verlängert werden kann nur eine Frist, die es gibt. Setzen Sie decisionPeriod, oder streichen Sie extension.');
  if (process.fiction !== 'none' && !Object.values(process.offered).some((actions) => actions.includes('request-certificate')))
    at(
      'warning',
      'fiction',
      'Wer die Genehmigung durch Fristablauf hat, darf eine Bescheinigung verlangen (§ 42a Abs. 3 VwVfG). Bieten Sie «request-certificate» an.',
    );
  const extendable = Object.values(process.offered).some((actions) => actions.includes('extend'));
  if (process.extension !== undefined && !extendable) at('warning', 'extension', 'Die Frist ist verlängerbar, aber in keinem Zustand wird «extend» angeboten.');
  return found;
}

function lintAuthority({ authority }: ServicePackage, authorities: readonly Authority[], source: PackageSource): Finding[] {
  if (!('id' in authority) || authorities.some((one) => one.id === authority.id)) return [];
  const message = `Die Behörde «${authority.id}» steht nicht in authorities.yaml. Tragen Sie sie dort ein, oder nennen Sie eine andere.`;
  return [source.at('error', 'service.yaml', ['authority', 'id'], message)];
}

const MUST_NAME_STATUTE = ['nebenbestimmungen'];

/** Wherever a package asks for a legal basis, one must stand; also in parts that come later. */
function lintBases(source: PackageSource): Finding[] {
  return parsedYaml(source).flatMap(({ name, tree }) => {
    const found: Finding[] = [];
    walkTree(tree, (path, value) => {
      if (!['legalBasis', 'citation'].includes(String(path.at(-1))) || typeof value !== 'string') return;
      if (!/[\p{L}]{2}/u.test(value)) found.push(source.at('error', name, path, 'Die Rechtsgrundlage fehlt. Nennen Sie Paragraph und Gesetz.'));
      else if (MUST_NAME_STATUTE.includes(String(path[0])) && !namesStatute(value))
        found.push(source.at('warning', name, path, `«${value}» nennt keinen Paragraphen. Eine Nebenbestimmung braucht ihre Grundlage (§ 36 VwVfG).`));
    });
    return found;
  });
}

function lintDiscretion({ discretion, blocks }: ServicePackage, source: PackageSource): Finding[] {
  if (!discretion || blocks.discretion.length > 0) return [];
  const message = 'Bei Ermessen braucht der Bescheid dessen Gesichtspunkte (§ 39 Abs. 1 Satz 3 VwVfG). Schreiben Sie Bausteine unter discretion.';
  return [source.at('warning', 'textbausteine.yaml', ['discretion'], message)];
}
