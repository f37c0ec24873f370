import { judged } from '../src/cli/synth';
import { inspect } from '../src/effective';
import { say, texts } from '../src/flux';
import { filesFrom } from '../src/kustomize';
import { platform } from '../src/platform';
import { schemaSource } from './support/schema-source';

const made = judged(platform(), { schemas: schemaSource, today: '2026-01-01' });

test('our tree has no error, and no warning without a reason', () => {
  expect(made.findings.filter(({ severity }) => severity !== 'info').map(say)).toEqual([]);
});

test('every Flux Kustomization of ours is built, but for the one that builds another repository', () => {
  const failures = made.repository.clusters.flatMap(({ name, kustomizations }) =>
    kustomizations.flatMap(({ id, failure }) => (failure ? [`${name}: ${id}: ${failure.kind}`] : [])),
  );
  expect(failures).toEqual(['local-kube', 'production', 'staging'].map((cluster) => `${cluster}: flux-system/gateway-api-crds: foreign`));
});

test('what is made in memory comes out as what is read from disk', () => {
  const read = inspect(filesFrom(texts(made.tree)));
  const objects = ({ clusters }: typeof read) =>
    clusters.map(({ name, kustomizations }) => [name, kustomizations.map(({ id, objects }) => [id, objects.map(({ object }) => object)])]);
  expect(objects(read)).toEqual(objects(made.repository));
});
