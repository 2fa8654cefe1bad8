declare module 'dmn-moddle' {
  /** The part of dmn-moddle that we use; it ships no types of its own. */
  export class DmnModdle {
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly { message: string }[] }>;
  }
}
