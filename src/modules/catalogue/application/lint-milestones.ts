import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

/** The course of a procedure: steps name what there is, follow each other without a circle, and can be recorded. */
export function lintMilestones({ process, form, initiator, announcement }: ServicePackage, source: PackageSource): Finding[] {
  const { milestones, participation, offered } = process;
  const found: Finding[] = [];
  const at = (index: number, path: readonly (string | number)[], message: string): void =>
    void found.push(source.at('error', 'process.yaml', ['milestones', index, ...path], message));
  const rounds = new Set(['stellen', ...(participation?.publicRounds ?? []).map((round) => round.id)]);
  const documents = new Set(form.documents.map((document) => document.id));
  for (const [index, { id, after, rounds: wanted, document, reachedBy }] of milestones.entries()) {
    if (milestones.findIndex((one) => one.id === id) !== index) at(index, ['id'], `Zwei Schritte heißen «${id}». Geben Sie jedem seine Kennung.`);
    for (const [place, before] of after.entries()) {
      const earlier = milestones.findIndex((one) => one.id === before);
      if (earlier < 0 || earlier >= index)
        at(index, ['after', place], `«${id}» folgt auf «${before}», aber davor steht kein solcher Schritt. Ordnen Sie die Liste.`);
    }
    for (const [place, round] of wanted.entries())
      if (!rounds.has(round)) at(index, ['rounds', place], `Die Beteiligung «${round}» plant dieses Paket nicht. Es gibt: ${[...rounds].join(', ')}.`);
    if (document !== undefined && !documents.has(document)) at(index, ['document'], `Die Unterlage «${document}» steht nicht in form.yaml.`);
    if (reachedBy !== undefined && (wanted.length > 0 || document !== undefined))
      at(index, ['reachedBy'], 'Dieser Schritt folgt aus der Entscheidung und wird nicht festgehalten; was er verlangt, gehört zum Schritt davor.');
  }
  const recorded = milestones.some((one) => one.reachedBy === undefined);
  const isOffered = Object.values(offered).some((actions) => actions.includes('record-step'));
  if (recorded && !isOffered)
    found.push(source.at('error', 'process.yaml', ['milestones'], 'Die Schritte kann niemand festhalten. Bieten Sie «record-step» an.'));
  const objects = Object.values(offered).some((actions) => actions.includes('object'));
  if (announcement !== 'bekanntgabe' && objects)
    found.push(source.at('error', 'process.yaml', ['offered'], 'Gegen eine Norm gibt es keinen Widerspruch (§ 68 VwGO). Streichen Sie «object».'));
  if (initiator === 'amt' && (offered.eingegangen ?? []).length > 0)
    found.push(
      source.at('warning', 'process.yaml', ['offered', 'eingegangen'], 'Was die Behörde selbst beginnt, geht nicht ein. Streichen Sie diesen Zustand.'),
    );
  return found;
}
