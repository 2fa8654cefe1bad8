import { COMMON_PASSWORDS } from './common-passwords.ts';

/** Shortest password in characters. Length beats rules about kinds of characters (BSI, NIST SP 800-63B). */
export const MIN_PASSWORD_LENGTH = 10;
/** Longest, so that nobody keeps the processor busy with a megabyte. */
export const MAX_PASSWORD_LENGTH = 200;

/** One password, one hash, whichever way the keyboard composes an Ä (NFC). */
export function normalisePassword(password: string): string {
  return password.normalize('NFC');
}

/**
 * Why a new password is refused, as a plain sentence, or `undefined` when it is fine.
 * @param about the person's e-mail and names: the password must not consist of them
 */
export function passwordFault(password: string, about: readonly string[]): string | undefined {
  const text = normalisePassword(password);
  const length = Array.from(text).length;
  if (length < MIN_PASSWORD_LENGTH) return `Das Passwort ist zu kurz. Nehmen Sie mindestens ${MIN_PASSWORD_LENGTH} Zeichen, etwa drei oder vier Wörter.`;
  if (length > MAX_PASSWORD_LENGTH) return `Das Passwort ist zu lang. Nehmen Sie höchstens ${MAX_PASSWORD_LENGTH} Zeichen.`;
  const lower = text.toLowerCase();
  if (COMMON_PASSWORDS.has(lower) || isMonotonous(lower))
    return 'Dieses Passwort steht auf Listen, mit denen Angreifer anfangen. Wählen Sie ein anderes, etwa drei oder vier Wörter.';
  if (consistsOf(lower, about)) return 'Das Passwort besteht aus Ihrem Namen oder Ihrer E-Mail-Adresse. Wählen Sie eines, das nichts mit Ihnen zu tun hat.';
  return undefined;
}

/** At most two different characters, or each one the successor of the one before. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size <= 2) return true;
  const codes = Array.from(text, (symbol) => symbol.codePointAt(0)!);
  const steps = new Set(codes.slice(1).map((code, index) => code - codes[index]!));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

/** Takes the person's own words out; what is left must still be worth something. */
function consistsOf(text: string, about: readonly string[]): boolean {
  const words = about.flatMap((one) => [one, ...one.split(/[@.\s-]+/)]).map((word) => word.toLowerCase().normalize('NFC'));
  const rest = words
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), text);
  return rest !== text && Array.from(rest).length < 5;
}
