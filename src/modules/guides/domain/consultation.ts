/** Why people come; counted, never of whom. */
export const REASONS = ['online-ausweis', 'konto', 'antrag', 'status', 'technik', 'anderes'] as const;
export type Reason = (typeof REASONS)[number];

/** Minutes, roughly. */
export const LENGTHS = ['bis-5', 'bis-15', 'bis-30', 'laenger'] as const;
export type Length = (typeof LENGTHS)[number];

export const SPOKEN = ['de', 'en', 'tr', 'ru', 'uk', 'ar', 'fa', 'pl', 'andere'] as const;
export type Spoken = (typeof SPOKEN)[number];
