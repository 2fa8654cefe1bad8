export const TONES = ['formal', 'plain', 'leicht'] as const;
export type Tone = (typeof TONES)[number];

export const BLOCK_KINDS = ['opening', 'request', 'reason', 'information', 'closing'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** A text of the city that is used again. `{{Aktenzeichen}}` and the like are filled. */
export interface TextBlock {
  /** Stays when the text changes. */
  readonly key: string;
  readonly kind: BlockKind;
  /** Key of a service it belongs to; absent: any. */
  readonly service?: string;
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  readonly version: number;
  /** Who answers for it, as people read it. */
  readonly owner: string;
}

/** A block with whether it is the reader's own. */
export type KeptBlock = TextBlock & { readonly own: boolean };

/** Blocks that every city begins with; a city writes its own beside them. */
export const FIRST_BLOCKS: readonly TextBlock[] = [
  ['erhalten-formal', 'opening', 'formal', 'Eingang bestätigen', 'Ihr Schreiben zum Aktenzeichen {{Aktenzeichen}} ist am {{Eingangstag}} bei uns eingegangen.'],
  [
    'erhalten-einfach',
    'opening',
    'plain',
    'Eingang bestätigen',
    'Ihr Schreiben ist am {{Eingangstag}} bei uns angekommen. Das Aktenzeichen ist {{Aktenzeichen}}.',
  ],
  ['erhalten-leicht', 'opening', 'leicht', 'Eingang bestätigen', 'Ihr Brief ist bei uns angekommen.\nDie Nummer ist: {{Aktenzeichen}}'],
  ['unterlagen-formal', 'request', 'formal', 'Unterlagen nachfordern', 'Bitte reichen Sie die folgenden Unterlagen bis zum {{Frist}} nach: {{Unterlagen}}.'],
  ['unterlagen-einfach', 'request', 'plain', 'Unterlagen nachfordern', 'Uns fehlt noch etwas: {{Unterlagen}}. Bitte schicken Sie es uns bis zum {{Frist}}.'],
  [
    'unterlagen-leicht',
    'request',
    'leicht',
    'Unterlagen nachfordern',
    'Es fehlt noch etwas: {{Unterlagen}}\nBitte schicken Sie es uns.\nBis zu diesem Tag: {{Frist}}',
  ],
  [
    'anhoerung-formal',
    'request',
    'formal',
    'Anhören',
    'Sie haben nach § 28 Abs. 1 VwVfG Gelegenheit, sich bis zum {{Frist}} zu den erheblichen Tatsachen zu äußern.',
  ],
  [
    'anhoerung-einfach',
    'request',
    'plain',
    'Anhören',
    'Bevor wir entscheiden, möchten wir Ihre Sicht kennen (§ 28 VwVfG). Bitte schreiben Sie uns bis zum {{Frist}}.',
  ],
  [
    'zwischenstand-formal',
    'information',
    'formal',
    'Zwischenstand',
    'Die Prüfung dauert an. Wir melden uns voraussichtlich bis zum {{Frist}} wieder bei Ihnen.',
  ],
  ['zwischenstand-einfach', 'information', 'plain', 'Zwischenstand', 'Wir prüfen noch. Bis zum {{Frist}} hören Sie wieder von uns.'],
  ['zwischenstand-leicht', 'information', 'leicht', 'Zwischenstand', 'Wir prüfen Ihren Antrag noch.\nBis zu diesem Tag schreiben wir Ihnen: {{Frist}}'],
  ['rueckfragen-formal', 'closing', 'formal', 'Rückfragen anbieten', 'Für Rückfragen stehe ich Ihnen unter {{Telefon}} zur Verfügung.'],
  ['rueckfragen-einfach', 'closing', 'plain', 'Rückfragen anbieten', 'Haben Sie Fragen? Rufen Sie an: {{Telefon}}.'],
  ['rueckfragen-leicht', 'closing', 'leicht', 'Rückfragen anbieten', 'Haben Sie Fragen?\nSie können uns anrufen.\nDie Nummer ist: {{Telefon}}'],
].map(([key, kind, tone, title, text]) => ({ key, kind, tone, title, text, version: 1, owner: 'Kontor' }) as TextBlock);
