import type { ServicePackage } from '../domain/package.ts';
import { pairBy, same, type Change } from './diff-change.ts';

/** Letters and the words that decisions are made of. Cases keep what has been written. */
export function diffBlocks(a: ServicePackage, b: ServicePackage): Change[] {
  const letters = (pkg: ServicePackage) => Object.entries(pkg.letters).map(([name, source]) => ({ name, source: source.trim() }));
  const paired = pairBy(letters(a), letters(b), (letter) => letter.name);
  return [
    ...paired.added.map(({ name }): Change => ({ area: 'Briefe', kind: 'added', what: `Neuer Brief «${name}».` })),
    ...paired.removed.map(({ name }): Change => ({ area: 'Briefe', kind: 'removed', what: `Den Brief «${name}» gibt es nicht mehr.` })),
    ...paired.kept
      .filter(([old, fresh]) => old.source !== fresh.source)
      .map(([, { name }]): Change => ({ area: 'Briefe', kind: 'changed', what: `Der Brief «${name}» ist geändert.` })),
    ...diffNebenbestimmungen(a, b),
    ...diffDiscretion(a, b),
    ...diffOperative(a, b),
  ];
}

function diffNebenbestimmungen(a: ServicePackage, b: ServicePackage): Change[] {
  const paired = pairBy(a.blocks.nebenbestimmungen, b.blocks.nebenbestimmungen, (block) => block.id);
  return [
    ...paired.added.map((one): Change => ({ area: 'Textbausteine', kind: 'added', what: `Neue Nebenbestimmung «${one.title}» (${one.kind}).` })),
    ...paired.removed.map((one): Change => ({ area: 'Textbausteine', kind: 'removed', what: `Die Nebenbestimmung «${one.title}» (${one.kind}) fällt weg.` })),
    ...paired.kept
      .filter(([old, fresh]) => !same(old, fresh))
      .map(([old, fresh]): Change => {
        const parts = [
          ...(old.kind === fresh.kind ? [] : [`${old.kind} → ${fresh.kind}`]),
          ...(old.text === fresh.text ? [] : [`Text: «${fresh.text}»`]),
          ...(old.proposedWhen === fresh.proposedWhen ? [] : [`vorgeschlagen wenn ${fresh.proposedWhen ?? 'nie'}`]),
          ...(old.legalBasis === fresh.legalBasis ? [] : [`Grundlage ${old.legalBasis} → ${fresh.legalBasis}`]),
          ...(old.title === fresh.title ? [] : [`hieß «${old.title}»`]),
        ];
        return { area: 'Textbausteine', kind: 'changed', what: `Die Nebenbestimmung «${fresh.title}»: ${parts.join('; ')}.` };
      }),
  ];
}

function diffDiscretion(a: ServicePackage, b: ServicePackage): Change[] {
  const paired = pairBy(a.blocks.discretion, b.blocks.discretion, (block) => block.id);
  return [
    ...paired.added.map((one): Change => ({ area: 'Textbausteine', kind: 'added', what: `Neuer Baustein zum Ermessen «${one.title}».` })),
    ...paired.removed.map((one): Change => ({ area: 'Textbausteine', kind: 'removed', what: `Der Baustein zum Ermessen «${one.title}» fällt weg.` })),
    ...paired.kept
      .filter(([old, fresh]) => !same(old, fresh))
      .map(([, fresh]): Change => ({ area: 'Textbausteine', kind: 'changed', what: `Der Baustein zum Ermessen «${fresh.title}» ist neu geschrieben.` })),
  ];
}

const OUTCOMES: Readonly<Record<string, string>> = { grant: 'der Erteilung', partial: 'der teilweisen Erteilung', refuse: 'der Ablehnung' };

function diffOperative(a: ServicePackage, b: ServicePackage): Change[] {
  const [old, fresh]: Readonly<Record<string, string | undefined>>[] = [a.blocks.operative, b.blocks.operative];
  return Object.keys(OUTCOMES)
    .filter((key) => old![key] !== fresh![key])
    .map((key): Change => ({
      area: 'Textbausteine',
      kind: old![key] === undefined ? 'added' : fresh![key] === undefined ? 'removed' : 'changed',
      what: `Der Tenor ${OUTCOMES[key]}: ${fresh![key] === undefined ? 'fällt weg' : `«${fresh![key]}»`}.`,
    }));
}
