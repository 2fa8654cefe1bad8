import type { AssistedCase, CaseDecision } from './assisted-case.ts';
import { contradictionsIn } from './contradictions.ts';
import { missingFrom } from './missing.ts';
import type { Item, Made } from './proposal.ts';
import { germanDay } from './similar.ts';

/** Sentences for a Nachforderung (§ 25 VwVfG): what is missing and what must be cleared up. Frame sentences have no source. */
export function requestDraft(view: AssistedCase): Made {
  const missing = missingFrom(view);
  const unclear = contradictionsIn(view);
  const asked = [...missing.items, ...unclear.items.map((item) => ({ ...item, text: `${item.text} Bitte teilen Sie uns mit, was richtig ist.` }))];
  if (asked.length === 0)
    return { items: [], notes: ['Dem Antrag fehlt nach der Liste der Leistung nichts, und kein Widerspruch wurde gefunden.', ...missing.notes] };
  const frame = (text: string): Item => ({ text, sources: [] });
  return {
    items: [
      frame(
        `Ihr Antrag „${view.serviceName}“ (${view.fileNumber}) ist noch nicht vollständig. Damit wir entscheiden können, brauchen wir noch etwas von Ihnen:`,
      ),
      ...asked,
      frame('Sie können alles in Ihrem Servicekonto nachreichen. Unsere Frist für die Entscheidung beginnt, wenn alles da ist.'),
    ],
    notes: missing.notes,
  };
}

/** Sentences for the Begründung (§ 39 VwVfG) from the rules that fired. Whether and how to decide is the officer's. */
export function reasonsDraft({ rules }: Pick<AssistedCase, 'rules'>): Made {
  if (rules.length === 0) return { items: [], notes: ['Keine Regel der Leistung hat einen Satz für die Begründung. Schreiben Sie sie selbst.'] };
  return {
    items: rules.map(({ decision, row, sentence }) => ({ text: sentence, sources: [{ kind: 'rule', decision, row, quote: sentence }] })),
    notes: [],
  };
}

const OUTCOMES: Readonly<Record<CaseDecision['outcome'], string>> = {
  grant: 'Wir haben Ihren Antrag bewilligt.',
  partial: 'Wir haben einen Teil Ihres Antrags bewilligt, einen anderen Teil nicht.',
  refuse: 'Wir haben Ihren Antrag abgelehnt.',
};

/** What a Bescheid says, in plain sentences. It stands beside the Bescheid and never instead of it. */
export function explanationOf(decision: CaseDecision): Made {
  const from = (quote: string): Item['sources'] => [{ kind: 'decision', quote }];
  const items: Item[] = [{ text: OUTCOMES[decision.outcome], sources: decision.operative.flatMap((quote) => from(quote)) }];
  for (const { kind, text } of decision.conditions) items.push({ text: `${CONDITION_WORDS[kind] ?? 'Das gehört dazu'}: ${text}`, sources: from(text) });
  for (const reason of decision.outcome === 'grant' ? [] : decision.reasons) items.push({ text: `Der Grund: ${reason}`, sources: from(reason) });
  if (decision.feeCents > 0) items.push({ text: `Die Gebühr beträgt ${euros(decision.feeCents)}.`, sources: from(`Gebühr: ${euros(decision.feeCents)}`) });
  if (decision.remedyUntil !== undefined)
    items.push({
      text: `Sind Sie nicht einverstanden? Dann können Sie bis zum ${germanDay(decision.remedyUntil)} widersprechen. Wie das geht, steht am Ende des Bescheids.`,
      sources: from(`Frist bis ${germanDay(decision.remedyUntil)}`),
    });
  return { items, notes: ['Diese Erklärung ersetzt den Bescheid nicht. Es gilt, was im Bescheid steht.'] };
}

const CONDITION_WORDS: Readonly<Record<string, string>> = {
  Auflage: 'Das müssen Sie tun',
  Bedingung: 'Das muss zuerst geschehen',
  Befristung: 'So lange gilt es',
  Widerrufsvorbehalt: 'Wir dürfen den Bescheid zurücknehmen, wenn',
  Auflagenvorbehalt: 'Es können weitere Auflagen folgen',
};

const euros = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')} €`;
