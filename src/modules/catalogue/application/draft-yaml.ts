import { Document, isScalar } from 'yaml';

/** What the author of `service.yaml` puts where a draft has nothing. */
export const SERVICE_HINTS: Readonly<Record<string, string>> = {
  filePrefix: 'zwei bis vier Großbuchstaben für Aktenzeichen',
  leistungsschluessel: '14 Ziffern aus dem Leistungskatalog',
  summary: 'ein Satz, je in de, en und leicht',
  description: 'zwei, drei Sätze, je in de, en und leicht',
  needs: 'was man bereithalten soll',
  situations: 'Wörter, mit denen Menschen danach suchen',
  legalBases: 'je { citation, title }',
  authority: '{ id: … } oder { byDistrictOf: feld }',
  trust: 'einfach, substanziell oder hoch',
  regime: 'bund oder hh',
  discretion: 'true, wenn Ermessen besteht (§ 40 VwVfG)',
  fees: 'mindestens eine Gebühr, auch 0',
  retentionYears: 'Jahre bis zur Aussonderung',
};

/**
 * A file of a package that somebody else's data began: YAML with a hint at each empty value.
 * @param from whose data, in German in the dative: `einem BPMN-Modell`
 */
export function draftYaml(content: object, from: string, hints: Readonly<Record<string, string>>): string {
  const doc = new Document(content);
  doc.commentBefore = ` Entwurf aus ${from}. «./kontor service lint» nennt, was noch fehlt.`;
  for (const [name, hint] of Object.entries(hints)) {
    const node = doc.get(name, true);
    if (isScalar(node) && node.value === null) node.comment = ` ${hint}`;
  }
  return doc.toString({ lineWidth: 0, nullStr: '' });
}
