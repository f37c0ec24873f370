import type { EffectiveObject } from '../effective';

/** What stands in the place of a value of a Secret. */
const WITHHELD = '(withheld)';

/** What stands in the place of a value that comes from a Secret, or from what is not in the repository. */
const NOT_KNOWN = '(secret, or not known here)';

/** toYaml goes no deeper. */
const MAX_DEPTH = 200;

/**
 * An object as it may be printed, since what is printed ends up in logs: without the values of a Secret, and of variables that come from
 * one. What SOPS made of a value stays.
 */
export function withoutSecrets({ object, unknown = new Set() }: EffectiveObject): object {
  const isSecret = object.kind === 'Secret' && object.apiVersion === 'v1';
  const visit = (value: unknown, path: string, depth: number, inData: boolean): unknown => {
    if (depth > MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map((item, index) => visit(item, `${path}.${index}`, depth + 1, inData));
    if (typeof value === 'object' && value !== null) return inside(value, path, depth + 1, inData);
    if (value === null || (typeof value === 'string' && value.startsWith('ENC['))) return value;
    return inData ? WITHHELD : unknown.has(path) ? NOT_KNOWN : value;
  };
  const inside = (map: object, path: string, depth: number, inData: boolean): object =>
    Object.fromEntries(
      Object.entries(map).map(([key, value]) => {
        const isData = isSecret && path === '' && (key === 'data' || key === 'stringData');
        return [key, visit(value, path === '' ? key : `${path}.${key}`, depth, inData || isData)];
      }),
    );
  return isSecret || unknown.size > 0 ? inside(object, '', 0, false) : object;
}
