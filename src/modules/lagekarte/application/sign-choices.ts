type Listed = readonly { readonly id: string; readonly label: string; readonly deprecated?: boolean | string }[];

/** `symbol=drohne` with the name that DV 102 gives it. */
export interface SignName {
  readonly value: string;
  readonly label: string;
}

const named = (part: string, list: Listed): SignName[] =>
  list.filter(({ deprecated }) => deprecated === undefined || deprecated === false).map(({ id, label }) => ({ value: `${part}=${id}`, label }));

/** Signs that stand for a thing by themselves. */
export async function signChoices(): Promise<readonly SignName[]> {
  const { grundzeichen, symbole } = await import('taktische-zeichen-core');
  return [...named('grundzeichen', grundzeichen), ...named('symbol', symbole)].toSorted((a, b) => a.label.localeCompare(b.label, 'de'));
}

/** What each part of a sign is called. */
export async function signNames(): Promise<ReadonlyMap<string, string>> {
  const { einheiten, fachaufgaben, funktionen, grundzeichen, organisationen, symbole } = await import('taktische-zeichen-core');
  const lists = { einheit: einheiten, fachaufgabe: fachaufgaben, funktion: funktionen, grundzeichen, organisation: organisationen, symbol: symbole };
  return new Map(Object.entries(lists).flatMap(([part, list]) => named(part, list).map(({ value, label }) => [value, label] as const)));
}
