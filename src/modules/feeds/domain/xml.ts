import { ok, refuse, type Result } from '../../../kernel/result.ts';

/** An element as read: names without prefix, entities resolved. */
export interface XmlElement {
  readonly name: string;
  /** Namespace in force; empty: none. */
  readonly namespace: string;
  /** By the name as written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All character data directly inside, joined. */
  readonly text: string;
}

export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
}

const LIMITS: XmlLimits = { maxDepth: 32, maxElements: 20_000 };

class XmlMistake extends Error {}

const START =
  'A-Za-z_\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD';
const NC_NAME = `[${START}][${START}0-9.\\-\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`;
const NAME = new RegExp(`${NC_NAME}(?::${NC_NAME})?`, 'y');
/** By code: what may begin a name, and what may go on in it, as far as ASCII goes and without the colon. */
const IS_START = new Uint8Array(128);
const IS_NAME = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const sign = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(sign)) IS_START[code] = 1;
  if (/[A-Za-z_0-9.-]/.test(sign)) IS_NAME[code] = 1;
}
// oxlint-disable-next-line no-control-regex -- these are what XML forbids
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.\d+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][A-Za-z0-9._-]*)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*\?>/;
/** What a value has rarely. */
const SPECIAL = /[<&\t\r\n]/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/**
 * Reads the part of XML 1.0 with namespaces that messages need, of a text in memory. Document types, and with them
 * entities of one's own, are refused, and so is what is nested deeper or longer than the limits. It builds nothing
 * that is larger than its input. @returns a German sentence when it is no such document
 */
export function parseXml(text: string, limits: XmlLimits = LIMITS): Result<XmlElement, string> {
  try {
    return ok(new Reader(text, limits).document());
  } catch (error) {
    if (error instanceof XmlMistake) return refuse(error.message);
    throw error;
  }
}

interface Open {
  readonly raw: string;
  readonly element: { name: string; namespace: string; attributes: Map<string, string>; children: XmlElement[]; text: string };
  readonly scope: ReadonlyMap<string, string>;
}

const NO_NAMES: ReadonlyMap<string, string> = new Map([['xml', XML_NAMESPACE]]);

class Reader {
  readonly #text: string;
  readonly #limits: XmlLimits;
  #at = 0;
  #elements = 0;
  /** The element at hand may name a namespace. */
  #spaces = false;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): XmlElement {
    if (FORBIDDEN.test(this.#text) || !this.#text.isWellFormed()) fail('Der Text enthält Zeichen, die XML nicht erlaubt.');
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    if (this.#text.startsWith('<?xml', this.#at) && /[ \t\r\n]/.test(this.#text.charAt(this.#at + 5))) this.#declaration();
    this.#outside();
    if (this.#text.charCodeAt(this.#at) !== 60) fail('Das ist kein XML: es beginnt nicht mit einem Element.');
    const root = this.#tree();
    this.#outside();
    if (this.#at < this.#text.length) fail('Nach dem Ende des XML steht noch etwas.');
    return root;
  }

  #declaration(): void {
    const found = DECLARATION.exec(this.#at === 0 ? this.#text.slice(0, 200) : this.#text.slice(this.#at, this.#at + 200));
    if (found === null) fail('Die erste Zeile des XML ist keine gültige Deklaration.');
    this.#at += found[0].length;
  }

  /** White space, comments and processing instructions around the root. */
  #outside(): void {
    for (;;) {
      this.#space();
      if (this.#text.startsWith('<!--', this.#at)) this.#comment();
      else if (this.#text.startsWith('<?', this.#at)) this.#instruction();
      else if (this.#text.startsWith('<!', this.#at)) fail('Dokumenttypen und eigene Entitäten werden nicht angenommen.');
      else return;
    }
  }

  #tree(): XmlElement {
    const open: Open[] = [];
    for (;;) {
      const top = open.at(-1);
      const next = this.#text.indexOf('<', this.#at);
      if (next < 0) fail('Das XML endet mitten in einem Element.');
      if (top !== undefined && next > this.#at) top.element.text += this.#data(next);
      this.#at = next;
      const second = this.#text.charCodeAt(next + 1);
      if (second === 47) {
        const done = this.#close(open);
        if (done !== undefined) return done;
      } else if (second === 33) this.#special(top);
      else if (second === 63) this.#instruction();
      else {
        const done = this.#open(open);
        if (done !== undefined) return done;
      }
    }
  }

  #data(end: number): string {
    const raw = this.#text.slice(this.#at, end);
    if (raw.includes(']]>')) fail('„]]>“ steht im Text, wo es nicht stehen darf.');
    return resolve(newlines(raw));
  }

  #special(top: Open | undefined): void {
    if (this.#text.startsWith('<!--', this.#at)) return this.#comment();
    if (top === undefined || !this.#text.startsWith('<![CDATA[', this.#at)) fail('Dokumenttypen und eigene Entitäten werden nicht angenommen.');
    const end = this.#text.indexOf(']]>', this.#at + 9);
    if (end < 0) fail('Ein Abschnitt CDATA endet nicht.');
    top.element.text += newlines(this.#text.slice(this.#at + 9, end));
    this.#at = end + 3;
  }

  #comment(): void {
    const end = this.#text.indexOf('--', this.#at + 4);
    if (end < 0 || this.#text.charCodeAt(end + 2) !== 62) fail('Ein Kommentar endet nicht richtig.');
    this.#at = end + 3;
  }

  #instruction(): void {
    this.#at += 2;
    const target = this.#name();
    const end = this.#text.indexOf('?>', this.#at);
    if (end < 0 || target.toLowerCase() === 'xml' || target.includes(':')) fail('Eine Anweisung im XML ist nicht richtig.');
    if (end > this.#at && !/[ \t\r\n]/.test(this.#text.charAt(this.#at))) fail('Eine Anweisung im XML ist nicht richtig.');
    this.#at = end + 2;
  }

  #close(open: Open[]): XmlElement | undefined {
    this.#at += 2;
    const name = this.#name();
    this.#space();
    const top = open.pop();
    if (this.#text.charCodeAt(this.#at) !== 62 || top === undefined || top.raw !== name) fail(`Das Element ${name.slice(0, 40)} endet, wo es nicht offen ist.`);
    this.#at += 1;
    return open.length === 0 ? top.element : undefined;
  }

  #open(open: Open[]): XmlElement | undefined {
    this.#at += 1;
    this.#elements += 1;
    if (this.#elements > this.#limits.maxElements) fail('Das XML hat zu viele Elemente.');
    if (open.length >= this.#limits.maxDepth) fail('Das XML ist zu tief geschachtelt.');
    this.#spaces = false;
    const raw = this.#name();
    const attributes = this.#attributes();
    const top = open.at(-1);
    const above = top?.scope ?? NO_NAMES;
    const scope = this.#spaces ? scopeOf(attributes, above) : above;
    const colon = this.#spaces ? raw.indexOf(':') : -1;
    const element = { name: colon < 0 ? raw : raw.slice(colon + 1), namespace: spaceOf(raw, colon, scope), attributes, children: [], text: '' };
    top?.element.children.push(element);
    if (this.#text.charCodeAt(this.#at) === 47) {
      if (this.#text.charCodeAt(this.#at + 1) !== 62) fail('Ein Element endet nicht richtig.');
      this.#at += 2;
      return open.length === 0 ? element : undefined;
    }
    if (this.#text.charCodeAt(this.#at) !== 62) fail('Ein Element endet nicht richtig.');
    this.#at += 1;
    open.push({ raw, element, scope });
    return undefined;
  }

  #attributes(): Map<string, string> {
    const attributes = new Map<string, string>();
    for (;;) {
      const before = this.#at;
      this.#space();
      const code = this.#text.charCodeAt(this.#at);
      if (code === 62 || code === 47) return attributes;
      if (before === this.#at) fail('Zwischen zwei Attributen fehlt ein Leerzeichen.');
      const name = this.#name();
      this.#space();
      if (this.#text.charCodeAt(this.#at) !== 61) fail(`Das Attribut ${name.slice(0, 40)} hat keinen Wert.`);
      this.#at += 1;
      this.#space();
      if (attributes.has(name)) fail(`Das Attribut ${name.slice(0, 40)} steht zweimal da.`);
      if (name === 'xmlns') this.#spaces = true;
      attributes.set(name, this.#value(name));
    }
  }

  #value(name: string): string {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") fail(`Der Wert von ${name.slice(0, 40)} steht nicht in Anführungszeichen.`);
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end < 0) fail(`Der Wert von ${name.slice(0, 40)} endet nicht.`);
    const raw = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    if (!SPECIAL.test(raw)) return raw;
    if (raw.includes('<')) fail(`Im Wert von ${name.slice(0, 40)} steht „<“.`);
    return resolve(raw.replaceAll('\r\n', ' ').replaceAll(/[\t\r\n]/g, ' '));
  }

  #name(): string {
    const text = this.#text;
    const from = this.#at;
    let at = from;
    if (IS_START[text.charCodeAt(at)] === 1) {
      do at += 1;
      while (IS_NAME[text.charCodeAt(at)] === 1);
      const next = text.charCodeAt(at);
      // nearly all names end here; the others are read by the whole rule
      if (next !== 58 && !(next > 127)) {
        this.#at = at;
        return text.slice(from, at);
      }
    }
    NAME.lastIndex = from;
    if (!NAME.test(text)) fail('Hier müsste der Name eines Elements oder Attributs stehen.');
    this.#at = NAME.lastIndex;
    this.#spaces = true;
    return text.slice(from, this.#at);
  }

  #space(): void {
    for (let code = this.#text.charCodeAt(this.#at); code === 32 || code === 10 || code === 13 || code === 9; code = this.#text.charCodeAt(this.#at))
      this.#at += 1;
  }
}

function fail(sentence: string): never {
  throw new XmlMistake(sentence);
}

const newlines = (raw: string): string => (raw.includes('\r') ? raw.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : raw);

function resolve(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replaceAll(/&([^;&]{0,20})(;?)/g, (_, name: string, end: string) => {
    const value = end === '' ? undefined : name.startsWith('#') ? character(name) : Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    return value ?? fail('Im Text steht „&“, ohne dass ein bekanntes Zeichen folgt.');
  });
}

function character(name: string): string | undefined {
  const code = /^#x[0-9a-fA-F]+$/.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : undefined;
  if (code === undefined || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const text = String.fromCodePoint(code);
  return FORBIDDEN.test(text) ? undefined : text;
}

function scopeOf(attributes: ReadonlyMap<string, string>, above: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  let scope: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    const colon = name.indexOf(':');
    const prefix = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : undefined;
    if (prefix !== undefined) {
      if (prefix === 'xml' || prefix === 'xmlns' || (prefix !== '' && value === '')) fail('Ein Namensraum ist nicht richtig benannt.');
      scope ??= new Map(above);
      scope.set(prefix, value);
    } else if (colon > 0) scope ??= new Map(above);
  }
  if (scope === undefined) return above;
  checkPrefixes(attributes, scope);
  return scope;
}

/** Two attributes of one namespace and name are one attribute twice. */
function checkPrefixes(attributes: ReadonlyMap<string, string>, scope: ReadonlyMap<string, string>): void {
  const seen = new Set<string>();
  for (const name of attributes.keys()) {
    const colon = name.indexOf(':');
    if (colon < 0 || name.startsWith('xmlns:')) continue;
    const namespace = scope.get(name.slice(0, colon));
    const full = `${namespace ?? fail(`Der Namensraum von ${name.slice(0, 40)} ist nicht erklärt.`)} ${name.slice(colon + 1)}`;
    if (seen.has(full)) fail(`Das Attribut ${name.slice(0, 40)} steht zweimal da.`);
    seen.add(full);
  }
}

function spaceOf(raw: string, colon: number, scope: ReadonlyMap<string, string>): string {
  if (colon < 0) return scope.get('') ?? '';
  return scope.get(raw.slice(0, colon)) ?? fail(`Der Namensraum von ${raw.slice(0, 40)} ist nicht erklärt.`);
}

/** The first child of a name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) if (child.name === name) return child;
  return undefined;
}

/** Text of the first child of a name, without the white space around it. */
export const childText = (element: XmlElement, name: string): string | undefined => childOf(element, name)?.text.trim();

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] => element.children.filter((child) => child.name === name);
