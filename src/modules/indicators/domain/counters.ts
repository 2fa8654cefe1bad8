/** What is counted for each service and month; each a whole number that only events of the journal move. */
export const COUNTERS = {
  received: 'Anträge, die online oder aus anderen Systemen eingegangen sind',
  counter: 'Fälle am Schalter, am Telefon oder auf Papier, wie die Ämter sie zählen',
  counter_records: 'Meldungen der Ämter über Fälle am Schalter',
  own_motion: 'Verfahren von Amts wegen',
  taken_over: 'geschlossene Akten anderer Behörden',
  completed: 'Anträge, die zum ersten Mal vollständig wurden',
  complete_first: 'Anträge, die ohne Nachforderung vollständig wurden',
  decided: 'Anträge mit einem ersten Bescheid',
  automated: 'Anträge, deren ersten Bescheid die Regeln allein erlassen haben',
  timed: 'Anträge mit einem ersten Bescheid und bekannter Dauer',
  undated: 'Anträge mit einem ersten Bescheid, deren Vollständigkeit niemand festgestellt hat',
  requests: 'Nachforderungen bis zum ersten Bescheid',
  media_breaks: 'Anträge mit einem ersten Bescheid, in denen etwas mit der Post ging',
  fictions: 'Genehmigungen, die das Gesetz fingiert hat',
  withdrawn: 'Anträge, die vor dem Bescheid zurückgenommen wurden',
  objections: 'Widersprüche',
  ratings: 'Antworten auf die Frage nach dem Bescheid',
  rating_sum: 'Summe der Noten von 1 bis 5 nach dem Bescheid',
  llm_answers: 'Antworten des Text-Assistenten',
  items_settled: 'Vorschläge des Assistenten, über die jemand entschieden hat',
  items_accepted: 'Vorschläge des Assistenten, die so übernommen wurden',
  items_changed: 'Vorschläge des Assistenten, die verändert übernommen wurden',
  exercises: 'eröffnete Übungen',
  consultations: 'Beratungen der Digitallotsen, in ganzen Zehnern',
} as const;
export type Counter = keyof typeof COUNTERS;

/** What adds up over all months until now: how many there are. */
export const STOCKS = {
  accounts: 'Servicekonten von Personen',
  eid_accounts: 'Servicekonten, die mit dem Online-Ausweis geöffnet wurden',
  organisations: 'Konten von Organisationen',
} as const;
export type Stock = keyof typeof STOCKS;

/** What a snapshot says of a day; the last of a month stands for it. */
export const SNAPSHOTS = {
  sensors_all: 'Datenströme von Sensoren',
  sensors_fresh: 'Datenströme mit frischem Messwert',
  open_data: 'veröffentlichte Datensätze',
} as const;
export type Snapshot = keyof typeof SNAPSHOTS;

/** Of which day a snapshot speaks, as a number: 20261129. */
export const SNAPSHOT_DAY = 'snapshot_day';

/** What is reckoned from the counts of services before a formula sees it. */
export const DERIVED = {
  online_matched: 'eingegangene Anträge, wo auch die Fälle am Schalter gezählt sind',
  median_days: 'Median der ganzen Tage vom vollständigen Antrag zum Bescheid',
  p90_days: 'Tage, in denen neun von zehn Anträgen beschieden sind',
} as const;

/** A name that a formula may use, but for other indicators. */
export type NameOfFormula = Counter | Stock | Snapshot | keyof typeof DERIVED;

/** Every such name, with what it means. */
export const NAMES: Readonly<Record<string, string>> = { ...COUNTERS, ...STOCKS, ...SNAPSHOTS, ...DERIVED };

/** Names that say something of the whole city alone. */
export const CITY_ONLY: ReadonlySet<string> = new Set([
  ...Object.keys(STOCKS),
  ...Object.keys(SNAPSHOTS),
  'llm_answers',
  'items_settled',
  'items_accepted',
  'items_changed',
  'exercises',
  'consultations',
]);
