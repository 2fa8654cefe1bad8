import { formatEuro } from '../../../kernel/money.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fieldId, groupFrame } from '../../../platform/ui/form-field.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { accordion, copyable } from '../../../platform/ui/parts.ts';
import { feeOf, feeSentence } from '../../catalogue/public.ts';
import { proposeDecision } from '../application/propose-decision.ts';
import { markLine, standingName } from '../application/sheet-list.ts';
import { bekanntgabe, widerspruchsfrist } from '../domain/bekanntgabe.ts';
import { presentDecision, type Decision } from '../domain/case.ts';
import { validityText } from '../application/validity-text.ts';
import type { Channel, DecisionKind, DecisionText } from '../domain/events.ts';
import { isNamed, proposedValidity } from '../domain/validity.ts';
import type { Outcome } from '../domain/procedure-rules.ts';
import { letterHref } from './api.ts';
import { euroText, fieldOf, type FormInput, type Posted } from './officer-form.ts';
import { NEBENBESTIMMUNG_KINDS, nebenbestimmungRows, OWN_KEYS, type NebenbestimmungRow } from './officer-nebenbestimmungen.ts';
import { CHANNELS, DECISION_KINDS, OUTCOMES, type OfficerAction } from './officer-texts.ts';
import { bulletList, dayOf, paragraphs, shownDay, splitParagraphs, stacked, type OfficerCase } from './officer-view.ts';

export type DraftAction = Extract<OfficerAction, 'draft-decision' | 'decide-objection' | 'follow-decision'>;

/** What the form of a draft begins with. */
interface Preset {
  readonly outcome: Outcome | undefined;
  readonly decisionKind: DecisionKind | undefined;
  readonly channel: Channel;
  readonly feeCents: number;
  readonly validUntil?: string;
  readonly text: DecisionText;
}

const EMPTY: DecisionText = { operative: [], nebenbestimmungen: [], reasons: [], discretion: [], items: [] };
const KIND_OF: Readonly<Record<DraftAction, readonly DecisionKind[]>> = {
  'draft-decision': ['bescheid'],
  'decide-objection': ['widerspruchsbescheid'],
  'follow-decision': ['berichtigung', 'ruecknahme', 'widerruf'],
};

/** The saved draft, unless another outcome was asked for; else the proposal of rules and package. */
export function presetOf(at: OfficerCase, action: DraftAction, wished: Outcome | undefined): Preset {
  const { state, pkg } = at.found;
  const { draft } = state;
  const saved = draft !== undefined && KIND_OF[action].includes(draft.decisionKind) ? draft : undefined;
  if (saved !== undefined && (wished === undefined || wished === saved.outcome)) return saved;
  const base = { channel: saved?.channel ?? state.channel, decisionKind: saved?.decisionKind };
  if (action !== 'draft-decision') return { ...base, outcome: undefined, feeCents: 0, text: EMPTY };
  const outcome = wished ?? pkg.process.outcomes[0]!;
  return { ...base, outcome, feeCents: saved?.feeCents ?? feeOf(pkg, state.answers, at.today)?.cents ?? 0, text: proposeDecision(at.found, outcome) };
}

/** The form of a draft: outcome, words, Nebenbestimmungen, reasons, items, fee and channel. */
export function draftForm(at: OfficerCase, input: FormInput, action: DraftAction, wished: Outcome | undefined): Html {
  const preset = presetOf(at, action, wished);
  const { pkg } = at.found;
  const lines = (parts: readonly string[]): string => parts.join('\n\n');
  return html`${action === 'follow-decision' ? radioGroup({ ...fieldOf(input, 'decisionKind', preset.decisionKind ?? ''), label: 'Was für eine Entscheidung folgt?', options: KIND_OF[action].map((value) => ({ value, label: DECISION_KINDS[value] })) }) : ''}
${action === 'draft-decision' ? proposalLinks(at) : ''}
${radioGroup({ ...fieldOf(input, 'outcome', preset.outcome ?? ''), label: 'Ergebnis', options: pkg.process.outcomes.map((value) => ({ value, label: OUTCOMES[value] })) })}
${textArea({ ...fieldOf(input, 'operative', lines(preset.text.operative)), label: 'Was wird entschieden? (Tenor)', hint: 'Mehrere Punkte trennen Sie durch eine Leerzeile.', rows: 4 })}
${itemFields(input, preset.text.items)}
${nebenbestimmungFields(input, nebenbestimmungRows(at.found, preset.text, input))}
${textArea({ ...fieldOf(input, 'reasons', lines(preset.text.reasons)), label: 'Begründung (§ 39 VwVfG)', hint: 'Vorgeschlagen sind die Sätze der Regeln, die gegriffen haben.', required: false, rows: 8 })}
${pkg.discretion ? discretionField(at, input, preset) : ''}
${validityField(at, input, preset)}
${textField({ ...fieldOf(input, 'fee', euroText(preset.feeCents)), label: 'Gebühr in Euro', hint: feeHint(at), inputmode: 'decimal', width: 's', spellcheck: false })}
${radioGroup({ ...fieldOf(input, 'channel', preset.channel), label: 'Wie kommt der Bescheid an?', options: (['postfach', 'post'] as const).map((value) => ({ value, label: `Bescheid kommt ${CHANNELS[value]}` })) })}`;
}

/** The last day, where the decision names it; empty where the package's own length is to count. */
function validityField({ found: { state, pkg }, today }: OfficerCase, input: FormInput, { validUntil }: Preset): Html {
  if (pkg.validity === undefined || !isNamed(pkg.validity)) return html``;
  const standing = presentDecision(state)?.validity?.until;
  const proposed = standing ?? proposedValidity(pkg.validity, state.answers, today.toString())?.until;
  const hint =
    pkg.validity.from === 'announcement'
      ? `Leer gilt: ${validityText({ validity: { from: 'announcement' }, decidedOn: today.toString() }, pkg.validity) ?? 'ohne Ende'}. Bei einer Ablehnung zählt das Feld nicht.`
      : 'Vorgeschlagen ist der Tag aus dem Antrag. Bei einer Ablehnung zählt das Feld nicht.';
  return dateField({ ...fieldOf(input, 'validUntil', validUntil ?? proposed ?? ''), label: 'Letzter Tag der Erlaubnis', hint, required: false });
}

/** Without JavaScript, another outcome's proposal is another address. */
function proposalLinks({ found: { state, pkg } }: OfficerCase): Html {
  const links = pkg.process.outcomes.map(
    (outcome) => html`<a class="kern-link" href="/eingang/${state.id}?ergebnis=${outcome}#aktion-draft-decision">Vorschlag für: ${OUTCOMES[outcome]}</a>`,
  );
  return html`<p class="kern-body">Die Felder sind vorbelegt: ein Vorschlag, keine Entscheidung. Ein anderer Vorschlag ersetzt, was noch nicht gespeichert ist.</p>${bulletList(links)}`;
}

function itemFields(input: FormInput, items: DecisionText['items']): Html {
  return html`${items.map(
    (item, index) => html`<fieldset class="kern-fieldset"><legend class="kern-label">${item.label}</legend><div class="kern-fieldset__body">
${selectField({ ...fieldOf(input, `items.${index}.outcome`, item.outcome), label: `Ergebnis für ${item.label}`, options: Object.entries(OUTCOMES).map(([value, label]) => ({ value, label })) })}
${textArea({ ...fieldOf(input, `items.${index}.reason`, item.reason), label: `Begründung für ${item.label}`, required: false, rows: 3 })}</div></fieldset>`,
  )}`;
}

/** Each Nebenbestimmung with its tick and, below it, its own words to change. */
function nebenbestimmungFields(input: FormInput, rows: readonly NebenbestimmungRow[]): Html {
  const { value: _value, ...frame } = fieldOf(input, 'nb');
  const row = (one: NebenbestimmungRow): Html => {
    const ticked = fieldOf(input, `nb.${one.key}.on`, one.ticked ? 'ja' : '');
    return html`${confirmField({ name: ticked.name, lang: 'de', label: one.legalBasis === undefined ? one.title : `${one.title} (${one.legalBasis})`, checked: ticked.value === 'ja' })}
${one.own ? selectField({ ...fieldOf(input, `nb.${one.key}.kind`, one.kind), label: `Art: ${one.title}`, options: NEBENBESTIMMUNG_KINDS.map((kind) => ({ value: kind, label: kind })) }) : ''}
${textArea({ ...fieldOf(input, `nb.${one.key}.text`, one.text), label: `Wortlaut: ${one.title}`, rows: one.text.length > 160 ? 4 : 2 })}`;
  };
  return groupFrame(
    { ...frame, label: 'Welche Nebenbestimmungen gelten? (§ 36 VwVfG)', hint: 'Was angekreuzt ist, steht mit seinem Wortlaut im Bescheid.' },
    html`<span id="${fieldId(frame.name)}" tabindex="-1"></span>${stacked(rows.map(row))}`,
  );
}

function discretionField({ found: { pkg } }: OfficerCase, input: FormInput, preset: Preset): Html {
  const snippets = pkg.blocks.discretion.map((block) => copyable(block.text, 'de', block.title));
  return html`${textArea({ ...fieldOf(input, 'discretion', preset.text.discretion.join('\n\n')), label: 'Gesichtspunkte des Ermessens (§ 39 Abs. 1 Satz 3 VwVfG)', hint: 'Was haben Sie abgewogen, und was gab den Ausschlag?', rows: 6 })}
${snippets.length === 0 ? '' : accordion('Textbausteine zum Kopieren', html`${snippets}`, { open: true })}`;
}

const NO_FEE =
  'Nach der Regel lässt sich keine Gebühr berechnen: Im Antrag fehlen Angaben dafür. Fordern Sie sie nach, oder setzen Sie die Gebühr selbst fest. ';

function feeHint({ found: { pkg, state }, today }: OfficerCase): string {
  const day = today.toString();
  const fees = pkg.fees.filter((fee) => fee.validFrom <= day && (fee.validTo ?? '9999') >= day);
  const rule = feeOf(pkg, state.answers, today);
  const reckoned =
    rule === undefined
      ? NO_FEE
      : pkg.feeRule === undefined
        ? ''
        : `Nach der Regel: ${feeSentence(rule.positions)}. ${rule.trace.map((entry) => entry.sentence).join(' ')} `;
  const frames = fees
    .map(
      (fee) =>
        `${fee.label.de}: ${fee.minCents === fee.maxCents ? formatEuro(fee.minCents) : `${formatEuro(fee.minCents)} bis ${formatEuro(fee.maxCents)}`} (${fee.legalBasis}).`,
    )
    .join(' ');
  return reckoned + frames;
}

/** The posted draft as the command has it. */
export function readDraft(posted: Posted, at: OfficerCase, action: DraftAction): Record<string, unknown> {
  const outcome = posted.text('outcome');
  if (outcome === '') posted.complain('outcome', 'Wählen Sie ein Ergebnis.');
  const decisionKind = posted.text('decisionKind');
  if (action === 'follow-decision' && decisionKind === '') posted.complain('decisionKind', 'Wählen Sie, was für eine Entscheidung folgt.');
  const channel = posted.text('channel');
  const feeCents = posted.cents('fee');
  const validUntil = outcome === 'refuse' ? undefined : posted.day('validUntil');
  const rule = feeOf(at.found.pkg, at.found.state.answers, at.today);
  return {
    action,
    outcome,
    ...(action === 'follow-decision' && { decisionKind }),
    ...(channel !== '' && { channel }),
    feeCents,
    ...(validUntil !== undefined && { validUntil }),
    text: {
      operative: splitParagraphs(posted.text('operative')),
      nebenbestimmungen: readNebenbestimmungen(posted, at),
      reasons: splitParagraphs(posted.text('reasons')),
      discretion: splitParagraphs(posted.text('discretion')),
      items: readItems(posted, at, outcome),
      // a fee that a person set by hand is not made of the rule's parts
      ...(rule !== undefined && feeCents === rule.cents && { fees: [...rule.positions] }),
    },
  };
}

function readItems(posted: Posted, at: OfficerCase, outcome: string): unknown[] {
  const labels = at.found.state.draft?.text.items ?? [];
  return proposeDecision(at.found, 'grant').items.flatMap(({ label }, index) =>
    posted.has(`items.${index}.outcome`)
      ? [{ label: labels[index]?.label ?? label, outcome: posted.text(`items.${index}.outcome`) || outcome, reason: posted.text(`items.${index}.reason`) }]
      : [],
  );
}

function readNebenbestimmungen(posted: Posted, { found: { pkg } }: OfficerCase): unknown[] {
  const library = pkg.blocks.nebenbestimmungen.map(({ id, kind }) => ({ key: id, kind: (): string => kind }));
  const own = OWN_KEYS.map((key) => ({ key, kind: () => posted.text(`nb.${key}.kind`) }));
  return [...library, ...own]
    .filter(({ key }) => posted.has(`nb.${key}.on`))
    .map(({ key, kind }) => {
      const text = posted.text(`nb.${key}.text`);
      if (text === '') posted.complain(`nb.${key}.text`, 'Schreiben Sie den Text dieser Nebenbestimmung, oder nehmen Sie den Haken weg.');
      return { kind: kind(), text };
    });
}

/** The draft as it would be decided, for the second pair of eyes. */
export function draftView(at: OfficerCase): Html {
  const { draft } = at.found.state;
  if (draft === undefined) return html``;
  return html`${draft.returned === undefined ? '' : alert('warning', 'Der Entwurf wurde zurückgegeben', draft.returned)}
${summaryList(
  [
    { label: 'Art', value: DECISION_KINDS[draft.decisionKind] },
    { label: 'Ergebnis', value: OUTCOMES[draft.outcome] },
    { label: 'Gebühr', value: formatEuro(draft.feeCents) },
    ...(draft.validUntil === undefined ? [] : [{ label: 'Gilt bis', value: shownDay(draft.validUntil) }]),
    { label: 'Bescheid kommt', value: CHANNELS[draft.channel] },
    { label: 'Entworfen von', value: at.nameOf(draft.by) },
  ],
  'de',
)}${decisionWords(draft.text)}`;
}

/** The words of a draft or decision. */
export function decisionWords(text: DecisionText): Html {
  const part = (title: string, body: Html, empty: boolean): Html => (empty ? html`` : html`<h3 class="kern-heading-small">${title}</h3>${body}`);
  const all = (parts: readonly string[]): Html => html`${parts.map(paragraphs)}`;
  return html`${part('Tenor', all(text.operative), text.operative.length === 0)}
${part('Im Einzelnen', bulletList(text.items.map((item) => `${item.label}: ${OUTCOMES[item.outcome]}. ${item.reason}`)), text.items.length === 0)}
${part('Nebenbestimmungen', bulletList(text.nebenbestimmungen.map((one) => `${one.kind}: ${one.text}`)), text.nebenbestimmungen.length === 0)}
${part('Planblätter', bulletList((text.sheets ?? []).map(sheetLine)), (text.sheets ?? []).length === 0)}
${part('Begründung', all(text.reasons), text.reasons.length === 0)}
${part('Ermessen', all(text.discretion), text.discretion.length === 0)}`;
}

const sheetLine = (sheet: NonNullable<DecisionText['sheets']>[number]): Html =>
  html`${sheet.fileName}, Version ${sheet.version}: ${standingName(sheet)}.${sheet.marks.length === 0 ? '' : bulletList(sheet.marks.map(markLine))}`;

/** A decision that was made, with its Bekanntgabe and the Widerspruchsfrist. */
export function decisionPart(at: OfficerCase, decision: Decision): Html {
  const { rules } = at;
  const { state } = at.found;
  const { delivery } = decision;
  const rows = [
    { label: 'Art', value: DECISION_KINDS[decision.kind] },
    { label: 'Ergebnis', value: OUTCOMES[decision.outcome] },
    {
      label: 'Entschieden',
      value: `am ${shownDay(decision.decidedOn)}, ${decision.automated ? `vollautomatisch (${decision.legalBasis ?? '§ 35a VwVfG'})` : at.nameOf(decision.by)}`,
    },
    ...(decision.registerNumber === undefined ? [] : [{ label: 'Vergebene Nummer', value: decision.registerNumber }]),
    ...(decision.validity === undefined || at.found.pkg.validity === undefined
      ? []
      : [{ label: 'Geltungsdauer', value: validityText(decision, at.found.pkg.validity) ?? '' }]),
    { label: 'Gebühr', value: formatEuro(decision.feeCents) },
    {
      label: 'Siegel',
      value:
        decision.pdfSha256 === undefined
          ? 'wird gerade gesetzt'
          : html`<a class="kern-link" href="${letterHref(state.id, `bescheid.${decision.id}`)}">${rules.promulgation === undefined ? 'gesiegelter Bescheid' : `gesiegelt: ${rules.promulgation.title.de}`} (PDF)</a>`,
    },
    {
      label: 'Bekanntgabe',
      value: delivery === undefined ? 'noch nicht' : `${shownDay(delivery.bekanntgabeOn)} (${DELIVERED[delivery.via]}, ${shownDay(delivery.on)})`,
    },
    {
      label: rules.promulgation === undefined ? 'Widerspruch möglich bis' : 'Erster Rechtsbehelf möglich bis',
      value: delivery === undefined ? 'Die Frist beginnt mit der Bekanntgabe.' : shownDay(delivery.remedyUntil),
    },
  ];
  return html`${summaryList(rows, 'de')}${delivery === undefined ? '' : accordion('So sind Bekanntgabe und Widerspruchsfrist berechnet', bulletList(deliverySteps(at, delivery)))}${restsOnPart(at, decision)}${accordion('Wortlaut', decisionWords(decision.text))}`;
}

/** The versions of the files that a decision was made on; what came later is not among them. */
function restsOnPart({ found: { pkg } }: OfficerCase, { documents = [] }: Decision): Html {
  if (documents.length === 0) return html``;
  const label = (slot: string): string => pkg.form.documents.find((one) => one.id === slot.split('.')[0])?.label.de ?? slot;
  return accordion(
    'Unterlagen, auf denen die Entscheidung beruht',
    bulletList(documents.map(({ slot, version, sha256 }) => html`${label(slot)}, Version ${version} <span class="k-muted k-typed">SHA-256 ${sha256}</span>`)),
  );
}

const DELIVERED = { ...CHANNELS, verkuendung: 'verkündet' };

function deliverySteps({ rules }: OfficerCase, delivery: NonNullable<Decision['delivery']>): string[] {
  const { via } = delivery;
  if (via === 'verkuendung')
    return [
      `Verkündet am ${shownDay(delivery.on)}, in Kraft am ${shownDay(delivery.bekanntgabeOn)} (${rules.promulgation?.legalBasis ?? ''}).`,
      ...(rules.promulgation?.remedies ?? []).map(({ text, legalBasis }) => `${text} (${legalBasis})`),
    ];
  const known = via === 'zugang' ? [] : (bekanntgabe(via, dayOf(delivery.on), rules.regime)?.steps ?? []);
  const proven =
    via === 'zugang'
      ? [`Nachweislich am ${shownDay(delivery.on)} zugegangen; spätestens dieser Tag oder der Tag der Fiktion gilt (§ 41 Abs. 2 Satz 3 VwVfG).`]
      : [];
  return [...proven, ...[...known, ...widerspruchsfrist(dayOf(delivery.bekanntgabeOn), rules.regime).steps].map((step) => `${step.text} (${step.paragraph})`)];
}
