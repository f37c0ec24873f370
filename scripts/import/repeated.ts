import { isRecord } from './record';
import type { SchemaJson } from './run-time-schema';

/** Shorter ones cost less where they stand than a reference does. */
const WORTH_SHARING = 120;

/**
 * Schemas in which what occurs twice stands once, under `definitions`, and is referred to: CRDs copy the whole of Kubernetes' pod into
 * each place where they take a part of it.
 */
export function shared(schemas: SchemaJson): { readonly schemas: SchemaJson; readonly definitions: SchemaJson } {
  const counts = new Map<string, number>();
  const texts = new WeakMap<object, string>();
  const count = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const text = textOf(value, texts);
    const seen = (counts.get(text) ?? 0) + 1;
    if (isShareable(value, text)) counts.set(text, seen);
    // The parts of a repetition are repeated with it; only their first sight counts.
    if (seen === 1 || !isShareable(value, text)) for (const each of Object.values(value)) count(each);
  };
  count(schemas);

  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  const replaced = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const text = textOf(value, texts);
    if ((counts.get(text) ?? 0) < 2) return inside(value);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#${known}` };
    const name = String(names.size + 1);
    names.set(text, name);
    definitions[name] = undefined; // keeps its place: a definition stands above those it is made of
    definitions[name] = inside(value);
    return { $ref: `#${name}` };
  };
  const inside = (value: object): unknown =>
    Array.isArray(value) ? value.map(replaced) : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each)]));
  const kept = Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, isRecord(schema) ? inside(schema) : schema]));
  return { schemas: kept, definitions };
}

/** A schema of a map or a list: what else is long (a default, a list of rules) is data, where `$ref` would mean nothing. */
function isShareable(value: object, text: string): boolean {
  return text.length >= WORTH_SHARING && isRecord(value) && ['object', 'array'].includes(String(value['type']));
}

function textOf(value: object, texts: WeakMap<object, string>): string {
  const known = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, known);
  return known;
}
