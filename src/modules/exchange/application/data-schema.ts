import { z } from 'zod';
import { replyData, replyStandard } from '../domain/fit-connect-reply.ts';
import type { FormSource, SourceField, SourcePage } from '../domain/xdatenfelder-model.ts';

/** Where in the data a sender says which document a file is. */
export const DOCUMENT_SLOTS = 'documentSlots';

/** The URI of a package's data schema; there it can be read. */
export const dataSchemaUri = (publicUrl: string, key: string): string => `${publicUrl}/api/exchange/services/${key}/schema`;

/**
 * What the data of an application must be like, from the package's own form: published as JSON Schema
 * and asked of every submission. Conditions between fields stay with the form; what is not named is
 * allowed and kept.
 */
export function dataSchema(pkg: Pick<FormSource, 'form'>): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const page of pkg.form.pages) {
    const fields = shapeOf(page);
    if (page.repeat === undefined) Object.assign(shape, fields);
    else shape[page.repeat.id] = optional(z.array(z.looseObject(fields)).min(page.repeat.min).max(page.repeat.max), page.condition !== undefined);
  }
  const slots = z.record(z.string(), z.string()).describe('Dateiname einer Anlage -> Unterlage der Leistung, etwa { "kastanie.png": "foto.0" }');
  return z.looseObject({ ...shape, [DOCUMENT_SLOTS]: slots.optional() });
}

/** The standard of replies as JSON Schema 2020-12. */
export function replySchema(publicUrl: string): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(replyData) as Record<string, unknown>;
  return { $schema, $id: replyStandard(publicUrl), title: 'Schreiben der Behörde', ...rest };
}

/** The schema as JSON Schema 2020-12. */
export function jsonSchema(pkg: Pick<FormSource, 'form' | 'name' | 'key' | 'version'>, publicUrl: string): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(dataSchema(pkg)) as Record<string, unknown>;
  return { $schema, $id: dataSchemaUri(publicUrl, pkg.key), title: pkg.name.de, $comment: `Fassung ${pkg.version} der Leistung ${pkg.key}`, ...rest };
}

const optional = (schema: z.ZodType, may: boolean): z.ZodType => (may ? schema.optional() : schema);

function shapeOf(page: SourcePage): Record<string, z.ZodType> {
  const asked = page.fields.filter((field) => field.type !== 'file');
  return Object.fromEntries(
    asked.map((field) => {
      const may = page.condition !== undefined || field.condition !== undefined || field.required !== true;
      return [field.id, optional(typeOf(field).describe(field.label.de), may)];
    }),
  );
}

const part = z.string().min(1).max(100);

function typeOf(field: SourceField): z.ZodType {
  const values = (field.options ?? []).map(({ value }) => value);
  switch (field.type) {
    case 'number':
      return numberOf(field);
    case 'date':
      return z.iso.date();
    case 'choice':
      return z.enum(values);
    case 'choices':
      return z.array(z.enum(values));
    case 'yes-no':
      return z.boolean();
    case 'confirm':
      return z.literal(true);
    case 'address':
      return z.looseObject({ street: part, houseNumber: part, postcode: z.string().regex(/^\d{5}$/), place: part });
    case 'position':
      return z.looseObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });
    case 'email':
      return z.email();
    default: {
      const text = z.string().max(field.maxLength ?? (field.type === 'textarea' ? 3000 : 200));
      return field.pattern === undefined ? text : text.regex(new RegExp(`^(?:${field.pattern})$`, 'u'));
    }
  }
}

function numberOf({ min, max, integer }: SourceField): z.ZodType {
  const from = typeof min === 'number' ? z.number().min(min) : z.number();
  const number = typeof max === 'number' ? from.max(max) : from;
  return integer === true ? number.int() : number;
}
