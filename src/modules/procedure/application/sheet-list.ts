import type { Decision } from '../domain/case.ts';
import type { DecisionSheet, SheetMark } from '../domain/sheets.ts';
import type { SealedCopy } from './stamped-copies.ts';

const STANDINGS: Readonly<Record<DecisionSheet['standing'], string>> = {
  genehmigt: 'Gehört zum Bescheid (Grüneintrag)',
  ungueltig: 'Ungültig, gehört nicht zum Genehmigten',
  vermerkt: 'Mit Eintragungen',
};
const KINDS: Readonly<Record<SheetMark['kind'], string>> = { vermerk: 'Vermerk', auflage: 'Auflage', gruen: 'Grüneintrag', ungueltig: 'Ungültig' };

/** A sheet as the Bescheid lists it. */
export interface ListedSheet {
  readonly name: string;
  readonly standing: string;
  readonly sha256: string;
  readonly marks: readonly string[];
  /** About the stamped copy. */
  readonly copy: string;
}

/** The sheets of a decision with their marks, for the Bescheid. */
export function listedSheets(decision: Decision, copies: readonly SealedCopy[]): readonly ListedSheet[] {
  return (decision.text.sheets ?? []).map((sheet) => {
    const copy = copies.find((one) => one.uploadId === sheet.uploadId);
    return {
      name: `${sheet.fileName}, Version ${sheet.version}`,
      standing: STANDINGS[sheet.standing],
      sha256: sheet.sha256,
      marks: sheet.marks.map(markLine),
      copy:
        copy?.pdf !== undefined
          ? `Gestempelte Kopie: ${copy.fileName}, SHA-256 ${copy.sha256}`
          : `Eine gestempelte Kopie gibt es nicht. ${copy?.reason ?? ''} Es gilt die Datei mit der genannten Prüfsumme.`,
    };
  });
}

/** `Nr. 3, Seite 1, Auflage: …` */
export const markLine = ({ number, page, kind, text }: SheetMark): string => `Nr. ${number}, Seite ${page}, ${KINDS[kind]}${text === '' ? '' : `: ${text}`}`;

export const standingName = ({ standing }: DecisionSheet): string => STANDINGS[standing];
