/** ISO 7064 MOD 97-10: letters count 10 to 35; taken digit by digit, so that no number overflows. @param text digits and capital letters */
export function mod97(text: string): number {
  let rest = 0;
  for (const symbol of text) for (const digit of String(Number.parseInt(symbol, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** Whether `text` is an IBAN with the right check digits (ISO 13616); spaces and case do not matter. */
export function isIban(text: string): boolean {
  const plain = text.replaceAll(/\s/g, '').toUpperCase();
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain) && mod97(plain.slice(4) + plain.slice(0, 4)) === 1;
}
