/** An amount of money in integer euro cents. */
export type Cents = number;

/** `6500` -> `65,00 €` (DIN 5008: no-break space before the sign). */
export function formatEuro(cents: Cents): string {
  const sign = cents < 0 ? '−' : '';
  const whole = Math.trunc(Math.abs(cents) / 100);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${sign}${grouped},${String(Math.abs(cents) % 100).padStart(2, '0')}\u00a0€`;
}
