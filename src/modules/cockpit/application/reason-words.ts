import { formatGermanDate } from '../../../kernel/time.ts';
import type { ItemKind, Light, Strategy, Words } from '../domain/items.ts';
import { LIGHT_RULE, type Reason, type Status } from '../domain/status.ts';

export type Lang = 'de' | 'en' | 'leicht';
type Texts = Readonly<Record<Lang, string>>;

/** A text of the strategy in a language, or in German with the word that it is. */
export function inLanguage(words: Words, lang: Lang): { readonly text: string; readonly missing: boolean } {
  const found = words[lang];
  return { text: found ?? words.de, missing: found === undefined };
}

export const LIGHT_WORDS: Readonly<Record<Light | 'none', Texts>> = {
  green: { de: 'auf Kurs', en: 'on track', leicht: 'läuft gut' },
  yellow: { de: 'gefährdet', en: 'at risk', leicht: 'läuft nicht so gut' },
  red: { de: 'nicht auf Kurs', en: 'off track', leicht: 'läuft schlecht' },
  none: { de: 'nicht zu beurteilen', en: 'cannot be judged', leicht: 'wissen wir nicht' },
};

/** The rule of the lights of a day as people read it; it stands wherever a light stands. */
export function ruleOn(day: Temporal.PlainDate): Texts {
  const { graceDays, movedDays } = LIGHT_RULE.on(day);
  return {
    de: `Rot: Ein Meilenstein ist mehr als ${graceDays} Tage überfällig, oder eine Kennzahl ist rot. Gelb: Ein Meilenstein ist überfällig, um mehr als ${movedDays} Tage gegen die erste Zusage verschoben oder liegt nach dem Ende der Maßnahme; oder eine Kennzahl ist gelb; oder eine Maßnahme ist rot, die zuerst fertig sein muss. Sonst grün. Sind alle Meilensteine erreicht, zählen nur noch die Kennzahlen. Ohne Meilensteine gibt es keine Ampel. Eine Kennzahl ohne Zahl oder ohne Ziel ändert nichts.`,
    en: `Red: a milestone is more than ${graceDays} days overdue, or an indicator is red. Yellow: a milestone is overdue, was moved by more than ${movedDays} days past its first promise, or lies after the end of the measure; or an indicator is yellow; or a measure is red that must be finished first. Otherwise green. When all milestones have been reached, the indicators alone count. Without milestones there is no light. An indicator without a figure or a target changes nothing.`,
    leicht: `Rot heißt: Etwas ist mehr als ${graceDays} Tage zu spät. Oder eine Zahl ist sehr schlecht. Gelb heißt: Etwas ist zu spät. Oder wir haben etwas weit nach hinten verschoben. Oder eine Zahl ist nicht gut. Oder etwas anderes muss erst fertig werden. Grün heißt: Alles läuft nach Plan. Ist alles fertig? Dann zählen nur noch die Zahlen.`,
  };
}

export const KIND_WORDS: Readonly<Record<ItemKind, Texts>> = {
  unit: { de: 'Stelle', en: 'Unit', leicht: 'Amt' },
  field: { de: 'Handlungsfeld', en: 'Field of action', leicht: 'Thema' },
  vision: { de: 'Zukunftsbild', en: 'Vision', leicht: 'Ziel' },
  priority: { de: 'Strategische Priorität', en: 'Strategic priority', leicht: 'Wichtige Aufgabe' },
  measure: { de: 'Maßnahme', en: 'Measure', leicht: 'Was wir tun' },
  milestone: { de: 'Meilenstein', en: 'Milestone', leicht: 'Schritt' },
  budget: { de: 'Budget', en: 'Budget', leicht: 'Geld' },
  dependency: { de: 'Abhängigkeit', en: 'Dependency', leicht: 'Was zuerst fertig sein muss' },
  risk: { de: 'Risiko', en: 'Risk', leicht: 'Was schiefgehen kann' },
  decision: { de: 'Entscheidung', en: 'Decision', leicht: 'Was wir entschieden haben' },
  figure: { de: 'Zahl', en: 'Figure', leicht: 'Zahl' },
  override: { de: 'Gesetzte Ampel', en: 'Light set by hand', leicht: 'Ampel von Hand' },
};

const day = (iso: string): string => formatGermanDate(Temporal.PlainDate.from(iso));

/** One reason as a sentence. @param indicatorName absent: its key is told */
export function reasonSentence(reason: Reason, strategy: Strategy, lang: Lang, indicatorName: (key: string) => string = (key) => key): string {
  const title = (kind: 'milestone' | 'measure', key: string): string => {
    const found = strategy[kind].get(key);
    return found === undefined ? key : inLanguage(found.title, lang).text;
  };
  const say = (texts: Texts): string => texts[lang];
  switch (reason.why) {
    case 'no-milestones':
      return say({ de: 'Es gibt noch keine Meilensteine.', en: 'There are no milestones yet.', leicht: 'Es gibt noch keine Schritte mit einem Datum.' });
    case 'overdue':
    case 'moved':
    case 'after-end':
      return say(milestoneWords(reason, title('milestone', reason.milestone)));
    case 'needs-red': {
      const name = title('measure', reason.measure);
      return say({
        de: `„${name}“ ist rot und muss zuerst fertig sein.`,
        en: `“${name}” is red and must be finished first.`,
        leicht: `Erst muss „${name}“ fertig sein. Dort gibt es Probleme.`,
      });
    }
    case 'indicator':
    case 'indicator-unread':
    case 'indicator-no-target':
      return say(indicatorWords(reason, indicatorName(reason.indicator)));
    case 'indicators-not-kept':
      return say({
        de: 'Was die Kennzahlen an diesem Tag sagten, ist nicht aufgehoben. Ohne sie lässt sich die Ampel nicht belegen.',
        en: 'What the indicators said on this day is not kept. Without them the light cannot be backed.',
        leicht: 'Die Zahlen von diesem Tag haben wir nicht mehr. Darum zeigen wir keine Ampel.',
      });
    case 'needs-not-kept': {
      const name = title('measure', reason.measure);
      return say({
        de: `Ob „${name}“ an diesem Tag rot war, ist nicht aufgehoben. Das muss zuerst fertig sein.`,
        en: `Whether “${name}” was red on this day is not kept. It must be finished first.`,
        leicht: `Erst muss „${name}“ fertig sein. Wir wissen nicht mehr: War dort an diesem Tag alles gut?`,
      });
    }
    case 'reached':
      return say({ de: 'Alle Meilensteine sind erreicht.', en: 'All milestones have been reached.', leicht: 'Alle Schritte sind fertig.' });
    case 'on-time':
      return say({ de: 'Kein Meilenstein ist überfällig.', en: 'No milestone is overdue.', leicht: 'Kein Schritt ist zu spät.' });
  }
}

/** That and why a person set a light; `undefined`: the rule's own holds. */
export function setSentence({ set, byRule }: Status, lang: Lang): string | undefined {
  if (set === undefined) return undefined;
  const rule = LIGHT_WORDS[byRule][lang];
  const texts: Texts = {
    de: `Von Hand gesetzt bis ${day(set.until)}: ${set.reason} Nach der Regel wäre sie „${rule}“.`,
    en: `Set by hand until ${day(set.until)}: ${set.reason} By the rule it would be “${rule}”.`,
    leicht: `Ein Mensch hat die Ampel gestellt. Das gilt bis ${day(set.until)}. Der Grund: ${set.reason} Sonst wäre sie: ${rule}.`,
  };
  return texts[lang];
}

function milestoneWords({ why, days }: Extract<Reason, { why: 'overdue' | 'moved' | 'after-end' }>, name: string): Texts {
  const one = days === 1;
  switch (why) {
    case 'overdue':
      return {
        de: `„${name}“ ist seit ${days} ${one ? 'Tag' : 'Tagen'} überfällig.`,
        en: `“${name}” has been overdue for ${days} ${one ? 'day' : 'days'}.`,
        leicht: `„${name}“ ist ${days} ${one ? 'Tag' : 'Tage'} zu spät.`,
      };
    case 'moved':
      return {
        de: `„${name}“ wurde um ${days} ${one ? 'Tag' : 'Tage'} gegen die erste Zusage verschoben.`,
        en: `“${name}” was moved by ${days} ${one ? 'day' : 'days'} past its first promise.`,
        leicht: `„${name}“ kommt ${days} ${one ? 'Tag' : 'Tage'} später als zuerst gesagt.`,
      };
    case 'after-end':
      return {
        de: `„${name}“ liegt ${days} ${one ? 'Tag' : 'Tage'} nach dem Ende der Maßnahme.`,
        en: `“${name}” lies ${days} ${one ? 'day' : 'days'} after the end of the measure.`,
        leicht: `„${name}“ kommt erst nach dem Ende.`,
      };
  }
}

function indicatorWords(reason: Extract<Reason, { indicator: string }>, name: string): Texts {
  switch (reason.why) {
    case 'indicator': {
      const [german, english] = reason.light === 'red' ? ['rot', 'red'] : ['gelb', 'yellow'];
      return { de: `Die Kennzahl „${name}“ ist ${german}.`, en: `The indicator “${name}” is ${english}.`, leicht: `Die Zahl „${name}“ ist ${german}.` };
    }
    case 'indicator-unread':
      return {
        de: `Die Kennzahl „${name}“ hat noch keine Zahl, die sich an einem Ziel messen lässt.`,
        en: `The indicator “${name}” has no figure yet that can be held against a target.`,
        leicht: `Die Zahl „${name}“ kennen wir noch nicht.`,
      };
    case 'indicator-no-target':
      return {
        de: `Die Kennzahl „${name}“ hat kein Ziel. Sie ändert die Ampel nicht.`,
        en: `The indicator “${name}” has no target. It does not change the light.`,
        leicht: `Für die Zahl „${name}“ gibt es kein Ziel. Sie zählt bei der Ampel nicht mit.`,
      };
  }
}
