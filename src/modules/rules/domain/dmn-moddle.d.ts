declare module 'dmn-moddle' {
  /** A package of types, as moddle describes it. */
  export interface ModdlePackage {
    readonly types: readonly { readonly name: string; readonly properties?: readonly object[] }[];
  }
  /** The part of dmn-moddle that we use; it ships no types of its own. */
  export class DmnModdle {
    constructor(packages?: Readonly<Record<string, ModdlePackage>>);
    getPackage(prefix: string): ModdlePackage;
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly { message: string }[] }>;
  }
}
