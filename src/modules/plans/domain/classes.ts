import { valueOf, type Feature } from './plan.ts';

/** How a class is drawn; colours after the PlanZV (Anlage), hatched so that colour alone says nothing. */
export interface Drawing {
  readonly label: string;
  readonly colour: string;
  readonly hatch?: 'diagonal' | 'cross' | 'dots' | 'lines';
  readonly dash?: string;
  readonly order: number;
}

const area = (label: string, colour: string, hatch?: Drawing['hatch'], order = 1): Drawing => ({ label, colour, order, ...(hatch && { hatch }) });
const line = (label: string, colour: string, dash?: string): Drawing => ({ label, colour, order: 5, ...(dash && { dash }) });

const CLASSES: Readonly<Record<string, Drawing>> = {
  BP_BaugebietsTeilFlaeche: area('Baugebiet', '#e8a39a'),
  BP_UeberbaubareGrundstuecksFlaeche: area('Überbaubare Grundstücksfläche', '#c9c9c9', 'diagonal', 3),
  BP_StrassenVerkehrsFlaeche: area('Straßenverkehrsfläche', '#f2c96d'),
  BP_VerkehrsflaecheBesondererZweckbestimmung: area('Verkehrsfläche besonderer Zweckbestimmung', '#f6dc9a', 'diagonal'),
  BP_GruenFlaeche: area('Grünfläche', '#9ccb86', 'dots'),
  BP_GemeinbedarfsFlaeche: area('Fläche für den Gemeinbedarf', '#d98a9a', 'lines'),
  BP_SpielSportanlagenFlaeche: area('Spiel- und Sportanlage', '#b5d68f', 'cross'),
  BP_VerEntsorgung: area('Versorgung und Entsorgung', '#f3ea7d', 'lines'),
  BP_GewaesserFlaeche: area('Wasserfläche', '#9cc8e8', 'lines'),
  BP_WaldFlaeche: area('Wald', '#6fae8e', 'cross'),
  BP_LandwirtschaftsFlaeche: area('Fläche für die Landwirtschaft', '#d4dd8b'),
  BP_Landwirtschaft: area('Fläche für die Landwirtschaft', '#d4dd8b'),
  BP_BauGrenze: line('Baugrenze', '#1f4fa3', '10 3 2 3'),
  BP_BauLinie: line('Baulinie', '#b3202c', '10 3 2 3 2 3'),
  BP_StrassenbegrenzungsLinie: line('Straßenbegrenzungslinie', '#2d7a3a'),
  BP_NutzungsartenGrenze: line('Abgrenzung unterschiedlicher Nutzung', '#444444', '2 4'),
  BP_AnpflanzungBindungErhaltung: area('Anpflanzen und Erhalten von Pflanzen', '#86b86f', 'dots', 4),
  BP_SchutzPflegeEntwicklungsFlaeche: area('Schutz, Pflege, Entwicklung von Natur', '#7fbf9a', 'cross', 4),
  SO_Strassenverkehr: area('Straßenverkehr (Übernahme)', '#f6dfa6'),
  SO_Denkmalschutzrecht: area('Denkmalschutz', '#8f7bb3', 'lines', 4),
  LP_SchutzBestimmterTeileVonNaturUndLandschaft: area('Schutzgebiet für Natur und Landschaft', '#6aa886', 'lines', 0),
};

/** What only writes words onto the sheet, and the sheet itself: nothing that is laid down. */
const SHEET = new Set(['BP_Bereich', 'XP_PPO', 'XP_PTO', 'XP_LPO', 'XP_FPO', 'XP_LTO', 'XP_TextAbschnitt', 'BP_TextAbschnitt', 'XP_BegruendungAbschnitt']);

export const isSheet = (className: string): boolean => SHEET.has(className);

/** Undefined: a class that is kept and listed by its name. */
export const drawingOf = (className: string): Drawing | undefined => CLASSES[className];

const GENERAL: Readonly<Record<string, readonly [label: string, colour: string]>> = {
  '1000': ['Wohnbaufläche', '#f0a59b'],
  '2000': ['Gemischte Baufläche', '#c9a27a'],
  '3000': ['Gewerbliche Baufläche', '#b5b5b5'],
  '4000': ['Sonderbaufläche', '#eab36f'],
};
const SPECIAL: Readonly<Record<string, readonly [short: string, label: string, colour: string]>> = {
  '1000': ['WS', 'Kleinsiedlungsgebiet', '#f4c4bd'],
  '1100': ['WR', 'Reines Wohngebiet', '#f0a59b'],
  '1200': ['WA', 'Allgemeines Wohngebiet', '#ea8f85'],
  '1300': ['WB', 'Besonderes Wohngebiet', '#df7f75'],
  '1400': ['MD', 'Dorfgebiet', '#cdb08c'],
  '1450': ['MDW', 'Dörfliches Wohngebiet', '#d2b796'],
  '1500': ['MI', 'Mischgebiet', '#c9a27a'],
  '1550': ['MU', 'Urbanes Gebiet', '#c39566'],
  '1600': ['MK', 'Kerngebiet', '#b98755'],
  '1700': ['GE', 'Gewerbegebiet', '#bdbdbd'],
  '1800': ['GI', 'Industriegebiet', '#a5a5a5'],
  '2000': ['SO', 'Sondergebiet Erholung', '#f0c48c'],
  '2100': ['SO', 'Sonstiges Sondergebiet', '#eab36f'],
};

/** The use of a Baugebiet (BauNVO §§ 1-11): short sign, words and colour. Other features: their class. */
export function useOf(feature: Feature): { readonly short: string; readonly label: string; readonly colour: string } {
  const drawing = drawingOf(feature.className);
  const special = SPECIAL[valueOf(feature, 'besondereArtDerBaulNutzung') ?? ''];
  const general = GENERAL[valueOf(feature, 'allgArtDerBaulNutzung') ?? ''];
  if (feature.className === 'BP_BaugebietsTeilFlaeche' && special !== undefined) return { short: special[0], label: special[1], colour: special[2] };
  if (feature.className === 'BP_BaugebietsTeilFlaeche' && general !== undefined) return { short: '', label: general[0], colour: general[1] };
  return { short: '', label: drawing?.label ?? feature.className, colour: drawing?.colour ?? '#dddddd' };
}
