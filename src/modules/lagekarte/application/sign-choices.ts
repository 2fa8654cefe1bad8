/** Signs that stand for a thing by themselves, by the name that DV 102 gives them. */
export async function signChoices(): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const { grundzeichen, symbole } = await import('taktische-zeichen-core');
  const known = (part: string, list: readonly { id: string; label: string; deprecated?: boolean | string }[]) =>
    list.filter(({ deprecated }) => deprecated === undefined || deprecated === false).map(({ id, label }) => ({ value: `${part}=${id}`, label }));
  return [...known('grundzeichen', grundzeichen), ...known('symbol', symbole)].toSorted((a, b) => a.label.localeCompare(b.label, 'de'));
}
