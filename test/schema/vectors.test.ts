import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schemas } from '../../src/schema';
import { schemaSource } from '../support/schema-source';

// Objects made at random from the schemas of CRDs, and what k8s.io/apiextensions-apiserver v0.36 (defaults, pruning, validation, lists,
// CEL) said of each: of every kind the smallest one that is taken and that is refused, and of every rule that was broken alone the smallest
// one that breaks it. `broken` holds the places of broken rules.

interface Vector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly refused: boolean;
  readonly broken: readonly string[];
}

const vectors = readFileSync(join(__dirname, 'vectors.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Vector => JSON.parse(line));
const schemas = Schemas.from(schemaSource.load);

test('there are enough of them', () => {
  expect(vectors.filter(({ refused }) => !refused).length).toBeGreaterThan(50);
  expect(vectors.filter(({ broken }) => broken.length > 0).length).toBeGreaterThan(80);
});

test('each is taken or refused as the API server does', () => {
  const different = vectors.filter(({ refused, broken: _, ...object }) => (schemas.validate(object)?.length ?? -1) > 0 !== refused);
  expect(different).toEqual([]);
});

test('each rule is broken where the API server says so', () => {
  for (const { refused: _, broken, ...object } of vectors) {
    if (broken.length === 0) continue;
    const found = schemas.validate(object) ?? [];
    expect({ object, at: found.map(({ at, kind }) => `${kind} ${at}`) }).toEqual({ object, at: broken.map((at) => `rule ${at}`) });
  }
});
