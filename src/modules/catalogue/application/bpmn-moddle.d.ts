declare module 'bpmn-moddle' {
  /** An element of moddle's tree. `$attrs` holds attributes that BPMN does not know, with their prefix. */
  export interface ModdleElement {
    readonly $type: string;
    readonly $attrs: Readonly<Record<string, unknown>>;
    readonly [name: string]: unknown;
    get(name: string): unknown;
    set(name: string, value: unknown): void;
  }
  /** The part of bpmn-moddle that we use; its own types stand apart from its entry. */
  export class BpmnModdle {
    create(type: string, values?: Readonly<Record<string, unknown>>): ModdleElement;
    fromXML(xml: string): Promise<{ rootElement: ModdleElement; warnings: readonly { message: string }[] }>;
    toXML(element: ModdleElement, options?: { format?: boolean; preamble?: boolean }): Promise<{ xml: string }>;
  }
}
