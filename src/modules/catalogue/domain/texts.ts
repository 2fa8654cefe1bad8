import { z } from 'zod';

/** A text in all three languages; each must say something. */
export const langText = z.strictObject({ de: z.string().min(1), en: z.string().min(1), leicht: z.string().min(1) });

export const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Ein Tag steht als JJJJ-MM-TT.');
export const identifier = z.string().regex(/^[a-z][a-zA-Z0-9]*(-[a-z0-9]+)*$/, 'Eine Kennung beginnt klein und hat nur Buchstaben, Ziffern und Bindestriche.');
