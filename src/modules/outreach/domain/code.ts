/** As in `ORIGIN` of the kernel: no vowels, nothing that looks alike. */
const SIGNS = 'bcdfghjkmnpqrstvwxz23456789';
const LENGTH = 6;

/** A new code of a short link; 387 million are possible, whether it is taken says the store. @param random as `Math.random` */
export const newCode = (random: () => number): string => Array.from({ length: LENGTH }, () => SIGNS[Math.floor(random() * SIGNS.length)]).join('');

/** What can be the code of a link. */
export const isCode = (text: string): boolean => /^[bcdfghjkmnpqrstvwxz23456789]{5,12}$/.test(text);
