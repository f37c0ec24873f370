import { createHash } from 'node:crypto';
import { fieldOf, isList, isMapping, type Mapping, textOf } from './value';

/** kustomize writes these in place of digits and letters that could make a word. */
const LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The ten letters that kustomize appends to the name of a generated ConfigMap or Secret. Of the name itself nothing goes in. */
export function contentHash(object: Mapping): string {
  const kind = textOf(object, 'kind');
  const part = (key: string): unknown => fieldOf(object, key) ?? '';
  const secret = kind === 'Secret';
  const extra = secret ? 'stringData' : 'binaryData';
  const hashed = {
    ...(extra === 'binaryData' && isMapping(part(extra)) && { binaryData: part(extra) }),
    data: part('data'),
    kind,
    name: '',
    ...(extra === 'stringData' && isMapping(part(extra)) && { stringData: part(extra) }),
    ...(secret && { type: textOf(object, 'type') }),
  };
  const digest = createHash('sha256').update(goJson(hashed)).digest('hex');
  return [...digest.slice(0, 10)].map((letter) => LETTERS[letter] ?? letter).join('');
}

/** JSON as Go writes it: fields sorted by their bytes, and what HTML knows escaped. */
function goJson(value: unknown): string {
  if (isList(value)) return `[${value.map(goJson).join(',')}]`;
  if (!isMapping(value)) return escaped(JSON.stringify(value ?? null));
  const keys = Object.keys(value).sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return `{${keys.map((key) => `${escaped(JSON.stringify(key))}:${goJson(value[key])}`).join(',')}}`;
}

function escaped(json: string): string {
  return json.replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
