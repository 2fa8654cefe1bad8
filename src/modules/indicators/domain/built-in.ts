import type { IndicatorUnit } from '../../../kernel/indicator.ts';
import { BUILT_IN_WORDS, type BuiltInKey } from './built-in-words.ts';
import type { Definition } from './definition.ts';

interface Reckoned {
  readonly formula: string;
  readonly unit: IndicatorUnit;
  readonly better: 'more' | 'less';
  readonly base: readonly string[];
  readonly source: string;
  readonly confidence?: 'medium' | 'low';
}

/** Not those with known days alone: how many have none would be told with them. */
const DECIDED = ['decided'] as const;
const CASES = 'Journal der Stadt: Ereignisse der Verfahren';

/** How each built-in indicator is reckoned from the counters of the journal. */
const RECKONED: Readonly<Record<BuiltInKey, Reckoned>> = {
  'online-share': {
    formula: 'online_matched / (online_matched + counter)',
    unit: 'share',
    better: 'more',
    base: ['online_matched', 'counter'],
    source: `${CASES}; Zählung der Fälle am Schalter durch die Ämter`,
    confidence: 'medium',
  },
  applications: { formula: 'received', unit: 'count', better: 'more', base: ['received'], source: CASES },
  'days-median': { formula: 'median_days', unit: 'days', better: 'less', base: DECIDED, source: CASES },
  'days-p90': { formula: 'p90_days', unit: 'days', better: 'less', base: DECIDED, source: CASES },
  automation: { formula: 'automated / decided', unit: 'share', better: 'more', base: ['decided'], source: CASES },
  'complete-first': { formula: 'complete_first / completed', unit: 'share', better: 'more', base: ['completed'], source: CASES },
  'requests-per-case': { formula: 'requests / decided', unit: 'per-case', better: 'less', base: ['decided'], source: CASES },
  'media-breaks': { formula: 'media_breaks / decided', unit: 'share', better: 'less', base: ['decided'], source: CASES, confidence: 'medium' },
  satisfaction: {
    formula: 'rating_sum / ratings',
    unit: 'score',
    better: 'more',
    base: ['ratings'],
    source: 'Journal der Stadt: eine Frage nach dem Bescheid',
    confidence: 'low',
  },
  accounts: { formula: 'accounts', unit: 'count', better: 'more', base: ['accounts'], source: 'Journal der Stadt: Ereignisse der Servicekonten' },
  'eid-activation': {
    formula: 'eid_accounts / accounts',
    unit: 'share',
    better: 'more',
    base: ['accounts'],
    source: 'Journal der Stadt: Ereignisse der Servicekonten',
    confidence: 'medium',
  },
  'assistant-use': { formula: 'llm_answers', unit: 'count', better: 'more', base: ['llm_answers'], source: 'Journal der Stadt: Antworten der Sprachmodelle' },
  'assistant-acceptance': {
    formula: '(items_accepted + items_changed) / items_settled',
    unit: 'share',
    better: 'more',
    base: ['items_settled'],
    source: 'Journal der Stadt: Entscheidungen über Vorschläge',
  },
  consultations: {
    formula: 'consultations',
    unit: 'count',
    better: 'more',
    base: ['consultations'],
    source: 'Journal der Stadt: Zählung der Beratungen durch die Digitallotsen',
    confidence: 'medium',
  },
  exercises: { formula: 'exercises', unit: 'count', better: 'more', base: [], source: 'Journal der Stadt: Lagen, die als Übung eröffnet wurden' },
  'sensor-freshness': {
    formula: 'sensors_fresh / sensors_all',
    unit: 'share',
    better: 'more',
    base: [],
    source: 'Tägliche Aufnahme der Datenströme ins Journal',
  },
  'open-data': { formula: 'open_data', unit: 'count', better: 'more', base: [], source: 'Tägliche Aufnahme der veröffentlichten Datensätze ins Journal' },
};

/** The indicators that every city has. */
export const BUILT_IN: readonly Definition[] = (Object.keys(RECKONED) as BuiltInKey[]).map((key) => {
  const { confidence = 'high', ...reckoned } = RECKONED[key];
  return { key, ...BUILT_IN_WORDS[key], ...reckoned, confidence, origin: 'live', kind: 'journal', version: 0, owner: 'Leitstelle Digitalstrategie' };
});
