import type { DatedRule, Measure } from './rules.ts';

/**
 * What is known of levels, stages and what follows from them at Pegel St. Pauli, each with its source and first day. Where a
 * source names no first day, the day is a guess on the safe side and `checked` says so. A later row of the same name wins.
 */
export const DATED_RULES: readonly DatedRule[] = [
  rule('mhw', 2.09, 'm NHN', '2000-01-01', 'Mittleres Tidehochwasser, ältere Fünfjahresmittel (2,06 bis 2,09)', 'first-day-unknown'),
  rule('mhw', 2.13, 'm NHN', '2018-01-01', 'Mittleres Tidehochwasser, Fünfjahresmittel Stand 2018', 'first-day-unknown'),
  rule('mhw', 2.15, 'm NHN', '2023-01-01', 'Mittleres Tidehochwasser, neuestes Fünfjahresmittel', 'first-day-unknown'),
  rule('mnw', -1.64, 'm NHN', '2000-01-01', 'Mittleres Tideniedrigwasser', 'first-day-unknown'),
  rule('sturmflut-above-mhw', 1.5, 'm', '2000-01-01', 'BSH: Sturmflut ab 1,5 m über MHW', 'yes'),
  rule('schwere-above-mhw', 2.5, 'm', '2000-01-01', 'BSH: schwere Sturmflut ab 2,5 m über MHW', 'yes'),
  rule('sehr-schwere-above-mhw', 3.5, 'm', '2000-01-01', 'BSH: sehr schwere Sturmflut ab 3,5 m über MHW', 'yes'),
  rule('stage-0-from', 3.65, 'm NHN', '2000-01-01', 'Hamburg, Sturmflutschutz im Hafen: Stufe 0 von 3,65 bis 5,00 m', 'first-day-unknown'),
  rule('stage-1-from', 5, 'm NHN', '2000-01-01', 'Hamburg, Sturmflutschutz im Hafen: Stufe 1 von 5,00 bis 5,50 m', 'first-day-unknown'),
  rule('stage-2-from', 5.5, 'm NHN', '2000-01-01', 'Hamburg, Sturmflutschutz im Hafen: Stufe 2 von 5,50 bis 6,50 m', 'first-day-unknown'),
  rule('stage-2-to', 6.5, 'm NHN', '2000-01-01', 'Hamburg, Sturmflutschutz im Hafen: Stufe 2 von 5,50 bis 6,50 m', 'first-day-unknown'),
  rule('staffs-from-forecast', 4.5, 'm NHN', '2000-01-01', 'HASTA und WADI treten ab einer Vorhersage von 4,50 m zusammen', 'first-day-unknown'),
  rule('streets-below', 5, 'm NHN', '2000-01-01', 'Straßen unter 5 m werden in Stufe 0 gesperrt', 'first-day-unknown'),
  rule('public-warned-above', 5, 'm NHN', '2000-01-01', 'Bevölkerung wird über 5,00 m gewarnt', 'first-day-unknown'),
  rule('public-warned-hours-latest', 8, 'h', '2000-01-01', 'Warnung 8 bis 9 Stunden vor dem Scheitel', 'first-day-unknown'),
  rule('public-warned-hours-earliest', 9, 'h', '2000-01-01', 'Warnung 8 bis 9 Stunden vor dem Scheitel', 'first-day-unknown'),
  // two pages of the city contradict each other; both stay, the later one is in force
  rule('port-closed-from', 6.5, 'm NHN', '2000-01-01', 'Ältere Seite der Stadt: der ganze Hafen wird erst ab 6,50 m gesperrt', 'contradicts-newer'),
  rule('port-closed-from', 5.5, 'm NHN', '2013-01-01', 'Hamburg, Stufe 2: Hafen gesperrt und geräumt', 'first-day-unknown'),
  rule('dyke-defenders', 300, 'people', '2000-01-01', 'Stufe 2: mehr als 300 Deichverteidiger', 'first-day-unknown'),
  rule('design-level', 8.1, 'm NHN', '2013-01-01', 'Bemessungswasserstand St. Pauli seit 2013; Deiche werden bis 2040 erhöht', 'yes'),
  rule('gauge-zero', -5, 'm NHN', '2000-01-01', 'Pegelnullpunkt St. Pauli; einzelne Quellen nennen -5,10', 'contradicts-newer'),
  rule('season-from', 915, 'MMDD', '2000-01-01', 'Sturmflutzeit 15. September bis 31. März', 'yes'),
  rule('season-to', 331, 'MMDD', '2000-01-01', 'Sturmflutzeit 15. September bis 31. März', 'yes'),
];

function rule(name: DatedRule['name'], value: number, unit: DatedRule['unit'], validFrom: string, source: string, checked: DatedRule['checked']): DatedRule {
  return { name, value, unit, validFrom, source, checked };
}

const STAGES = 'Hamburg, Sturmflutschutz: Maßnahmen der Stufen 0 bis 2; die Minuten sind eine Setzung dieser Stadt';

/** What is to be done from which forecast on, by whom and until when. Minutes are settings; the stages have their source above. */
export const MEASURES: readonly Measure[] = [
  measure('warnschuesse', 0, 'S3', 'stage-0-from', { kind: 'before-peak', minutes: 360 }, 'Warnschüsse lösen lassen'),
  measure('strassen-sperren', 0, 'S3', 'stage-0-from', { kind: 'before-level', rule: 'stage-0-from', minutes: 60 }, 'Straßen unter 5 m sperren'),
  measure('tore-schliessen', 0, 'S3', 'stage-0-from', { kind: 'before-level', rule: 'stage-0-from', minutes: 0 }, 'Tore der Polder schließen'),
  measure('hasta-wadi', 0, 'leiter', 'staffs-from-forecast', { kind: 'after-forecast', minutes: 30 }, 'HASTA und WADI einberufen'),
  measure('deiche-pruefen', 1, 'S2', 'stage-1-from', { kind: 'before-peak', minutes: 300 }, 'Deichlinien prüfen lassen, auch aus der Luft'),
  measure('staebe-einberufen', 1, 'leiter', 'stage-1-from', { kind: 'after-forecast', minutes: 60 }, 'Katastrophenstäbe einberufen'),
  measure('bevoelkerung-warnen', 1, 'S5', 'public-warned-above', { kind: 'public-warning' }, 'Bevölkerung warnen'),
  measure('hafen-teilsperren', 1, 'verbindung', 'stage-1-from', { kind: 'before-peak', minutes: 360 }, 'Teile des Hafens sperren'),
  measure('hafen-raeumen', 2, 'verbindung', 'port-closed-from', { kind: 'before-peak', minutes: 240 }, 'Hafen sperren und räumen'),
  measure('deichverteidiger', 2, 'S3', 'stage-2-from', { kind: 'before-peak', minutes: 180 }, 'Deichverteidiger aufstellen, mehr als 300', 'dyke-defenders'),
  measure('zonen-raeumen', 2, 'S3', 'stage-2-from', { kind: 'before-peak', minutes: 180 }, 'Räumzonen räumen'),
];

function measure(
  key: string,
  stage: Measure['stage'],
  responsible: Measure['responsible'],
  trigger: Measure['trigger'],
  deadline: Measure['deadline'],
  title: string,
  count?: Measure['count'],
): Measure {
  return { key, stage, responsible, trigger, deadline, title, source: STAGES, validFrom: '2000-01-01', ...(count === undefined ? {} : { count }) };
}
