import { plainKassenzeichen } from './kassenzeichen.ts';

/** Where transfers go. */
export interface BankAccount {
  /** At most 70 characters. */
  readonly holder: string;
  readonly iban: string;
  readonly bic?: string;
}

/**
 * The text of a GiroCode (EPC069-12, version 002): banking apps read it from a QR code or from the
 * clipboard. The Kassenzeichen stands as structured reference.
 */
export function giroCode({ holder, iban, bic = '' }: BankAccount, amountCents: number, kassenzeichen: string): string {
  const amount = `EUR${Math.floor(amountCents / 100)}.${String(amountCents % 100).padStart(2, '0')}`;
  return ['BCD', '002', '1', 'SCT', bic, holder.slice(0, 70), plainKassenzeichen(iban), amount, '', plainKassenzeichen(kassenzeichen)].join('\n');
}
