import { join } from 'node:path';
import { layout, texts } from '../src/flux';
import { platform } from '../src/platform';

test('emits the manifests that a person has read', () => {
  expect(texts(layout(platform()))).toMatchSnapshotTree(join(__dirname, '__snapshots__'));
});
