/** `petersen bf-2026` -> every word must begin some word of the row; `''` when there is no word. */
export function prefixQuery(search: string | undefined): string {
  const words = (search ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 10)
    .map((word) => `${word}:*`)
    .join(' & ');
}
