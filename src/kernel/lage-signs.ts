import type { ObjectKind } from './picture.ts';
import type { SignSpec } from './sign-spec.ts';

/** How a kind looks where its objects bring nothing of their own: its sign (DV 102) and the colour of its lines and areas. */
export const LOOKS: Readonly<Record<ObjectKind, { readonly colour: string; readonly sign: SignSpec }>> = {
  hazard: { colour: '#c62828', sign: { grundzeichen: 'gefahr' } },
  damage: { colour: '#8e3b0a', sign: { grundzeichen: 'anlass', symbol: 'beschaedigt' } },
  unit: { colour: '#b3261e', sign: { grundzeichen: 'taktische-formation' } },
  task: { colour: '#1a4298', sign: { grundzeichen: 'massnahme' } },
  closure: { colour: '#d32f2f', sign: { symbol: 'blockiert', farbe: '#d32f2f' } },
  zone: { colour: '#b35c00', sign: { grundzeichen: 'massnahme', symbol: 'sammelplatz-betroffene' } },
  shelter: { colour: '#2e7d32', sign: { grundzeichen: 'ortsfeste-stelle', organisation: 'hilfsorganisation', fachaufgabe: 'unterbringung' } },
  gate: { colour: '#00696b', sign: { grundzeichen: 'ortsfeste-stelle', fachaufgabe: 'abwehr-wassergefahren' } },
  gauge: { colour: '#0b5fa5', sign: { grundzeichen: 'ortsfeste-stelle', symbol: 'wasser' } },
  report: { colour: '#6a1b9a', sign: { grundzeichen: 'anlass' } },
  forecast: { colour: '#3949ab', sign: { grundzeichen: 'gefahr-vermutet' } },
  section: { colour: '#5d4300', sign: { grundzeichen: 'befehlsstelle', organisation: 'fuehrung' } },
  material: { colour: '#4e5b31', sign: { grundzeichen: 'stelle', fachaufgabe: 'logistik' } },
  facility: { colour: '#455a64', sign: { grundzeichen: 'gebaeude' } },
  person: { colour: '#ad1457', sign: { grundzeichen: 'person' } },
  warning: { colour: '#ef6c00', sign: { grundzeichen: 'massnahme', fachaufgabe: 'warnen' } },
  drawing: { colour: '#1a4298', sign: { grundzeichen: 'ohne' } },
  track: { colour: '#37474f', sign: { grundzeichen: 'fahrzeug' } },
};

const ALARM = '#c62828';

/**
 * The sign of an object without one of its own. A gate that is open or faulty is red: it must be seen at once; a gauge
 * shows whether it rises.
 */
export function signFor(kind: ObjectKind, facts: Readonly<Record<string, unknown>>): SignSpec {
  const { sign } = LOOKS[kind];
  const { state, trend } = facts;
  if (kind === 'gate' && (state === 'open' || state === 'faulty')) return { grundzeichen: 'gefahr-akut', farbe: ALARM, symbol: 'wasser' };
  if (kind === 'gauge' && (trend === 'rising' || trend === 'falling')) return { ...sign, symbol: trend === 'rising' ? 'tendenz-steigend' : 'tendenz-fallend' };
  return sign;
}

/** Metres a second that a thing of a kind can reach; faster is a jump. */
export const SPEED_LIMITS: Partial<Record<ObjectKind, number>> = { unit: 70, track: 120 };
export const OTHER_SPEED_LIMIT = 70;

/** Two sources say different things of it: `facts.contradiction` or `facts.contradicts`, from who compared them. */
export const isContradicted = ({ contradiction, contradicts }: Readonly<Record<string, unknown>>): boolean =>
  contradiction === true || (Array.isArray(contradicts) && contradicts.length > 0);
