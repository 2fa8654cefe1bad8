/** Letters and signs of DIN 91379:2022-08, data type C, each of one code point: Latin letters and what German administration writes with them. */
const SIGNS =
  '\\t\\n\\r -~\\u00A0-\\u00AC\\u00AE-\\u017E\\u0187\\u0188\\u018F\\u0197\\u01A0\\u01A1\\u01AF\\u01B0\\u01B7\\u01CD-\\u01DC\\u01DE\\u01DF\\u01E2-\\u01F0' +
  '\\u01F4\\u01F5\\u01F8-\\u01FF\\u0212\\u0213\\u0218-\\u021B\\u021E\\u021F\\u0227-\\u0233\\u0259\\u0268\\u0292\\u02B9\\u02BA\\u02BE\\u02BF\\u02C8\\u02CC' +
  '\\u1E02\\u1E03\\u1E06\\u1E07\\u1E0A-\\u1E11\\u1E17\\u1E1C-\\u1E2B\\u1E2F-\\u1E37\\u1E3A\\u1E3B\\u1E40-\\u1E49\\u1E52-\\u1E5B\\u1E5E-\\u1E63\\u1E6A-\\u1E6F' +
  '\\u1E80-\\u1E87\\u1E8C-\\u1E97\\u1E9E\\u1EA0-\\u1EF9\\u2019\\u2021\\u20AC';

/** Letters of several code points: the base letter, then the marks it may carry, longer ones first. */
const COMPOSED: readonly (readonly [letters: string, marks: string])[] = [
  ['Aa', '\\u030B'],
  ['Cc', '\\u0328\\u0306|[\\u0300\\u0304\\u0306\\u0308\\u0315\\u0323\\u0326]'],
  ['Dd', '\\u0302'],
  ['Ff', '[\\u0300\\u0304]'],
  ['Gg', '\\u0300'],
  ['H', '[\\u0304\\u0326\\u0331]'],
  ['h', '[\\u0304\\u0326]'],
  ['J', '[\\u0301\\u030C]'],
  ['j', '\\u0301'],
  ['K', '\\u035FH|\\u035Fh|[\\u0300\\u0302\\u0304\\u0307\\u0315\\u031B\\u0326]'],
  ['k', '\\u035Fh|[\\u0300\\u0302\\u0304\\u0307\\u0315\\u031B\\u0326]'],
  ['Ll', '\\u0325\\u0304|[\\u0302\\u0325\\u0326]'],
  ['Mm', '[\\u0300\\u0302\\u0306\\u0310]'],
  ['Nn', '[\\u0302\\u0304\\u0306\\u0326]'],
  ['Pp', '[\\u0300\\u0304\\u0315\\u0323]'],
  ['Rr', '\\u0325\\u0304|[\\u0306\\u0325]'],
  ['Ss', '\\u031B\\u0304|[\\u0300\\u0304\\u0331]'],
  ['T', '[\\u0300\\u0304\\u0308\\u0315\\u031B]'],
  ['t', '[\\u0300\\u0304\\u0315\\u031B]'],
  ['Uu', '\\u0307'],
  ['Zz', '[\\u0300\\u0304\\u0306\\u0308\\u0327]'],
  ['\\u00C7\\u00E7', '\\u0306'],
  ['\\u00DB\\u00FB\\u1E32\\u1E33\\u1E62\\u1E63\\u1E6C\\u1E6D', '\\u0304'],
  ['\\u00FF\\u012A\\u012B', '\\u0301'],
  ['\\u010C\\u010D', '[\\u0315\\u0323]'],
  ['\\u0113\\u014D', '\\u030D'],
  ['\\u017D\\u017E', '[\\u0326\\u0327]'],
  ['\\u1EA0\\u1EA1\\u1ECC\\u1ECD', '\\u0308'],
  ['\\u1EE4\\u1EE5', '[\\u0304\\u0308]'],
];

const LETTER = new RegExp([...COMPOSED.map(([letters, marks]) => `[${letters}](?:${marks})`), `[${SIGNS}]`].join('|'), 'uy');

/** Signs of good typesetting that the norm leaves out, with what a typewriter would put. */
const TYPEWRITTEN: Readonly<Record<string, string>> = {
  '‘': "'",
  '‚': "'",
  '‛': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '…': '...',
  '•': '-',
  '\u2028': '\n',
  '\u2029': '\n',
};

/**
 * The text in the letters that XÖV messages allow (DIN 91379:2022-08, data type C). What is not among them
 * becomes its nearest sign: typographic quotes straight, foreign marks left off, anything else a question mark.
 */
export function din91379(text: string): string {
  const composed = text.normalize('NFC');
  let result = '';
  for (let at = 0; at < composed.length;) {
    LETTER.lastIndex = at;
    const letter = LETTER.exec(composed)?.[0];
    if (letter === undefined) {
      const sign = String.fromCodePoint(composed.codePointAt(at)!);
      result += nearest(sign);
      at += sign.length;
    } else {
      result += letter;
      at += letter.length;
    }
  }
  return result;
}

function nearest(sign: string): string {
  const typed = TYPEWRITTEN[sign];
  if (typed !== undefined) return typed;
  if (/^[\p{Mark}\p{Cf}]$/u.test(sign)) return '';
  if (/^\p{Space_Separator}$/u.test(sign)) return ' ';
  const base = sign.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
  return base !== sign && base !== '' && /^[ -~]+$/.test(base) ? base : '?';
}
