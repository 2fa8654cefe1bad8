import { formatGermanDate } from '../../../kernel/time.ts';
import type { AssistedCase, CaseDecision } from './assisted-case.ts';
import { contradictionsIn } from './contradictions.ts';
import { missingFrom } from './missing.ts';
import type { Item, Made } from './proposal.ts';

/** Sentences for a Nachforderung (§ 25 VwVfG): what is missing and what must be cleared up. Frame sentences have no source. */
export function requestDraft(view: AssistedCase): Made {
  const missing = missingFrom(view);
  const unclear = contradictionsIn(view);
  const asked = [...missing.items, ...unclear.items.map((item) => ({ ...item, text: `${item.text} Bitte teilen Sie uns mit, was richtig ist.` }))];
  if (asked.length === 0)
    return { items: [], notes: ['Dem Antrag fehlt nach der Liste der Leistung nichts, und kein Widerspruch wurde gefunden.', ...missing.notes] };
  const frame = (text: string): Item => ({ text, sources: [], fixed: true });
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

/**
 * What a decision says, in plain sentences. It stands beside the Bescheid and never instead of it. Only of a first
 * decision are outcome and remedy told in own words: those of others (§§ 42a, 48, 49, 73 VwVfG and VwGO) follow other rules.
 */
export function explanationOf(decision: CaseDecision): Made {
  const from = (quote: string): Item['sources'] => [{ kind: 'decision', quote }];
  const first = decision.kind === 'bescheid';
  const items: Item[] = first
    ? [{ text: OUTCOMES[decision.outcome], sources: decision.operative.flatMap((quote) => from(quote)), fixed: true }]
    : decision.operative.map((text) => ({ text, sources: from(text), fixed: true }));
  for (const { kind, text } of decision.conditions) items.push({ text: `${CONDITION_WORDS[kind] ?? 'Das gehört dazu'}: ${text}`, sources: from(text) });
  for (const reason of decision.outcome === 'grant' && first ? [] : decision.reasons) items.push({ text: `Der Grund: ${reason}`, sources: from(reason) });
  if (decision.feeCents > 0) items.push({ text: `Die Gebühr beträgt ${euros(decision.feeCents)}.`, sources: from(`Gebühr: ${euros(decision.feeCents)}`) });
  items.push({ ...remedyOf(decision, first), fixed: true });
  return { items, notes: ['Diese Erklärung ersetzt den Bescheid nicht. Es gilt, was im Bescheid steht.'] };
}

function remedyOf({ remedyUntil }: CaseDecision, first: boolean): Item {
  if (!first || remedyUntil === undefined)
    return { text: 'Sind Sie nicht einverstanden? Was Sie tun können und bis wann, steht am Ende des Bescheids.', sources: [] };
  const day = formatGermanDate(Temporal.PlainDate.from(remedyUntil));
  return {
    text: `Sind Sie nicht einverstanden? Dann können Sie bis zum ${day} widersprechen. Wie das geht, steht am Ende des Bescheids.`,
    sources: [{ kind: 'decision', quote: `Frist bis ${day}` }],
  };
}

const CONDITION_WORDS: Readonly<Record<string, string>> = {
  Auflage: 'Das müssen Sie tun',
  Bedingung: 'Das muss zuerst geschehen',
  Befristung: 'So lange gilt es',
  Widerrufsvorbehalt: 'Wir dürfen den Bescheid zurücknehmen, wenn',
  Auflagenvorbehalt: 'Es können weitere Auflagen folgen',
};

const euros = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')} €`;
