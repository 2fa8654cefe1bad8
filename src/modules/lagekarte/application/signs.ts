import { signKey, type SignSpec } from '../../../kernel/sign-spec.ts';

/** A tactical sign, ready to stand in a picture: the attributes and the inside of an SVG `symbol`. */
export interface ComposedSign {
  readonly attributes: string;
  readonly inside: string;
  readonly width: number;
  readonly height: number;
}

/** A sign for each spec; nothing where its parts make none. */
export type SignComposer = (spec: SignSpec) => ComposedSign | undefined;

/** Signs differ by units' names; so many are kept. */
const MOST_KEPT = 2000;
const kept = new Map<string, ComposedSign | undefined>();

/** The library is loaded when the first picture is drawn. */
export async function signComposer(): Promise<SignComposer> {
  const { erzeugeTaktischesZeichen } = await import('taktische-zeichen-core');
  type Given = Parameters<typeof erzeugeTaktischesZeichen>[0];
  const compose = (spec: SignSpec): ComposedSign | undefined => {
    try {
      const { svg } = erzeugeTaktischesZeichen({ ...spec, skipFontRegistration: true } as Given);
      const { viewBox = '', xmlns: _xmlns, ...rest } = svg.attributes;
      const [, , width = 1, height = 1] = viewBox.split(' ').map(Number);
      const attributes = Object.entries({ viewBox, ...rest }).map(([name, value]) => `${name}="${value}"`);
      // its own font is not here; ours is narrower, so the words fit
      const inside = svg.children.map((child) => child.render().replaceAll('Roboto Slab', 'Fira Sans')).join('');
      return { attributes: attributes.join(' '), inside, width, height };
    } catch {
      return undefined;
    }
  };
  return (spec) => {
    const key = signKey(spec);
    if (!kept.has(key)) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, compose(spec));
    }
    return kept.get(key);
  };
}
