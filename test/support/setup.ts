import { toMatchSnapshotTree } from './snapshot-tree';

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Compares a tree of files with the accepted one under `root`, both ways; `npm test -- -u` accepts it. */
      toMatchSnapshotTree(root: string): R;
    }
  }
}

expect.extend({ toMatchSnapshotTree });
