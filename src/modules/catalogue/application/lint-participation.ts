import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

/** What no law allows in a Beteiligung. */
export function lintParticipation({ process: { participation } }: ServicePackage, source: PackageSource): Finding[] {
  const { consultees = [], publicRounds = [] } = participation ?? {};
  return [
    ...consultees.flatMap(({ silence, legalBasis }, index) =>
      silence === 'zustimmung' && !/(§§?|Art\.) ?\d/.test(legalBasis)
        ? [
            source.at(
              'error',
              'process.yaml',
              ['participation', 'consultees', index, 'silence'],
              'Schweigen gilt nur als Zustimmung, wo ein Gesetz es sagt. Nennen Sie den Paragrafen in legalBasis.',
            ),
          ]
        : [],
    ),
    ...publicRounds.flatMap(({ legalBasis, period }, index) =>
      /§ 3 Abs\. 2 BauGB/.test(legalBasis) && (period.atLeastDays ?? 0) < 30
        ? [
            source.at(
              'error',
              'process.yaml',
              ['participation', 'publicRounds', index, 'period'],
              'Eine Veröffentlichung nach § 3 Abs. 2 BauGB dauert mindestens 30 Tage. Setzen Sie atLeastDays auf 30 oder mehr.',
            ),
          ]
        : [],
    ),
  ];
}
