/** Order of versions `1.2.0`: negative where `a` comes before `b`, 0 where they are the same. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs < 0 ? 0 : left[differs]! - (right[differs] ?? 0);
}
